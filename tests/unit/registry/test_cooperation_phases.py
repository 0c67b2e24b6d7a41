"""Phases of a cooperation in valid time: whatever is decided, each day has exactly one."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.cooperation.circumstances import Circumstances
from registry.cooperation.decisions import activate, begin_due, begin_exit, cancel, end, turn
from registry.cooperation.domain import PROCEDURE, Cooperation, EndKind, Move
from registry.cooperation.phases import Phase, Status, ending, turned
from shared.errors import Refusal
from tests.support.registry import NOON, a_place, a_preparation

FIRST = date(2020, 1, 1)
ONE_DAY = timedelta(days=1)
DAYS = st.integers(min_value=0, max_value=400).map(lambda days: FIRST + timedelta(days=days))
LASTING = st.sampled_from([Status.ACTIVE, Status.SUSPENDED, Status.EXIT, Status.EX_POST])


def expect_whole(phases: tuple[Phase, ...]) -> None:
    """Each phase begins on the day after the one before it, and the last one is open."""
    for before, after in pairwise(phases):
        assert before.until_on is not None
        assert before.from_on <= before.until_on == after.from_on - ONE_DAY
        assert before.status is not after.status
    assert phases[-1].until_on is None


@given(st.lists(st.tuples(LASTING, DAYS, st.none() | DAYS), min_size=1, max_size=8))
def test_turns_on_whatever_days_leave_no_day_without_a_phase_nor_with_two(
    turns: list[tuple[Status, date, date | None]],
) -> None:
    phases: tuple[Phase, ...] = ()
    for status, on, ends_on in turns:
        phases = turned(phases, status, on, ends_on=None if ends_on is None else max(on, ends_on))
        expect_whole(phases)
        assert any(each.from_on <= on and (each.until_on is None or on <= each.until_on) for each in phases)


@given(st.lists(st.tuples(st.sampled_from(Move), DAYS, DAYS), max_size=12))
def test_no_sequence_of_decisions_leads_outside_the_procedure(moves: list[tuple[Move, date, date]]) -> None:
    cooperation, reached = a_preparation(on=FIRST), [Status.PREPARATION]
    for move, on, other in moves:
        before = cooperation
        allowed = PROCEDURE.allowed(before.status)
        try:
            cooperation = _decided(before, move, on, other)
        except Refusal:
            assert cooperation is before
            continue
        assert move in allowed
        assert cooperation.version == before.version + 1
        expect_whole(cooperation.phases)
        reached.append(cooperation.status)
    steps = {(source, target) for sources, target in PROCEDURE.moves.values() for source in sources}
    stays = {(status, status) for status in Status}  # an end or a first day that is still to come
    assert set(pairwise(reached)) <= steps | stays


def _decided(cooperation: Cooperation, move: Move, on: date, other: date) -> Cooperation:
    circumstances = Circumstances(unit=a_place(), others=[cooperation], today=on, at=NOON)
    match move:
        case Move.ACTIVATE:
            return activate(cooperation, starts_on=other, ends_on=None, given=circumstances)[0]
        case Move.CANCEL:
            return cancel(cooperation, on)
        case Move.END:
            return end(cooperation, other, circumstances, kind=EndKind.BY_UNIT)[0]
        case Move.BEGIN_EXIT:
            return begin_exit(cooperation, on, strategy=None, note="bez strategie")
        case _:
            return turn(cooperation, move, on)


def test_the_last_possible_day_has_no_day_after_it() -> None:
    phases = ending(turned((), Status.ACTIVE, FIRST, ends_on=None), date.max)
    assert phases == (Phase(status=Status.ACTIVE, from_on=FIRST, until_on=None),)


def test_a_preparation_without_days_waits() -> None:
    circumstances = Circumstances(unit=a_place(), others=[], today=date.max, at=NOON)
    assert begin_due(a_preparation(), circumstances) is None
