"""SQL of computing: the inputs of all years by COPY, computations with their results by COPY."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy import Double, Table, case, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.exclusion.frame import CONFIDENTIAL, UNKNOWN, Way
from registry.exclusion.intake import (
    FIGURE_COLUMNS,
    PUBLISHED,
    Choice,
    Figures,
    Part,
    Territory,
    figures_of,
    parts_in_force,
    territory_of,
)
from registry.exclusion.method import Method
from registry.exclusion.records import (
    ALGORITHM,
    REFERENCE_COLUMNS,
    RESULT_COLUMNS,
    Computed,
    references_csv,
    result_rows,
)
from registry.exclusion.tables import (
    DonorChoiceRow,
    IndexComputationRow,
    IndexReferenceRow,
    IndexResultRow,
)
from registry.exclusion.wire import rows_of, whole
from registry.geography.tables import UnitPointRow
from registry.statistics.tables import FigureRow, VintagePartRow
from registry.units.codes import unit_id
from registry.units.tables import UnitStateRow
from shared.bulk import copy_in, copy_out
from shared.contracts.registry import UnitKind

_LOCK: Final = "registry.index"
_PLACES: Final = (UnitKind.MUNICIPALITY, UnitKind.DISTRICT, UnitKind.REGION)
_STATES: Final = (
    select(
        UnitStateRow.unit_id,
        UnitStateRow.code,
        UnitStateRow.kind,
        UnitStateRow.parent_id,
        UnitStateRow.valid_from,
        UnitStateRow.valid_until,
        UnitPointRow.x,
        UnitPointRow.y,
    )
    .outerjoin(UnitPointRow, UnitPointRow.unit_id == UnitStateRow.unit_id)
    .where(UnitStateRow.kind.in_([kind.value for kind in _PLACES]))
)
_VALUE: Final = func.coalesce(
    FigureRow.value.cast(Double), case((FigureRow.status == "confidential", CONFIDENTIAL), else_=UNKNOWN)
)

Key = tuple[str, int, str]
"""Method, year, digest of the inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A computation as it was published last."""

    id: int
    method: str
    year: int
    inputs_digest: str
    version: int


async def wait_for_others(session: AsyncSession) -> None:
    """Hold the lock of computing until the transaction ends: what is read after it is what others left."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def territory(session: AsyncSession) -> Territory:
    states = await copy_out(session, _STATES)
    return await asyncio.to_thread(territory_of, states, state_id=unit_id(UnitKind.STATE, "CZ"))


async def figures(
    session: AsyncSession,
    methods: Iterable[Method],
    years: Collection[int] | None,
    *,
    territory: Territory,
) -> dict[int, Figures]:
    """Return the figures in force of all series that the methods count, by year."""
    counted = {each for method in methods for i in method.indicators for each in (i.numerator, i.denominator)}
    parts = await _parts(session, sorted({PUBLISHED, *counted}), years)
    if not parts:
        return {}
    series = sorted({part.series for part in parts})
    wanted = select(
        case(*((FigureRow.series == name, number) for number, name in enumerate(series, 1)), else_=0),
        FigureRow.period,
        FigureRow.vintage_id,
        FigureRow.unit_id,
        _VALUE,
    ).where(
        FigureRow.series.in_(series),
        FigureRow.period.in_(sorted({part.period for part in parts})),
        FigureRow.vintage_id.in_(sorted({part.vintage_id for part in parts})),
    )
    content = await copy_out(session, wanted, binary=True)
    return await asyncio.to_thread(_figures_of, content, series, parts, territory)


def _figures_of(
    content: bytes, series: Sequence[str], parts: Sequence[Part], territory: Territory
) -> dict[int, Figures]:
    rows = rows_of(content, FIGURE_COLUMNS)
    return figures_of(rows, series=series, parts=parts, territory=territory)


