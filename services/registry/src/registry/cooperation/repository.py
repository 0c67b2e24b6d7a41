"""SQL of one cooperation and of all those of a unit: as they are decided on, as one is read."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    Uuid,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from registry.cooperation.domain import PROCEDURE, Cooperation
from registry.cooperation.phases import Status
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.journal.domain import Subject
from registry.journal.repository import entries
from shared.auth import Actor
from shared.canonical import plain
from shared.reads import Query, Reader
from shared.stored import from_row

_PHASE: Final = func.jsonb_build_object(
    "status", PhaseRow.status, "from_on", PhaseRow.from_on, "until_on", PhaseRow.until_on
)
_PHASES: Final = (
    select(func.jsonb_agg(aggregate_order_by(_PHASE, PhaseRow.from_on)))
    .where(PhaseRow.cooperation_id == CooperationRow.id)
    .correlate(CooperationRow)
    .scalar_subquery()
    .label("phases")
)
_COLUMNS: Final = tuple(CooperationRow.__table__.c)
_COOPERATIONS: Final[Select[*tuple[object, ...]]] = select(*_COLUMNS, _PHASES)
_DAY: Final = bindparam("day", type_=Date)
_ALLOWED: Final = case(
    {
        status.value: cast(literal(json.dumps(PROCEDURE.allowed(status)), literal_execute=True), JSONB)
        for status in Status
    },
    value=CooperationRow.status,
)


def known_to_caller() -> ColumnElement[bool]:
    """Who cooperates is public; what is only prepared the Agency and the unit's people know.

    Parameters: `agency`, `units`.
    """
    of_own = CooperationRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(CooperationRow.starts_on.is_not(None), bindparam("agency", type_=Boolean), of_own)


def holds_on(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether a phase is that of the day."""
    holds: ColumnElement[bool] = (PhaseRow.from_on <= day) & or_(
        PhaseRow.until_on.is_(None), PhaseRow.until_on >= day
    )
    return holds


@cache
def one(*, on_a_day: bool) -> Query:
    """Return the query for a cooperation with its phases; on a day: with the status of that day's phase."""
    if not on_a_day:
        found = _COOPERATIONS.add_columns(_ALLOWED.label("allowed_moves"))
        return Query(found.where(CooperationRow.id == bindparam("id"), known_to_caller()), version="version")
    columns = [PhaseRow.status if column.key == "status" else column for column in _COLUMNS]
    nothing = cast(literal("[]", literal_execute=True), JSONB).label("allowed_moves")
    found = select(*columns, _PHASES, nothing).join(PhaseRow, PhaseRow.cooperation_id == CooperationRow.id)
    return Query(found.where(CooperationRow.id == bindparam("id"), holds_on(_DAY), known_to_caller()))


_HISTORY: Final = Query(
    select(CooperationRow.id, _PHASES).where(CooperationRow.id == bindparam("id"), known_to_caller())
)


async def history(reads: Reader, cooperation_id: UUID, actor: Actor) -> dict[str, object] | None:
    """Return the phases and the decisions that the actor may read, in two statements."""
    found = await reads.row(_HISTORY, id=cooperation_id, **actor.sees())
    if found is None:
        return None
    query = entries(of_subject=True, of_one=True, of_unit=False)
    rows = await reads.rows(query, subject=Subject.COOPERATION, subject_id=cooperation_id, **actor.sees())
    decided = sorted(map(dict, rows), key=lambda row: row["version"], reverse=True)
    return {"cooperation_id": found["id"], "phases": json.loads(found["phases"]), "decisions": decided}


async def unit_of(session: AsyncSession, cooperation_id: UUID) -> UUID | None:
    return await session.scalar(select(CooperationRow.unit_id).where(CooperationRow.id == cooperation_id))


async def of_unit(session: AsyncSession, unit_id: UUID) -> list[Cooperation]:
    """Load all cooperations of a unit; the caller holds the lock of the unit."""
    rows = await session.execute(_COOPERATIONS.where(CooperationRow.unit_id == unit_id))
    return [from_row(Cooperation, row._asdict()) for row in rows]


async def lasts_after(session: AsyncSession, unit_id: UUID, day: date) -> bool:
    """Whether any cooperation of the unit, be it in preparation, has a day after `day`."""
    lasting = exists().where(
        CooperationRow.unit_id == unit_id,
        CooperationRow.status != Status.CANCELLED.value,
        or_(CooperationRow.ends_on.is_(None), CooperationRow.ends_on > day),
    )
    return bool(await session.scalar(select(lasting)))


async def units_with_due(session: AsyncSession, today: date) -> Sequence[UUID]:
    """Return the units of cooperations whose first day has come, or whose last day is over, unnoticed."""
    begun = (CooperationRow.status == Status.PREPARATION.value) & (CooperationRow.starts_on <= today)
    expired = CooperationRow.ended_at.is_(None) & (CooperationRow.ends_on < today)
    due = select(CooperationRow.unit_id).distinct().where(or_(begun, expired))
    return (await session.scalars(due.order_by(CooperationRow.unit_id).limit(1000))).all()


async def add(session: AsyncSession, cooperation: Cooperation) -> None:
    await session.execute(
        insert(CooperationRow).values(id=cooperation.id, unit_id=cooperation.unit_id, **_values(cooperation))
    )
    await _add_phases(session, cooperation)


async def save(session: AsyncSession, cooperation: Cooperation) -> None:
    """Write the cooperation and its phases anew; what they were before is in the journal."""
    of_it = CooperationRow.id == cooperation.id
    await session.execute(update(CooperationRow).where(of_it).values(**_values(cooperation)))
    await session.execute(delete(PhaseRow).where(PhaseRow.cooperation_id == cooperation.id))
    await _add_phases(session, cooperation)


async def _add_phases(session: AsyncSession, cooperation: Cooperation) -> None:
    rows = [
        {
            "cooperation_id": cooperation.id,
            "status": phase.status.value,
            "from_on": phase.from_on,
            "until_on": phase.until_on,
        }
        for phase in cooperation.phases
    ]
    await session.execute(insert(PhaseRow), rows)


def _values(cooperation: Cooperation) -> dict[str, object]:
    same = ("grounds_note", "starts_on", "ends_on", "exit_note", "version", "started_at", "ended_at")
    return {
        **{name: getattr(cooperation, name) for name in same},
        "regime": cooperation.regime.value,
        "form": cooperation.form,
        "grounds": cooperation.grounds,
        "approval": plain(cooperation.approval),
        "status": cooperation.status.value,
        "end_kind": cooperation.end_kind,
        "exit_strategy": plain(cooperation.exit_strategy),
    }
