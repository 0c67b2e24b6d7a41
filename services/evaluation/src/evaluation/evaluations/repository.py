"""SQL of the evaluation calendar: what plans and cooperations put into it; `list_repository` reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row, Text, Uuid, case, null, or_, select, text, type_coerce, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.domain import CancelReason, EvaluationStatus, Origin
from evaluation.evaluations.kinds import TYPE_OF
from evaluation.evaluations.schedule import PlannedEvaluation
from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanApproved, PlanClosed

PLANNED = EvaluationStatus.PLANNED.value
CANCELLED = EvaluationStatus.CANCELLED.value
NOTHING_YET: Final[Mapping[str, object]] = {
    **dict.fromkeys(("title", "region", "project", "correction_reason"), ""),
    "unit_ids": [],
    "themes": [],
    "authors": [],
    "edition": 0,
    "status": PLANNED,
    "version": 1,
}
"""An evaluation of which only the day is known."""
_PLAN_ID: Final = type_coerce(EvaluationRow.plan_id, Uuid()).label("plan_id")
_KIND: Final = type_coerce(EvaluationRow.kind, Text()).label("kind")
"""As evaluations in the calendar of a plan have them: never null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedPlan:
    version: int
    valid_until: date | None
    closed_on: date | None


async def take_revision(session: AsyncSession, event: PlanApproved) -> EvaluatedPlan | None:
    """Note the revision and lock the plan; return None where this one or a newer was taken before."""
    told = {
        "revision": event.revision,
        "kind": event.kind.value,
        "title": event.title,
        "unit_ids": list(event.unit_ids),
        "valid_from": event.valid_from,
        "valid_until": event.valid_until,
    }
    statement = insert(EvaluatedPlanRow).values(plan_id=event.plan_id, version=1, **told)
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[EvaluatedPlanRow.plan_id],
            set_={name: statement.excluded[name] for name in told}
            | {"version": EvaluatedPlanRow.version + 1},
            where=or_(
                EvaluatedPlanRow.revision.is_(None), EvaluatedPlanRow.revision < statement.excluded.revision
            ),
        ).returning(EvaluatedPlanRow.version, EvaluatedPlanRow.valid_until, EvaluatedPlanRow.closed_on)
    )
    return _plan(taken.one_or_none())


async def take_closing(session: AsyncSession, event: PlanClosed) -> EvaluatedPlan | None:
    """Note that the plan ended, known or not; return None where that was known."""
    statement = insert(EvaluatedPlanRow).values(
        plan_id=event.plan_id, unit_ids=list(event.unit_ids), closed_on=event.closed_on, version=1
    )
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[EvaluatedPlanRow.plan_id],
            set_={"closed_on": statement.excluded.closed_on, "version": EvaluatedPlanRow.version + 1},
            where=EvaluatedPlanRow.closed_on.is_(None),
        ).returning(EvaluatedPlanRow.version, EvaluatedPlanRow.valid_until, EvaluatedPlanRow.closed_on)
    )
    return _plan(taken.one_or_none())


def _plan(row: Row[int, date | None, date | None] | None) -> EvaluatedPlan | None:
    if row is None:
        return None
    version, valid_until, closed_on = row
    return EvaluatedPlan(version=version, valid_until=valid_until, closed_on=closed_on)


async def keep_schedule(session: AsyncSession, plan_id: UUID, schedule: Sequence[PlannedEvaluation]) -> None:
    """Insert the schedule; move and reopen what has not begun, touch nothing else.

    What a person called off stays called off.
    """
    statement = insert(EvaluationRow)
    due_on = statement.excluded.due_on
    by_itself = EvaluationRow.cancelled_reason != CancelReason.DECIDED.value
    was_cancelled = (EvaluationRow.status == CANCELLED) & by_itself
    moves = EvaluationRow.due_on != due_on
    statement = statement.on_conflict_do_update(
        index_elements=[EvaluationRow.evaluation_id],
        set_={
            "due_on": due_on,
            "status": PLANNED,
            "cancelled_reason": null(),
            "due_announced_at": case(
                (or_(was_cancelled, moves), null()), else_=EvaluationRow.due_announced_at
            ),
            "version": EvaluationRow.version + 1,
        },
        where=or_(was_cancelled, (EvaluationRow.status == PLANNED) & moves),
    )
    rows = [
        {
            "evaluation_id": planned.evaluation_id,
            **NOTHING_YET,
            "plan_id": plan_id,
            "kind": planned.kind.value,
            "type": TYPE_OF[planned.kind].value,
            "origin": Origin.PLAN.value,
            "due_on": planned.due_on,
        }
        for planned in schedule
    ]
    await session.execute(statement.values(rows))


async def cancel(
    session: AsyncSession,
    plan_id: UUID,
    reason: CancelReason,
    *,
    due_after: date = date.min,
    except_kinds: Sequence[EvaluationKind] = (),
) -> None:
    """Cancel what a plan put into the calendar and has not begun."""
    await session.execute(
        update(EvaluationRow)
        .where(
            EvaluationRow.plan_id == plan_id,
            EvaluationRow.status == PLANNED,
            EvaluationRow.origin == Origin.PLAN.value,
            EvaluationRow.due_on > due_after,
            EvaluationRow.kind.not_in([kind.value for kind in except_kinds]),
        )
        .values(status=CANCELLED, cancelled_reason=reason.value, version=EvaluationRow.version + 1)
    )


async def standing(session: AsyncSession, plan_id: UUID) -> Sequence[Row[UUID, str, date]]:
    """Return what stands in the calendar of a plan, by date."""
    found = await session.execute(
        select(EvaluationRow.evaluation_id, _KIND, EvaluationRow.due_on)
        .where(
            EvaluationRow.plan_id == plan_id,
            EvaluationRow.status != CANCELLED,
            EvaluationRow.kind.is_not(None),
        )
        .order_by(EvaluationRow.due_on, EvaluationRow.evaluation_id)
    )
    return found.all()


DueRow = Row[UUID, int, UUID, str, date]


async def take_due(session: AsyncSession, *, until: date, now: datetime) -> Sequence[DueRow]:
    """Mark what is due until that day; two workers share the rows, none takes one twice."""
    picked = (
        select(EvaluationRow.evaluation_id)
        .where(
            text("evaluation.status = 'planned'"),
            EvaluationRow.due_announced_at.is_(None),
            EvaluationRow.due_on <= until,
            EvaluationRow.kind.is_not(None),
        )
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    marked = await session.execute(
        update(EvaluationRow)
        .where(EvaluationRow.evaluation_id == picked.c.evaluation_id)
        .values(due_announced_at=now, version=EvaluationRow.version + 1)
        .returning(
            EvaluationRow.evaluation_id,
            EvaluationRow.version,
            _PLAN_ID,
            _KIND,
            EvaluationRow.due_on,
        )
    )
    return sorted(marked.all(), key=lambda row: (row.due_on, row.evaluation_id))
