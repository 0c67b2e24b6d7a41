"""SQL of datasets: the rows of each by COPY, and from when till when they are."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Date, Integer, Select, cast, func, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.cooperation.tables import CooperationRow
from registry.datasets import (
    counts,
    figure_repository,
    index_repository,
    index_tables,
    method_repository,
    territory,
)
from registry.datasets import territory_repository as places
from registry.datasets.domain import Asked, Coverage, Dataset
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow
from registry.memberships.tables import MembershipRow
from registry.plans.tables import PlanRow
from registry.statistics.tables import VintagePartRow
from registry.units.tables import UnitRow
from shared.bulk import copy_out
from shared.reads import Query, Reader

_SELECTS: Final[Mapping[str, Callable[[Asked], Select[*tuple[object, ...]]]]] = {
    index_tables.RESULTS.id: index_repository.results,
    index_tables.INDICATORS.id: index_repository.indicators,
    index_tables.BANDS.id: index_repository.bands,
    index_tables.REFERENCES.id: index_repository.references,
    index_tables.METHODS.id: method_repository.methods,
    counts.FIGURES.id: figure_repository.figures,
    counts.SERIES.id: figure_repository.series,
    territory.UNITS.id: places.units,
    territory.MEMBERSHIPS.id: places.memberships,
    territory.POINTS.id: places.points,
    territory.COOPERATIONS.id: places.cooperations,
    territory.PLANS.id: places.plans,
}
_COMPUTED: Final = (
    func.min(func.make_date(cast(IndexComputationRow.year, Integer), 1, 1)),
    func.max(func.make_date(cast(IndexComputationRow.year, Integer), 12, 31)),
)
_SPANS: Final[Mapping[str, tuple[SQLCoreOperations[object], SQLCoreOperations[object]]]] = {
    **dict.fromkeys(
        (
            index_tables.RESULTS.id,
            index_tables.INDICATORS.id,
            index_tables.BANDS.id,
            index_tables.REFERENCES.id,
        ),
        _COMPUTED,
    ),
    index_tables.METHODS.id: (
        func.make_date(func.min(cast(IndexMethodRow.first_year, Integer)), 1, 1),
        cast(null(), Date),
    ),
    counts.FIGURES.id: (
        func.min(VintagePartRow.period),
        func.make_date(cast(func.extract("year", func.max(VintagePartRow.period)), Integer), 12, 31),
    ),
    territory.UNITS.id: (func.min(UnitRow.valid_from), cast(null(), Date)),
    territory.MEMBERSHIPS.id: (func.min(MembershipRow.valid_from), cast(null(), Date)),
    territory.COOPERATIONS.id: (func.min(CooperationRow.starts_on), cast(null(), Date)),
    territory.PLANS.id: (func.min(PlanRow.valid_from), func.max(PlanRow.valid_until)),
}
"""From the first to the last day of a dataset; those that are not here have no time."""


def rows_of(dataset: Dataset, asked: Asked) -> Select[*tuple[object, ...]]:
    """Return the statement for the rows of a dataset: its columns in their order, decimals as text."""
    return _SELECTS[dataset.id](asked)


async def copied(session: AsyncSession, dataset: Dataset, asked: Asked) -> bytes:
    """Return the rows as PostgreSQL's CSV with a header: one statement."""
    return await copy_out(session, rows_of(dataset, asked))


def _spans() -> Query:
    ends = (
        select(end).scalar_subquery().label(f"{id_}_{name}")
        for id_, span in _SPANS.items()
        for name, end in zip(("first", "last"), span, strict=True)
    )
    return Query(select(*ends))


_ALL_SPANS: Final = _spans()


async def coverages(reads: Reader) -> dict[str, Coverage]:
    """Return from when till when the rows of each dataset are, that has any: one statement."""
    row = await reads.row(_ALL_SPANS)
    found: dict[str, date | None] = dict(row) if row else {}
    return {
        id_: Coverage(first_on=found[f"{id_}_first"], last_on=found[f"{id_}_last"])
        for id_ in _SPANS
        if found.get(f"{id_}_first") is not None
    }
