"""Builders for the Index: a method, the inputs of a year, a whole country with its editions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import cast
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import Table, insert, select, text
from starlette.requests import Request

from registry.exclusion.definition import MethodJson, method_of
from registry.exclusion.frame import UNKNOWN, Inputs, Way
from registry.exclusion.method import Bounds, Indicator, Method
from registry.exclusion.use_cases import recompute_all
from registry.geography.tables import UnitPointRow
from registry.seed import seed as seed_registry
from registry.statistics.tables import FigureRow, VintagePartRow, VintageRow
from registry.tables import Base
from registry.units.codes import check_digit, unit_id
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in
from shared.contracts.registry import UnitKind
from shared.names import sort_key
from shared.reads import Reader
from shared.transaction import Transaction
from tests.support.service import ServiceUnderTest

STATE = unit_id(UnitKind.STATE, "CZ")
REGIONS = tuple(f"CZ{number:03d}" for number in (10, 20, 31, 32, 41, 42, 51, 52, 53, 63, 64, 71, 72, 80))


def method_json(**changes: object) -> MethodJson:
    text = files("registry").joinpath("data/methods/isv-2020.json").read_text(encoding="utf-8")
    return MethodJson(**{**json.loads(text), **changes})  # type: ignore[typeddict-item]


def a_method(**changes: object) -> Method:
    """Return ISV-2020 with other fields where they are given."""
    return replace(method_of(method_json()), **changes)  # type: ignore[arg-type]


def an_indicator(code: str = "PO", **changes: object) -> Indicator:
    """Return an indicator of ISV-2020; `absolute=Bounds(…)` and the like change it."""
    found = next(each for each in a_method().indicators if each.code == code)
    return replace(found, **changes)  # type: ignore[arg-type]


def some_bounds(first: str, second: str) -> Bounds:
    return Bounds(first=Fraction(first), second=Fraction(second))


def a_code(number: int) -> str:
    """Return a municipal code with its check digit; real ones begin at 500011."""
    return f"{number:05d}{check_digit(f'{number:05d}')}"


def some_inputs(
    municipalities: int = 50,
    *,
    seed: int = 1,
    year: int = 2023,
    regions: Sequence[str] = REGIONS,
    without_school: float = 0.75,
    published: Sequence[int] | None = None,
) -> Inputs:
    """Return a synthetic country, the same for the same seed: sizes and loads spread as in the real one."""
    dice = np.random.default_rng(seed)
    population = np.maximum(dice.lognormal(6.2, 1.2, municipalities), 30).astype(np.int64)
    working = (population * 0.76).astype(np.int64)
    leavers = np.maximum(population // 80, 1)
    leavers[dice.random(municipalities) < without_school] = UNKNOWN
    load = dice.lognormal(0, 0.6, municipalities)
    rates = ((population, 0.068, 1), (population, 0.027, 12), (population, 0.007, 12), (working, 0.018, 1))
    counted = [dice.poisson(base * rate * load * parts) for base, rate, parts in rates]
    early = np.where(leavers > 0, dice.poisson(np.maximum(leavers, 1) * 0.03 * load), UNKNOWN)
    codes = [a_code(90000 + number) for number in range(municipalities)]
    return Inputs(
        year=year,
        unit_ids=[unit_id(UnitKind.MUNICIPALITY, code) for code in codes],
        codes=codes,
        region_ids=[unit_id(UnitKind.REGION, code) for code in regions],
        state_id=STATE,
        regions=np.arange(municipalities, dtype=np.int64) % len(regions),
        numerators=np.column_stack([*counted, np.minimum(early, leavers)]).astype(np.int64),
        denominators=np.column_stack([population, population, population, working, leavers]),
        published=np.array(published if published is not None else [UNKNOWN] * municipalities, dtype=np.int8),
        x=np.round(dice.uniform(-904_000, -431_000, municipalities), 2),
        y=np.round(dice.uniform(-1_227_000, -936_000, municipalities), 2),
        chosen=np.full(municipalities, UNKNOWN, dtype=np.int64),
        chosen_ways={},
    )


def with_donor(inputs: Inputs, position: int, donor: int, way: Way = Way.CHOSEN) -> Inputs:
    chosen = inputs.chosen.copy()
    chosen[position] = donor
    return replace(inputs, chosen=chosen, chosen_ways={**inputs.chosen_ways, position: way})


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What `a_country` stored: municipalities in the order of codes, and the inputs of each year."""

    unit_ids: Sequence[UUID]
    codes: Sequence[str]
    inputs: Mapping[int, Inputs]


