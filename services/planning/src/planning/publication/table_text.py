"""The published settlement as a table for spreadsheets: CSV in Czech or English."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from planning.plans.difference_words import FIELDS
from planning.publication.annex import Line
from planning.settlement.domain import ChangeMade, How, Result
from shared.csv_files import Delimiter, csv_file

COLUMNS: Final = (
    ("č.", "No."),
    ("včas", "in time"),
    ("druh předkladatele", "kind of submitter"),
    ("místo v návrhu", "place in the draft"),
    ("připomínka", "comment"),
    ("navržené znění", "proposed wording"),
    ("odůvodnění připomínky", "reasons"),
    ("výsledek", "result"),
    ("odůvodnění vypořádání", "justification"),
    ("vypořádal", "settled by"),
    ("dne", "on"),
    ("změna návrhu", "change of the draft"),
)
RESULTS: Final[Mapping[Result, tuple[str, str]]] = {
    Result.ACCEPTED: ("akceptováno", "accepted"),
    Result.PARTLY: ("částečně akceptováno", "accepted in part"),
    Result.REJECTED: ("neakceptováno", "not accepted"),
    Result.NOTED: ("vzato na vědomí", "noted"),
}
_SUBMITTERS: Final[Mapping[str, tuple[str, str]]] = {
    "citizen": ("občan", "citizen"),
    "provider": ("poskytovatel", "provider"),
    "municipality": ("obec", "municipality"),
    "ngo": ("nestátní nezisková organizace", "non-governmental organisation"),
    "authority": ("orgán veřejné moci", "public authority"),
    "other": ("jiný", "other"),
}
_HOW: Final[Mapping[How, tuple[str, str]]] = {
    How.ADDED: ("doplněno", "added"),
    How.REMOVED: ("vypuštěno", "left out"),
    How.MOVED: ("přesunuto", "moved"),
    How.CHANGED: ("změněno", "changed"),
    How.HEAD: ("úvodní údaje plánu", "the head of the plan"),
}


def csv_of(lines: Iterable[Line], *, language: str, delimiter: Delimiter) -> bytes:
    """Return CSV with headings in the language."""
    column = 0 if language == "cs" else 1
    headings = [heading[column] for heading in COLUMNS]
    return csv_file([headings, *(_cells(line, column) for line in lines)], delimiter)


def _cells(line: Line, column: int) -> Sequence[str]:
    return (
        str(line.number),
        (("ano", "yes") if line.is_timely else ("ne", "no"))[column],
        _SUBMITTERS[line.submitter_kind][column],
        f"{line.node_number} {line.node_title}".strip() or ("celý plán", "the whole plan")[column],
        line.text,
        line.proposed_wording,
        line.reasons,
        _result(line, column),
        line.justification,
        line.settled_by,
        line.settled_on.isoformat() if line.settled_on else "",
        "" if line.change is None else _change(line.change, column),
    )


def _result(line: Line, column: int) -> str:
    if line.is_withdrawn:
        return ("vzato zpět", "withdrawn")[column]
    said = RESULTS[line.result][column] if line.result else ("nevypořádáno", "not settled")[column]
    if line.same_as is None:
        return said
    return (f"{said} (viz č. {line.same_as})", f"{said} (see no. {line.same_as})")[column]


def _change(change: ChangeMade, column: int) -> str:
    place = f"{change.number} {change.title}".strip()
    told = [
        f"{_called(each.field, column)}: {_said(each.before)} → {_said(each.after)}" for each in change.fields
    ]
    heading = f"{place}: {_HOW[change.how][column]}" if place else _HOW[change.how][column]
    return "\n".join([heading, *told])


def _called(field: str, column: int) -> str:
    word = FIELDS.get(field)
    return field if word is None else word.text("cs" if column == 0 else "en")


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None or value == "" else str(value)
