"""Plans as files: a tree with every kind of node, and files as another program would save them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Final

import httpx
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planning.plans.domain import Plan, PlanStatus
from planning.plans.edition import Edition, placed_nodes
from planning.workbooks.assembly import Assembled, Known, assemble
from planning.workbooks.bringing_back import sent_table, sent_workbook
from planning.workbooks.domain import About, Cell, Sent
from planning.workbooks.flat import csv_of, table_of
from planning.workbooks.schemas import Judged, judge
from planning.workbooks.taking_out import areas_of
from planning.workbooks.use_cases import Base
from shared.auth import Actor
from shared.contracts.planning import PlanKind
from shared.csv_files import Delimiter
from shared.ids import uuid7
from tests.support.plan_content import an_id
from tests.support.planning import PlanUnderWay
from tests.support.tokens import COORDINATOR, OBRNICE

ABOUT: Final = About(plan_id=an_id(999), revision=1, version=3)
Sheets = dict[str, list[list[Cell]]]


def a_plan_of(edition: Edition) -> Plan:
    return Plan(
        id=ABOUT.plan_id,
        version=ABOUT.version,
        kind=PlanKind.PSZ,
        title=edition.title,
        vision=edition.vision,
        unit_ids=(OBRNICE,),
        valid_from=edition.valid_from,
        valid_until=edition.valid_until,
        status=PlanStatus.DRAFT,
        revision=ABOUT.revision,
    )


def judged(edition: Edition, sent: Sent, *, language: str = "cs") -> Judged:
    """Compare lines of a file with the edition that they were taken from."""
    nodes = placed_nodes(edition)
    kinds = {node_id: placed.kind for node_id, placed in nodes.items()}
    plan = a_plan_of(edition)
    areas = areas_of(plan.kind, edition, language)
    known = Known(nodes=nodes, kinds=kinds, areas=areas, language=language)
    whole: Assembled = assemble(sent, known)
    base = Base(plan=plan, edition=edition, kinds=kinds)
    return judge(base, whole, new_id=uuid7, language=language)


def judged_workbook(edition: Edition, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Judged:
    return judged(edition, sent_workbook(sheets, "cs"))


def judged_csv(edition: Edition, *, language: str, delimiter: Delimiter) -> Judged:
    content = csv_of(PlanKind.PSZ, edition, ABOUT, delimiter=delimiter, language=language)
    return judged(edition, sent_table(table_of(content), "cs"))


def saved_elsewhere(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, as_text: bool) -> bytes:
    """Save sheets as other programs may: days as bare serials, or all numbers and days as text."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    _write(page, (row, column), cell, as_text=as_text)
    return out.getvalue()


def _write(page: Worksheet, at: tuple[int, int], cell: Cell, *, as_text: bool) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and as_text:
        page.write_string(*at, f"{cell.day}. {cell.month}. {cell.year}")
    elif isinstance(cell, date):
        page.write_number(*at, (cell - date(1899, 12, 30)).days)
    elif isinstance(cell, Decimal) and as_text:
        page.write_string(*at, f"{cell:,f}".replace(",", "\u00a0").replace(".", ","))
    elif isinstance(cell, Decimal):
        page.write_number(*at, cell)
    else:
        page.write_string(*at, cell)


async def taken_out(
    plan: PlanUnderWay, query: str = "", actor: Actor | None = COORDINATOR, **headers: str
) -> httpx.Response:
    async with plan.planning.client(actor, **headers) as client:
        return await client.get(f"/plans/{plan.id}/workbook{query}")


async def check(plan: PlanUnderWay, content: bytes, actor: Actor = COORDINATOR) -> httpx.Response:
    async with plan.planning.client(actor) as client:
        return await client.post(f"/plans/{plan.id}/workbook/check", content=content)


async def take_over(
    plan: PlanUnderWay, content: bytes, *, checked: str = "", etag: str = "", actor: Actor = COORDINATOR
) -> httpx.Response:
    async with plan.planning.client(actor) as client:
        answer = await client.put(
            f"/plans/{plan.id}/workbook" + (f"?checked={checked}" if checked else ""),
            content=content,
            headers={"If-Match": etag or plan.etag},
        )
    plan.etag = answer.headers.get("etag", plan.etag)
    return answer
