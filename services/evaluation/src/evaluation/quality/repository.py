"""SQL of sets of criteria and their baseline."""

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, bindparam, func, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.criteria.tables import CriterionEditionRow, CriterionRow, ScaleRow
from evaluation.quality.domain import Baseline
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.tables import ReadingRow
from evaluation.units.tables import UnitRow
from shared.contracts.intake import CooperationDescribed
from shared.reads import Query, json_object


async def take_description(session: AsyncSession, set_id: UUID, event: CooperationDescribed) -> bool:
    """Note the edition and lock the set; return False where this one or a newer was taken before."""
    told = {
        "unit_id": event.unit_id,
        "description_id": event.description_id,
        "described_edition": event.edition,
        "described_version": event.version,
        "areas": [area.value for area in event.areas],
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "digest": event.digest,
    }
    statement = insert(CriteriaSetRow).values(
        id=set_id, version=1, cooperation_id=event.cooperation_id, domain=event.domain.value, **told
    )
    new = statement.excluded
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[CriteriaSetRow.id],
            set_={name: new[name] for name in told} | {"version": CriteriaSetRow.version + 1},
            where=tuple_(CriteriaSetRow.described_edition, CriteriaSetRow.described_version)
            < tuple_(new.described_edition, new.described_version),
        ).returning(CriteriaSetRow.id)
    )
    return taken.one_or_none() is not None


async def lock_in(session: AsyncSession, set_id: UUID, baseline: Sequence[Baseline]) -> None:
    """Add what is measured anew; a level that stands is locked, whatever is told later."""
    rows = [
        {"set_id": set_id, "criterion_id": each.criterion_id, "edition": each.edition, "level": each.level}
        for each in baseline
    ]
    if rows:
        await session.execute(insert(BaselineRow).on_conflict_do_nothing(), rows)


def visible(*, of_all_units: bool) -> ColumnElement[bool]:
    """Whether the reader may know of the set; the caller's units are the parameter `units`."""
    if of_all_units:
        return true()
    return CriteriaSetRow.unit_id == func.any(bindparam("units", type_=ARRAY(Uuid())))


_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "unit": CriteriaSetRow.unit_id == bindparam("unit", type_=Uuid()),
    "cooperation": CriteriaSetRow.cooperation_id == bindparam("cooperation", type_=Uuid()),
    "area": bindparam("area", type_=Text()) == func.any(CriteriaSetRow.areas),
}
_HEAD: Final = (
    *("id", "version", "cooperation_id", "domain", "unit_id", "areas", "starts_on", "ends_on"),
    *("description_id", "described_edition", "digest"),
)


def _shown(*more: ColumnElement[object], of_all_units: bool) -> Select[*tuple[object, ...]]:
    return (
        select(*(getattr(CriteriaSetRow, name) for name in _HEAD), UnitRow.name.label("unit_name"), *more)
        .outerjoin(UnitRow, UnitRow.id == CriteriaSetRow.unit_id)
        .where(visible(of_all_units=of_all_units))
    )


@cache
def criteria_sets(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list, the cooperation that began last first, with those of `_FILTERS`."""
    columns = CriteriaSetRow.__table__.c
    return Query(
        _shown(of_all_units=of_all_units).where(*(_FILTERS[name] for name in sorted(filters))),
        keys=(columns.starts_on, columns.id),
        descending=True,
    )


@cache
def one_criteria_set(*, of_all_units: bool) -> Query:
    """Return a set with its criteria as they are rated, and the baseline."""
    criterion = json_object(
        {
            "criterion_id": BaselineRow.criterion_id,
            "area": CriterionRow.area,
            "code": CriterionRow.code,
            "edition": BaselineRow.edition,
            "name": CriterionEditionRow.name,
            "description": CriterionEditionRow.description,
            "is_described": CriterionEditionRow.is_described,
            "scale": ScaleRow.code,
            "levels": ScaleRow.levels,
            "baseline": BaselineRow.level,
        }
    )
    ordered = aggregate_order_by(criterion, CriterionRow.area, CriterionRow.code)
    criteria = (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .select_from(BaselineRow)
        .join(CriterionRow, CriterionRow.id == BaselineRow.criterion_id)
        .join(CriterionEditionRow, OF_ITS_EDITION)
        .join(ScaleRow, ScaleRow.code == CriterionEditionRow.scale)
        .where(BaselineRow.set_id == CriteriaSetRow.id)
        .correlate(CriteriaSetRow)
        .scalar_subquery()
    )
    asked = CriteriaSetRow.id == bindparam("set_id", type_=Uuid())
    return Query(
        _shown(
            criteria.label("criteria"),
            _readings(agreed_only=not of_all_units).label("readings"),
            of_all_units=of_all_units,
        ).where(asked),
        version="version",
        moves_on=True,
    )


def _readings(*, agreed_only: bool) -> ColumnElement[object]:
    names = ("id", "version", "phase", "assessed_on", "status")
    reading = json_object({name: getattr(ReadingRow, name) for name in names})
    ordered = aggregate_order_by(reading, ReadingRow.assessed_on, ReadingRow.id)
    shown = ReadingRow.status == "agreed" if agreed_only else true()
    return (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .where(ReadingRow.set_id == CriteriaSetRow.id, shown)
        .correlate(CriteriaSetRow)
        .scalar_subquery()
    )


OF_ITS_EDITION: Final = (CriterionEditionRow.criterion_id == BaselineRow.criterion_id) & (
    CriterionEditionRow.edition == BaselineRow.edition
)
