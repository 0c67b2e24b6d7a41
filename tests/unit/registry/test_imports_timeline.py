"""What statements of a register make of the states of a unit, day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.units.domain import Details
from registry.units.timeline import DAY, State, Statement, overlay

FIRST = date(2000, 1, 1)
SPAN = 60
NAMES = ["Lhota", "Nová Lhota", "Stará Lhota"]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def a_state(first: int, last: int | None, name: str = "Lhota", ico: str | None = None) -> State:
    return State(
        valid_from=day(first),
        valid_until=None if last is None else day(last),
        details=Details(name=name, code="567337", ico=ico),
    )


def a_statement(first: int, last: int | None, name: str = "Lhota") -> Statement:
    values = {"name": name, "code": "567337"}
    return Statement(valid_from=day(first), valid_until=None if last is None else day(last), values=values)


def name_on(states: tuple[State, ...], when: date) -> str | None:
    return next((state.details.name for state in states if state.holds_on(when)), None)


@st.composite
def spans(draw: st.DrawFn, *, most: int = 4) -> list[tuple[int, int | None]]:
    """Draw spans in order, none overlapping another; the last may be open."""
    edges = sorted(draw(st.sets(st.integers(0, SPAN), max_size=2 * most)))
    pairs = [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=False)]
    is_open = bool(pairs) and draw(st.booleans())
    return [*pairs[:-1], (pairs[-1][0], None)] if is_open else list(pairs)


@st.composite
def histories(draw: st.DrawFn) -> tuple[State, ...]:
    return tuple(
        a_state(first, last, draw(st.sampled_from(NAMES)), ico="00266094") for first, last in draw(spans())
    )


@st.composite
def told(draw: st.DrawFn) -> list[Statement]:
    return [a_statement(first, last, draw(st.sampled_from(NAMES))) for first, last in draw(spans())]


@given(known=histories(), statements=told())
def test_states_never_overlap_and_stand_in_order(
    known: tuple[State, ...], statements: list[Statement]
) -> None:
    states = overlay(known, statements)
    assert all(state.valid_from <= state.last_day for state in states)
    assert all(one.last_day < other.valid_from for one, other in pairwise(states))


@given(known=histories(), statements=told())
def test_the_same_statements_again_change_nothing(
    known: tuple[State, ...], statements: list[Statement]
) -> None:
    once = overlay(known, statements)
    assert overlay(once, statements) == once


@given(known=histories(), statements=told())
def test_on_each_day_of_a_statement_with_an_end_its_values_hold(
    known: tuple[State, ...], statements: list[Statement]
) -> None:
    states = overlay(known, statements)
    for statement in statements:
        last = statement.valid_until or statement.valid_from
        for number in range((last - statement.valid_from).days + 1):
            when = statement.valid_from + number * DAY
            assert name_on(states, when) == statement.values["name"]


@given(known=histories(), statements=told())
def test_days_before_the_first_statement_stay_as_they_were_known(
    known: tuple[State, ...], statements: list[Statement]
) -> None:
    states = overlay(known, statements)
    until = statements[0].valid_from if statements else day(SPAN)
    for number in range((until - FIRST).days):
        assert name_on(states, day(number)) == name_on(known, day(number))


@given(known=histories(), statements=told())
def test_what_a_register_does_not_speak_of_stays(
    known: tuple[State, ...], statements: list[Statement]
) -> None:
    states = overlay(known, statements)
    assert all(state.details.ico == "00266094" for state in states if known)


@pytest.mark.parametrize(
    ("known", "statements", "expected"),
    [
        pytest.param([], [(0, None, "A")], [(0, None, "A")], id="a new unit"),
        pytest.param([], [(0, 9, "A"), (10, None, "B")], [(0, 9, "A"), (10, None, "B")], id="renamed"),
        pytest.param([(0, None, "A")], [(5, None, "B")], [(0, 4, "A"), (5, None, "B")], id="a new state"),
        pytest.param([(0, None, "A")], [(0, None, "B")], [(0, None, "B")], id="corrected"),
        pytest.param(
            [(0, 4, "A"), (5, None, "B")], [(0, None, "C")], [(0, 4, "C"), (5, None, "B")], id="known later"
        ),
        pytest.param([(0, None, "A")], [(0, 9, "A")], [(0, 9, "A")], id="closed"),
        pytest.param([(0, 9, "A")], [(0, None, "A")], [(0, 9, "A")], id="known to be closed"),
        pytest.param([(0, 9, "A")], [(20, None, "A")], [(0, 9, "A"), (20, None, "A")], id="back again"),
        pytest.param(
            [(0, None, "A")], [(0, 9, "A"), (20, None, "A")], [(0, 9, "A"), (20, None, "A")], id="gap"
        ),
        pytest.param([(5, None, "A")], [(0, None, "A")], [(0, None, "A")], id="known since later"),
        pytest.param([(5, None, "B")], [(0, None, "A")], [(0, 4, "A"), (5, None, "B")], id="older name"),
        pytest.param([(0, 4, "A"), (5, None, "B")], [(0, 4, "B")], [(0, 4, "B")], id="ended earlier"),
    ],
)
def test_statements_beside_what_is_known(
    known: list[tuple[int, int | None, str]],
    statements: list[tuple[int, int | None, str]],
    expected: list[tuple[int, int | None, str]],
) -> None:
    states = overlay([a_state(*each) for each in known], [a_statement(*each) for each in statements])
    assert states == tuple(a_state(*each) for each in expected)
