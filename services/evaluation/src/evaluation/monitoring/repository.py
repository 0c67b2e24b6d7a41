"""SQL of the collection calendar: a fixed number of statements, however many indicators and periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    Uuid,
    bindparam,
    case,
    column,
    false,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import TableValuedAlias

from evaluation.definitions.repository import Named
from evaluation.monitoring.calendar import PlannedObligation
from evaluation.monitoring.domain import AWAITED, CancelReason, ObligationStatus
from evaluation.monitoring.tables import MonitoredIndicatorRow, MonitoredPlanRow, ObligationRow
from evaluation.tables import Base
from shared.contracts.planning import PlanApproved, PlanClosed, PlannedIndicator

OPEN = ObligationStatus.OPEN.value
CANCELLED = ObligationStatus.CANCELLED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRevision:
    """What is known of the plan: whether it was known before, and whether it is closed."""

    version: int
    closed_on: date | None

    @property
    def is_new(self) -> bool:
        return self.version == 1


def _told(of: type[Base], rows: Mapping[str, Sequence[object]]) -> TableValuedAlias:
    """Return rows that come as one array for each column: few parameters, one compiled statement."""
    types = {name: of.__table__.c[name].type for name in rows}
    arrays = (bindparam(None, rows[name], type_=ARRAY(types[name])) for name in rows)
    columns = (column(name, types[name]) for name in rows)
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="told")


def _among(ids: Iterable[UUID]) -> Select[UUID]:
    return select(_told(ObligationRow, {"obligation_id": list(ids)}).c.obligation_id)


async def take_revision(session: AsyncSession, event: PlanApproved, *, now: datetime) -> TakenRevision | None:
    """Note the revision and lock the plan; return None where this one or a newer was taken before."""
    told = {
        "revision": event.revision,
        "kind": event.kind.value,
        "title": event.title,
        "unit_ids": list(event.unit_ids),
        "valid_from": event.valid_from,
        "valid_until": event.valid_until,
        "digest": event.digest,
        "set_up_at": now,
    }
    statement = insert(MonitoredPlanRow).values(plan_id=event.plan_id, version=1, **told)
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[MonitoredPlanRow.plan_id],
            set_={name: statement.excluded[name] for name in told}
            | {"version": MonitoredPlanRow.version + 1},
            where=or_(
                MonitoredPlanRow.revision.is_(None), MonitoredPlanRow.revision < statement.excluded.revision
            ),
        ).returning(MonitoredPlanRow.version, MonitoredPlanRow.closed_on)
    )
    row = taken.one_or_none()
    return TakenRevision(version=row[0], closed_on=row[1]) if row else None


_INDICATOR = tuple(PlannedIndicator.__dataclass_fields__)


async def keep_indicators(
    session: AsyncSession,
    plan_id: UUID,
    indicators: Sequence[PlannedIndicator],
    *,
    named: Mapping[str, Named],
) -> None:
    """Insert the indicators of a revision, or bring those forward that it changes.

    What a person said of the definition stays; otherwise the name decides, and an edition once chosen.
    """
    told: dict[str, list[object]] = {
        name: [getattr(indicator, name) for indicator in indicators] for name in _INDICATOR
    }
    of_names = [named.get(indicator.name) for indicator in indicators]
    told["definition_code"] = [each and each.code for each in of_names]
    told["definition_edition"] = [each and each.edition for each in of_names]
    told["defined_by"] = [each and "name" for each in of_names]
    rows = select(literal(plan_id, Uuid()), *_told(MonitoredIndicatorRow, told).c)
    statement = insert(MonitoredIndicatorRow).from_select(["plan_id", *told], rows)
    await session.execute(_bringing_forward(statement))


def _bringing_forward(statement: Insert) -> Insert:
    row, new = MonitoredIndicatorRow, statement.excluded
    by_person = func.coalesce(row.defined_by == "person", false())
    stays = or_(by_person, func.coalesce(row.definition_code == new.definition_code, false()))
    chosen = {
        name: case((stays, getattr(row, name)), else_=new[name])
        for name in ("definition_code", "definition_edition", "defined_by")
    }
    fresh = {name: new[name] for name in _INDICATOR} | chosen
    stands = tuple_(*(getattr(row, name) for name in fresh), row.removed_in)
    changes = stands.is_distinct_from(tuple_(*fresh.values(), null()))
    return statement.on_conflict_do_update(
        index_elements=["plan_id", "indicator_id"],
        set_=fresh | {"removed_in": null(), "version": row.version + 1},
        where=changes,
    )


async def drop_indicators_except(
    session: AsyncSession, plan_id: UUID, kept: Sequence[UUID], *, revision: int
) -> None:
    """Mark what a revision left out; the values that were reported need the rows."""
    await session.execute(
        update(MonitoredIndicatorRow)
        .where(
            MonitoredIndicatorRow.plan_id == plan_id,
            MonitoredIndicatorRow.removed_in.is_(None),
            MonitoredIndicatorRow.indicator_id.not_in(_among(kept)),
        )
        .values(removed_in=revision)
    )


_MOVABLE = ("starts_on", "ends_on", "due_on", "owner")


async def keep_obligations(
    session: AsyncSession, plan_id: UUID, calendar: Sequence[PlannedObligation], *, is_new: bool
) -> None:
    """Insert the calendar; what stands already is moved or reopened where it has to be.

    A new plan has nothing that stands: a plain insert is cheaper, and an id that is taken is a fault.
    """
    arrays = _arrays(calendar)
    told = _told(ObligationRow, arrays)
    rows = select(literal(plan_id, Uuid()), *told.c, literal(OPEN), literal(1, Integer()))
    statement = insert(ObligationRow).from_select(["plan_id", *arrays, "status", "version"], rows)
    await session.execute(statement if is_new else _moving_what_stands(statement))


def _moving_what_stands(statement: Insert) -> Insert:
    """Touch nothing but changes; a submitted or approved value stays, whatever the calendar says."""
    new = statement.excluded
    was_cancelled = ObligationRow.status == CANCELLED
    is_new_date = or_(was_cancelled, ObligationRow.due_on != new.due_on)
    stands = tuple_(*(getattr(ObligationRow, name) for name in _MOVABLE))
    moves = stands.is_distinct_from(tuple_(*(new[name] for name in _MOVABLE)))
    return statement.on_conflict_do_update(
        index_elements=[ObligationRow.obligation_id],
        set_={
            **{name: new[name] for name in _MOVABLE},
            "status": case((was_cancelled, OPEN), else_=ObligationRow.status),
            "cancelled_reason": null(),
            "due_announced_at": case((is_new_date, null()), else_=ObligationRow.due_announced_at),
            "overdue_announced_at": case((is_new_date, null()), else_=ObligationRow.overdue_announced_at),
            "version": ObligationRow.version + 1,
        },
        where=or_(was_cancelled, ObligationRow.status.in_(AWAITED) & moves),
    )


def _arrays(calendar: Sequence[PlannedObligation]) -> dict[str, list[object]]:
    return {
        "obligation_id": [planned.obligation_id for planned in calendar],
        "indicator_id": [planned.indicator_id for planned in calendar],
        "period": [planned.period.label for planned in calendar],
        "starts_on": [planned.period.starts_on for planned in calendar],
        "ends_on": [planned.period.ends_on for planned in calendar],
        "due_on": [planned.period.due_on for planned in calendar],
        "owner": [planned.owner for planned in calendar],
    }


async def cancel_left_out(
    session: AsyncSession, plan_id: UUID, calendar: Sequence[PlannedObligation], *, indicators: Sequence[UUID]
) -> None:
    """Cancel what is open and no longer in the calendar."""
    reason = case(
        (ObligationRow.indicator_id.in_(_among(indicators)), CancelReason.CALENDAR_CHANGED.value),
        else_=CancelReason.INDICATOR_REMOVED.value,
    )
    await session.execute(
        update(ObligationRow)
        .where(
            ObligationRow.plan_id == plan_id,
            ObligationRow.status == OPEN,
            ObligationRow.obligation_id.not_in(_among(planned.obligation_id for planned in calendar)),
        )
        .values(status=CANCELLED, cancelled_reason=reason, version=ObligationRow.version + 1)
    )


async def take_closing(session: AsyncSession, event: PlanClosed) -> bool:
    """Note that the plan ended, known or not; return whether that is news."""
    statement = insert(MonitoredPlanRow).values(
        plan_id=event.plan_id, unit_ids=list(event.unit_ids), closed_on=event.closed_on, version=1
    )
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[MonitoredPlanRow.plan_id],
            set_={"closed_on": statement.excluded.closed_on, "version": MonitoredPlanRow.version + 1},
            where=MonitoredPlanRow.closed_on.is_(None),
        ).returning(MonitoredPlanRow.plan_id)
    )
    return taken.one_or_none() is not None


async def cancel_due_after(session: AsyncSession, plan_id: UUID, closed_on: date) -> None:
    await session.execute(
        update(ObligationRow)
        .where(
            ObligationRow.plan_id == plan_id,
            ObligationRow.status == OPEN,
            ObligationRow.due_on > closed_on,
        )
        .values(
            status=CANCELLED,
            cancelled_reason=CancelReason.PLAN_CLOSED.value,
            version=ObligationRow.version + 1,
        )
    )
