"""Open data read back: a dataset in each format as one list of rows; a country that has all datasets."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

import httpx
import openpyxl
import polars as pl
from sqlalchemy import insert

from registry.cooperation.tables import CooperationRow
from registry.datasets.domain import Column, Dataset, Kind
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.plans.tables import PlanRow
from tests.support.exclusion import Country, a_country
from tests.support.geography import an_association, register_all
from tests.support.registry import NOON
from tests.support.service import ServiceUnderTest

Value = str | int | bool | date | Decimal | None
Row = Mapping[str, Value]
TITLE: Final = '=HYPERLINK("http://zlo.test";"Plán")'
"""A title that a spreadsheet would take for a formula."""


async def an_open_country(service: ServiceUnderTest, *, municipalities: int = 60) -> Country:
    """Store a small country of two years with an association, a cooperation and a plan of two units."""
    country = await a_country(service, years=(2022, 2023), municipalities=municipalities)
    group = an_association()
    await register_all(service, [group])
    async with service.transaction() as tx:
        told = MembershipTold(country.unit_ids[0], group[0].id, date(2020, 1, 1))
        await set_memberships(tx, [told], source="test")
        await tx.session.execute(
            insert(CooperationRow).values(
                id=UUID(int=7),
                unit_id=country.unit_ids[0],
                regime="KPSV21",
                status="active",
                grounds_note="",
                exit_note="",
                starts_on=date(2022, 1, 1),
                ends_on=None,
                version=1,
                started_at=NOON,
            )
        )
        await tx.session.execute(insert(PlanRow).values(**a_plan_row(country.unit_ids[:2])))
    return country


def a_plan_row(unit_ids: Sequence[UUID]) -> dict[str, object]:
    return {
        "id": UUID(int=9),
        "told_version": 1,
        "state": "approved",
        "approved_version": 1,
        "unit_ids": list(unit_ids),
        "revision": 1,
        "kind": "PSZ",
        "title": TITLE,
        "valid_from": date(2023, 1, 1),
        "valid_until": date(2025, 12, 31),
        "body": "Zastupitelstvo města; rada",
        "approved_on": date(2022, 12, 15),
        "resolution_number": "12/2022",
    }


async def download(client: httpx.AsyncClient, dataset: Dataset, form: str, **asked: str) -> httpx.Response:
    answer = await client.get(f"/datasets/{dataset.id}.{form}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer


def read_csv(dataset: Dataset, content: bytes) -> list[Row]:
    """Parse by the datatypes that the schema promises."""
    lines = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert lines[0] == [column.name for column in dataset.columns]
    return [_row(dataset, line) for line in lines[1:]]


def read_ndjson(dataset: Dataset, content: bytes) -> list[Row]:
    found = [json.loads(line) for line in content.decode().splitlines()]
    assert all(list(row) == [column.name for column in dataset.columns] for row in found)
    return [_row(dataset, ["" if cell is None else _text(cell) for cell in row.values()]) for row in found]


def read_parquet(dataset: Dataset, content: bytes) -> list[Row]:
    frame = pl.read_parquet(io.BytesIO(content))
    rows = frame.to_dicts()
    decimals = [column.name for column in dataset.columns if column.kind is Kind.DECIMAL]
    return [{**row, **{name: _plain(row[name]) for name in decimals}} for row in rows]


def read_xlsx(dataset: Dataset, content: bytes | Path) -> list[Row]:
    """Read by another library than the one that wrote it; decimals are floats there."""
    book = openpyxl.load_workbook(io.BytesIO(content) if isinstance(content, bytes) else content)
    sheet = book["Data"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    return [_row(dataset, ["" if cell is None else _of_cell(cell) for cell in row]) for row in cells]


def as_floats(dataset: Dataset, rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return decimals as the floats of a workbook, which keeps 15 digits of them."""
    decimals = {column.name for column in dataset.columns if column.kind is Kind.DECIMAL}
    return [
        {
            name: f"{float(str(value)):.15g}" if name in decimals and value is not None else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _row(dataset: Dataset, cells: Sequence[str]) -> Row:
    return {
        column.name: _value(column, cell) if cell else None
        for column, cell in zip(dataset.columns, cells, strict=True)
    }


def _value(column: Column, cell: str) -> Value:
    match column.kind:
        case Kind.INTEGER | Kind.YEAR:
            return int(cell)
        case Kind.DECIMAL:
            return Decimal(cell)
        case Kind.DATE:
            return date.fromisoformat(cell)
        case Kind.BOOLEAN:
            return {"true": True, "false": False}[cell]
        case _:
            return cell


def _of_cell(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case "ano" | "ne":
            return _text(cell == "ano")
        case _:
            return str(cell)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:f}".rstrip("0").rstrip(".") or "0")
