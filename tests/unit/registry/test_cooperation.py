"""The rules of cooperation: when, beside which others, until when."""

from datetime import date

import pytest

from registry.cooperation.domain import (
    Cooperation,
    CooperationAlreadyEnded,
    CooperationOverlaps,
    EndsBeforeItStarts,
    RegimesExclude,
    UnitDoesNotExistThen,
    conclude,
    end,
    start,
)
from registry.units.places import Place
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
    UnitKind,
)
from tests.support.registry import NOON, OBRNICE, a_cooperation, a_place

IKP, VIP, VDP = CooperationRegime.IKP, CooperationRegime.VIP, CooperationRegime.VDP
VEX, KPSV21 = CooperationRegime.VEX, CooperationRegime.KPSV21
TODAY = date(2026, 11, 22)


def _place(first_day: date = date(2000, 1, 1), last_day: date | None = None) -> Place:
    return a_place(UnitKind.MUNICIPALITY, "567337", first_day, last_day)


def _start(cooperation: Cooperation, *others: Cooperation, unit: Place | None = None) -> CooperationStarted:
    _, event = start(cooperation, unit or _place(), others)
    return event


def _end(
    cooperation: Cooperation, on: date, *others: Cooperation, unit: Place | None = None
) -> tuple[Cooperation, CooperationChanged | CooperationEnded]:
    of_unit = (cooperation, *others)
    return end(cooperation, on, unit=unit or _place(), others=of_unit, today=TODAY, now=NOON)


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
    known = a_cooperation(VIP, ends_on=date(2026, 12, 31), number=1)
    assert _start(a_cooperation(VIP, date(2027, 1, 1), number=2), known)


@pytest.mark.parametrize("regime", [IKP, VIP, VEX])
def test_partial_support_does_not_run_beside_the_coordinated_approach(regime: CooperationRegime) -> None:
    for new, known in ((VDP, regime), (regime, VDP)):
        with pytest.raises(RegimesExclude):
            _start(a_cooperation(new, number=2), a_cooperation(known, number=1))


@pytest.mark.parametrize(
    ("new", "known"), [(VDP, KPSV21), (KPSV21, VDP), (VEX, IKP), (VIP, IKP), (KPSV21, IKP)]
)
def test_other_regimes_may_run_beside_each_other(new: CooperationRegime, known: CooperationRegime) -> None:
    assert _start(a_cooperation(new, number=2), a_cooperation(known, number=1)).regime is new


def test_partial_support_may_come_before_the_coordinated_approach() -> None:
    before = a_cooperation(VDP, date(2025, 1, 1), date(2025, 12, 31), number=1)
    assert _start(a_cooperation(IKP, number=2), before)


def test_an_end_that_has_come_is_told_at_once() -> None:
    ended, event = _end(a_cooperation(), TODAY)
    assert (ended.ends_on, ended.ended_at, ended.version) == (TODAY, NOON, 2)
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


def test_an_end_put_off_must_not_reach_into_another_cooperation() -> None:
    first = a_cooperation(VIP, ends_on=date(2026, 12, 31), number=1)
    second = a_cooperation(VIP, date(2027, 1, 1), number=2)
    with pytest.raises(CooperationOverlaps):
        _end(first, date(2027, 1, 1), second)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(EndsBeforeItStarts):
        _end(a_cooperation(), date(2025, 12, 31))


def test_a_cooperation_ends_only_once() -> None:
    with pytest.raises(CooperationAlreadyEnded):
        _end(a_cooperation(ends_on=date(2026, 6, 30), ended_at=NOON), TODAY)


def test_a_cooperation_is_concluded_on_the_day_after_its_last() -> None:
    last_day = a_cooperation(ends_on=date(2026, 11, 21), version=3)
    concluded = conclude(last_day, today=TODAY, now=NOON)
    assert concluded is not None
    ended, event = concluded
    assert (ended.ended_at, ended.version) == (NOON, 4)
    assert (event.ended_on, event.version) == (date(2026, 11, 21), 4)


@pytest.mark.parametrize(
    "running",
    [
        a_cooperation(),
        a_cooperation(ends_on=TODAY),
        a_cooperation(ends_on=date(2026, 6, 30), ended_at=NOON),
    ],
)
def test_what_runs_or_has_ended_is_not_concluded(running: Cooperation) -> None:
    assert conclude(running, today=TODAY, now=NOON) is None
