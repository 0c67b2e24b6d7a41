"""Dispositions: what they need, what counts as open, who may approve, what a change is."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.comments.refusals import CommentWithdrawn
from planning.plans.comparison import compare
from planning.plans.edition import Edition
from planning.plans.tree import Problem
from planning.settlement.changes import change_made, standing_changes
from planning.settlement.domain import (
    Approval,
    ChangeMade,
    Disposition,
    How,
    InHand,
    Result,
    Settled,
    approve,
    counts_of,
    expect_in_hand,
    first_of,
    open_numbers,
    reopen,
    settle,
)
from planning.settlement.refusals import (
    AcceptedWithoutChange,
    ChangesTakenBack,
    JustificationMissing,
    NothingToReopen,
    SettledBeforeItCame,
    SettledInTheFuture,
    SettledWithItsMain,
    SettlementApprovedTooSoon,
    SettlerCannotApprove,
    TimelyCommentsOpen,
)

CAME, TODAY = date(2026, 3, 1), date(2026, 3, 20)
PROBLEM = uuid4()
CHANGE = ChangeMade(node_id=PROBLEM, kind=None, number="1", title="Ubytovny", how=How.CHANGED, fields=())


def a_comment(number: int = 1, **changes: object) -> InHand:
    comment = InHand(
        comment_id=uuid4(),
        number=number,
        is_timely=True,
        delivered_on=CAME,
        withdrawn_on=None,
        main=None,
        node_id=None,
    )
    return replace(comment, **changes)  # type: ignore[arg-type]


def a_settled(result: Result = Result.NOTED, **changes: object) -> Settled:
    change = CHANGE if result in {Result.ACCEPTED, Result.PARTLY} else None
    settled = Settled(result=result, justification="Proto.", settled_on=TODAY, change=change)
    return replace(settled, **changes)  # type: ignore[arg-type]


def decided(comment: InHand, settled: Settled | None = None, *, by: str = "officer") -> Disposition:
    nothing = Disposition(comment_id=comment.comment_id, consultation_id=UUID(int=1))
    return settle(nothing, settled or a_settled(), by=by, affiliation="Obec", days=(CAME, TODAY))


def by_comment(*dispositions: Disposition) -> dict[UUID, Disposition]:
    return {each.comment_id: each for each in dispositions}


@pytest.mark.parametrize(
    ("settled", "refusal"),
    [
        (a_settled(Result.PARTLY, justification=""), JustificationMissing),
        (a_settled(Result.REJECTED, justification=""), JustificationMissing),
        (a_settled(Result.ACCEPTED, change=None), AcceptedWithoutChange),
        (a_settled(Result.PARTLY, change=None), AcceptedWithoutChange),
        (a_settled(Result.NOTED, change=CHANGE), AcceptedWithoutChange),
        (a_settled(settled_on=date(2026, 3, 21)), SettledInTheFuture),
        (a_settled(settled_on=date(2026, 2, 28)), SettledBeforeItCame),
    ],
)
def test_a_disposition_without_what_it_needs_is_refused(settled: Settled, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decided(a_comment(), settled)


def test_accepting_and_noting_need_no_justification() -> None:
    for result in (Result.ACCEPTED, Result.NOTED):
        assert decided(a_comment(), a_settled(result, justification="")).version == 1


def test_a_disposition_is_corrected_and_reopened_and_each_state_counts() -> None:
    comment = a_comment()
    first = decided(comment)
    opened = reopen(first, by="x", affiliation="Obec")
    assert (opened.version, opened.settled) == (2, None)
    with pytest.raises(NothingToReopen):
        reopen(opened, by="x", affiliation="Obec")
    assert open_numbers([comment], by_comment(opened)) == [1]


def test_withdrawn_ones_and_duplicates_have_no_disposition_of_their_own() -> None:
    with pytest.raises(CommentWithdrawn):
        expect_in_hand(a_comment(withdrawn_on=TODAY))
    with pytest.raises(SettledWithItsMain) as refused:
        expect_in_hand(a_comment(2, main=(uuid4(), 1)))
    assert refused.value.facts == {"number": 2, "main": 1}


def test_a_duplicate_ends_as_its_main_one_and_a_late_one_may_wait() -> None:
    main = a_comment()
    same = a_comment(2, main=(main.comment_id, 1))
    late = a_comment(3, is_timely=False)
    withdrawn = a_comment(4, withdrawn_on=TODAY)
    comments = [main, same, late, withdrawn]
    assert open_numbers(comments, {}) == [1, 2]
    known = by_comment(decided(main, a_settled(Result.REJECTED)))
    assert open_numbers(comments, known) == []
    counts = counts_of(comments, known)
    assert (counts.rejected, counts.unsettled, counts.withdrawn) == (2, 1, 1)


def approved(comments: list[InHand], known: dict[UUID, Disposition], **changes: object) -> None:
    given = {"standing": frozenset(known), "by": "mayor", "today": TODAY, **changes}
    approve(comments, known, Approval(body="MT", approved_on=TODAY), **given)  # type: ignore[arg-type]


def test_who_settled_cannot_approve_nor_anybody_while_a_timely_one_waits() -> None:
    comments = [a_comment(1), a_comment(2)]
    with pytest.raises(TimelyCommentsOpen) as refused:
        approved(comments, by_comment(decided(comments[0])))
    assert refused.value.facts == {"open": 1, "numbers": "2"}
    known = by_comment(*map(decided, comments))
    with pytest.raises(SettlerCannotApprove):
        approved(comments, known, by="officer")
    with pytest.raises(SettlementApprovedTooSoon):
        approve(
            comments,
            known,
            Approval(body="MT", approved_on=date(2026, 3, 19)),
            standing=frozenset(),
            by="mayor",
            today=TODAY,
        )
    approved(comments, known)
    approved([], {})


def test_an_accepted_comment_whose_change_is_gone_stops_the_approval() -> None:
    comment = a_comment(7)
    known = by_comment(decided(comment, a_settled(Result.ACCEPTED)))
    with pytest.raises(ChangesTakenBack) as refused:
        approved([comment], known, standing=frozenset())
    assert refused.value.facts == {"numbers": "7"}
    approved([comment], known)


def an_edition(*problems: Problem, vision: str = "") -> Edition:
    return Edition(
        title="Plán",
        vision=vision,
        unit_ids=(),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        problems=problems,
    )


def test_a_place_differs_when_it_was_changed_added_left_out_or_moved() -> None:
    first, second = (Problem(id=uuid4(), area="BYD", title=title) for title in ("Ubytovny", "Dluhy"))
    before = an_edition(first, second)

    def how(after: Edition, node_id: UUID | None) -> How | None:
        found = change_made(compare(before, after), node_id)
        return None if found is None else found.how

    assert how(before, first.id) is None
    assert how(an_edition(replace(first, title="Azyl"), second), first.id) is How.CHANGED
    assert how(an_edition(second), first.id) is How.REMOVED
    assert {how(an_edition(second, first), each.id) for each in (first, second)} == {How.MOVED, None}
    third = Problem(id=uuid4(), area="BYD", title="Práce")
    assert how(an_edition(first, second, third), third.id) is How.ADDED
    assert how(an_edition(first, second, vision="Nová"), None) is How.HEAD
    assert how(an_edition(replace(first, title="Azyl"), second), None) is None
    accepted = decided(a_comment(), a_settled(Result.ACCEPTED, change=replace(CHANGE, node_id=first.id)))
    known = by_comment(accepted)
    assert standing_changes(compare(before, an_edition(second)), known) == {accepted.comment_id}
    assert standing_changes(compare(before, before), known) == frozenset()


@given(st.lists(st.sampled_from([*Result, None]), max_size=30))
def test_every_comment_is_counted_once_and_open_is_what_has_no_result(results: list[Result | None]) -> None:
    comments = [a_comment(number) for number in range(1, len(results) + 1)]
    known = by_comment(
        *(
            decided(each, a_settled(result))
            for each, result in zip(comments, results, strict=True)
            if result is not None
        )
    )
    counts = counts_of(comments, known)
    assert counts.accepted + counts.partly + counts.rejected + counts.noted + counts.unsettled == len(results)
    waiting = [number for number, result in enumerate(results, start=1) if result is None]
    assert open_numbers(comments, known) == waiting


def test_many_numbers_are_told_by_the_first_of_them() -> None:
    assert first_of([3, 1, 2]) == "1, 2, 3"
    assert first_of(range(1, 13)) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"
