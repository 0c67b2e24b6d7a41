"""Which evaluations a plan has, and by when: a table by kind of plan.

| plan                   | entry | mid-term                    | final |
|------------------------|-------|-----------------------------|-------|
| PSZ, SPSZ, KPSS, SPRSS | yes   | where longer than one year  | yes   |
| TAP                    | yes   | where longer than one year  | yes   |
| EXIT                   | no    | where longer than one year  | yes   |
| PP (remote support)    | no    | no                          | yes   |

Entry: three months after the validity began. Mid-term: the middle of the validity. Both move to the next
working day. Final: at most three months after the end, so it moves to the last working day before.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanKind
from shared.contracts.reports import EvaluationType
from shared.working_days import last_working_day, next_working_day

HAVE_NO_ENTRY = frozenset({PlanKind.EXIT, PlanKind.SUPPORT})
HAVE_NO_MID_TERM = frozenset({PlanKind.SUPPORT})
MONTHS_TO_ENTRY = 3
MONTHS_TO_FINAL = 3
MONTHS_TO_OUTLINE = 3
"""Before the last day of a cooperation: who goes on with what is agreed while both are still there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvaluation:
    evaluation_id: UUID
    kind: EvaluationKind
    due_on: date


def evaluation_id(plan_id: UUID, kind: EvaluationKind) -> UUID:
    """Return the same id for the same plan and kind, so that a duplicate can do no harm."""
    return uuid5(plan_id, kind.value)


def evaluation_schedule(
    plan_id: UUID, kind: PlanKind, *, valid_from: date, valid_until: date
) -> tuple[PlannedEvaluation, ...]:
    """Return the evaluations in the order of their dates."""
    return tuple(
        PlannedEvaluation(evaluation_id=evaluation_id(plan_id, of), kind=of, due_on=due_on)
        for of, due_on in _dates(kind, valid_from, valid_until)
    )


def _dates(kind: PlanKind, valid_from: date, valid_until: date) -> Iterator[tuple[EvaluationKind, date]]:
    final_on = last_working_day(months_after(valid_until, MONTHS_TO_FINAL))
    if kind not in HAVE_NO_ENTRY:
        entry_on = next_working_day(months_after(valid_from, MONTHS_TO_ENTRY))
        yield EvaluationKind.ENTRY, min(entry_on, final_on)
    if kind not in HAVE_NO_MID_TERM and valid_until >= months_after(valid_from, 12):
        yield EvaluationKind.MID_TERM, next_working_day(valid_from + (valid_until - valid_from) / 2)
    yield EvaluationKind.FINAL, final_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStudy:
    """An analysis or a report on a unit that a cooperation asks for."""

    evaluation_id: UUID
    type: EvaluationType
    due_on: date


def cooperation_schedule(
    cooperation_id: UUID, *, starts_on: date | None, ends_on: date | None
) -> tuple[PlannedStudy, ...]:
    """Return the entry analysis; where the last day is known, the exit outline and the final report too."""
    days: dict[EvaluationType, date] = {}
    if starts_on is not None:
        days[EvaluationType.ENTRY_ANALYSIS] = next_working_day(months_after(starts_on, MONTHS_TO_ENTRY))
    if ends_on is not None:
        outlined_on = months_after(ends_on, -MONTHS_TO_OUTLINE)
        days[EvaluationType.EXIT_OUTLINE] = last_working_day(max(outlined_on, starts_on or outlined_on))
        days[EvaluationType.EXPERT_SUPPORT_FINAL] = last_working_day(months_after(ends_on, MONTHS_TO_FINAL))
    return tuple(
        PlannedStudy(evaluation_id=uuid5(cooperation_id, type_.value), type=type_, due_on=due_on)
        for type_, due_on in days.items()
    )


def months_after(day: date, months: int) -> date:
    """Return the same day that many months later, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
