"""The minutes as they are read: Czech and English text of the same content."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from planning.meetings.minutes import Attendant, Decided, Discussed, GuestsOf, Minutes
from planning.meetings.presence import THERE, Presence
from planning.partnerships.domain import MemberRole
from shared.days import day_text

_NAMES: Final[Mapping[StrEnum, tuple[str, str]]] = {
    MemberRole.CHAIR: ("předseda/předsedkyně", "chair"),
    MemberRole.MANAGER: ("manažer/manažerka", "manager"),
    MemberRole.MEMBER: ("člen/členka", "member"),
    MemberRole.CONTACT: ("kontaktní osoba", "contact person"),
    MemberRole.SECRETARY: ("tajemník/tajemnice", "secretary"),
    MemberRole.GUEST: ("stálý host", "standing guest"),
    Presence.PRESENT: ("na místě", "on the spot"),
    Presence.ONLINE: ("na dálku", "online"),
    Presence.EXCUSED: ("omluveno", "excused"),
    Presence.ABSENT: ("bez omluvy", "without excuse"),
}


def text_of(minutes: Minutes, digest: str, *, czech: bool) -> str:
    """Return the text; `digest` is that of the structured content, printed at the end."""
    return "\n".join([*_lines(minutes, czech=czech), "", f"SHA-256: {digest}", ""])


def _lines(minutes: Minutes, *, czech: bool) -> Iterator[str]:
    yield from _heading(minutes, czech=czech)
    there = [each for each in minutes.attendance if each.presence in THERE]
    away = [each for each in minutes.attendance if each.presence not in THERE]
    yield from _section("Přítomni" if czech else "Present", (_attendant(each, czech=czech) for each in there))
    yield from _section(
        "Nepřítomni" if czech else "Not present", (_attendant(each, czech=czech) for each in away)
    )
    yield from _section(
        "Hosté" if czech else "Guests", (_guests(each, czech=czech) for each in minutes.guests)
    )
    yield from _section(
        "Program" if czech else "Agenda", (_item(each, czech=czech) for each in minutes.agenda)
    )
    if minutes.summary:
        yield from ("", "Průběh" if czech else "What was discussed", minutes.summary)
    yield from _section(
        "Rozhodnutí" if czech else "Decisions", (_decided(each, czech=czech) for each in minutes.decisions)
    )
    yield ""
    yield _approval(minutes, czech=czech)


def _heading(minutes: Minutes, *, czech: bool) -> Iterator[str]:
    day = day_text(minutes.day, "cs" if czech else "en")
    online = ("na dálku", "online")[not czech]
    where = ", ".join([*filter(None, [minutes.place]), *([online] if minutes.is_online else [])]) or "–"
    training = ("; vzdělávací akce" if czech else "; a training") if minutes.is_training else ""
    if czech:
        yield f"Zápis z jednání: {minutes.title}"
        yield minutes.body_name
        yield f"{day} v {minutes.begins}, {where}; {minutes.minutes_planned} minut{training}"
        able = "jednání je usnášeníschopné" if minutes.quorate else "jednání není usnášeníschopné"
        rule = _quorum(minutes, czech=True)
        yield f"Přítomno {minutes.present} z {minutes.members} členů ({rule}): {able}."
    else:
        yield f"Minutes of the meeting: {minutes.title}"
        yield minutes.body_name
        yield f"{day} at {minutes.begins}, {where}; {minutes.minutes_planned} minutes{training}"
        able = "the meeting has a quorum" if minutes.quorate else "the meeting has no quorum"
        rule = _quorum(minutes, czech=False)
        yield f"Present: {minutes.present} of {minutes.members} members ({rule}); {able}."


def _quorum(minutes: Minutes, *, czech: bool) -> str:
    percent = minutes.quorum_percent
    if czech:
        least = "více než" if minutes.quorum_more_than else "nejméně"
        return f"je třeba {least} {percent}\N{NO-BREAK SPACE}%"
    return f"{'more than' if minutes.quorum_more_than else 'at least'} {percent}% are needed"


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", heading, *([f"- {line}" for line in lines] or ["–"]))


def _attendant(each: Attendant, *, czech: bool) -> str:
    column = 0 if czech else 1
    who = f"{each.name} ({each.organisation})" if each.organisation else each.name
    alternate = ("náhradník, " if czech else "alternate, ") if each.is_alternate else ""
    how = _NAMES[each.presence][column]
    if each.presence in THERE:
        how += f", {each.minutes}\N{NO-BREAK SPACE}min"
    return f"{who}, {alternate}{_NAMES[each.role][column]}: {how}"


def _guests(each: GuestsOf, *, czech: bool) -> str:
    name = each.organisation or ("bez organizace" if czech else "without an organisation")
    return f"{name}: {each.people}"


def _item(each: Discussed, *, czech: bool) -> str:
    text = f"{each.position}. {each.title}"
    if each.presenter:
        text += f" ({'předkládá' if czech else 'presented by'} {each.presenter})"
    if each.documents:
        text += f"; {'podklady' if czech else 'documents'}: {', '.join(each.documents)}"
    return f"{text}\n  {each.note}" if each.note else text


def _decided(each: Decided, *, czech: bool) -> str:
    column = 0 if czech else 1
    parts = [f"{each.number}: {each.text}"]
    if each.votes is not None:
        names = (("pro", "for"), ("proti", "against"), ("zdrželo se", "abstained"))
        counted = zip(names, each.votes, strict=True)
        parts.append(", ".join(f"{name[column]} {votes}" for name, votes in counted))
    if each.responsible:
        parts.append(f"{'odpovídá' if czech else 'responsible'}: {each.responsible}")
    if each.due_on is not None:
        due = day_text(each.due_on, "cs" if czech else "en")
        parts.append(f"{'termín' if czech else 'due'}: {due}")
    return " | ".join(parts)


def _approval(minutes: Minutes, *, czech: bool) -> str:
    approval = minutes.approval
    day = day_text(approval.approved_on, "cs" if czech else "en")
    by_another = approval.recorded_by if approval.recorded_by != approval.chair else ""
    if czech:
        note = f"; do evidence zapsal(a) {by_another}" if by_another else ""
        return f"Zápis schválil(a) {approval.chair}, {day}{note}."
    note = f"; recorded by {by_another}" if by_another else ""
    return f"Approved by {approval.chair}, {day}{note}."
