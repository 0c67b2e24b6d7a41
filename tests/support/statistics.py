"""Workbooks of the Index and files of figures, made by hand; requests that import them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypedDict

import httpx
from sqlalchemy import ColumnElement, func, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import aggregate_order_by

from registry.reading import Cell, FileKind, Sheet
from registry.receiving import Upload
from registry.seed import seed
from registry.statistics import use_cases
from registry.statistics.domain import WorkbookImported
from registry.statistics.headings import COLUMNS
from shared.contracts.base import Role
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

ANALYST: Final = an_actor(Role.ANALYST, affiliation="Agentura", sub="anna.analyticka")
NO_SCHOOL: Final = (
    "Daná obec nemá na svém území ZŠ s běžnými třídami. Údaj byl převzat z celkové sitauci v obci, "
    "která má ZŠ s běžnými třídami nejblíže středu intravilánu dané obce bez školy."
)
_HEADINGS: Final = (
    "Kód obce",
    "Název obce",
    "Status obce",
    "Kod OPOU",
    "Název OPOU",
    "Kód ORP",
    "Název ORP",
    "Kód okres",
    "Název okres",
    "Kód kraj",
    "Název kraj",
    "Počet obyvatel - starších 15 let (k 31. 12. {year})",
    "Počet obyvatel - 15 až 64 let (k 31. 12. {year})",
    "Počet osob v exekuci (k 31. 12. {year})",
    "% podíl obyvatel v exekuci (k 31. 12. {year}; vztaženo na obyvatelstvo 15+)",
    "Osoby v exekuci - lokalizační kvocient",
    "Počet vyplacených PnB (průměrný měsíc r. {year})",
    "% podíl příjemců PnB (průměrný měsíc r. {year}; vztaženo na obyvatelstvo 15+)",
    "PnB - lokalizační kvocient",
    "Počet vyplacených PnŽ (průměrný měsíc r. {year})",
    "% podíl příjemců PnŽ (průměrný měsíc r. {year}; vztaženo na obyvatelstvo 15+)",
    "PnŽ - lokalizační kvocient",
    "Počet uchazečů o zaměstnání evidovaných ÚP déle než 6 měsíců (prosinec {year})",
    "% podíl uchazečů o zaměstnání evidovaných ÚP déle než 6 měsíců (prosinec {year}; vztaženo na 15 až 64)",
    "Uchazeči o zaměstnání evidovaní ÚP déle než 6 měsíců - lokalizační kvocient",
    "Počet předčasných odchodů ze ZŠ - běžné třídy (školní rok {before}/{short})",
    "% podíl předčasných odchodů ze ZŠ na celkovém počtu odchodů - běžné třídy (školní rok {before}/{short})",
    "Celkový počet žáků, kteří ukončili povinnou školní docházku - běžné třídy (školní rok {before}/{short})",
    "Předčasné odchody ze ZŠ - běžné třídy - lokalizační kvocient",
    "Index soc. vyloučení {year} (0-30 bodů)",
    "Index soc. vyloučení {year} (4 kategorie bodů)",
)
COUNTS: Final = {"EXE": "POP15", "PNB": "POP15", "PNZ": "POP15", "UOZ": "POP1564", "PO": "LEAVERS"}
_PLACE: Final = {name: place for place, (name, _, _) in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What a row of the workbook tells of a municipality; `po` None: it has no school."""

    code: str = "567337"
    name: str = "Obrnice"
    status: str = "O"
    pou: str = "42081"
    orp: str = "4208"
    district: str = "CZ0425"
    region: str = "CZ042"
    pop15: int = 1585
    pop1564: int = 1342
    exe: int = 750
    pnb: Fraction = Fraction(2348, 12)
    pnz: Fraction = Fraction(1695, 12)
    uoz: int = 62
    po: tuple[int, int] | None = (4, 25)
    index: int | None = None

    @property
    def counts(self) -> dict[str, Fraction | None]:
        left, all_ = self.po or (None, None)
        told: dict[str, Fraction | int | None] = {
            "POP15": self.pop15,
            "POP1564": self.pop1564,
            "EXE": self.exe,
            "PNB": self.pnb,
            "PNZ": self.pnz,
            "UOZ": self.uoz,
            "PO": left,
            "LEAVERS": all_,
        }
        return {name: None if count is None else Fraction(count) for name, count in told.items()}


OBRNICE_ROW: Final = Town()
TOWNS: Final = (
    OBRNICE_ROW,
    Town(
        code="567027", name="Most", status="S", pop15=53000, pop1564=40000, exe=7000, uoz=2000, po=(40, 600)
    ),
    Town(code="567141", name="Havraň", pop15=1200, pop1564=900, exe=200, uoz=30, po=None),
)
"""Municipalities of one district: with a school, without one; Most and Havraň are not in the seed."""


def headings(year: int = 2023) -> list[str]:
    return [text.format(year=year, before=year - 1, short=f"{year % 100:02}") for text in _HEADINGS]


def a_sheet(
    *towns: Town, year: int = 2023, columns: Sequence[str] | None = None, **changed: Mapping[int, Cell] | None
) -> Sheet:
    """Return the sheet of the workbook; `changed` puts cells by column and place of the row."""
    rows = rows_of(towns or TOWNS)
    for name, cells in changed.items():
        for place, cell in (cells or {}).items():
            rows[place][_PLACE[name.replace("_percent", " %").replace("_quotient", " LQ")]] = cell
    return Sheet(
        kind=FileKind.XLSX,
        name=f"Index soc. vyloučení {year}",
        columns=tuple(columns or headings(year)),
        rows=rows,
    )


