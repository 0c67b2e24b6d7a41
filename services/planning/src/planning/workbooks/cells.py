"""Values of a plan as cells, and back: a cell that nobody touched says what the plan said."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Final, get_args, get_type_hints

from planning.plans.difference_words import CODES
from planning.plans.edition import TYPES
from planning.plans.tree import NodeKind
from planning.workbooks.domain import Cell
from shared.names import search_text

EXACT_DIGITS: Final = 15
"""What every spreadsheet keeps of a number; longer ones are written as text."""
DASH: Final = " – "
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = (32_874, 73_415)  # 1990-01-01 and 2100-12-31 as spreadsheets count days
_NUMBER: Final = re.compile(r"[-\u2212]?\d{1,30}([.,]\d{1,30})?", re.ASCII)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_CZECH_DAY: Final = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", re.ASCII)
_ESCAPED: Final = re.compile(r"_x[0-9A-Fa-f]{4}_")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_GAPS: Final = re.compile(r"[\s\u00a0\u202f]")


class Unreadable(Exception):  # noqa: N818
    """A cell does not say what its column needs: the code of a problem, and what to show."""

    def __init__(self, code: str, shown: object) -> None:
        super().__init__(code)
        self.code = code
        self.shown = shown


@cache
def types_of(kind: NodeKind) -> Mapping[str, type]:
    """Return the type of each field of a kind of node, of one that may be missing too."""
    found: dict[str, type] = {}
    for name, hint in get_type_hints(TYPES[kind]).items():
        plain = next(each for each in get_args(hint) if each is not type(None)) if _optional(hint) else hint
        found[name] = getattr(plain, "__origin__", plain)
    return found


def _optional(hint: object) -> bool:
    return isinstance(hint, UnionType)


def written(value: object, *, language: str, areas: Mapping[str, str] | None = None) -> Cell:
    """Return the cell of a value; `areas` are the names of areas where the value is the code of one."""
    if areas is not None:
        code = str(value)
        return f"{code}{DASH}{areas[code]}" if code in areas else code
    return None if value in (None, "", ()) else _written(value, language)


def _written(value: object, language: str) -> Cell:
    match value:
        case StrEnum():
            return choice(value, language=language)
        case tuple():
            return "\n".join(map(str, value))
        case bool() | int():
            return Decimal(value)
        case Decimal():
            return value if _is_exact(value) else format(value, "f")
        case date() | str():
            return value
    raise TypeError(type(value).__name__)


def choice(value: StrEnum, *, language: str) -> str:
    """Return the word for a code; a programme goes by its own name."""
    return CODES[value].text(language) if value in CODES else str(value)


def _is_exact(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= EXACT_DIGITS


def says_the_same(read: Cell, expected: Cell) -> bool:
    """Whether a cell still says what was written into it, whichever program saved it since."""
    if read in (None, "") or expected in (None, ""):
        return (read or None) == (expected or None)
    try:
        if isinstance(expected, Decimal):
            return number(read) == expected
        if isinstance(expected, date):
            return day(read) == expected.isoformat()
    except Unreadable:
        return False
    return _loose(text(read)) == _loose(str(expected))


def _loose(value: str) -> str:
    """Leave out what a spreadsheet cannot keep: other ends of lines, control characters, spaces around."""
    joined = value.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", _ESCAPED.sub("", joined)).strip()


def parsed(kind: NodeKind, field: str, cell: Cell) -> object:
    """Return the JSON value that a cell stands for; raises `Unreadable`."""
    of_type = types_of(kind)[field]
    if cell is None or cell == "":
        return None
    if issubclass(of_type, StrEnum):
        return _chosen(of_type, text(cell))
    if kind is NodeKind.PROBLEM and field == "area":
        return text(cell).partition(DASH)[0].strip().upper()
    return _READERS[of_type](cell)


def text(cell: Cell) -> str:
    """Return a cell as text: a number without an exponent, a day in ISO 8601."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def number(cell: Cell) -> Decimal:
    """Read a number, also one that was saved as text with spaces, a comma or Kč."""
    if isinstance(cell, Decimal):
        return cell
    bare = _GAPS.sub("", text(cell).replace("Kč", "").replace("CZK", ""))
    if not _NUMBER.fullmatch(bare) or isinstance(cell, date):
        raise Unreadable("number-expected", text(cell))
    return Decimal(bare.replace(",", ".").replace("\u2212", "-"))


def _whole(cell: Cell) -> int:
    found = number(cell)
    if found != found.to_integral_value():
        raise Unreadable("whole-number-expected", text(cell))
    return int(found)


def day(cell: Cell) -> str:
    """Read a day: a date cell, the number that a spreadsheet keeps for it, ISO or Czech text."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        if cell != cell.to_integral_value() or not _SERIALS[0] <= cell <= _SERIALS[1]:
            raise Unreadable("day-expected", text(cell))
        return (_EPOCH + timedelta(days=int(cell))).isoformat()
    bare = text(cell).replace("\u00a0", " ").strip()
    if found := _ISO_DAY.fullmatch(bare):
        year, month, of_month = found.groups()
    elif found := _CZECH_DAY.fullmatch(bare):
        of_month, month, year = found.groups()
    else:
        raise Unreadable("day-expected", bare)
    try:
        return date(int(year), int(month), int(of_month)).isoformat()
    except ValueError as error:
        raise Unreadable("day-expected", bare) from error


def _texts(whole: Cell) -> list[str]:
    """Read a list: one on a line, or all on one line with semicolons."""
    cell = text(whole)
    parts = cell.splitlines() if "\n" in cell.strip() else cell.split(";")
    return [part.strip() for part in parts if part.strip()]


def _chosen(of_type: type[StrEnum], cell: str) -> str:
    wanted = search_text(cell)
    for member in of_type:
        if wanted in {search_text(word) for word in _words(member)}:
            return str(member)
    raise Unreadable("choice-unknown", ", ".join(choice(member, language="cs") for member in of_type))


def _words(member: StrEnum) -> Iterable[str]:
    yield str(member)
    if member in CODES:
        yield from (CODES[member].cs, CODES[member].en)


_READERS: Final[Mapping[type, Callable[[Cell], object]]] = {
    str: text,
    int: _whole,
    Decimal: lambda cell: format(number(cell), "f"),
    date: day,
    tuple: _texts,
}
