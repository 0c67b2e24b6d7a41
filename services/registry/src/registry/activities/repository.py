"""SQL of the log of activities: entries with their locks, the units that they lean on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.activities.domain import (
    Activity,
    ActivityStatus,
)
from registry.activities.list_repository import WHOLE, for_unit
from registry.activities.tables import ActivityRow, ActivityUnitRow
from registry.units.tables import UnitRow
from shared.canonical import plain
from shared.stored import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    valid_from: date
    valid_until: date | None

    def has(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_until or date.max)


async def lean_on_units(session: AsyncSession, unit_ids: Collection[UUID]) -> Mapping[UUID, Lifetime]:
    """Lock units against being closed or changed while an activity comes to refer to them."""
    rows = await session.execute(
        select(UnitRow.id, UnitRow.valid_from, UnitRow.valid_until)
        .where(UnitRow.id.in_(unit_ids))
        .order_by(UnitRow.id)
        .with_for_update(read=True)
    )
    return {row.id: Lifetime(valid_from=row.valid_from, valid_until=row.valid_until) for row in rows}


async def lock(session: AsyncSession, activity_id: UUID) -> Activity | None:
    """Load an activity for a decision; whoever decides next on it waits.

    Two statements: the second sees what those wrote for whom the first had to wait.
    """
    row = select(ActivityRow.id).where(ActivityRow.id == activity_id).with_for_update()
    if await session.scalar(row) is None:
        return None
    found = await session.execute(select(*WHOLE).where(ActivityRow.id == activity_id))
    return from_row(Activity, found.one()._asdict())


async def add(session: AsyncSession, activity: Activity) -> None:
    await session.execute(
        insert(ActivityRow).values(
            id=activity.id,
            recorded_by=activity.recorded_by,
            recorded_at=activity.recorded_at,
            **_values(activity),
        )
    )
    await _add_units(session, activity)


async def save(session: AsyncSession, activity: Activity) -> None:
    await session.execute(
        update(ActivityRow).where(ActivityRow.id == activity.id).values(**_values(activity))
    )
    await session.execute(delete(ActivityUnitRow).where(ActivityUnitRow.activity_id == activity.id))
    await _add_units(session, activity)


async def alike(
    session: AsyncSession, unit_ids: Collection[UUID], *, since: date, until: date
) -> list[Activity]:
    """Return the activities in force that were held for any of the units in those days."""
    found = select(*WHOLE).where(
        ActivityRow.status == ActivityStatus.RECORDED.value,
        ActivityRow.held_on.between(since, until),
        for_unit(ActivityUnitRow.unit_id.in_(unit_ids)),
    )
    return [from_row(Activity, row._asdict()) for row in await session.execute(found)]


async def _add_units(session: AsyncSession, activity: Activity) -> None:
    rows = [
        {"activity_id": activity.id, "unit_id": unit_id, "position": position}
        for position, unit_id in enumerate(activity.unit_ids)
    ]
    await session.execute(insert(ActivityUnitRow), rows)


def _values(activity: Activity) -> dict[str, object]:
    return {
        "version": activity.version,
        "status": activity.status.value,
        "kind": activity.kind.value,
        "held_on": activity.held_on,
        "minutes": activity.minutes,
        "place": activity.place,
        "online": activity.online,
        "title": activity.title,
        "note": activity.note,
        "areas": [area.value for area in activity.areas],
        "documents": plain(activity.documents),
        "staff": plain(activity.staff),
        "people": plain(activity.people),
        "attendance": plain(activity.attendance),
    }
