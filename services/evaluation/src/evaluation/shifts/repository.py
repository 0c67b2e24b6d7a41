"""SQL of distance travelled: every criterion of every set with its levels at the start and now, at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, CTE, ColumnElement, Date, Select, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from evaluation.criteria.tables import CriterionEditionRow, CriterionRow
from evaluation.quality.repository import OF_ITS_EDITION, visible
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.tables import AgreedLevelRow, ReadingRow
from evaluation.shifts.domain import Measured
from evaluation.shifts.overview import Line
from evaluation.units.tables import UnitRow
from shared.contracts.quality import ReadingPhase
from shared.reads import Query
from shared.stored import from_row

_ENTRY: Final = ReadingPhase.ENTRY.value
_MEASURED: Final = ("criterion_id", "area", "code", "name", "edition", "baseline", "entry", "now")
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "unit": CriteriaSetRow.unit_id == bindparam("unit", type_=Uuid()),
    "cooperation": CriteriaSetRow.cooperation_id == bindparam("cooperation", type_=Uuid()),
    "set": CriteriaSetRow.id == bindparam("set", type_=Uuid()),
    "of_units": CriteriaSetRow.unit_id == func.any(bindparam("of_units", type_=ARRAY(Uuid()))),
}


def _last(name: str, *, is_entry: bool) -> CTE:
    """Return the reading of each set that was agreed last by the day `as_of`."""
    of_phase = ReadingRow.phase == _ENTRY if is_entry else ReadingRow.phase != _ENTRY
    return (
        select(ReadingRow.set_id, ReadingRow.id, ReadingRow.entries, ReadingRow.phase, ReadingRow.assessed_on)
        .ext(distinct_on(ReadingRow.set_id))
        .where(
            ReadingRow.status == "agreed",
            of_phase,
            ReadingRow.assessed_on <= bindparam("as_of", type_=Date()),
        )
        .order_by(ReadingRow.set_id, ReadingRow.assessed_on.desc())
        .cte(name)
    )


def _measured(condition: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    last, first = _last("last_reading", is_entry=False), _last("entry_reading", is_entry=True)
    now, entry = aliased(AgreedLevelRow), aliased(AgreedLevelRow)
    return (
        select(
            CriteriaSetRow.unit_id,
            UnitRow.name.label("unit_name"),
            CriteriaSetRow.cooperation_id,
            CriteriaSetRow.domain,
            BaselineRow.criterion_id,
            CriterionRow.area,
            CriterionRow.code,
            CriterionEditionRow.name,
            BaselineRow.edition,
            BaselineRow.level.label("baseline"),
            entry.level.label("entry"),
            now.level.label("now"),
            last.c.phase,
            last.c.assessed_on,
        )
        .select_from(CriteriaSetRow)
        .join(BaselineRow, BaselineRow.set_id == CriteriaSetRow.id)
        .join(CriterionRow, CriterionRow.id == BaselineRow.criterion_id)
        .join(CriterionEditionRow, OF_ITS_EDITION)
        .outerjoin(UnitRow, UnitRow.id == CriteriaSetRow.unit_id)
        .outerjoin(last, last.c.set_id == CriteriaSetRow.id)
        .outerjoin(now, _of(now, last))
        .outerjoin(first, first.c.set_id == CriteriaSetRow.id)
        .outerjoin(entry, _of(entry, first))
        .where(condition)
        .order_by(CriteriaSetRow.cooperation_id, CriteriaSetRow.domain, CriterionRow.area, CriterionRow.code)
    )


def _of(level: type[AgreedLevelRow], reading: CTE) -> ColumnElement[bool]:
    return (
        (level.reading_id == reading.c.id)
        & (level.entry == reading.c.entries)
        & (level.criterion_id == BaselineRow.criterion_id)
    )


@cache
def measured(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the criteria of all cooperations that the reader may know of, with those of `_FILTERS`."""
    condition = visible(of_all_units=of_all_units)
    for name in sorted(filters):
        condition &= _FILTERS[name]
    return Query(_measured(condition))


async def measured_of_set(session: AsyncSession, set_id: UUID, *, as_of: date) -> list[Measured]:
    rows = await session.execute(_measured(_FILTERS["set"]), {"set": set_id, "as_of": as_of})
    return [measured_in(row._asdict()) for row in rows]


async def lines_of_units(session: AsyncSession, unit_ids: Sequence[UUID], *, as_of: date) -> list[Line]:
    """Return the criteria of all cooperations of the units, by cooperation and domain."""
    rows = await session.execute(
        _measured(_FILTERS["of_units"]), {"of_units": list(unit_ids), "as_of": as_of}
    )
    return [line_in(row._asdict()) for row in rows]


def measured_in(row: Mapping[str, object]) -> Measured:
    return from_row(Measured, {name: row[name] for name in _MEASURED})


def line_in(row: Mapping[str, object]) -> Line:
    names = ("unit_id", "unit_name", "cooperation_id", "domain", "phase", "assessed_on")
    return from_row(Line, {**{name: row[name] for name in names}, "measured": measured_in(row)})
