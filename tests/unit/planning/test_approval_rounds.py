"""Rounds of approval: every party of every step agrees in order, or the plan is not approved."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.approvals.chain import Course, course_of, expect_chain, expect_more_than
from planning.approvals.domain import approval_of, decide, open_round, publish, send_back
from planning.approvals.refusals import (
    ChainDropsStep,
    ChainLessQuiet,
    ChainOutOfOrder,
    ChainWithoutCouncil,
    DecidedAnotherStep,
    DecidedBeforeTheStepBefore,
    NotYoursToStop,
    PartyDecidedAlready,
    PartyToBeNamed,
    RoleCannotDecide,
    RoundOver,
    StepNotYours,
    StepWithoutDecider,
    UnitNotDeciding,
)
from planning.approvals.rounds import LIVE, Decider, Round, RoundStatus, StepState, Verdict
from planning.plans.refusals import ApprovedInFuture, SubmitterCannotApprove
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel
from shared.errors import Refusal
from tests.support.approvals import KRECANY, RUMBURK, a_chain, a_step, planned

TODAY = date(2026, 3, 2)
GROUP, PARTNERSHIP, COUNCIL, AGENCY = ApprovalLevel
SUBMITTER = "coordinator-rumburk"


def a_round(*levels: ApprovalLevel, quiet_days: int = 0, units: tuple[UUID, ...] = (RUMBURK,)) -> Round:
    return open_round(
        Course(steps=planned(*levels or (COUNCIL,), units=units), quiet_days=quiet_days),
        round_id=uuid4(),
        plan_id=uuid4(),
        revision=1,
        number=1,
        unit_ids=units,
        submitted_by=SUBMITTER,
        today=TODAY,
    )


def a_decider(name: str = "mayor", *roles: Role, units: tuple[UUID, ...] = (RUMBURK,)) -> Decider:
    given_roles = frozenset(roles or {Role.MAYOR})
    agency = not given_roles.isdisjoint({Role.DIRECTOR, Role.CONSULTANT})
    return Decider(id=name, roles=given_roles, units=frozenset(units), is_agency=agency)


DIRECTOR = a_decider("director", Role.DIRECTOR, units=())


def agreed(current: Round, by: Decider, *, unit_id: UUID | None = None, on: date = TODAY) -> Round:
    verdict = Verdict(
        by=by.id, affiliation="Obec", decided_on=on, body=f"Zastupitelstvo {by.id}", reference="7/2026"
    )
    return decide(current, verdict, unit_id=unit_id, by=by, today=TODAY)


def test_steps_are_decided_in_their_order_and_the_last_one_approves() -> None:
    current = a_round(GROUP, COUNCIL, AGENCY)
    assert [step.state for step in current.steps] == ["pending", "waiting", "waiting"]
    current = agreed(agreed(current, a_decider("chair")), a_decider())
    assert (current.status, current.position) == (RoundStatus.RUNNING, 2)
    assert current.steps[2].due_on == date(2026, 3, 16)
    current = agreed(current, DIRECTOR)
    assert (current.status, current.ended_on) == (RoundStatus.APPROVED, TODAY)
    assert approval_of(current).body == "Zastupitelstvo mayor"


def test_two_councils_decide_one_step_in_any_order_and_the_last_day_is_that_of_the_plan() -> None:
    other = a_decider("mayor-krecany", units=(KRECANY,))
    current = a_round(units=(RUMBURK, KRECANY))
    current = agreed(current, other, on=date(2026, 2, 20))
    assert current.status is RoundStatus.RUNNING
    with pytest.raises(PartyDecidedAlready):
        agreed(current, other, unit_id=KRECANY)
    current = agreed(current, a_decider(), on=date(2026, 2, 11))
    approval = approval_of(current)
    assert current.status is RoundStatus.APPROVED
    assert approval.approved_on == date(2026, 2, 20)
    assert approval.body == "Zastupitelstvo mayor; Zastupitelstvo mayor-krecany"


def test_who_acts_for_several_units_names_the_one_that_decided() -> None:
    officer = a_decider("officer", Role.COORDINATOR, units=(RUMBURK, KRECANY))
    current = a_round(units=(RUMBURK, KRECANY))
    with pytest.raises(PartyToBeNamed):
        agreed(current, officer)
    with pytest.raises(UnitNotDeciding):
        agreed(current, officer, unit_id=uuid4())
    one = agreed(current, officer, unit_id=RUMBURK)
    both = agreed(one, replace(officer, id="second"), unit_id=KRECANY)
    assert both.status is RoundStatus.APPROVED


def test_one_person_does_not_record_the_decisions_of_two_councils() -> None:
    officer = a_decider("officer", Role.COORDINATOR, units=(RUMBURK, KRECANY))
    one = agreed(a_round(units=(RUMBURK, KRECANY)), officer, unit_id=RUMBURK)
    with pytest.raises(DecidedAnotherStep):
        agreed(one, officer, unit_id=KRECANY)


@pytest.mark.parametrize(
    ("levels", "by", "refusal"),
    [
        ((COUNCIL,), a_decider(SUBMITTER), SubmitterCannotApprove),
        ((COUNCIL,), a_decider("partner", Role.PARTNER), StepNotYours),
        ((COUNCIL,), a_decider("neighbour", units=(KRECANY,)), StepNotYours),
        ((AGENCY, COUNCIL), a_decider("coordinator", Role.COORDINATOR), StepNotYours),
        ((AGENCY, COUNCIL), a_decider("both", Role.COORDINATOR, Role.DIRECTOR), StepNotYours),
        ((AGENCY, COUNCIL), a_decider("consultant", Role.CONSULTANT), StepNotYours),
    ],
)
def test_duties_are_separate(levels: tuple[ApprovalLevel, ...], by: Decider, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        agreed(a_round(*levels), by)


def test_one_person_does_not_decide_two_steps_of_a_round() -> None:
    current = agreed(a_round(GROUP, COUNCIL), a_decider())
    with pytest.raises(DecidedAnotherStep):
        agreed(current, a_decider())
    with pytest.raises(DecidedAnotherStep):
        send_back(current, "Ne.", by=a_decider(), today=TODAY)


def test_the_chair_of_the_body_decides_whatever_roles_she_has() -> None:
    body = uuid4()
    current = a_round(GROUP, COUNCIL)
    first = replace(current.steps[0], step=a_step(GROUP, body_id=body, roles=()))
    current = replace(current, steps=(first, current.steps[1]))
    chair = replace(a_decider("chair", Role.PARTNER), leads=frozenset({body}))
    assert agreed(current, chair).position == 1
    with pytest.raises(StepNotYours):
        agreed(current, a_decider("member", Role.PARTNER))


def test_days_of_decisions_follow_each_other_and_are_not_to_come() -> None:
    current = agreed(a_round(GROUP, COUNCIL), a_decider("chair"), on=date(2026, 2, 20))
    with pytest.raises(DecidedBeforeTheStepBefore):
        agreed(current, a_decider(), on=date(2026, 2, 19))
    with pytest.raises(ApprovedInFuture):
        agreed(current, a_decider(), on=date(2026, 3, 3))


def test_the_quiet_period_ends_after_its_last_working_day_unless_somebody_stops_it() -> None:
    quiet = agreed(a_round(quiet_days=5), a_decider())
    assert (quiet.status, quiet.quiet_until) == (RoundStatus.QUIET, date(2026, 3, 9))
    assert publish(quiet, date(2026, 3, 9)) is quiet
    published = publish(quiet, date(2026, 3, 10))
    assert published.status is RoundStatus.APPROVED
    assert publish(published, date(2026, 3, 11)) is published
    stopped = send_back(quiet, "Chybná příloha.", by=DIRECTOR, today=TODAY)
    assert stopped.status is RoundStatus.STOPPED
    assert publish(stopped, date(2026, 3, 10)) is stopped
    with pytest.raises(NotYoursToStop):
        send_back(quiet, "Ne.", by=a_decider("partner", Role.PARTNER), today=TODAY)
    with pytest.raises(RoundOver):
        agreed(quiet, a_decider("other"))


def test_whoever_submitted_may_take_it_back_and_a_step_is_returned_by_who_decides_it() -> None:
    taken_back = send_back(a_round(), "Ještě ne.", by=a_decider(SUBMITTER), today=TODAY)
    assert taken_back.status is RoundStatus.WITHDRAWN
    returned = send_back(a_round(), "Doplňte.", by=a_decider(), today=TODAY)
    assert (returned.status, returned.steps[0].state) == (RoundStatus.RETURNED, StepState.RETURNED)
    with pytest.raises(StepNotYours):
        send_back(a_round(AGENCY, COUNCIL), "Ne.", by=a_decider(), today=TODAY)


PEOPLE = (
    a_decider("chair", Role.COORDINATOR),
    a_decider("mayor"),
    a_decider("mayor-krecany", units=(KRECANY,)),
    a_decider(SUBMITTER, Role.COORDINATOR),
    DIRECTOR,
    a_decider("stranger", units=(uuid4(),)),
)
MOVES = st.lists(
    st.tuples(st.sampled_from(["agree", "agree", "agree", "return", "publish"]), st.sampled_from(PEOPLE)),
    max_size=14,
)


@given(
    levels=st.lists(st.sampled_from(ApprovalLevel), max_size=3),
    quiet_days=st.integers(0, 2),
    moves=MOVES,
)
def test_no_order_of_decisions_approves_without_all_steps_and_a_round_ends_once(
    levels: list[ApprovalLevel], quiet_days: int, moves: list[tuple[str, Decider]]
) -> None:
    ordered = sorted([*levels, COUNCIL], key=list(ApprovalLevel).index)
    current = a_round(*ordered, quiet_days=quiet_days, units=(RUMBURK, KRECANY))
    ended: Round | None = None
    for move, by in moves:
        try:
            if move == "agree":
                current = agreed(current, by)
            elif move == "return":
                current = send_back(current, "Ne.", by=by, today=TODAY)
            else:
                current = publish(current, date(2026, 12, 31))
        except Refusal:
            pass
        if ended is not None:
            assert current == ended
        if current.status not in LIVE:
            ended = current
    complete = all(party.verdict for step in current.steps for party in step.parties)
    if current.status in {RoundStatus.APPROVED, RoundStatus.QUIET}:
        assert complete
    places = {(place, verdict.by) for place, verdict in current.verdicts}
    assert len({by for _, by in places}) == len(places)
    assert SUBMITTER not in {by for _, by in places}


def test_a_chain_has_a_council_and_its_steps_in_order() -> None:
    expect_chain((a_step(GROUP), a_step(GROUP), a_step(COUNCIL), a_step(AGENCY)))
    for steps, refusal in (
        ((a_step(GROUP),), ChainWithoutCouncil),
        ((a_step(COUNCIL), a_step(GROUP)), ChainOutOfOrder),
        ((a_step(COUNCIL, roles=(Role.DIRECTOR,)),), RoleCannotDecide),
        ((a_step(COUNCIL, roles=()),), StepWithoutDecider),
        ((a_step(COUNCIL), a_step(AGENCY, roles=(Role.COORDINATOR,))), RoleCannotDecide),
    ):
        with pytest.raises(refusal):
            expect_chain(steps)


def test_a_unit_adds_steps_and_never_drops_one_or_shortens_the_quiet_period() -> None:
    of_kind = (a_step(PARTNERSHIP), a_step(COUNCIL))
    own = a_chain(a_step(GROUP), *of_kind, unit_id=RUMBURK, quiet_days=3)
    expect_more_than(own, of_kind, quiet_days=3)
    with pytest.raises(ChainDropsStep):
        expect_more_than(a_chain(a_step(COUNCIL), unit_id=RUMBURK), of_kind, quiet_days=0)
    with pytest.raises(ChainLessQuiet):
        expect_more_than(own, of_kind, quiet_days=5)


def test_without_any_chain_the_council_of_each_unit_decides_alone() -> None:
    course = course_of((RUMBURK, KRECANY), ())
    assert [each.step.level for each in course.steps] == [COUNCIL]
    assert set(course.steps[0].parties) == {RUMBURK, KRECANY}
    assert course.quiet_days == 0


def test_units_that_plan_together_join_their_chains() -> None:
    of_kind = a_chain(a_step(PARTNERSHIP), a_step(COUNCIL))
    board = a_step(COUNCIL, label_cs="Rada města")
    own = a_chain(a_step(GROUP), a_step(PARTNERSHIP), board, a_step(COUNCIL), unit_id=RUMBURK, quiet_days=2)
    course = course_of((RUMBURK, KRECANY), (of_kind, own))
    assert [(each.step.level, set(each.parties)) for each in course.steps] == [
        (GROUP, {RUMBURK}),
        (PARTNERSHIP, {None}),
        (COUNCIL, {RUMBURK}),
        (COUNCIL, {RUMBURK, KRECANY}),
    ]
    assert course.steps[2].step.label_cs == "Rada města"
    assert course.quiet_days == 2
