"""An application moves by its procedure; its clocks, its hands and its content follow the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.applications import domain
from registry.applications.completeness import lacks_of
from registry.applications.content import CHECKS, Check, CheckedItem, MissingItem, Verdict
from registry.applications.domain import Application
from registry.applications.refusals import (
    ApplicationCannotBeEdited,
    CheckedByWhoSubmitted,
    ChecklistFails,
    CompletionIsLate,
    DecidedByWhoCheckedOrScored,
)
from registry.applications.steps import FINAL, LABELS, PROCEDURE, ApplicationDoesNotAllow, Move, Status
from shared.contracts.intake import DecisionOutcome
from tests.support.applications import a_call, an_application, some_writing

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ITEMS = (MissingItem(pointer="/resolution", what="Chybí podpis"),)
ALL_MET = tuple(CheckedItem(check=check, is_met=True, note="") for check in Check)


def a_verdict(by: str = "director") -> Verdict:
    return Verdict(
        outcome=DecisionOutcome.ACCEPTED,
        decided_on=date(2026, 5, 4),
        decided_by=by,
        reasons="Potřebnost je doložená.",
        exceeding_reason="",
    )


def submitted() -> Application:
    return domain.submit(an_application(), received_at=MONDAY, message_id="", by="unit", check_days=10)


def returned() -> Application:
    return domain.return_for_completion(
        submitted(), ITEMS, by="official", on=date(2026, 3, 4), completion_days=5
    )


def test_every_state_and_move_has_a_czech_and_an_english_name() -> None:
    assert set(LABELS) == {*Status, *Move}
    assert all(cs and en and cs != en for cs, en in LABELS.values())


def test_nothing_leads_out_of_a_final_state_and_something_out_of_every_other() -> None:
    assert {status for status in Status if not PROCEDURE.allowed(status)} == FINAL


@given(moves=st.lists(st.sampled_from(list(Move)), max_size=30))
def test_however_one_moves_the_version_counts_the_moves_that_were_possible(moves: list[Move]) -> None:
    application = an_application()
    done = 0
    for move in moves:
        if move in PROCEDURE.allowed(application.status):
            application = application.moved(move)
            done += 1
        else:
            with pytest.raises(ApplicationDoesNotAllow):
                application.moved(move)
    assert application.version == 1 + done


def test_the_clock_of_the_check_stands_while_the_applicant_completes() -> None:
    assert submitted().due_on == date(2026, 3, 16)
    sent_back = returned()
    assert sent_back.clock is not None
    assert (sent_back.clock.due_on, sent_back.due_on) == (None, date(2026, 3, 11))
    assert sent_back.days_left(date(2026, 3, 6)) == 3
    again = domain.resubmit(sent_back, received_at=MONDAY + timedelta(7), message_id="", by="unit")
    assert (again.due_on, again.received_at) == (date(2026, 3, 19), MONDAY)


def test_a_completion_is_taken_until_midnight_in_prague_of_its_last_day() -> None:
    last = datetime(2026, 3, 11, 22, 59, 59, tzinfo=UTC)
    assert domain.resubmit(returned(), received_at=last, message_id="", by="unit").status is Status.SUBMITTED
    with pytest.raises(CompletionIsLate) as refused:
        domain.resubmit(returned(), received_at=last + timedelta(seconds=1), message_id="", by="unit")
    assert refused.value.facts["allowed_moves"] == ["resubmit", "reject-formally", "withdraw"]


@pytest.mark.parametrize(
    "check",
    [
        lambda: domain.pass_formal_check(submitted(), ALL_MET, by="unit"),
        lambda: domain.return_for_completion(
            submitted(), ITEMS, by="unit", on=date(2026, 3, 4), completion_days=5
        ),
        lambda: domain.reject_formally(submitted(), (), a_verdict(by="unit")),
    ],
)
def test_whoever_submitted_takes_no_part_in_the_check(check: Callable[[], Application]) -> None:
    with pytest.raises(CheckedByWhoSubmitted):
        check()


@pytest.mark.parametrize("check", list(Check))
def test_each_item_of_the_checklist_can_stop_the_check(check: Check) -> None:
    items = tuple(replace(each, is_met=each.check is not check) for each in ALL_MET)
    with pytest.raises(ChecklistFails) as refused:
        domain.pass_formal_check(submitted(), items, by="official")
    assert refused.value.facts["failed"] == check.value
    assert CHECKS[check][0] in refused.value.title("cs")
    assert CHECKS[check][1] in refused.value.title("en")


@pytest.mark.parametrize("hand", ["unit", "official", "member"])
def test_whoever_had_a_hand_in_it_does_not_decide(hand: str) -> None:
    checked = domain.pass_formal_check(submitted(), ALL_MET, by="official")
    recommended = checked.moved(Move.OPEN_EVALUATION).moved(Move.RECOMMEND)
    with pytest.raises(DecidedByWhoCheckedOrScored):
        domain.decide(recommended, Move.APPROVE, a_verdict(by=hand), scored_by=frozenset({"member"}))
    decided = domain.decide(recommended, Move.APPROVE, a_verdict(), scored_by=frozenset({"member"}))
    assert decided.status is Status.APPROVED


def test_only_a_draft_and_a_returned_application_can_be_edited() -> None:
    other = some_writing(areas=())
    assert domain.edit(an_application(), other).areas == ()
    assert domain.edit(returned(), other).version == returned().version + 1
    with pytest.raises(ApplicationCannotBeEdited) as refused:
        domain.edit(submitted(), other)
    assert refused.value.facts["rule"] == "edit-only-from-draft-or-returned"


def test_a_whole_application_lacks_nothing_and_an_empty_one_everything() -> None:
    assert lacks_of(an_application(), a_call(), on=date(2026, 3, 2)) == []
    empty = an_application(form={}, areas=(), contact=None, attachments=(), resolution=None)
    codes = [each.code for each in lacks_of(empty, a_call(), on=date(2026, 3, 2))]
    assert codes == [
        *("required", "required", "areas-missing", "contact-missing"),
        *("attachment-missing", "resolution-missing"),
    ]
