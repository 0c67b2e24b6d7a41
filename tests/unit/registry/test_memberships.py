"""Memberships: who may belong to whom, and how statements of files lie on one line in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.memberships.domain import (
    MOST_IN_A_LINE,
    BelongsToAnotherPou,
    FileContradictsItself,
    GroupOfWrongKind,
    MembersDoNotExistThen,
    Membership,
    MembershipEndsBeforeItBegins,
    MembershipOverlaps,
    NoMemberThen,
    TooManyMemberships,
    add,
    end,
    expect_consistent,
    settle,
)
from shared.contracts.registry import UnitKind
from shared.errors import Refusal
from tests.support.registry import a_place

A, B, C = (UUID(int=number) for number in (1, 2, 3))
MEMBER = UUID(int=9)
START = date(2000, 1, 1)


def a_membership(
    group: UUID = A,
    first: date = START,
    last: date | None = None,
    kind: UnitKind = UnitKind.POU,
    source: str = "file",
) -> Membership:
    return Membership(
        unit_id=MEMBER, group_id=group, group_kind=kind, valid_from=first, valid_until=last, source=source
    )


def days(line: list[Membership]) -> list[tuple[UUID, date, date | None]]:
    return [(each.group_id, each.valid_from, each.valid_until) for each in line]


OBEC = a_place(UnitKind.MUNICIPALITY, "567337")
POU = a_place(UnitKind.POU, "42091")


@pytest.mark.parametrize(
    ("told", "unit", "group", "refusal"),
    [
        (a_membership(), a_place(UnitKind.DISTRICT), POU, GroupOfWrongKind),
        (a_membership(), OBEC, a_place(UnitKind.REGION, "CZ042"), GroupOfWrongKind),
        (a_membership(), OBEC, OBEC, GroupOfWrongKind),
        (a_membership(last=date(1999, 12, 31)), OBEC, POU, MembershipEndsBeforeItBegins),
        (a_membership(first=date(1999, 12, 31)), OBEC, POU, MembersDoNotExistThen),
        (a_membership(), OBEC, replace(POU, last_day=date(2020, 1, 1)), MembersDoNotExistThen),
        (a_membership(), replace(OBEC, last_day=date(2020, 1, 1)), POU, MembersDoNotExistThen),
    ],
)
def test_a_membership_needs_two_that_fit_and_exist(
    told: Membership, unit: object, group: object, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        add(told, unit, group, [])  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [UnitKind.MUNICIPALITY, UnitKind.CITY_PART])
def test_a_local_action_group_gathers_municipalities_and_parts_of_cities(kind: UnitKind) -> None:
    told = a_membership(kind=UnitKind.LOCAL_ACTION_GROUP)
    assert add(told, a_place(kind), a_place(UnitKind.LOCAL_ACTION_GROUP, "14117223"), []) == told


def test_a_municipality_belongs_to_one_pou_at_a_time_and_to_many_associations() -> None:
    known = [a_membership(A), a_membership(C, kind=UnitKind.MUNICIPALITY_ASSOCIATION)]
    with pytest.raises(BelongsToAnotherPou):
        add(a_membership(B, first=date(2010, 1, 1)), OBEC, POU, known)
    association = a_place(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")
    another = a_membership(B, kind=UnitKind.MUNICIPALITY_ASSOCIATION)
    assert add(another, OBEC, association, known) == another
    with pytest.raises(MembershipOverlaps):
        add(a_membership(C, kind=UnitKind.MUNICIPALITY_ASSOCIATION), OBEC, association, known)


def test_a_membership_ends_on_a_day_on_which_it_holds() -> None:
    known = [a_membership(last=date(2010, 12, 31)), a_membership(B)]
    assert end(known, A, date(2005, 6, 30)).valid_until == date(2005, 6, 30)
    with pytest.raises(NoMemberThen):
        end(known, A, date(2011, 1, 1))


def test_another_pou_ends_the_membership_in_the_old_one_the_day_before() -> None:
    line = settle([a_membership(A)], a_membership(B, first=date(2023, 1, 1)))
    assert days(line) == [(A, START, date(2022, 12, 31)), (B, date(2023, 1, 1), None)]


def test_a_file_of_an_earlier_year_fills_the_time_before_what_is_known() -> None:
    known = [a_membership(A, first=date(2023, 1, 1))]
    same = settle(known, a_membership(A, first=date(2020, 1, 1)))
    other = settle(known, a_membership(B, first=date(2020, 1, 1)))
    assert days(same) == [(A, date(2020, 1, 1), None)]
    assert days(other) == [(B, date(2020, 1, 1), date(2022, 12, 31)), (A, date(2023, 1, 1), None)]


def test_an_open_end_does_not_undo_an_end_that_is_known() -> None:
    known = [a_membership(A, last=date(2010, 12, 31))]
    assert settle(known, a_membership(A, first=date(2005, 1, 1))) == known


def test_a_last_day_that_a_file_tells_ends_an_open_membership() -> None:
    line = settle([a_membership(A)], a_membership(A, first=date(2005, 1, 1), last=date(2010, 12, 31)))
    assert days(line) == [(A, START, date(2010, 12, 31))]


def test_an_open_membership_lasts_no_longer_than_the_group() -> None:
    line = settle([], a_membership(A), at_most_until=date(2015, 12, 31))
    assert days(line) == [(A, START, date(2015, 12, 31))]


def test_the_same_day_told_otherwise_is_corrected() -> None:
    assert days(settle([a_membership(A)], a_membership(B))) == [(B, START, None)]


def test_a_file_does_not_tell_hundreds_of_memberships_of_one_member_in_one_group() -> None:
    day = timedelta(days=1)
    before = [a_membership(A, first=START + n * day, last=START + n * day) for n in range(MOST_IN_A_LINE)]
    with pytest.raises(TooManyMemberships):
        expect_consistent(a_membership(A, first=START + 9_999 * day), before)


DAYS = st.integers(0, 40).map(lambda number: START + timedelta(days=number))


@st.composite
def told(draw: Callable[..., date]) -> Membership:
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 20).map(lambda more: first + timedelta(days=more)))
    return a_membership(draw(st.sampled_from([A, B, C])), first=first, last=last)  # type: ignore[arg-type]


def by_hand(line: list[Membership], told_by: str, statement: Membership) -> list[Membership]:
    """Begin or end a membership as a person does: refused, or done."""
    try:
        if told_by == "add":
            return [*line, add(statement, OBEC, POU, line)]
        ended = end(line, statement.group_id, statement.valid_from)
    except (BelongsToAnotherPou, MembershipOverlaps, NoMemberThen):
        return line
    kept = [each for each in line if (each.group_id, each.valid_from) != (ended.group_id, ended.valid_from)]
    return [*kept, ended]


@given(st.lists(st.tuples(st.sampled_from(["file", "add", "end"]), told()), max_size=12))
def test_whatever_files_and_people_tell_memberships_never_overlap(
    statements: list[tuple[str, Membership]],
) -> None:
    line: list[Membership] = []
    for told_by, statement in statements:
        if told_by == "file":
            line = settle(line, statement, at_most_until=START + timedelta(days=70))
            held = next(each for each in line if each.holds_on(statement.valid_from))
            assert held.group_id == statement.group_id
        else:
            line = by_hand(line, told_by, statement)
        in_order = sorted(line, key=lambda each: each.valid_from)
        assert all(not one.overlaps(other) for one, other in pairwise(in_order))
        assert all(each.valid_from <= each.last_day for each in line)


@given(st.lists(told(), max_size=8))
def test_a_statement_told_twice_changes_nothing_the_second_time(statements: list[Membership]) -> None:
    line: list[Membership] = []
    for statement in statements:
        line = settle(line, statement)
        again = settle(line, statement)
        assert sorted(days(again)) == sorted(days(line))


def after_a_file(line: list[Membership], statements: list[Membership]) -> list[Membership]:
    """Take over what is consistent, in the order of the first days."""
    accepted: list[Membership] = []
    for statement in sorted(statements, key=lambda each: each.valid_from):
        try:
            expect_consistent(statement, accepted)
        except FileContradictsItself:
            continue
        accepted.append(statement)
        line = settle(line, statement)
    return line


@given(st.lists(told(), max_size=6), st.lists(told(), max_size=8))
def test_a_whole_file_again_changes_nothing_whatever_was_known(
    earlier: list[Membership], statements: list[Membership]
) -> None:
    once = after_a_file(after_a_file([], earlier), statements)
    assert sorted(days(after_a_file(once, statements))) == sorted(days(once))


def test_two_groups_at_one_time_in_one_file_contradict_each_other() -> None:
    before = [a_membership(A, last=date(2010, 12, 31))]
    expect_consistent(a_membership(A, last=date(2010, 12, 31)), before)
    expect_consistent(a_membership(B, first=date(2011, 1, 1)), before)
    expect_consistent(a_membership(B, first=date(2001, 1, 1)), [a_membership(A)])
    with pytest.raises(FileContradictsItself):
        expect_consistent(a_membership(B, first=date(2010, 12, 31)), before)
    with pytest.raises(FileContradictsItself):
        expect_consistent(a_membership(B), [a_membership(A)])
