"""The minutes as they are read: Czech and English text of the same content."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from registry.commission.domain import BODIES, Duty
from registry.commission.minutes import Attendance, Line, Minutes, Missed, RecusalNote
from registry.commission.ranking import Recommendation, TieRule
from registry.commission.sheet import Recusal
from shared.days import day_text

_NAMES: Final[Mapping[StrEnum, tuple[str, str]]] = {
    Duty.CHAIR: ("předseda/předsedkyně", "chair"),
    Duty.MEMBER: ("člen/členka", "member"),
    Recommendation.RECOMMENDED: ("doporučena", "recommended"),
    Recommendation.RESERVE: ("náhradník", "reserve"),
    Recommendation.NOT_RECOMMENDED: ("nedoporučena", "not recommended"),
    TieRule.INDEX: ("při rovnosti bodů rozhodl Index", "the tie was decided by the Index"),
    TieRule.RECEIPT: ("při rovnosti bodů rozhodlo datum přijetí", "the tie was decided by the receipt"),
    TieRule.NUMBER: ("při rovnosti bodů rozhodlo číslo přihlášky", "the tie was decided by the number"),
}
_RECUSALS: Final[Mapping[Recusal, tuple[str, str]]] = {
    Recusal.DECLARED: ("prohlášení člena", "declared by the member"),
    Recusal.UNIT: ("jedná za žadatele", "acts for the applicant"),
    Recusal.AFFILIATION: ("žadatel je jeho organizací", "the applicant is the member's organisation"),
    Recusal.CHAIR: ("rozhodnutí předsedy", "decided by the chair"),
}
"""Apart from the names above: a duty and a ground of recusal are both called `chair`, and equal as keys."""


def text_of(minutes: Minutes, digest: str, *, czech: bool) -> str:
    """Return the text; `digest` is that of the structured content, printed at the end."""
    return "\n".join([*_lines(minutes, czech=czech), "", f"SHA-256: {digest}", ""])


def said(word: StrEnum, *, czech: bool) -> str:
    return _NAMES[word][0 if czech else 1]


def missed_text(missed: Missed, *, czech: bool) -> str:
    """Say which minimum was not reached."""
    reached, needed = (_number(each, czech=czech) for each in (missed.reached, missed.needed))
    if missed.criterion is None:
        return (
            f"celkem {reached} bodu, nejméně je třeba {needed}"
            if czech
            else f"{reached} points in total, at least {needed} are needed"
        )
    return (
        f"kritérium {missed.criterion}: průměr {reached}, nejméně je třeba {needed}"
        if czech
        else f"criterion {missed.criterion}: mean {reached}, at least {needed} is needed"
    )


def _lines(minutes: Minutes, *, czech: bool) -> Iterator[str]:
    language = "cs" if czech else "en"
    drawn_up = day_text(minutes.drawn_up_on, language)
    alarm, least = (_number(each, czech=czech) for each in (minutes.spread_alarm, minutes.minimum_points))
    capacity = minutes.capacity if minutes.capacity is not None else ("neomezena" if czech else "unlimited")
    if czech:
        yield f"Zápis č. {minutes.number} z věcného hodnocení přihlášek"
        yield f"Výzva {minutes.call_code}: {minutes.call_title}"
        yield f"Komise: {minutes.established_by}; zápis ze dne {drawn_up}; zapsal(a) {minutes.secretary_name}"
        yield f"Kvórum: {minutes.quorum} hodnocení každé přihlášky; výstraha při rozptylu nad {alarm} bodu"
        yield f"Nejnižší počet bodů: {least}; kapacita: {capacity}"
        yield "Při rovnosti bodů rozhoduje Index (vyšší napřed), pak dřívější přijetí, pak číslo přihlášky."
    else:
        yield f"Minutes No. {minutes.number} of the assessment of applications"
        yield f"Call {minutes.call_code}: {minutes.call_title}"
        yield f"Commission: {minutes.established_by}; drawn up on {drawn_up} by {minutes.secretary_name}"
        yield f"Quorum: {minutes.quorum} scores of each application; alarm where they spread over {alarm}"
        yield f"Minimum of points: {least}; capacity: {capacity}"
        yield "Ties go by the Index (higher first), then by earlier receipt, then by number."
    yield from _section("Kritéria" if czech else "Criteria", _criteria(minutes, czech=czech))
    present = (_member(each, czech=czech) for each in minutes.attendance if each.is_present)
    yield from _section("Hodnotili" if czech else "Scored", present)
    absent = (_member(each, czech=czech) for each in minutes.attendance if not each.is_present)
    yield from _section("Nehodnotili" if czech else "Did not score", absent)
    recusals = (_recusal(each, czech=czech) for each in minutes.recusals)
    yield from _section("Vyloučení pro střet zájmů" if czech else "Recusals", recusals)
    ranking = (_place(each, czech=czech) for each in minutes.ranking)
    yield from _section("Pořadí" if czech else "Ranked list", ranking)
    yield from _section("Vzaté zpět" if czech else "Withdrawn", iter(minutes.withdrawn))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    found = [f"- {line}" for line in lines]
    yield from ("", heading, *(found or ["–"]))


def _criteria(minutes: Minutes, *, czech: bool) -> Iterator[str]:
    for each in minutes.criteria:
        name = each.name_cs if czech else each.name_en
        weight = _number(each.weight, czech=czech)
        if czech:
            least = f", nejméně {each.min_points}" if each.min_points is not None else ""
            yield f"{each.code} {name}: váha {weight}, 0–{each.max_points} bodů{least}"
        else:
            least = f", at least {each.min_points}" if each.min_points is not None else ""
            yield f"{each.code} {name}: weight {weight}, 0–{each.max_points} points{least}"


def _member(attendance: Attendance, *, czech: bool) -> str:
    column = 0 if czech else 1
    who = f"{attendance.person_name} ({BODIES[attendance.body][column]}), {_NAMES[attendance.duty][column]}"
    counted = f"hodnocení: {attendance.scored}" if czech else f"scores: {attendance.scored}"
    absences = "; ".join(f"{number}: {reason}" for number, reason in attendance.absences)
    return f"{who}, {counted}" + (f" ({absences})" if absences else "")


def _recusal(note: RecusalNote, *, czech: bool) -> str:
    column = 0 if czech else 1
    why = _RECUSALS[note.recusal][column] + (f": {note.ground}" if note.ground else "")
    return f"{note.number}: {note.person_name} ({BODIES[note.body][column]}) – {why}"


def _place(line: Line, *, czech: bool) -> str:
    column = 0 if czech else 1
    result = _number(line.result, czech=czech)
    spread = _number(line.spread, czech=czech)
    parts = [
        f"{line.rank}. {line.number} {line.unit_name}: {result} – {_NAMES[line.recommendation][column]}",
        f"rozptyl {spread}" if czech else f"spread {spread}",
    ]
    if line.tied_by is not None:
        parts.append(_NAMES[line.tied_by][column])
    parts += [missed_text(each, czech=czech) for each in line.missed]
    if line.discussion:
        parts.append(f"projednáno: {line.discussion}" if czech else f"discussed: {line.discussion}")
    return "; ".join(parts)


def _number(value: Decimal, *, czech: bool) -> str:
    text = format(value, "f")
    return text.replace(".", ",") if czech else text
