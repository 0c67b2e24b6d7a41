"""SQL of places: parents of all states and memberships together, compared with what was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CTE, func, literal, select, text, union
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.memberships.tables import MembershipRow
from registry.placing.tables import ToldPlaceRow
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitPlace

MOST_AT_ONCE = 5000
"""The rest waits for the next tick of the clock."""
_LOCK = "registry.placing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A unit whose places are others than those told last."""

    unit_id: UUID
    version: int
    places: tuple[UnitPlace, ...]


async def hold(session: AsyncSession) -> None:
    """Let another worker wait until this one has told."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def take_changed(session: AsyncSession) -> list[Placed]:
    """Return the units that lie elsewhere than was told, as told from now on."""
    lying, told = _lying(), ToldPlaceRow
    digest = func.coalesce(lying.c.digest, "")
    unit_id = func.coalesce(lying.c.unit_id, told.unit_id)
    changed = (
        select(unit_id.label("unit_id"), digest.label("digest"))
        .select_from(lying)
        .join(told, told.unit_id == lying.c.unit_id, full=True)
        .where(digest.is_distinct_from(func.coalesce(told.digest, "")))
        .order_by(unit_id)
        .limit(MOST_AT_ONCE)
        .subquery("changed")
    )
    rows = select(changed.c.unit_id, literal(1), changed.c.digest)
    statement = insert(told).from_select(["unit_id", "version", "digest"], rows)
    noted = await session.execute(
        statement.on_conflict_do_update(
            index_elements=["unit_id"],
            set_={"digest": statement.excluded.digest, "version": told.version + 1},
        ).returning(told.unit_id, told.version)
    )
    versions: dict[UUID, int] = {row[0]: row[1] for row in noted}
    places = await _places_of(session, list(versions))
    return [
        Placed(unit_id=unit_id, version=versions[unit_id], places=tuple(places.get(unit_id, ())))
        for unit_id in sorted(versions)
    ]


def _places() -> CTE:
    parent, member = UnitStateRow, MembershipRow
    return union(
        select(
            parent.unit_id, parent.parent_id.label("group_id"), parent.valid_from, parent.valid_until
        ).where(parent.parent_id.is_not(None)),
        select(member.unit_id, member.group_id, member.valid_from, member.valid_until),
    ).cte("place")


def _lying() -> CTE:
    place = _places().c
    said = func.concat_ws(":", place.group_id, place.valid_from, place.valid_until)
    in_order = aggregate_order_by(text("','"), place.group_id, place.valid_from, place.valid_until)
    whole = func.md5(func.string_agg(said, in_order))
    return select(place.unit_id, whole.label("digest")).group_by(place.unit_id).cte("lying")


async def _places_of(session: AsyncSession, unit_ids: Sequence[UUID]) -> dict[UUID, list[UnitPlace]]:
    place = _places().c
    found = await session.execute(
        select(place.unit_id, place.group_id, place.valid_from, place.valid_until)
        .where(place.unit_id.in_(unit_ids))
        .order_by(place.unit_id, place.group_id, place.valid_from)
    )
    places: dict[UUID, list[UnitPlace]] = {}
    rows: Sequence[tuple[UUID, UUID, date, date | None]] = [tuple(row) for row in found]
    for unit_id, group_id, first, last in rows:
        told = UnitPlace(group_id=group_id, valid_from=first, valid_until=last)
        places.setdefault(unit_id, []).append(told)
    return places