async def a_country(
    service: ServiceUnderTest,
    *,
    years: Sequence[int] = range(2016, 2025),
    municipalities: int = 6258,
    seed: int = 1,
    computed: bool = True,
) -> Country:
    """Store a synthetic country with the seed's regions, districts and 38 real municipalities among others.

    Figures of all years, points, and, unless told otherwise, the Index of all years computed and published.
    The same for the same arguments. The method applies from 2016 on.
    """
    async with service.transaction() as tx:
        await seed_registry(tx)
        known = await _seeded(tx)
        places = [*known, *_others(await _districts(tx), municipalities - len(known))]
        places = sorted(places[:municipalities], key=lambda place: place.code)
        await _store_units(tx, [place for place in places if place.is_new])
        inputs = {year: _of_places(places, year, seed) for year in years}
        await _store_points(tx, next(iter(inputs.values())))
        for of_year in inputs.values():
            await store_figures(tx, of_year)
        await tx.session.execute(text("ANALYZE figure, vintage_part, unit, unit_state, unit_point"))
    if computed:
        async with service.transaction() as tx:
            await recompute_all(tx)
            await tx.session.execute(text("ANALYZE index_computation, index_result"))
    first = next(iter(inputs.values()))
    return Country(unit_ids=first.unit_ids, codes=first.codes, inputs=inputs)


async def store_figures(tx: Transaction, inputs: Inputs, *, published: Sequence[int] | None = None) -> int:
    """Store the inputs of a year as a vintage of the workbook and return its id."""
    vintage = insert(VintageRow).values(
        source="ISV-WORKBOOK",
        label=f"Index {inputs.year}",
        licence="CC BY 4.0",
        note="",
        content_digest=str(uuid4()),
        file_digest="0" * 64,
        figure_count=0,
        imported_by="test",
        imported_at=tx.now,
    )
    id_ = (await tx.session.scalars(vintage.returning(VintageRow.id))).one()
    columns = dict(_series_of(inputs))
    if published is not None:
        columns["ISV"] = [str(index) for index in published]
    period = f"{inputs.year}-01-01"
    await tx.session.execute(
        insert(VintagePartRow),
        [
            {
                "vintage_id": id_,
                "series": series,
                "period": date(inputs.year, 1, 1),
                "figure_count": len(values),
                "of_own_source": True,
                "in_parts": False,
            }
            for series, values in columns.items()
        ],
    )
    lines = (
        f"{series},{period},{id_},{unit},{value},{'given' if value else 'not-applicable'}"
        for series, values in columns.items()
        for unit, value in zip(inputs.unit_ids, values, strict=True)
    )
    names = ("series", "period", "vintage_id", "unit_id", "value", "status")
    await copy_in(tx.session, _table(FigureRow), names, "\n".join(lines).encode())
    return id_


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    code: str
    region: str
    district_id: UUID
    is_new: bool = True

    @property
    def id(self) -> UUID:
        return unit_id(UnitKind.MUNICIPALITY, self.code)


async def _districts(tx: Transaction) -> list[tuple[UUID, str]]:
    rows = select(UnitStateRow.unit_id, UnitStateRow.code).where(UnitStateRow.kind == "district")
    found = await tx.session.execute(rows.order_by(UnitStateRow.code))
    return [(id_, code or "") for id_, code in found]


