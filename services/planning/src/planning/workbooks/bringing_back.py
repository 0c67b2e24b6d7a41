"""Sheets and flat tables as lines: headings are found in either language, what is odd is told by cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from planning.plans.tree import NodeKind
from planning.workbooks.cells import Unreadable, number, text
from planning.workbooks.domain import (
    ABOVE,
    ID,
    LABEL,
    ORDER,
    About,
    Cell,
    CellProblem,
    Line,
    Place,
    Sent,
    problem,
)
from planning.workbooks.flat import rows_by_number
from planning.workbooks.guide import TOLD
from planning.workbooks.headings import (
    ABOUT,
    ROW_KIND,
    VERSION,
    columns_of,
    heading,
    known_headings,
    known_kinds,
    known_sheets,
    parents_of,
    sheet_name,
)
from planning.workbooks.refusals import ContentMalformed, WorkbookWithoutOrigin
from shared.names import search_text

Table = Sequence[Sequence[Cell]]
CSV: Final = "CSV"
_ABOUT: Final = frozenset({search_text(ABOUT.cs), search_text(ABOUT.en)})
_VERSION: Final = frozenset({search_text(VERSION.cs), search_text(VERSION.en)})
_KIND: Final = frozenset({search_text(ROW_KIND.cs), search_text(ROW_KIND.en)})


def sent_workbook(sheets: Mapping[str, Table], language: str) -> Sent:
    """Read the sheets of a workbook; raises `WorkbookWithoutOrigin`."""
    named = {search_text(name): (name, table) for name, table in sheets.items()}
    about = next((_about(named[name][1]) for name in _ABOUT if name in named), None)
    if about is None:
        raise WorkbookWithoutOrigin
    problems: list[CellProblem] = []
    lines: list[Line] = []
    kinds = known_sheets()
    found = {kinds[name]: each for name, each in named.items() if name in kinds}
    for kind in NodeKind:
        if kind not in found:
            name = sheet_name(kind, language)
            problems.append(problem(Place(sheet=name), "sheet-missing", name))
        else:
            lines += _lines_of_sheet(kind, *found[kind], language, problems)
    return Sent(about=about, lines=lines, problems=problems)


def _about(table: Table) -> About | None:
    """Read what the first sheet says of the plan, by its labels in either language."""
    told: dict[str, str] = {}
    for row in table:
        if len(row) > 1 and row[0] is not None:
            told.setdefault(search_text(text(row[0])), text(row[1]).strip())
    facts = {
        key: told.get(search_text(TOLD[key].cs)) or told.get(search_text(TOLD[key].en)) or ""
        for key in ("plan_id", "revision", "version")
    }
    return origin(facts["plan_id"], facts["revision"], facts["version"])


def origin(plan_id: str, revision: str, version: str) -> About | None:
    """Return what a file was taken from, None where it does not say so."""
    digits = revision.isascii() and revision.isdigit() and version.isascii() and version.isdigit()
    try:
        plan = UUID(plan_id)
    except ValueError:
        return None
    if not digits or max(len(revision), len(version)) > len("2000000000"):
        return None
    return About(plan_id=plan, revision=int(revision), version=int(version))


def _lines_of_sheet(
    kind: NodeKind, sheet: str, table: Table, language: str, problems: list[CellProblem]
) -> Iterator[Line]:
    header = table[0] if table else ()
    known = known_headings(kind)
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = text(cell).strip()
        column = known.get(search_text(name))
        at = Place(sheet=sheet, row=1, column=place)
        if name and column is None:
            problems.append(problem(at, "heading-unknown", name))
        elif column in columns:
            problems.append(problem(at, "heading-twice", name))
        elif column is not None:
            columns[column] = place
    needed = {ID, LABEL, ABOVE} & set(columns_of(kind))
    if missing := [column for column in columns_of(kind) if column in needed - columns.keys()]:
        at = Place(sheet=sheet, row=1)
        problems.extend(problem(at, "heading-missing", heading(column, language)) for column in missing)
        return
    headed = {place for place, cell in enumerate(header) if text(cell).strip()}
    for row, cells in rows_by_number(table[1:]):
        for place in cells.keys() - headed:
            at = Place(sheet=sheet, row=row + 1, column=place)
            problems.append(problem(at, "value-without-heading", text(cells[place])))
        yield _line(kind, sheet, row + 1, cells, columns)


def _line(
    kind: NodeKind, sheet: str, row: int, cells: Mapping[int, Cell], columns: Mapping[str, int]
) -> Line:
    def said(column: str) -> Cell:
        return cells.get(columns[column]) if column in columns else None

    return Line(
        kind=kind,
        sheet=sheet,
        row=row,
        id=text(said(ID)).strip(),
        label=_label(said(LABEL)),
        above=_label(said(ABOVE)) if parents_of(kind) else "",
        order=said(ORDER),
        cells={field: said(field) for field in columns if field not in {ID, LABEL, ABOVE, ORDER}},
        columns=columns,
    )


def _label(cell: Cell) -> str:
    return text(cell).strip()


def sent_table(table: Table, language: str) -> Sent:
    """Read a flat table; raises `WorkbookWithoutOrigin`, `ContentMalformed`."""
    rows = list(rows_by_number(table))
    if not rows:
        raise ContentMalformed(reason="CSV")
    header_row, header = rows[0]
    names = {column: search_text(text(cell)) for column, cell in header.items()}
    version = next((column for column, name in names.items() if name in _VERSION), None)
    of_kind = next((column for column, name in names.items() if name in _KIND), None)
    if version is None or of_kind is None:
        raise WorkbookWithoutOrigin
    sent = Sent()
    lines: list[Line] = []
    kinds, sheets = known_kinds(), known_sheets()
    columns = {kind: _columns(kind, names) for kind in NodeKind}
    stamps = {text(cells.get(version)).strip() for _, cells in rows[1:]} - {""}
    for row, cells in rows[1:]:
        called = search_text(text(cells.get(of_kind)))
        kind = sheets.get(called) or kinds.get(called)
        if kind is None:
            at = Place(sheet=CSV, row=row, column=of_kind)
            sent.problems.append(problem(at, "kind-unknown", text(cells.get(of_kind))))
        else:
            lines.append(_line(kind, CSV, row, cells, columns[kind]))
    if ID not in columns[NodeKind.PROBLEM]:
        at = Place(sheet=CSV, row=header_row)
        sent.problems.append(problem(at, "heading-missing", heading(ID, language)))
    sent.lines = lines
    sent.about = _one_origin(stamps)
    return sent


def _columns(kind: NodeKind, names: Mapping[int, str]) -> dict[str, int]:
    known = known_headings(kind)
    return {known[name]: column for column, name in names.items() if name in known}


def _one_origin(stamps: set[str]) -> About:
    """Return what all rows of a flat table were taken from."""
    parts = stamps.pop().split("/") if len(stamps) == 1 else []
    about = origin(*parts) if len(parts) == len(("plan", "revision", "version")) else None
    if about is None:
        raise WorkbookWithoutOrigin
    return about


def order_of(line: Line, problems: list[CellProblem]) -> tuple[bool, object, int]:
    """Return what a row is ordered by: its number, rows without one last, equal ones as they stand."""
    if line.order in (None, ""):
        return True, 0, line.row
    try:
        return False, number(line.order), line.row
    except Unreadable as unreadable:
        problems.append(problem(line.place(ORDER), "order-not-a-number", unreadable.shown))
        return True, 0, line.row