async def _parts(session: AsyncSession, series: Sequence[str], years: Collection[int] | None) -> list[Part]:
    """Return the parts of vintages in force that begin with a year."""
    part = VintagePartRow
    rows = select(part.series, part.period, part.vintage_id, part.of_own_source, part.in_parts).where(
        part.series.in_(series), func.extract("doy", part.period) == 1
    )
    if years is not None:
        rows = rows.where(part.period.in_([date(year, 1, 1) for year in years]))
    return parts_in_force(
        Part(
            series=row.series,
            period=row.period,
            vintage_id=row.vintage_id,
            of_own_source=row.of_own_source,
            in_parts=row.in_parts,
        )
        for row in await session.execute(rows)
    )


async def choices(session: AsyncSession) -> list[Choice]:
    rows = await session.execute(
        select(DonorChoiceRow.unit_id, DonorChoiceRow.from_year, DonorChoiceRow.donor_id, DonorChoiceRow.way)
    )
    return [
        Choice(unit_id=row.unit_id, from_year=row.from_year, donor_id=row.donor_id, way=Way(row.way))
        for row in rows
    ]


async def publications(session: AsyncSession) -> dict[Key, Publication]:
    """Return all computations by what they were computed from."""
    rows = await session.execute(
        select(
            IndexComputationRow.id,
            IndexComputationRow.method,
            IndexComputationRow.year,
            IndexComputationRow.inputs_digest,
            IndexComputationRow.version,
        )
    )
    return {
        (row.method, row.year, row.inputs_digest): Publication(
            id=row.id, method=row.method, year=row.year, inputs_digest=row.inputs_digest, version=row.version
        )
        for row in rows
    }


async def publish_again(session: AsyncSession, id_: int, *, version: int, at: datetime) -> None:
    again = update(IndexComputationRow).where(IndexComputationRow.id == id_)
    await session.execute(again.values(version=version, published_at=at))


async def publish(
    session: AsyncSession,
    computed: Sequence[tuple[Computed, int]],
    vintages: Mapping[int, Mapping[str, Sequence[int]]],
    *,
    at: datetime,
) -> None:
    """Store computations, each with the number of its publication, and all that belongs to them."""
    rows = [
        {
            "method": each.method.code,
            "year": each.inputs.year,
            "inputs_digest": each.inputs_digest,
            "results_digest": each.results_digest,
            "code_version": ALGORITHM,
            "vintages": dict(vintages[each.inputs.year]),
            "municipalities": len(each.inputs.unit_ids),
            "bands": each.bands,
            "version": version,
            "computed_at": at,
            "published_at": at,
        }
        for each, version in computed
    ]
    new = insert(IndexComputationRow).returning(IndexComputationRow.id, sort_by_parameter_order=True)
    ids = (await session.scalars(new, rows)).all()
    stored = list(zip(ids, (each for each, _ in computed), strict=True))
    references, results = await asyncio.to_thread(_written, stored)
    await copy_in(session, _table(IndexReferenceRow), REFERENCE_COLUMNS, references)
    await copy_in(session, _table(IndexResultRow), RESULT_COLUMNS, results, binary=True)


def _written(stored: Sequence[tuple[int, Computed]]) -> tuple[bytes, bytes]:
    """Return references and results as COPY takes them."""
    references = b"".join(references_csv(id_, each) for id_, each in stored)
    return references, whole([result_rows(id_, each) for id_, each in stored])


async def choose(session: AsyncSession, choice: Choice, *, reason: str, by: str, at: datetime) -> None:
    """Set a donor from a year on; a choice from the same year is replaced."""
    row: dict[str, object] = {
        "donor_id": choice.donor_id,
        "way": choice.way.value,
        "reason": reason,
        "decided_by": by,
        "decided_at": at,
    }
    statement = insert(DonorChoiceRow).values(unit_id=choice.unit_id, from_year=choice.from_year, **row)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[DonorChoiceRow.unit_id, DonorChoiceRow.from_year], set_=row
        )
    )


async def municipalities_among(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Return those of the ids that are municipalities."""
    rows = select(UnitStateRow.unit_id).where(
        UnitStateRow.unit_id.in_(ids), UnitStateRow.kind == UnitKind.MUNICIPALITY.value
    )
    return set(await session.scalars(rows))


def _table(row: type[IndexReferenceRow | IndexResultRow]) -> Table:
    return cast(Table, row.__table__)
