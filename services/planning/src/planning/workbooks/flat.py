"""A plan as one flat table in CSV, written and read."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from typing import Final

from planning.plans.edition import Edition
from planning.plans.tree import NodeKind
from planning.workbooks.domain import ABOVE, ID, LABEL, ORDER, About, Cell
from planning.workbooks.headings import ROW_KIND, VERSION, columns_of, heading, sheet_name
from planning.workbooks.refusals import ContentMalformed
from planning.workbooks.taking_out import areas_of, by_kind, numbers_of, written_node
from shared.contracts.planning import PlanKind
from shared.csv_files import READ_BACK, Delimiter, csv_file

MOST_ROWS: Final = 20_000
LONGEST: Final = 32_767
_DELIMITERS: Final = ";,\t"


def headings_of(language: str) -> list[str]:
    """Return the headings of the flat table; a field that several kinds have is one column."""
    fields = (
        column for kind in NodeKind for column in columns_of(kind) if column not in {ID, LABEL, ABOVE, ORDER}
    )
    named = dict.fromkeys(heading(field, language) for field in fields)
    places = [heading(column, language) for column in (ID, LABEL, ABOVE, ORDER)]
    return [VERSION.text(language), ROW_KIND.text(language), *places, *named]


def csv_of(kind: PlanKind, edition: Edition, about: About, *, delimiter: Delimiter, language: str) -> bytes:
    """Return CSV with headings in the language; `table_of` reads it back."""
    headings = headings_of(language)
    rows: list[list[Cell]] = [list(headings)]
    stamp = f"{about.plan_id}/{about.revision}/{about.version}"
    areas, numbers = areas_of(kind, edition, language), numbers_of(edition)
    for each, nodes in by_kind(edition).items():
        for placed in nodes:
            row: dict[str, Cell] = {
                VERSION.text(language): stamp,
                ROW_KIND.text(language): sheet_name(each, language),
                heading(ID, language): str(placed.node.id),
                heading(LABEL, language): placed.number,
                heading(ABOVE, language): numbers[placed.parent_id] if placed.parent_id else None,
                heading(ORDER, language): str(placed.position),
            }
            cells = written_node(placed, language=language, areas=areas)
            row |= {heading(field, language): cell for field, cell in cells.items()}
            rows.append([row.get(name) for name in headings])
    return csv_file(rows, delimiter, escaped=READ_BACK)


def table_of(content: bytes) -> list[list[Cell]]:
    """Read the rows of a CSV; raises `ContentMalformed`."""
    decoded = _decoded(content)
    first = decoded.partition("\n")[0]
    bare = "".join(first.split('"')[::2])
    delimiter = max(_DELIMITERS, key=bare.count)
    previous = csv.field_size_limit(LONGEST * 4)
    try:
        rows = csv.reader(StringIO(decoded, newline=""), delimiter=delimiter, strict=True)
        found: list[list[Cell]] = [[_unescaped(cell) for cell in row] for row in islice(rows, MOST_ROWS + 1)]
    except csv.Error as error:
        raise ContentMalformed(reason=f"CSV, {error}") from error
    finally:
        csv.field_size_limit(previous)
    if len(found) > MOST_ROWS:
        raise ContentMalformed(reason=f"CSV > {MOST_ROWS}")
    return found


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in decoded:
            raise ContentMalformed(reason="NUL")
        return decoded
    raise ContentMalformed(reason="UTF-8, Windows-1250")


def _unescaped(cell: str) -> str | None:
    escaped = cell.startswith("'") and cell[1:].startswith(READ_BACK)
    return (cell[1:] if escaped else cell) or None


def rows_by_number(table: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """Yield each row that says something, with its number as a spreadsheet counts."""
    for number, row in enumerate(table, start=1):
        cells = {column: cell for column, cell in enumerate(row) if cell not in (None, "")}
        if cells:
            yield number, cells
