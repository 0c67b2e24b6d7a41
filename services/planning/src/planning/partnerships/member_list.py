"""A list of members as towns keep it in a spreadsheet: headings and words of roles in Czech or English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from planning.partnerships.domain import MemberRole
from planning.partnerships.refusals import MemberColumnMissing, MemberColumnUnknown, MemberListTooLong
from shared.names import search_text

MOST_ROWS: Final = 500
Cell = str | Decimal | date | None

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("jméno", "jméno a příjmení", "člen", "name", "member"),
    "organisation": ("organizace", "instituce", "organisation", "organization"),
    "role": ("role", "funkce"),
    "email": ("e-mail", "email", "mail"),
    "phone": ("telefon", "mobil", "phone"),
    "person": ("účet", "account", "person"),
    "starts_on": ("od", "členem od", "mandát od", "from", "starts_on"),
    "ends_on": ("do", "členem do", "mandát do", "until", "ends_on"),
}
_ROLES: Final[Mapping[MemberRole, tuple[str, ...]]] = {
    MemberRole.CHAIR: ("předseda", "předsedkyně", "chair"),
    MemberRole.MANAGER: ("manažer", "manažerka", "manager"),
    MemberRole.MEMBER: ("člen", "členka", "member"),
    MemberRole.CONTACT: ("kontaktní osoba", "contact"),
    MemberRole.SECRETARY: ("tajemník", "tajemnice", "zapisovatel", "zapisovatelka", "secretary"),
    MemberRole.GUEST: ("host", "stálý host", "guest"),
}
_FIELD_OF: Final = {search_text(word): name for name, words in _HEADINGS.items() for word in words}
_ROLE_OF: Final = {search_text(word): role for role, words in _ROLES.items() for word in words}
_CZECH_DAY: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member; `row` counts as a spreadsheet does, the headings are row 1."""

    row: int
    values: Mapping[str, object]


def lines_of(rows: Sequence[Sequence[Cell]], *, starts_on: date | None) -> list[Line]:
    """Return the members of a table; `starts_on` is for those that say no first day.

    Values are as they were written, ready to be checked: a role as its code, a day as ISO text.
    Raises `MemberColumnMissing`, `MemberColumnUnknown`, `MemberListTooLong`.
    """
    headings = [_text(cell) for cell in rows[0]] if rows else []
    fields = [_field(heading) for heading in headings]
    if "name" not in fields:
        raise MemberColumnMissing(column=_HEADINGS["name"][0])
    found: list[Line] = []
    for row, cells in enumerate(rows[1:], start=2):
        given = {name: _value(name, cell) for name, cell in zip(fields, cells, strict=False) if name}
        values = {name: value for name, value in given.items() if value != ""}
        if values:
            found.append(Line(row=row, values={**_first_day(starts_on), **values}))
    if len(found) > MOST_ROWS:
        raise MemberListTooLong(rows=len(found), most=MOST_ROWS)
    return found


def _field(heading: str) -> str | None:
    """Return the field; a column without a heading is passed over, one that we do not know is not."""
    if not heading:
        return None
    field = _FIELD_OF.get(search_text(heading))
    if field is None:
        raise MemberColumnUnknown(column=heading[:80])
    return field


def _first_day(starts_on: date | None) -> dict[str, object]:
    return {} if starts_on is None else {"starts_on": starts_on.isoformat()}


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else (cell or "").strip()


def _value(field: str, cell: Cell) -> str:
    text = _text(cell)
    if field == "role":
        return _ROLE_OF.get(search_text(text), text)
    found = _CZECH_DAY.fullmatch(text) if field in {"starts_on", "ends_on"} else None
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
