"""How values add up: by parts, over time, over plans; and what never does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.kinds import CODES, Accumulation, Dimension, Kind
from evaluation.indicators.summing import Approved, Contribution, LeftOut, RollUp, roll_up
from evaluation.values.breakdown import Breakdown, PartValue, expect_breakdown
from evaluation.values.refusals import CumulativeSeriesFalls, PartsDoNotAddUp
from evaluation.values.series import Point, expect_no_fall
from tests.support.evaluation import PLAN
from tests.support.tokens import OBRNICE, TRMICE

QUANTITIES = st.decimals(min_value=0, max_value=10_000, places=2)
MOST = uuid5(OBRNICE, "Most")


def parts(*values: Decimal) -> Breakdown:
    ages = sorted(CODES[Dimension.AGE])
    return Breakdown(
        parts=tuple(
            PartValue(dimension=Dimension.AGE, part=age, value=value)
            for age, value in zip(ages, values, strict=False)
        )
    )


@given(st.lists(QUANTITIES, min_size=1, max_size=5))
def test_parts_that_add_up_are_taken_and_others_refused(values: list[Decimal]) -> None:
    total = sum(values, Decimal(0))
    expect_breakdown(parts(*values), total, kind=Kind.COUNT, asked=[Dimension.AGE])
    expect_breakdown(parts(*values), total + 1, kind=Kind.SHARE, asked=[])
    with pytest.raises(PartsDoNotAddUp):
        expect_breakdown(parts(*values), total + 1, kind=Kind.COUNT, asked=[])


@given(st.permutations(range(6)), st.lists(QUANTITIES, min_size=6, max_size=6))
def test_a_cumulative_series_grows_in_whatever_order_it_is_reported(
    order: list[int], values: list[Decimal]
) -> None:
    known: list[Point] = []
    for year in order:
        point = Point(
            period=str(2020 + year), ends_on=date(2020 + year, 12, 31), value=values[year], words=None
        )
        try:
            expect_no_fall(known, point)
        except CumulativeSeriesFalls:
            continue
        known.append(point)
    taken = [point.value for point in sorted(known, key=lambda point: point.ends_on)]
    assert taken == sorted(taken)


def a_contribution(
    which: int, *values: str, units: tuple[UUID, ...] = (OBRNICE,), edition: int | None = 1, **changes: int
) -> Contribution:
    return Contribution(
        plan_id=uuid5(PLAN, f"plan {which}"),
        indicator_id=uuid5(PLAN, f"indicator {which}"),
        unit_ids=frozenset(units),
        accumulation=None,
        values=tuple(
            Approved(measured_on=date(2026, which, day), value=Decimal(value), edition=edition)
            for day, value in enumerate(values, 1)
        ),
        **changes,  # type: ignore[arg-type]
    )


def rolled(
    *contributions: Contribution,
    kind: Kind = Kind.COUNT,
    accumulation: Accumulation = Accumulation.STATE,
    bridge: BridgeKind = BridgeKind.SAME,
) -> RollUp:
    return roll_up(
        contributions, kind=kind, accumulation=accumulation, edition=2, bridges={2: Bridge(kind=bridge)}
    )


def test_a_unit_of_two_plans_is_counted_once_by_the_newest_measurement() -> None:
    found = rolled(a_contribution(1, "10"), a_contribution(2, "12"), a_contribution(3, "7", units=(TRMICE,)))
    assert found.total == 19
    assert [(each.value, each.left_out) for each in found.counted] == [
        (Decimal(7), None),
        (Decimal(12), None),
        (Decimal(10), LeftOut.UNIT_COUNTED),
    ]


def test_plans_of_several_units_share_what_they_overlap_in() -> None:
    both = a_contribution(3, "30", units=(OBRNICE, MOST))
    found = rolled(
        both, a_contribution(2, "12", units=(MOST, TRMICE)), a_contribution(1, "5", units=(TRMICE,))
    )
    assert found.total == 35


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.RATIO, Kind.ORDINAL])
def test_shares_means_and_levels_are_never_summed(kind: Kind) -> None:
    found = rolled(a_contribution(1, "10"), a_contribution(2, "12", units=(TRMICE,)), kind=kind)
    assert found.total is None
    assert [each.value for each in found.counted] == [12, 10]


def test_increments_are_summed_over_time_and_states_are_not() -> None:
    several = a_contribution(1, "10", "5", "1")
    assert rolled(several).total == 1
    assert rolled(several, accumulation=Accumulation.INCREMENTAL).total == 16


def test_what_is_left_out_says_why_and_nothing_counted_is_not_zero() -> None:
    crossing = a_contribution(1, "10", crossing=1)
    empty = a_contribution(2)
    found = rolled(crossing, empty, accumulation=Accumulation.INCREMENTAL)
    assert found.total is None
    assert {each.left_out for each in found.counted} == {LeftOut.CROSSES_WINDOW, LeftOut.NOTHING_APPROVED}
    broken = rolled(a_contribution(1, "10"), bridge=BridgeKind.NOT_COMPARABLE)
    assert [each.left_out for each in broken.counted] == [LeftOut.NOT_COMPARABLE]


@given(st.lists(st.sets(st.sampled_from([OBRNICE, TRMICE, MOST]), min_size=1), max_size=6))
def test_no_unit_is_ever_counted_twice(plans: list[set[UUID]]) -> None:
    contributions = [a_contribution(which, "1", units=tuple(units)) for which, units in enumerate(plans, 1)]
    counted = [each.contribution.unit_ids for each in rolled(*contributions).counted if each.left_out is None]
    assert sum(map(len, counted)) == len(frozenset().union(*counted))


def test_a_microregion_and_its_municipality_are_counted_once_and_the_wider_of_one_day_stays() -> None:
    region, other = uuid5(OBRNICE, "mikroregion"), uuid5(OBRNICE, "other")
    wide = replace(a_contribution(1, "30", units=(region,)), covered=frozenset({region, OBRNICE, TRMICE}))
    town = a_contribution(1, "5")
    second = replace(a_contribution(1, "8", units=(other,)), covered=frozenset({other, TRMICE}))
    found = rolled(town, wide, second)
    assert found.total == 30
    left_out = {each.contribution.unit_ids: (each.left_out, each.overlaps) for each in found.counted}
    assert left_out == {
        frozenset({region}): (None, ()),
        frozenset({OBRNICE}): (LeftOut.UNIT_NESTED, (wide.plan_id,)),
        frozenset({other}): (LeftOut.UNIT_NESTED, (wide.plan_id,)),
    }
