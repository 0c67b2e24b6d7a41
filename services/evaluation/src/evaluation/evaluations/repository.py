"""SQL of the evaluation calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, array, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.domain import CancelReason, EvaluationStatus
from evaluation.evaluations.schedule import PlannedEvaluation
from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.reads import Query

PLANNED = EvaluationStatus.PLANNED.value
CANCELLED = EvaluationStatus.CANCELLED.value


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
    """Insert the schedule; move and reopen what has not begun, touch nothing else."""
    statement = insert(EvaluationRow)
    due_on = statement.excluded.due_on
    was_cancelled = EvaluationRow.status == CANCELLED
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
            "plan_id": plan_id,
            "kind": planned.kind.value,
            "due_on": planned.due_on,
            "status": PLANNED,
            "version": 1,
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
    """Cancel what has not begun."""
    await session.execute(
        update(EvaluationRow)
        .where(
            EvaluationRow.plan_id == plan_id,
            EvaluationRow.status == PLANNED,
            EvaluationRow.due_on > due_after,
            EvaluationRow.kind.not_in([kind.value for kind in except_kinds]),
        )
        .values(status=CANCELLED, cancelled_reason=reason.value, version=EvaluationRow.version + 1)
    )


async def standing(session: AsyncSession, plan_id: UUID) -> Sequence[Row[UUID, str, date]]:
    """Return what stands in the calendar of a plan, by date."""
    found = await session.execute(
        select(EvaluationRow.evaluation_id, EvaluationRow.kind, EvaluationRow.due_on)
        .where(EvaluationRow.plan_id == plan_id, EvaluationRow.status != CANCELLED)
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
            EvaluationRow.plan_id,
            EvaluationRow.kind,
            EvaluationRow.due_on,
        )
    )
    return sorted(marked.all(), key=lambda row: (row.due_on, row.evaluation_id))


_BY_DUE_DATE = (EvaluationRow.__table__.c.due_on, EvaluationRow.__table__.c.evaluation_id)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": EvaluationRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": EvaluatedPlanRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "kind": EvaluationRow.kind == bindparam("kind", type_=Text()),
    "status": EvaluationRow.status == bindparam("status", type_=Text()),
    "due_before": EvaluationRow.due_on < bindparam("due_before", type_=Date()),
}


def _shown(*, of_all_units: bool) -> Select[*tuple[object, ...]]:
    statement = select(
        EvaluationRow.evaluation_id.label("id"),
        EvaluationRow.plan_id,
        EvaluatedPlanRow.title.label("plan_title"),
        EvaluatedPlanRow.kind.label("plan_kind"),
        EvaluatedPlanRow.unit_ids,
        EvaluationRow.kind,
        EvaluationRow.due_on,
        EvaluationRow.status,
        EvaluationRow.cancelled_reason,
        EvaluationRow.version,
    ).join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id)
    if of_all_units:
        return statement
    return statement.where(EvaluatedPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid()))))


@cache
def evaluations(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list by due date, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(
        _shown(of_all_units=of_all_units).where(*conditions),
        keys=_BY_DUE_DATE,
    )


@cache
def one_evaluation(*, of_all_units: bool) -> Query:
    asked = EvaluationRow.evaluation_id == bindparam("evaluation_id", type_=Uuid())
    return Query(_shown(of_all_units=of_all_units).where(asked), version="version")
