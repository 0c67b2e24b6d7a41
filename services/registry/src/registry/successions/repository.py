"""SQL of successions: who followed whom, as far back and forth as is known."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, cast, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.successions.domain import Succession
from registry.successions.tables import SuccessionRow
from registry.units.tables import UnitRow, UnitStateRow
from shared.reads import Query, json_object

_UNIT: Final = bindparam("unit_id", type_=Uuid)


def lineage(unit: ColumnElement[UUID] = _UNIT) -> Select[UUID]:
    """Select the ids whose figures make one series: the unit and all that merged into it or it came from.

    Figures stay with the unit for which they were counted; the parameter is `unit_id`.
    """
    line = select(cast(unit, Uuid).label("id")).cte(recursive=True)
    row = aliased(SuccessionRow)
    line = line.union(select(row.predecessor_id).join(line, line.c.id == row.successor_id))
    return select(line.c.id)


async def add(session: AsyncSession, found: Sequence[Succession], *, now: datetime) -> None:
    rows = [
        {
            "predecessor_id": each.predecessor_id,
            "successor_id": each.successor_id,
            "happened_on": each.happened_on,
            "manner": each.manner.value,
            "note": each.note,
            "recorded_at": now,
        }
        for each in found
    ]
    await session.execute(insert(SuccessionRow), rows)


def _related() -> Select[UUID]:
    """Select the unit, all before it and all after it."""
    before = lineage()
    line = select(cast(_UNIT, Uuid).label("id")).cte(recursive=True)
    row = aliased(SuccessionRow)
    line = line.union(select(row.successor_id).join(line, line.c.id == row.predecessor_id))
    return select(before.union(select(line.c.id)).subquery("related").c.id)


def _named(side: ColumnElement[UUID]) -> ColumnElement[object]:
    """Return a unit as JSON, by its last state."""
    state = aliased(UnitStateRow)
    members = {"id": state.unit_id, "kind": state.kind, "code": state.code, "name": state.name}
    found = select(json_object(members)).where(state.unit_id == side)
    return found.order_by(state.valid_from.desc()).limit(1).scalar_subquery()


def _successions() -> Query:
    row = SuccessionRow.__table__.c
    related = _related()
    return Query(
        select(
            row.happened_on,
            row.manner,
            _named(row.predecessor_id).label("predecessor"),
            _named(row.successor_id).label("successor"),
            row.note,
        ).where(or_(row.predecessor_id.in_(related), row.successor_id.in_(related))),
        keys=(row.happened_on, row.predecessor_id, row.successor_id),
    )


SUCCESSIONS: Final = _successions()
KNOWN: Final = Query(select(UnitRow.id).where(UnitRow.id == _UNIT))
