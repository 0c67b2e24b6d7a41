"""Lines of a file that holds a plan, the place of each cell, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from planning.plans.tree import NodeKind
from shared.errors import Finding

Cell = str | Decimal | date | None
"""What a cell holds: text, a number, a day, nothing."""
FORM: Final = "pospolu.plan-content/1"
ID, LABEL, ABOVE, ORDER = "id", "number", "above", "order"
STRUCTURE: Final = (ID, LABEL, ABOVE, ORDER)
"""Columns that place a node; all others are its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which plan a file was taken from, and in which state."""

    plan_id: UUID
    revision: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands; `row` as a spreadsheet counts, `column` from 0. JSON has a pointer alone."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    pointer: str = ""

    @property
    def cell(self) -> str:
        """Return `B12`, nothing where there are no cells."""
        letters, rest = "", self.column + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row}" if self.row else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """One thing that is wrong with a file, and where."""

    place: Place
    code: str
    cs: str
    en: str

    def finding(self) -> Finding:
        """Return it as problem details name it: `/Cíle/B12` where it is a cell."""
        pointer = self.place.pointer or f"/{self.place.sheet}/{self.place.cell}"
        return Finding(pointer=pointer, code=self.code, cs=self.cs, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A node as a row. `label` is what other rows call it by in `above`; both hold within one file.

    A field whose column the file does not have is not in `cells`.
    """

    kind: NodeKind
    sheet: str
    row: int
    id: str
    label: str
    above: str
    order: Cell
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def place(self, column: str) -> Place:
        return Place(sheet=self.sheet, row=self.row, column=self.columns.get(column, 0))

    @property
    def is_cleared(self) -> bool:
        """Whether nothing is said in it: the node goes."""
        return all(cell is None or cell == "" for cell in self.cells.values())


@dataclass(slots=True, kw_only=True)
class Sent:
    """A file as it was read."""

    about: About | None = None
    lines: Sequence[Line] = ()
    problems: list[CellProblem] = field(default_factory=list)


_PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "sheet-missing": ("List „{value}“ v sešitu chybí.", "The sheet “{value}” is missing."),
    "heading-missing": ("Chybí sloupec „{value}“.", "The column “{value}” is missing."),
    "heading-twice": ("Sloupec „{value}“ je na listu dvakrát.", "The column “{value}” is there twice."),
    "heading-unknown": ("Sloupec „{value}“ na tento list nepatří.", "“{value}” is no column of this sheet."),
    "value-without-heading": (
        "Hodnota „{value}“ stojí ve sloupci bez záhlaví.",
        "The value “{value}” stands in a column without a heading.",
    ),
    "kind-unknown": ("Druh řádku „{value}“ neznáme.", "We do not know “{value}” as a kind of row."),
    "id-unknown": (
        "Řádek s tímto ID v plánu není nebo je jiného druhu; nové řádky nechte bez ID.",
        "The plan has no row with this ID, or one of another kind; leave new rows without an ID.",
    ),
    "id-twice": ("Stejné ID má i řádek {value}.", "Row {value} has the same ID."),
    "parent-missing": (
        "Napište číslo nadřazeného řádku.",
        "Give the number of the row that this one belongs under.",
    ),
    "parent-unknown": (
        "Nadřazený řádek s číslem „{value}“ v souboru není.",
        "There is no row numbered “{value}” to belong under.",
    ),
    "parent-ambiguous": (
        "Nadřazený řádek není jasný, číslo „{value}“ mají dva.",
        "It is not clear which row is meant, two are numbered “{value}”.",
    ),
    "order-not-a-number": ("Pořadí má být číslo, ne „{value}“.", "The order is a number, not “{value}”."),
    "number-expected": ("Čekáme číslo, ne „{value}“.", "We expect a number, not “{value}”."),
    "whole-number-expected": ("Čekáme celé číslo, ne „{value}“.", "We expect a whole number, not “{value}”."),
    "day-expected": (
        "Čekáme datum, například 31. 12. 2027, ne „{value}“.",
        "We expect a date such as 2027-12-31, not “{value}”.",
    ),
    "choice-unknown": ("Vyberte ze seznamu: {value}.", "Choose from the list: {value}."),
    "text-not-storable": (
        "Text má znak, který nelze uložit (NUL, půl znaku).",
        "The text has a character that cannot be stored (NUL, half a character).",
    ),
    "value-missing": ("Hodnota chybí.", "The value is missing."),
    "value-too-long": ("Text je delší než {value} znaků.", "The text is longer than {value} characters."),
    "value-out-of-range": (
        "Hodnota je mimo povolený rozsah ({value}).",
        "The value is out of range ({value}).",
    ),
    "too-many-rows": (
        "Pod jedním řádkem jich smí být nejvýš {value}.",
        "At most {value} rows belong under one.",
    ),
    "value-malformed": ("Hodnota nemá správný tvar ({value}).", "The value is not well formed ({value})."),
}
SHOWN: Final = 80


def problem(place: Place, code: str, value: object = "") -> CellProblem:
    """Return the problem with its sentences; a long value is cut."""
    cs, en = _PROBLEMS[code]
    shown = str(value)
    shown = shown if len(shown) <= SHOWN or code == "choice-unknown" else f"{shown[:SHOWN]}…"
    return CellProblem(place=place, code=code, cs=cs.format(value=shown), en=en.format(value=shown))
