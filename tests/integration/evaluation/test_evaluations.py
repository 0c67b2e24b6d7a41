"""An approved plan gets its evaluations, once, whatever the order of events."""

from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import select, update

from evaluation.evaluations.tables import EvaluationRow
from shared.contracts.base import Event
from shared.contracts.evaluation import EvaluationKind, EvaluationsScheduled
from shared.contracts.planning import PlanKind
from tests.support.evaluation import PLAN, a_plan_approved, a_plan_closed
from tests.support.evaluations import act
from tests.support.service import ServiceUnderTest

CONSUMER = "evaluation-evaluations-from-planning"


async def calendar(evaluation: ServiceUnderTest) -> dict[str, tuple[date, str, str | None, int]]:
    query = select(
        EvaluationRow.kind,
        EvaluationRow.due_on,
        EvaluationRow.status,
        EvaluationRow.cancelled_reason,
        EvaluationRow.version,
    )
    async with evaluation.resources.engine.connect() as connection:
        return {str(row[0]): (row[1], row[2], row[3], row[4]) for row in await connection.execute(query)}


async def begin(evaluation: ServiceUnderTest, kind: EvaluationKind) -> None:
    async with evaluation.resources.engine.begin() as connection:
        await connection.execute(
            update(EvaluationRow).where(EvaluationRow.kind == kind.value).values(status="begun")
        )


async def test_a_five_year_plan_is_evaluated_three_times(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(), consumer=CONSUMER)
    assert await calendar(evaluation) == {
        "entry": (date(2026, 4, 1), "planned", None, 1),
        "mid-term": (date(2028, 7, 3), "planned", None, 1),
        "final": (date(2031, 3, 31), "planned", None, 1),
    }
    (told,) = await evaluation.told(EvaluationsScheduled)
    assert (told.plan_id, told.revision, told.version) == (PLAN, 1, 1)
    assert [(each.kind, each.due_on) for each in told.evaluations] == [
        (EvaluationKind.ENTRY, date(2026, 4, 1)),
        (EvaluationKind.MID_TERM, date(2028, 7, 3)),
        (EvaluationKind.FINAL, date(2031, 3, 31)),
    ]


async def test_the_same_revision_heard_again_changes_nothing(evaluation: ServiceUnderTest) -> None:
    event = a_plan_approved()
    await evaluation.hear(event, event)
    await evaluation.hear(event)
    assert {row[3] for row in (await calendar(evaluation)).values()} == {1}
    assert len(await evaluation.told(EvaluationsScheduled)) == 1


async def test_a_later_revision_moves_only_what_has_not_begun(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await begin(evaluation, EvaluationKind.MID_TERM)
    await evaluation.hear(a_plan_approved(revision=2, valid_until=date(2028, 12, 31)))
    found = await calendar(evaluation)
    assert found["entry"] == (date(2026, 4, 1), "planned", None, 1)
    assert found["mid-term"] == (date(2028, 7, 3), "begun", None, 1)
    assert found["final"] == (date(2029, 3, 29), "planned", None, 2)  # 30 March is Good Friday
    told = (await evaluation.told(EvaluationsScheduled))[-1]
    assert (told.revision, told.version) == (2, 2)
    assert [each.due_on for each in told.evaluations] == [
        date(2026, 4, 1),
        date(2028, 7, 3),
        date(2029, 3, 29),
    ]


async def test_an_evaluation_that_the_plan_no_longer_has_is_cancelled_and_can_come_back(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await evaluation.hear(a_plan_approved(revision=2, kind=PlanKind.SUPPORT))
    found = await calendar(evaluation)
    assert found["entry"][1:] == ("cancelled", "schedule-changed", 2)
    assert found["final"][1:] == ("planned", None, 1)
    await evaluation.hear(a_plan_approved(revision=3))
    assert (await calendar(evaluation))["entry"][1:] == ("planned", None, 3)


async def test_what_a_person_called_off_no_revision_brings_back(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    done = await act(evaluation, "cancellation", {"reason": "Vstup popsal jiný dokument."})
    assert done.status_code == 200, done.text
    await evaluation.hear(a_plan_approved(revision=2, valid_until=date(2028, 12, 31)))
    assert (await calendar(evaluation))["entry"][1:] == ("cancelled", "decided", 2)
    told = (await evaluation.told(EvaluationsScheduled))[-1]
    assert EvaluationKind.ENTRY not in {each.kind for each in told.evaluations}


async def test_closing_early_cancels_what_has_not_begun(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await begin(evaluation, EvaluationKind.MID_TERM)
    await evaluation.hear(a_plan_closed(closed_on=date(2027, 6, 30)))
    assert {kind: row[1:3] for kind, row in (await calendar(evaluation)).items()} == {
        "entry": ("planned", None),  # it was due before the closing
        "mid-term": ("begun", None),
        "final": ("cancelled", "plan-closed"),
    }


async def test_a_plan_that_ran_its_whole_time_keeps_its_final_evaluation(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await evaluation.hear(a_plan_closed(closed_on=date(2031, 1, 5)))
    assert (await calendar(evaluation))["final"] == (date(2031, 3, 31), "planned", None, 1)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_the_calendar_is_the_same_in_whatever_order_the_events_come(
    evaluation: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    events: list[Event] = [
        a_plan_approved(),
        a_plan_approved(revision=2, valid_until=date(2028, 12, 31)),
        a_plan_closed(closed_on=date(2026, 12, 31)),
    ]
    for index in order:
        await evaluation.hear(events[index], consumer=CONSUMER)
    standing = {kind: row[0] for kind, row in (await calendar(evaluation)).items() if row[1] == "planned"}
    assert standing == {"entry": date(2026, 4, 1)}
