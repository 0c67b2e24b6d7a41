"""What sheets and columns are called in Czech and English; files are read in either."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from planning.plans.difference_words import FIELDS, KINDS, KINDS_OF_MANY, Word
from planning.plans.edition import branches_of, own_fields
from planning.plans.tree import NodeKind
from planning.workbooks.domain import ABOVE, ID, LABEL, ORDER, STRUCTURE, CellProblem
from shared.names import search_text

ABOUT: Final = Word(cs="Plán", en="Plan")
CHOICES: Final = Word(cs="Seznamy", en="Lists")
ROW_KIND: Final = Word(cs="Druh", en="Kind")
VERSION: Final = Word(cs="Verze plánu", en="Version of the plan")
_STRUCTURE: Final[Mapping[str, Word]] = {
    ID: Word(cs="ID", en="ID"),
    LABEL: Word(cs="Číslo", en="Number"),
    ABOVE: Word(cs="Patří pod číslo", en="Belongs under number"),
    ORDER: Word(cs="Pořadí", en="Order"),
}
_SHEETS: Final = {NodeKind.BUDGET_LINE: Word(cs="Rozpočet", en="Budget")}
_MONEY: Final = "_czk"


def sheet_name(kind: NodeKind, language: str) -> str:
    return _capital(_SHEETS.get(kind, KINDS_OF_MANY[kind]).text(language))


def heading(column: str, language: str) -> str:
    """Return the heading of a column: a field of nodes, or what places a node."""
    if column in _STRUCTURE:
        return _STRUCTURE[column].text(language)
    word = FIELDS[column].text(language)
    unit = " (Kč)" if language == "cs" else " (CZK)"
    return _capital(word.removeprefix("the ")) + (unit if column.endswith(_MONEY) else "")


def parents_of(kind: NodeKind) -> frozenset[NodeKind]:
    """Return what a kind of node hangs on; nothing for what hangs on the plan."""
    return frozenset(each for each in NodeKind if kind in branches_of(each).values())


def columns_of(kind: NodeKind) -> tuple[str, ...]:
    """Return the columns of a sheet, from the left."""
    places = STRUCTURE if parents_of(kind) else (ID, LABEL, ORDER)
    return (*places, *own_fields(kind))


@cache
def known_headings(kind: NodeKind) -> Mapping[str, str]:
    """Return heading → column of a sheet, in both languages, as they are looked up."""
    return {
        search_text(heading(column, language)): column
        for column in columns_of(kind)
        for language in ("cs", "en")
    }


@cache
def known_sheets() -> Mapping[str, NodeKind]:
    return {search_text(sheet_name(kind, language)): kind for kind in NodeKind for language in ("cs", "en")}


def in_order(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Return them as one goes through the file: sheet by sheet, row by row."""
    sheets = {name: place for place, name in enumerate(known_sheets())}

    def where(each: CellProblem) -> tuple[int, int, int]:
        return sheets.get(search_text(each.place.sheet), -1), each.place.row, each.place.column

    return sorted(problems, key=where)


@cache
def known_kinds() -> Mapping[str, NodeKind]:
    """Return what a row of a flat table may be called."""
    named = {search_text(KINDS[kind].text(language)): kind for kind in NodeKind for language in ("cs", "en")}
    return {**named, **{search_text(kind): kind for kind in NodeKind}}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
