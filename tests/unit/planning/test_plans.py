"""The rules of a plan's life, and what its tree must have."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from planning.plans.completeness import missing
from planning.plans.domain import (
    Approval,
    Plan,
    PlanStatus,
    approve,
    check_validity,
    close,
    edit,
    note_set_up,
    send_back,
    submit,
)
from planning.plans.refusals import (
    ApprovedInFuture,
    ClosedBeforeValid,
    PlanIncomplete,
    PlanNotApproved,
    PlanNotEditable,
    PlanNotSubmitted,
    SubmitterCannotApprove,
    ValidityMalformed,
)
from planning.plans.snapshot import snapshot_of
from planning.plans.tree import Activity, Goal, Indicator, Measure, Problem, planned_indicators, walk
from shared.canonical import digest
from shared.contracts.planning import PlanKind

FROM, UNTIL = date(2026, 1, 1), date(2030, 12, 31)
TODAY = date(2026, 2, 11)
APPROVAL = Approval(body="Zastupitelstvo", approved_on=TODAY, resolution_number="12/2026")


def an_id(number: int) -> UUID:
    return UUID(int=number)


def an_indicator(number: int = 1, **changes: object) -> Indicator:
    whole = Indicator(
        id=an_id(100 + number),
        name="Udržené bydlení",
        unit="%",
        owner="Odbor sociálních věcí",
        source="evidence",
        baseline=Decimal("41.50"),
        baseline_on=date(2025, 12, 31),
        target=Decimal(75),
        target_on=date(2029, 12, 31),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_measure(**changes: object) -> Measure:
    whole = Measure(
        id=an_id(3),
        title="Zabydlování",
        owner="Město",
        starts_on=date(2026, 3, 1),
        ends_on=date(2029, 12, 31),
        funding_source="OPZ+",
        indicators=(an_indicator(2),),
        activities=(Activity(id=an_id(4), title="Výběr bytů"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_goal(**changes: object) -> Goal:
    whole = Goal(
        id=an_id(2),
        title="Méně rodin na ubytovnách",
        due_on=date(2029, 12, 31),
        indicators=(an_indicator(),),
        measures=(a_measure(),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_problem(**changes: object) -> Problem:
    whole = Problem(id=an_id(1), area="BYD", title="Ubytovny", description="120 osob", goals=(a_goal(),))
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_plan(**changes: object) -> Plan:
    whole = Plan(
        id=an_id(9),
        version=1,
        kind=PlanKind.PSZ,
        title="Plán",
        vision="",
        unit_ids=(an_id(8),),
        valid_from=FROM,
        valid_until=UNTIL,
        status=PlanStatus.DRAFT,
        revision=1,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def codes(problem: Problem, kind: PlanKind = PlanKind.PSZ) -> list[str]:
    return [finding.code for finding in missing(kind, (problem,), valid_from=FROM, valid_until=UNTIL)]


def test_numbers_follow_from_the_order() -> None:
    tree = (a_problem(), a_problem(id=an_id(5), goals=(a_goal(), a_goal(measures=()))))
    assert [placed.number for placed in walk(tree)] == [
        "1", "1.1", "1.1-I1", "1.1.1", "1.1.1-I1", "1.1.1.1",
        "2", "2.1", "2.1-I1", "2.1.1", "2.1.1-I1", "2.1.1.1", "2.2", "2.2-I1",
    ]  # fmt: skip


def test_a_complete_tree_lacks_nothing() -> None:
    assert codes(a_problem()) == []


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (a_problem(area="XYZ"), "area-unknown"),
        (a_problem(description=""), "problem-not-described"),
        (a_problem(goals=()), "problem-without-goal"),
        (a_problem(goals=(a_goal(due_on=None),)), "goal-without-date"),
        (a_problem(goals=(a_goal(indicators=()),)), "goal-without-indicator"),
        (a_problem(goals=(a_goal(measures=()),)), "goal-without-measure"),
        (a_problem(goals=(a_goal(measures=(a_measure(owner=""),)),)), "measure-without-owner"),
        (a_problem(goals=(a_goal(measures=(a_measure(funding_source=""),)),)), "measure-without-funding"),
        (a_problem(goals=(a_goal(measures=(a_measure(starts_on=None),)),)), "measure-without-period"),
        (a_problem(goals=(a_goal(measures=(a_measure(indicators=()),)),)), "measure-without-indicator"),
        (
            a_problem(goals=(a_goal(measures=(a_measure(ends_on=date(2031, 1, 1)),)),)),
            "measure-outside-plan",
        ),
        (a_problem(goals=(a_goal(indicators=(an_indicator(baseline=None),)),)), "indicator-without-baseline"),
        (a_problem(goals=(a_goal(indicators=(an_indicator(owner=""),)),)), "indicator-without-owner"),
        (
            a_problem(goals=(a_goal(indicators=(an_indicator(target_on=date(2031, 1, 1)),)),)),
            "target-outside-plan",
        ),
    ],
)
def test_what_is_missing_is_named(problem: Problem, code: str) -> None:
    assert codes(problem) == [code]


def test_a_baseline_of_zero_is_a_baseline() -> None:
    goal = a_goal(indicators=(an_indicator(baseline=Decimal(0)),))
    assert codes(a_problem(goals=(goal,))) == []


def test_a_community_plan_brings_its_own_areas() -> None:
    assert codes(a_problem(area="VII"), PlanKind.KPSS) == []


def test_a_plan_without_a_problem_is_not_complete() -> None:
    found = missing(PlanKind.PSZ, (), valid_from=FROM, valid_until=UNTIL)
    assert [finding.code for finding in found] == ["plan-without-problem"]


def test_only_a_draft_or_a_returned_plan_can_be_changed_and_submitted() -> None:
    for status in set(PlanStatus) - {PlanStatus.DRAFT, PlanStatus.RETURNED}:
        with pytest.raises(PlanNotEditable):
            edit(a_plan(status=status), title="Jiný")
        with pytest.raises(PlanNotEditable):
            submit(a_plan(status=status), by="jana")
    assert edit(a_plan(), title="Jiný").version == 2
    assert submit(a_plan(status=PlanStatus.RETURNED), by="jana")[0].status is PlanStatus.SUBMITTED


def test_only_a_submitted_plan_can_be_approved_or_returned() -> None:
    for status in set(PlanStatus) - {PlanStatus.SUBMITTED}:
        plan = a_plan(status=status)
        with pytest.raises(PlanNotSubmitted):
            approve(plan, (a_problem(),), APPROVAL, units=[], by="karel", today=TODAY)
        with pytest.raises(PlanNotSubmitted):
            send_back(plan)


def a_submitted_plan() -> Plan:
    return a_plan(status=PlanStatus.SUBMITTED, submitted_by="jana", version=4)


def test_approval_freezes_the_revision_and_tells_its_digest() -> None:
    plan, event, frozen = approve(
        a_submitted_plan(), (a_problem(),), APPROVAL, units=[], by="karel", today=TODAY
    )
    assert (plan.status, plan.version) == (PlanStatus.APPROVED, 5)
    assert event.digest == digest(frozen.text) == frozen.digest
    assert [indicator.number for indicator in event.indicators] == ["1.1-I1", "1.1.1-I1"]


def test_approval_is_refused_with_the_reason() -> None:
    plan, tree = a_submitted_plan(), (a_problem(),)
    with pytest.raises(SubmitterCannotApprove):
        approve(plan, tree, APPROVAL, units=[], by="jana", today=TODAY)
    with pytest.raises(ApprovedInFuture):
        approve(plan, tree, APPROVAL, units=[], by="karel", today=date(2026, 2, 10))
    with pytest.raises(PlanIncomplete) as refused:
        approve(plan, (a_problem(goals=()),), APPROVAL, units=[], by="karel", today=TODAY)
    assert [finding.pointer for finding in refused.value.findings] == ["/problems/0/goals"]


def test_equal_content_has_one_digest_and_another_title_another() -> None:
    def frozen(title: str) -> str:
        head: dict[str, object] = {"title": title}
        return snapshot_of(
            plan_id=an_id(9), revision=1, head=head, approval={}, units=[], problems=(a_problem(),)
        ).digest

    assert frozen("Plán") == frozen("Plán") != frozen("Plan")


def test_implementation_starts_when_both_stand_for_the_revision_in_force() -> None:
    approved = a_plan(status=PlanStatus.APPROVED, revision=2)
    half, event = note_set_up(approved, monitored=2)
    assert event is None
    assert note_set_up(half, evaluated=1)[1] is None
    started, event = note_set_up(half, evaluated=2)
    assert event is not None
    assert started.status is PlanStatus.IN_IMPLEMENTATION
    assert note_set_up(started, evaluated=2)[1] is None


def test_only_a_plan_in_force_can_be_closed_and_not_before_it_began() -> None:
    with pytest.raises(PlanNotApproved):
        close(a_plan(), closed_on=TODAY, reason="x")
    in_force = a_plan(status=PlanStatus.IN_IMPLEMENTATION)
    with pytest.raises(ClosedBeforeValid):
        close(in_force, closed_on=date(2025, 12, 31), reason="x")
    assert close(in_force, closed_on=TODAY, reason="x")[0].status is PlanStatus.CLOSED


@pytest.mark.parametrize(("first", "last"), [(UNTIL, FROM), (FROM, FROM), (FROM, date(2036, 6, 1))])
def test_a_validity_that_no_plan_has_is_refused(first: date, last: date) -> None:
    with pytest.raises(ValidityMalformed):
        check_validity(first, last)


def test_an_indicator_without_target_cannot_be_planned() -> None:
    goal = a_goal(indicators=(an_indicator(target=None),))
    with pytest.raises(ValueError, match="not complete"):
        planned_indicators((a_problem(goals=(goal,)),))
