"""A plan of a thousand rows out as a workbook, back in, and compared; beside the libraries alone."""

import asyncio
import time
from collections.abc import Callable
from io import BytesIO
from typing import Final
from uuid import UUID

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from planning.plans.edition import Edition, placed_nodes
from planning.plans.tree import Goal, Problem
from planning.reading import read_workbook
from planning.workbooks.cells import text
from planning.workbooks.spreadsheet import workbook_of
from shared.contracts.planning import PlanKind
from shared.csv_files import Delimiter
from tests.bench.figures import heading, milliseconds, percentile, row, table
from tests.support.plan_content import FROM, UNTIL, a_line, an_indicator, the_measure
from tests.support.plan_files import ABOUT, Sheets, judged_csv, judged_workbook

PROBLEMS: Final = 11
GOALS: Final = 3
MEASURES: Final = 4
TIMES: Final = 5
PROSE: Final = "Na ubytovnách žije 120 osob. " * 5 + "Konec."


def a_large_plan() -> Edition:
    """Return a plan of some thousand nodes: measures have an indicator and five budget lines each."""
    ids = iter(range(1, 10_000))
    problems = tuple(
        Problem(
            id=UUID(int=next(ids)), area="BYD", title=f"Problém {p}", description=PROSE,
            goals=tuple(
                Goal(
                    id=UUID(int=next(ids)), title=f"Cíl {p}.{g}", due_on=UNTIL,
                    indicators=(an_indicator(next(ids)),),
                    measures=tuple(
                        the_measure(
                            id=UUID(int=next(ids)), title=f"Opatření {p}.{g}.{m}", description=PROSE,
                            indicators=(an_indicator(next(ids)),),
                            budget=tuple(a_line(next(ids), year=2026 + y) for y in range(5)),
                        )
                        for m in range(MEASURES)
                    ),
                )
                for g in range(GOALS)
            ),
        )
        for p in range(PROBLEMS)
    )  # fmt: skip
    return Edition(
        title="Velký plán", vision="", unit_ids=(), valid_from=FROM, valid_until=UNTIL, problems=problems
    )


def bench() -> None:
    edition = a_large_plan()
    heading(f"A plan of {len(placed_nodes(edition))} rows as a workbook and back ({TIMES} times, ms)")
    sheets = asyncio.run(read_workbook(workbook_of(PlanKind.PSZ, edition, ABOUT, language="cs")))
    table("", "p50", "p95", "p99")
    floor = timed(lambda: by_libraries_alone(sheets))
    whole = timed(lambda: there_and_back(edition))
    flat = timed(lambda: judged_csv(edition, language="cs", delimiter=Delimiter.SEMICOLON).accepted())
    row("floor: the same cells written and read by the libraries", *milliseconds(floor))
    row("workbook: written, read apart, validated, compared", *milliseconds(whole))
    row("CSV: written, read, validated, compared", *milliseconds(flat))
    print(f"\nmedian / floor: {percentile(whole, 0.5) / percentile(floor, 0.5):.1f}", flush=True)


def timed(work: Callable[[], object]) -> list[float]:
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return seconds


def there_and_back(edition: Edition) -> None:
    content = workbook_of(PlanKind.PSZ, edition, ABOUT, language="cs")
    found = judged_workbook(edition, asyncio.run(read_workbook(content)))
    assert found.accepted().difference.is_empty


def by_libraries_alone(sheets: Sheets) -> None:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    page.write_string(place, column, text(cell))
    out.seek(0)
    with CalamineWorkbook.from_filelike(out) as read:
        for name in read.sheet_names:
            read.get_sheet_by_name(name).to_python()
