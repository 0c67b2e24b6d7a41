"""Distance travelled: means of what has both levels, counts of everything."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.shifts.domain import Change, Measured, StartSource, by_area, rounded, whole
from shared.contracts.registry import ThematicArea

levels = st.none() | st.integers(min_value=0, max_value=4)


def measured(
    baseline: int | None,
    now: int | None,
    *,
    area: ThematicArea = ThematicArea.BYD,
    entry: int | None = None,
) -> Measured:
    return Measured(
        criterion_id=UUID(int=1),
        area=area,
        code="BYD-1",
        name="Sociální bydlení",
        edition=1,
        baseline=baseline,
        entry=entry,
        now=now,
    )


@pytest.mark.parametrize(
    ("baseline", "now", "shift", "change"),
    [
        (0, 3, 3, Change.IMPROVED),
        (3, 0, -3, Change.WORSENED),
        (0, 0, 0, Change.UNCHANGED),
        (None, 2, None, Change.NOT_ASSESSED),
        (2, None, None, Change.NOT_ASSESSED),
        (None, None, None, Change.NOT_ASSESSED),
    ],
)
def test_what_was_not_assessed_has_no_shift(
    baseline: int | None, now: int | None, shift: int | None, change: Change
) -> None:
    found = measured(baseline, now)
    assert (found.shift, found.change) == (shift, change)


def test_the_locked_baseline_goes_before_an_entry_reading() -> None:
    assert measured(1, 3, entry=0).start == 1
    filled = measured(None, 3, entry=2)
    assert (filled.start, filled.start_source, filled.shift) == (2, StartSource.ENTRY_READING, 1)
    assert measured(None, 3).start_source is None


def test_areas_weigh_the_same_however_many_criteria_they_have() -> None:
    areas = by_area(
        [
            measured(0, 3),
            measured(1, 2),
            measured(2, None),
            measured(2, 1, area=ThematicArea.DLU),
            measured(None, 4, area=ThematicArea.ZAM),
        ]
    )
    assert {area: each.shift for area, each in areas.items()} == {"BYD": 2, "DLU": -1, "ZAM": None}
    together = whole(areas.values())
    assert together.shift == Fraction(1, 2)
    assert together.counts == {
        Change.IMPROVED: 2,
        Change.UNCHANGED: 0,
        Change.WORSENED: 1,
        Change.NOT_ASSESSED: 2,
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 8), "0.13"),
        (Fraction(-1, 8), "-0.13"),
        (Fraction(2, 3), "0.67"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(3), "3.00"),
    ],
)
def test_means_are_rounded_half_away_from_zero(value: Fraction, shown: str) -> None:
    assert str(rounded(value)) == shown
    assert rounded(None) is None


@given(st.lists(st.tuples(levels, levels, st.sampled_from(ThematicArea)), max_size=40))
def test_counts_add_up_and_nothing_unassessed_moves_a_mean(
    told: list[tuple[int | None, int | None, ThematicArea]],
) -> None:
    criteria = [measured(baseline, now, area=area) for baseline, now, area in told]
    found = whole(by_area(criteria).values())
    assert sum(found.counts.values()) == len(criteria)
    assessed = [each for each in criteria if each.shift is not None]
    assert whole(by_area(assessed).values()).shift == found.shift
    if found.shift is None:
        assert not assessed
    else:
        assert found.start is not None
        assert found.now is not None
        assert found.now - found.start == found.shift
        assert abs(rounded(found.shift) or Decimal(0)) <= 4
