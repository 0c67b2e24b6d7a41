"""The workbook of a plan: a sheet for each kind of node, locked ids, lists to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from planning.plans.edition import Edition
from planning.plans.kinds import KINDS_OF_PLAN
from planning.plans.tree import NodeKind, Placed
from planning.workbooks.cells import DASH, choice, types_of
from planning.workbooks.domain import ABOVE, FORM, ID, LABEL, ORDER, About, Cell
from planning.workbooks.guide import GUIDE, TOLD
from planning.workbooks.headings import ABOUT, CHOICES, columns_of, heading, sheet_name
from planning.workbooks.taking_out import areas_of, by_kind, numbers_of, written_node
from shared.contracts.planning import PlanKind
from shared.days import day_text

SPARE: Final = 500
"""Rows below the last one that offer lists and check what is typed."""
AREAS: Final = "areas"
_MOST: Final = 10**14
_WIDE: Final = frozenset(
    {"description", "causes", "consequences", "target_state", "response", "title", "name"}
)
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styles:
    heading: Style
    locked: Style
    text: Style
    money: Style
    number: Style
    day: Style


def workbook_of(kind: PlanKind, edition: Edition, about: About, *, language: str) -> bytes:
    """Return the XLSX; the same plan is the same file, to the byte."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "d. m. yyyy"}) as book:
        book.set_properties(
            {"title": edition.title[:200], "created": datetime.combine(edition.valid_from, time())}
        )
        styles = _styles_of(book)
        areas = areas_of(kind, edition, language)
        _write_about(book.add_worksheet(ABOUT.text(language)), kind, edition, about, styles, language)
        pages = {each: book.add_worksheet(sheet_name(each, language)) for each in NodeKind}
        lists = _write_choices(book.add_worksheet(CHOICES.text(language)), areas, styles, language)
        numbers = numbers_of(edition)
        for each, nodes in by_kind(edition).items():
            rows = [_row(placed, numbers[placed.parent_id] if placed.parent_id else "", areas, language)
                    for placed in nodes]  # fmt: skip
            _write_nodes(pages[each], each, rows, styles, lists, language)
    return out.getvalue()


def _styles_of(book: Workbook) -> _Styles:
    open_ = {"locked": False, "valign": "top"}
    return _Styles(
        heading=book.add_format({"bold": True, "bg_color": "#E7E6E6", "bottom": 1, "text_wrap": True}),
        locked=book.add_format({"num_format": "@", "font_color": "#7F7F7F", "valign": "top"}),
        text=book.add_format({**open_, "num_format": "@", "text_wrap": True}),
        money=book.add_format({**open_, "num_format": "#,##0.00"}),
        number=book.add_format(open_),
        day=book.add_format({**open_, "num_format": "d. m. yyyy", "align": "left"}),
    )


def _write_about(
    page: Worksheet, kind: PlanKind, edition: Edition, about: About, styles: _Styles, language: str
) -> None:
    page.set_column(0, 0, 22, styles.locked)
    page.set_column(1, 1, 90, styles.locked)
    name = KINDS_OF_PLAN[kind]
    told = {
        "form": FORM,
        "plan_id": str(about.plan_id),
        "revision": str(about.revision),
        "version": str(about.version),
        "title": edition.title,
        "kind": name.cs if language == "cs" else name.en,
        "valid_from": day_text(edition.valid_from, language),
        "valid_until": day_text(edition.valid_until, language),
    }
    for row, (key, value) in enumerate(told.items()):
        page.write_string(row, 0, TOLD[key].text(language), styles.heading)
        page.write_string(row, 1, value, styles.locked)
    for row, line in enumerate(GUIDE, start=len(told) + 1):
        page.write_string(row, 1, line.text(language))
    page.protect("", _ALLOWED)


def _write_choices(
    page: Worksheet, areas: Mapping[str, str], styles: _Styles, language: str
) -> dict[object, str]:
    """Write every list in a column; return where each stands, by its type."""
    lists: dict[object, list[str]] = {AREAS: [f"{code}{DASH}{name}" for code, name in areas.items()]}
    for kind in NodeKind:
        for of_type in types_of(kind).values():
            if issubclass(of_type, StrEnum):
                lists[of_type] = [choice(member, language=language) for member in of_type]
    places: dict[object, str] = {}
    for column, (key, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            page.write_string(row, column, word, styles.locked)
        letter = chr(ord("A") + column)
        places[key] = f"='{CHOICES.text(language)}'!${letter}$1:${letter}${max(len(words), 1)}"
    page.protect("")
    page.hide()
    return places


def _row(placed: Placed, above: str, areas: Mapping[str, str], language: str) -> dict[str, Cell]:
    place: dict[str, Cell] = {
        ID: str(placed.node.id),
        LABEL: placed.number,
        ABOVE: above,
        ORDER: Decimal(placed.position),
    }
    return {**place, **written_node(placed, language=language, areas=areas)}


def _write_nodes(
    page: Worksheet,
    kind: NodeKind,
    rows: Iterable[Mapping[str, Cell]],
    styles: _Styles,
    lists: Mapping[object, str],
    language: str,
) -> None:
    shapes = {column: _style(kind, column, styles) for column in columns_of(kind)}
    for place, (column, style) in enumerate(shapes.items()):
        width = 50 if column in _WIDE else 16
        page.set_column(place, place, width, style, {"hidden": 1} if column == ID else {})
        page.write_string(0, place, heading(column, language), styles.heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, (column, style) in enumerate(shapes.items()):
            _write_cell(page, (last, place), row[column], style, styles.text)
    for place, column in enumerate(shapes):
        if rule := _validation(kind, column, lists):
            page.data_validation(1, place, last + SPARE, place, rule)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.protect("", _ALLOWED)


def _write_cell(page: Worksheet, at: tuple[int, int], cell: Cell, style: Style, text: Style) -> None:
    if cell is None:
        return
    if isinstance(cell, Decimal):
        page.write_number(*at, cell, style)
    elif isinstance(cell, date):
        page.write_datetime(*at, datetime.combine(cell, time()), style)
    else:
        page.write_string(*at, cell, style if isinstance(style, Style) else text)


def _style(kind: NodeKind, column: str, styles: _Styles) -> Style:
    if column == ID:
        return styles.locked
    of_type = Decimal if column == ORDER else types_of(kind).get(column, str)
    if of_type is date:
        return styles.day
    if of_type is Decimal and column.endswith("_czk"):
        return styles.money
    return styles.number if of_type in {Decimal, int} else styles.text


def _validation(kind: NodeKind, column: str, lists: Mapping[object, str]) -> dict[str, object] | None:
    of_type = Decimal if column == ORDER else types_of(kind).get(column, str)
    if kind is NodeKind.PROBLEM and column == "area":
        return {"validate": "list", "source": lists[AREAS], "error_type": "warning"}
    if issubclass(of_type, StrEnum):
        return {"validate": "list", "source": lists[of_type]}
    if of_type is date:
        span = {"minimum": date(1990, 1, 1), "maximum": date(2100, 12, 31)}
        return {"validate": "date", "criteria": "between", **span}
    if of_type in {Decimal, int}:
        least = 0 if of_type is int or column.endswith("_czk") else -_MOST
        shape = "integer" if of_type is int else "decimal"
        return {"validate": shape, "criteria": "between", "minimum": least, "maximum": _MOST}
    return None