def rows_of(towns: Sequence[Town]) -> list[list[Cell]]:
    """Return the 31 columns with shares and quotients as the ministry computes them."""
    shares = {town.code: _shares(town) for town in towns}
    rows: list[list[Cell]] = []
    for town in towns:
        cells: dict[str, Cell] = {name: _number(count) for name, count in town.counts.items()}
        for name in COUNTS:
            share = shares[town.code][name]
            reference = _reference(towns, town.region, name)
            cells[f"{name} %"] = _number(share)
            cells[f"{name} LQ"] = _number(share / reference if share is not None and reference else share)
        if town.po is None:
            cells |= dict.fromkeys(("PO", "PO %", "LEAVERS", "PO LQ"), NO_SCHOOL)
        cells |= _texts(town)
        rows.append([cells.get(name) for name, _, _ in COLUMNS])
    return rows


def _texts(town: Town) -> dict[str, Cell]:
    bands = ("0 až 1", 1), ("2 až 7", 7), ("8 až 11", 11), ("12 až 30", 30)
    index = town.index
    return {
        "code": float(town.code),
        "name": town.name,
        "status": town.status,
        "pou_code": float(town.pou) if town.pou != "0" else 0.0,
        "pou_name": f"POÚ {town.pou}" if town.pou != "0" else "X-X-X",
        "orp_code": float(town.orp) if town.orp != "0" else 0.0,
        "orp_name": f"ORP {town.orp}" if town.orp != "0" else "X-X-X",
        "district_code": town.district,
        "district_name": town.district,
        "region_code": town.region,
        "region_name": town.region,
        "ISV": None if index is None else float(index),
        "category": None if index is None else next(text for text, most in bands if index <= most),
    }


def _shares(town: Town) -> dict[str, Fraction | None]:
    counts = town.counts
    return {name: _share(counts[name], counts[whole]) for name, whole in COUNTS.items()}


def _share(count: Fraction | None, whole: Fraction | None) -> Fraction | None:
    if count is None or whole is None:
        return None
    return 100 * count / whole if whole else Fraction(0)


def _reference(towns: Sequence[Town], region: str, name: str) -> Fraction:
    def of(chosen: Sequence[Town]) -> Fraction:
        told = [town.counts for town in chosen if town.counts[name] is not None]
        count = sum((counts[name] or Fraction(0) for counts in told), Fraction(0))
        whole = sum((counts[COUNTS[name]] or Fraction(0) for counts in told), Fraction(0))
        return _share(count, whole) or Fraction(0)

    return (of(towns) + of([town for town in towns if town.region == region])) / 2


def _number(count: Fraction | None) -> Cell:
    return None if count is None else float(count)


def an_upload(name: str = "index.xlsx") -> Upload:
    return Upload(path=Path(name), name=name, size_bytes=1, digest="0" * 64)


async def seeded(service: ServiceUnderTest) -> None:
    async with service.transaction() as tx:
        await seed(tx)


async def workbook_imported(
    service: ServiceUnderTest, sheet: Sheet, *, year: int = 2023, **how: object
) -> WorkbookImported:
    async with service.transaction(ANALYST) as tx:
        return await use_cases.import_workbook(
            tx,
            sheet,
            upload=an_upload(),
            year=year,
            **how,  # type: ignore[arg-type]
        )


def csv_of(rows: Sequence[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


async def sent(client: httpx.AsyncClient, of: str, content: bytes, **parameters: str) -> httpx.Response:
    """Send a file of figures to its importer."""
    return await client.post(f"/statistics/imports/{of}", content=content, params=parameters)


_LOGS: Final = frozenset({"import_run", "audit", "idempotency"})


async def state_of(service: ServiceUnderTest) -> dict[str, tuple[int, str]]:
    """Return how many rows each table has and the digest of all that is in them; logs of requests aside."""
    state = {}
    async with service.resources.engine.connect() as connection:
        for name in sorted({table.name for table in service.service.metadata.sorted_tables} - _LOGS):
            row: ColumnElement[str] = literal_column("t::text")
            content = func.md5(func.coalesce(func.string_agg(row, aggregate_order_by(literal("|"), row)), ""))
            found = await connection.execute(
                select(func.count(), content).select_from(table(name).alias("t"))
            )
            count, digest = found.one()
            state[name] = (count, digest)
    return state


async def figures_of(service: ServiceUnderTest, **filters: str) -> list[dict[str, str | None]]:
    """Return figures as everybody sees them: `unit`, `series`, `period` filter, the rest as it is."""
    parameters = {
        f"filter[{name}]" if name in {"unit", "series", "period"} else name: value
        for name, value in filters.items()
    }
    async with service.client() as client:
        answer = await client.get("/statistics/figures", params={"limit": "200", **parameters})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, str | None]] = answer.json()["items"]
    return items


class Finding(TypedDict):
    kind: str
    series: str
    period: str
    unit_name: str | None
    facts: dict[str, str]


async def findings_of(service: ServiceUnderTest, vintage_id: int | None) -> list[Finding]:
    async with service.client(ANALYST) as client:
        answer = await client.get(f"/statistics/vintages/{vintage_id}/findings", params={"limit": "200"})
    assert answer.status_code == 200, answer.text
    items: list[Finding] = answer.json()["items"]
    return items
