"""Where approvals wait, how long they take, and which steps hang on one person or nobody."""

from typing import Final

from sqlalchemy import ColumnElement, Integer, Numeric, Select, Text, cast, func, literal_column, select

from planning.approvals.list_repository import RUNS, TODAY, known_deciders, visible
from planning.approvals.rounds import StepState
from planning.approvals.tables import ApprovalStepRow, RoundRow
from planning.plans.tables import PlanRow
from shared.reads import Query

MOST_THIN: Final = 500


def _figures() -> Select[*tuple[object, ...]]:
    """Sum up steps by kind of plan and level; days are calendar days, medians text with one decimal."""
    step = ApprovalStepRow
    waiting = RUNS & (step.position == RoundRow.position)
    finished = step.closed_on.is_not(None) & RoundRow.ended_on.is_not(None)
    so_far = cast(TODAY - step.opened_on, Integer)
    took = cast(step.closed_on - step.opened_on, Integer)

    def median(days: ColumnElement[int], which: ColumnElement[bool]) -> ColumnElement[str]:
        middle = func.percentile_cont(literal_column("0.5")).within_group(days).filter(which)
        return cast(func.round(cast(middle, Numeric), 1), Text)

    return (
        select(
            PlanRow.kind,
            step.level,
            func.count().filter(waiting).label("pending"),
            func.max(so_far).filter(waiting).label("longest_pending_days"),
            median(so_far, waiting).label("median_pending_days"),
            func.count().filter(waiting, step.due_on < TODAY).label("overdue"),
            func.count().filter(finished).label("finished"),
            median(took, finished).label("median_days"),
            func.max(took).filter(finished).label("longest_days"),
        )
        .select_from(step)
        .join(RoundRow, RoundRow.id == step.round_id)
        .join(PlanRow, PlanRow.id == RoundRow.plan_id)
        .where(visible(), step.opened_on.is_not(None))
        .group_by(PlanRow.kind, step.level)
        .order_by(PlanRow.kind, step.level)
    )


def _thin() -> Select[*tuple[object, ...]]:
    """Return steps still to be decided whose body has at most one person who can."""
    step = ApprovalStepRow
    known = known_deciders(step)
    return (
        select(
            RoundRow.id.label("round_id"),
            RoundRow.plan_id,
            PlanRow.title,
            RoundRow.revision,
            step.position,
            step.level,
            step.label_cs,
            step.label_en,
            step.body_id,
            step.roles,
            step.state,
            step.due_on,
            known.label("known_deciders"),
        )
        .select_from(step)
        .join(RoundRow, RoundRow.id == step.round_id)
        .join(PlanRow, PlanRow.id == RoundRow.plan_id)
        .where(
            visible(),
            RUNS,
            step.body_id.is_not(None),
            step.state.in_([StepState.WAITING.value, StepState.PENDING.value]),
            known <= 1,
        )
        .order_by(RoundRow.due_on, RoundRow.id, step.position)
        .limit(MOST_THIN)
    )


FIGURES: Final = Query(_figures())
THIN: Final = Query(_thin())
