"""The book of comments (kniha připomínek): every comment that came, as CSV for officers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from shared.csv_files import Delimiter, csv_file
from shared.days import PRAGUE

COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "number": ("č.", "No."),
    "delivered_at": ("doručeno", "delivered"),
    "sent_on": ("odesláno", "sent"),
    "channel": ("způsob podání", "channel"),
    "timeliness": ("včas", "in time"),
    "submitter_kind": ("druh předkladatele", "kind of submitter"),
    "submitter_name": ("předkladatel", "submitter"),
    "submitter_contact": ("kontakt", "contact"),
    "node_number": ("číslo místa", "number of the place"),
    "node_title": ("místo v návrhu", "place in the draft"),
    "kind": ("druh připomínky", "kind of comment"),
    "text": ("připomínka", "comment"),
    "proposed_wording": ("navržené znění", "proposed wording"),
    "reasons": ("odůvodnění", "reasons"),
    "duplicate_of_number": ("spojeno s č.", "joined with no."),
    "withdrawn_at": ("vzato zpět", "withdrawn"),
}
_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "web": ("web", "web"),
    "e-mail": ("e-mail", "e-mail"),
    "data-box": ("datová schránka", "data box"),
    "post": ("pošta", "post"),
    "in-person": ("osobně", "in person"),
    "paper": ("papírový formulář", "paper form"),
    "hearing": ("veřejné projednání", "public hearing"),
    "citizen": ("občan", "citizen"),
    "provider": ("poskytovatel", "provider"),
    "municipality": ("obec", "municipality"),
    "ngo": ("nestátní nezisková organizace", "non-governmental organisation"),
    "authority": ("orgán veřejné moci", "public authority"),
    "other": ("jiný", "other"),
    "formal": ("formální", "formal"),
    "substantive": ("věcná", "substantive"),
    "out-of-scope": ("nad rámec", "out of scope"),
    "delivered-late": ("ne – doručeno po lhůtě", "no – delivered late"),
    "sent-late": ("ne – odesláno po lhůtě", "no – sent late"),
    "sending-unknown": ("ne – den odeslání není doložen", "no – day of sending unknown"),
}
_NAMED: Final = frozenset({"channel", "submitter_kind", "kind"})


def book_of(rows: Iterable[Mapping[str, object]], *, language: str, delimiter: Delimiter) -> bytes:
    """Return CSV with headings in the language."""
    column = 0 if language == "cs" else 1
    headings = [heading[column] for heading in COLUMNS.values()]
    return csv_file([headings, *([_cell(row, name, column) for name in COLUMNS] for row in rows)], delimiter)


def _cell(row: Mapping[str, object], name: str, column: int) -> str | int | date:
    if name == "timeliness":
        late = row["late_reason"]
        return ("ano", "yes")[column] if late is None else _NAMES[str(late)][column]
    value = row[name]
    if value is None:
        return ""
    if name in _NAMED:
        return _NAMES[str(value)][column]
    if isinstance(value, datetime):
        return f"{value.astimezone(PRAGUE):%Y-%m-%d %H:%M}"
    return value if isinstance(value, date | int) else str(value)