async def _seeded(tx: Transaction) -> list[_Place]:
    districts = dict(await _districts(tx))
    rows = select(UnitStateRow.code, UnitStateRow.parent_id).where(UnitStateRow.kind == "municipality")
    return [
        _Place(code=code or "", region=districts[parent][:5], district_id=parent, is_new=False)
        for code, parent in await tx.session.execute(rows.order_by(UnitStateRow.code))
        if parent
    ]


def _others(districts: Sequence[tuple[UUID, str]], count: int) -> list[_Place]:
    """Codes below those that are given out."""
    return [
        _Place(code=a_code(10_000 + number), region=code[:5], district_id=district)
        for number in range(max(count, 0))
        for district, code in [districts[number % len(districts)]]
    ]


async def _store_units(tx: Transaction, places: Sequence[_Place]) -> None:
    at, day = tx.now.isoformat(), "2000-01-01"
    units = "".join(f"{place.id},municipality,{day},1,{at},{at}\n" for place in places)
    names = ("id", "kind", "valid_from", "version", "registered_at", "changed_at")
    await copy_in(tx.session, _table(UnitRow), names, units.encode())
    states = "".join(
        f"{place.id},{day},municipality,{place.code},Obec {place.code},{sort_key(f'Obec {place.code}')!s},"
        f"obec {place.code},{place.district_id},{at}\n"
        for place in places
    )
    columns = [
        "unit_id",
        "valid_from",
        "kind",
        "code",
        "name",
        "sort_key",
        "search_text",
        "parent_id",
        "told_at",
    ]
    await copy_in(tx.session, _table(UnitStateRow), columns, states.encode())


async def _store_points(tx: Transaction, inputs: Inputs) -> None:
    """Degrees only roughly: the Index looks at the metres."""
    rows = zip(inputs.unit_ids, inputs.codes, inputs.x, inputs.y, strict=True)
    lines = "".join(
        f"{unit},{code},{21 + x / 140_000:.7f},{59.4 + y / 111_000:.7f},{x:.2f},{y:.2f},test,{tx.now}\n"
        for unit, code, x, y in rows
    )
    names = ("unit_id", "code", "longitude", "latitude", "x", "y", "source", "recorded_at")
    await copy_in(tx.session, _table(UnitPointRow), names, lines.encode())


def _of_places(places: Sequence[_Place], year: int, seed: int) -> Inputs:
    """Sizes and schools stay from year to year, loads drift."""
    inputs = some_inputs(len(places), seed=seed, year=year)
    dice = np.random.default_rng(seed + year)
    drift = dice.lognormal(0, 0.08, inputs.numerators.shape)
    numerators = np.where(
        inputs.numerators > 0, np.rint(inputs.numerators * drift).astype(np.int64), inputs.numerators
    )
    has_school = inputs.denominators[:, 4] >= 0
    numerators[has_school, 4] = np.minimum(numerators[has_school, 4], inputs.denominators[has_school, 4])
    return replace(
        inputs,
        unit_ids=[place.id for place in places],
        codes=[place.code for place in places],
        regions=np.array([REGIONS.index(place.region) for place in places], dtype=np.int64),
        numerators=numerators,
    )


def _series_of(inputs: Inputs) -> Iterator[tuple[str, list[str]]]:
    """Give the figures as they are published: averages of twelve months as decimals."""
    for column, indicator in enumerate(a_method().indicators):
        parts, counts = indicator.parts, inputs.numerators[:, column].tolist()
        yield indicator.numerator, [_published(count, parts) for count in counts]
    for column, series in ((0, "POP15"), (3, "POP1564"), (4, "LEAVERS")):
        yield series, [_published(count, 1) for count in inputs.denominators[:, column].tolist()]


def _published(count: int, parts: int) -> str:
    return "" if count < 0 else str(count) if parts == 1 else repr(count / parts)


def _table(row: type[Base]) -> Table:
    return cast(Table, row.__table__)


def a_reader(service: ServiceUnderTest) -> Reader:
    """Return what a request reads with."""
    return Reader(service.resources.pool, Request({"type": "http", "headers": []}))
