"""The rules of the next revision of a plan in force."""

from dataclasses import replace
from datetime import date

import pytest

from planning.plans.amending import begin, discard, expect_later, holding
from planning.plans.domain import Plan, PlanStatus, close, edit, note_set_up, submit
from planning.plans.refusals import (
    AmendmentUnderWay,
    ApprovedBeforeTheLast,
    NothingToDiscard,
    PlanNotEditable,
    PlanNotInForce,
)
from planning.plans.tree import NodeKind
from shared.contracts.planning import PlanKind
from tests.support.editions import an_id

PLAN = Plan(
    id=an_id(NodeKind.PROBLEM, 9),
    version=7,
    kind=PlanKind.PSZ,
    title="Plán",
    vision="",
    unit_ids=(an_id(NodeKind.PROBLEM, 8),),
    valid_from=date(2026, 1, 1),
    valid_until=date(2030, 12, 31),
    status=PlanStatus.IN_IMPLEMENTATION,
    revision=3,
    submitted_by="jana",
    monitored_revision=3,
    evaluated_revision=3,
)


def test_a_draft_begins_as_what_is_in_force_with_a_status_of_its_own() -> None:
    plan = begin(PLAN)
    assert (plan.status, plan.revision, plan.version) == (PlanStatus.IN_IMPLEMENTATION, 3, 8)
    assert (plan.working.status, plan.working.revision, plan.working.title) == (PlanStatus.DRAFT, 4, "Plán")
    assert plan.working.submitted_by is None


@pytest.mark.parametrize(
    "status", [PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.CLOSED]
)
def test_only_a_plan_in_force_has_a_next_revision(status: PlanStatus) -> None:
    with pytest.raises(PlanNotInForce):
        begin(replace(PLAN, status=status))


def test_there_is_one_draft_at_a_time_and_only_a_draft_is_discarded() -> None:
    with pytest.raises(AmendmentUnderWay):
        begin(begin(PLAN))
    with pytest.raises(NothingToDiscard):
        discard(PLAN)
    assert discard(begin(PLAN)) == replace(PLAN, version=9)


def test_work_on_the_draft_moves_the_version_and_nothing_else_of_the_plan() -> None:
    plan = begin(PLAN)
    edited = holding(plan, edit(plan.working, title="Jiný"))
    submitted = holding(edited, submit(edited.working, by="petr")[0])
    assert replace(submitted, draft=None) == replace(PLAN, version=10)
    assert (submitted.working.title, submitted.working.status) == ("Jiný", PlanStatus.SUBMITTED)
    with pytest.raises(PlanNotEditable):
        edit(submitted.working)


def test_what_stands_for_the_revision_in_force_leaves_the_draft_alone() -> None:
    plan = begin(replace(PLAN, status=PlanStatus.APPROVED, evaluated_revision=2))
    started, event = note_set_up(plan, evaluated=3)
    assert event is not None
    assert (started.status, event.revision) == (PlanStatus.IN_IMPLEMENTATION, 3)
    assert started.working.status is PlanStatus.DRAFT


def test_a_plan_that_ends_has_no_draft() -> None:
    closed, event = close(begin(PLAN), closed_on=date(2028, 1, 1), reason="Konec")
    assert (closed.draft, closed.closed_on, event.revision) == (None, date(2028, 1, 1), 3)


def test_a_later_revision_was_not_approved_before_the_one_in_force() -> None:
    expect_later(date(2026, 2, 11), date(2026, 2, 11))
    with pytest.raises(ApprovedBeforeTheLast):
        expect_later(date(2026, 2, 10), date(2026, 2, 11))
