"""The rules of cooperation: when, beside which others, through which moves, until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.cooperation.circumstances import Circumstances
from registry.cooperation.decisions import (
    activate,
    agree_on_end,
    begin_due,
    begin_exit,
    cancel,
    conclude,
    end,
    prepare,
    start,
    turn,
)
from registry.cooperation.domain import PROCEDURE, Cooperation, EndKind, Move
from registry.cooperation.phases import Phase, Status
from registry.cooperation.refusals import (
    BeforeThePhase,
    CooperationDoesNotAllow,
    CooperationInPreparation,
    CooperationOverlaps,
    EndsBeforeItStarts,
    ExitWithoutStrategy,
    LongerThanTheRegime,
    RegimesExclude,
    UnitDoesNotExistThen,
)
from registry.units.places import Place
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
    UnitKind,
)
from tests.support.registry import NOON, OBRNICE, a_cooperation, a_place, a_preparation

IKP, VIP, VDP = CooperationRegime.IKP, CooperationRegime.VIP, CooperationRegime.VDP
VEX, KPSV21 = CooperationRegime.VEX, CooperationRegime.KPSV21
TODAY = date(2026, 11, 22)
ONE_DAY = timedelta(days=1)


def _place(first_day: date = date(2000, 1, 1), last_day: date | None = None) -> Place:
    return a_place(UnitKind.MUNICIPALITY, "567337", first_day, last_day)


def _given(*others: Cooperation, unit: Place | None = None, today: date = TODAY) -> Circumstances:
    return Circumstances(unit=unit or _place(), others=others, today=today, at=NOON)


def _start(cooperation: Cooperation, *others: Cooperation, unit: Place | None = None) -> CooperationStarted:
    _, event = start(cooperation, TODAY, _given(*others, unit=unit))
    assert isinstance(event, CooperationStarted)
    return event


def _end(
    cooperation: Cooperation, on: date, *others: Cooperation
) -> tuple[Cooperation, CooperationStarted | CooperationChanged | CooperationEnded | None]:
    return end(cooperation, on, _given(cooperation, *others), kind=EndKind.AS_AGREED)


def test_a_started_cooperation_is_told_of() -> None:
    assert _start(a_cooperation(VIP, ends_on=date(2026, 12, 31))) == CooperationStarted(
        cooperation_id=a_cooperation().id,
        version=1,
        unit_id=OBRNICE,
        regime=VIP,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )


def test_a_cooperation_cannot_end_before_it_starts() -> None:
    with pytest.raises(EndsBeforeItStarts):
        _start(a_cooperation(ends_on=date(2025, 12, 31)))


def test_a_cooperation_may_last_one_day() -> None:
    assert _start(a_cooperation(ends_on=date(2026, 1, 1))).ends_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("unit_from", "unit_until", "ends_on"),
    [
        (date(2026, 1, 2), None, None),
        (date(2000, 1, 1), date(2025, 12, 31), None),
        (date(2000, 1, 1), date(2030, 12, 31), None),
        (date(2000, 1, 1), date(2030, 12, 31), date(2031, 1, 1)),
    ],
)
def test_the_unit_exists_on_every_day_of_its_cooperation(
    unit_from: date, unit_until: date | None, ends_on: date | None
) -> None:
    with pytest.raises(UnitDoesNotExistThen):
        _start(a_cooperation(ends_on=ends_on), unit=_place(unit_from, unit_until))


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2025, 1, 1), None),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), None),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_a_unit_cooperates_once_at_a_time_under_one_regime(starts_on: date, ends_on: date | None) -> None:
    known = a_cooperation(VIP, ends_on=date(2026, 12, 31), number=1)
    with pytest.raises(CooperationOverlaps):
        _start(a_cooperation(VIP, starts_on, ends_on, number=2), known)


def test_cooperation_may_follow_on_the_next_day() -> None:
    known = a_cooperation(VIP, date(2025, 1, 1), ends_on=date(2025, 12, 31), number=1)
    assert _start(a_cooperation(VIP, date(2026, 1, 1), number=2), known)


@pytest.mark.parametrize("regime", [IKP, VIP, VEX])
def test_partial_support_does_not_run_beside_the_coordinated_approach(regime: CooperationRegime) -> None:
    for new, known in ((VDP, regime), (regime, VDP)):
        with pytest.raises(RegimesExclude):
            _start(a_cooperation(new, ends_on=TODAY, number=2), a_cooperation(known, number=1))


@pytest.mark.parametrize(
    ("new", "known"), [(VDP, KPSV21), (KPSV21, VDP), (VEX, IKP), (VIP, IKP), (KPSV21, IKP)]
)
def test_other_regimes_may_run_beside_each_other(new: CooperationRegime, known: CooperationRegime) -> None:
    beside = a_cooperation(new, ends_on=TODAY, number=2)
    assert _start(beside, a_cooperation(known, number=1)).regime is new


def test_partial_support_may_come_before_the_coordinated_approach() -> None:
    before = a_cooperation(VDP, date(2025, 1, 1), date(2025, 12, 31), number=1)
    assert _start(a_cooperation(IKP, number=2), before)


def test_partial_support_lasts_a_year_at_most() -> None:
    assert _start(a_cooperation(VDP, ends_on=date(2026, 12, 31)))
    with pytest.raises(LongerThanTheRegime) as refused:
        _start(a_cooperation(VDP, ends_on=date(2027, 1, 1)))
    assert refused.value.facts["latest_ends_on"] == date(2026, 12, 31)
    with pytest.raises(LongerThanTheRegime):
        _end(a_cooperation(VDP, ends_on=date(2026, 12, 31)), date(2027, 1, 1))


def test_a_cooperation_that_is_to_start_is_in_preparation_until_its_first_day() -> None:
    first = date(2027, 1, 1)
    agreed, event = start(replace(a_cooperation(starts_on=first), started_at=None), TODAY, _given())
    assert (agreed.status, agreed.started_at, event) == (Status.PREPARATION, None, None)
    assert begin_due(agreed, _given(today=first - ONE_DAY)) is None
    begun = begin_due(agreed, _given(today=first))
    assert begun is not None
    cooperation, told = begun
    assert (cooperation.status, cooperation.version) == (Status.ACTIVE, 2)
    assert isinstance(told, CooperationStarted)
    assert [(each.status, each.from_on) for each in cooperation.phases] == [
        (Status.PREPARATION, TODAY),
        (Status.ACTIVE, first),
    ]


def test_what_is_prepared_becomes_active_on_the_agreed_day() -> None:
    active, told = activate(
        a_preparation(), starts_on=date(2026, 3, 1), ends_on=date(2029, 2, 28), given=_given()
    )
    assert active.status is Status.ACTIVE
    assert isinstance(told, CooperationStarted)
    assert active.phases == (
        Phase(status=Status.PREPARATION, from_on=date(2026, 1, 1), until_on=date(2026, 2, 28)),
        Phase(status=Status.ACTIVE, from_on=date(2026, 3, 1), until_on=date(2029, 2, 28)),
        Phase(status=Status.ENDED, from_on=date(2029, 3, 1), until_on=None),
    )


def test_two_descriptions_agreed_before_the_first_day_span_the_cooperation() -> None:
    first, later = date(2027, 1, 1), date(2027, 6, 1)
    known, _ = activate(a_preparation(), starts_on=later, ends_on=date(2028, 12, 31), given=_given())
    both, told = activate(known, starts_on=first, ends_on=date(2028, 6, 30), given=_given())
    assert (both.status, both.starts_on, both.ends_on) == (Status.PREPARATION, first, date(2028, 12, 31))
    assert (told, [each.from_on for each in both.phases]) == (
        None,
        [date(2026, 1, 1), first, date(2029, 1, 1)],
    )


def test_a_first_day_before_the_preparation_leaves_no_preparation() -> None:
    active, _ = activate(a_preparation(), starts_on=date(2025, 9, 1), ends_on=None, given=_given())
    assert active.phases == (Phase(status=Status.ACTIVE, from_on=date(2025, 9, 1), until_on=None),)


def test_one_cooperation_of_a_unit_under_a_regime_is_prepared_at_a_time() -> None:
    with pytest.raises(CooperationInPreparation) as refused:
        prepare(a_preparation(number=2), TODAY, _given(a_preparation()))
    assert refused.value.facts["allowed_moves"] == ["activate", "cancel"]
    assert prepare(a_preparation(IKP, number=2), TODAY, _given(a_preparation())).phases


def test_a_cancelled_preparation_has_no_days_of_cooperation() -> None:
    agreed, _ = start(a_cooperation(starts_on=date(2027, 1, 1)), TODAY, _given())
    cancelled = cancel(agreed, TODAY + ONE_DAY)
    assert (cancelled.status, cancelled.starts_on, cancelled.ends_on) == (Status.CANCELLED, None, None)
    assert [each.status for each in cancelled.phases] == [Status.PREPARATION, Status.CANCELLED]
    assert PROCEDURE.allowed(cancelled.status) == []


def test_work_may_stand_still_and_go_on() -> None:
    suspended = turn(a_cooperation(ends_on=date(2026, 12, 31)), Move.SUSPEND, date(2026, 3, 1))
    resumed = turn(suspended, Move.RESUME, date(2026, 5, 1))
    assert [(each.status, each.from_on) for each in resumed.phases] == [
        (Status.ACTIVE, date(2026, 1, 1)),
        (Status.SUSPENDED, date(2026, 3, 1)),
        (Status.ACTIVE, date(2026, 5, 1)),
        (Status.ENDED, date(2027, 1, 1)),
    ]
    with pytest.raises(BeforeThePhase):
        turn(suspended, Move.RESUME, date(2026, 2, 28))


def test_an_exit_needs_a_strategy_or_says_why_there_is_none() -> None:
    with pytest.raises(ExitWithoutStrategy):
        begin_exit(a_cooperation(), TODAY, strategy=None, note="")
    exiting = begin_exit(a_cooperation(), TODAY, strategy=None, note="Obec pokračuje sama.")
    assert (exiting.status, exiting.exit_note) == (Status.EXIT, "Obec pokračuje sama.")


def test_ex_post_support_comes_after_the_exit_alone() -> None:
    with pytest.raises(CooperationDoesNotAllow) as refused:
        turn(a_cooperation(), Move.BEGIN_EX_POST, TODAY)
    assert refused.value.facts == {
        "move": "begin-ex-post",
        "rule": "begin-ex-post-only-from-exit",
        "state": "active",
        "allowed_moves": ["suspend", "begin-exit", "end"],
    }
    assert refused.value.title("cs") == (
        "Ve stavu „aktivní“ nelze: zahájit ex-post podporu. Možné je: pozastavit, zahájit exit, ukončit."
    )


def test_after_its_last_day_nothing_is_possible_even_before_the_end_is_told() -> None:
    with pytest.raises(CooperationDoesNotAllow):
        turn(a_cooperation(ends_on=date(2026, 6, 30)), Move.SUSPEND, date(2026, 7, 1))


def test_an_end_that_has_come_is_told_at_once() -> None:
    ended, event = _end(a_cooperation(), TODAY)
    assert (ended.ends_on, ended.ended_at, ended.version) == (TODAY, NOON, 2)
    assert ended.status is Status.ENDED
    assert event == CooperationEnded(cooperation_id=ended.id, version=2, unit_id=OBRNICE, ended_on=TODAY)


def test_an_end_to_come_is_told_as_a_change_of_what_was_agreed() -> None:
    agreed, event = _end(a_cooperation(VIP), date(2026, 11, 23))
    assert event == CooperationChanged(
        cooperation_id=agreed.id,
        version=2,
        unit_id=OBRNICE,
        regime=VIP,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 11, 23),
    )
    assert (agreed.ends_on, agreed.ended_at, agreed.version) == (date(2026, 11, 23), None, 2)


def test_an_agreed_end_may_be_put_off() -> None:
    agreed, _ = _end(a_cooperation(ends_on=date(2026, 12, 31)), date(2027, 12, 31))
    assert agreed.ends_on == date(2027, 12, 31)
    assert [(each.status, each.from_on) for each in agreed.phases] == [
        (Status.ACTIVE, date(2026, 1, 1)),
        (Status.ENDED, date(2028, 1, 1)),
    ]


def test_the_end_that_is_agreed_already_changes_nothing() -> None:
    known = a_cooperation(ends_on=date(2026, 12, 31))
    assert agree_on_end(known, date(2026, 12, 31), _given(known)) == (known, None)


def test_an_end_put_off_must_not_reach_into_another_cooperation() -> None:
    first = a_cooperation(VIP, ends_on=date(2026, 12, 31), number=1)
    second = a_cooperation(VIP, date(2027, 1, 1), number=2)
    with pytest.raises(CooperationOverlaps):
        _end(first, date(2027, 1, 1), second)


def test_an_end_before_the_start_or_before_the_present_phase_is_refused() -> None:
    with pytest.raises(EndsBeforeItStarts):
        _end(a_cooperation(), date(2025, 12, 31))
    with pytest.raises(BeforeThePhase):
        _end(turn(a_cooperation(), Move.SUSPEND, date(2026, 5, 1)), date(2026, 4, 30))


def test_a_cooperation_ends_only_once() -> None:
    over = a_cooperation(ends_on=date(2026, 6, 30), status=Status.ENDED, ended_at=NOON)
    with pytest.raises(CooperationDoesNotAllow):
        _end(over, TODAY)


def test_a_cooperation_is_concluded_on_the_day_after_its_last() -> None:
    last_day = a_cooperation(ends_on=date(2026, 11, 21), version=3)
    concluded = conclude(last_day, _given())
    assert concluded is not None
    ended, event = concluded
    assert (ended.ended_at, ended.version, ended.status) == (NOON, 4, Status.ENDED)
    assert (event.ended_on, event.version) == (date(2026, 11, 21), 4)


@pytest.mark.parametrize(
    "running",
    [
        a_cooperation(),
        a_cooperation(ends_on=TODAY),
        a_cooperation(ends_on=date(2026, 6, 30), status=Status.ENDED, ended_at=NOON),
        a_preparation(),
    ],
)
def test_what_runs_or_has_ended_is_not_concluded(running: Cooperation) -> None:
    assert conclude(running, _given()) is None
