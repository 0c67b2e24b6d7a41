"""The ranked list: by result, ties by Index, receipt and number; minima and capacity."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from registry.commission.ranking import Candidate, Place, Recommendation, TieRule, rank
from registry.commission.scoring import Consolidated
from tests.support.commission import CRITERIA

NOON = datetime(2023, 4, 6, 10, 0, tzinfo=UTC)
EIGHT: Mapping[str, Fraction] = {criterion.code: Fraction(8) for criterion in CRITERIA}


def a_candidate(
    number: int = 1,
    result: Fraction | int = 20,
    *,
    index: int | None = 8,
    hours: int = 0,
    means: Mapping[str, Fraction] = EIGHT,
) -> Candidate:
    found = Consolidated(scores=9, result=Fraction(result), means=means, spread=Fraction(0))
    return Candidate(
        application_id=UUID(int=number),
        number=f"KPSV21-2/{number:03}",
        unit_name=f"Obec {number}",
        consolidated=found,
        index=None if index is None else Fraction(index),
        received_at=NOON + timedelta(hours=hours),
    )


def ranked(*candidates: Candidate, minimum: int = 12, capacity: int | None = None) -> list[Place]:
    return rank(candidates, CRITERIA, minimum_points=Decimal(minimum), capacity=capacity)


def numbers(places: list[Place]) -> list[int]:
    return [place.candidate.application_id.int for place in places]


def test_the_higher_result_goes_first() -> None:
    places = ranked(a_candidate(1, 20), a_candidate(2, Fraction(201, 10)), a_candidate(3, 13))
    assert numbers(places) == [2, 1, 3]
    assert [place.tied_by for place in places] == [None, None, None]


def test_a_tie_goes_to_the_higher_index_and_no_index_goes_last() -> None:
    places = ranked(a_candidate(1, index=None), a_candidate(2, index=0), a_candidate(3, index=9))
    assert numbers(places) == [3, 2, 1]
    assert [place.tied_by for place in places] == [None, TieRule.INDEX, TieRule.INDEX]


def test_then_the_earlier_receipt_and_then_the_lower_number_decide() -> None:
    places = ranked(a_candidate(3, hours=1), a_candidate(2, hours=2), a_candidate(1, hours=2))
    assert numbers(places) == [3, 1, 2]
    assert [place.tied_by for place in places] == [None, TieRule.RECEIPT, TieRule.NUMBER]


def test_the_thousandth_number_goes_behind_the_last_of_three_digits() -> None:
    assert numbers(ranked(a_candidate(1000), a_candidate(999))) == [999, 1000]


def test_a_result_equal_to_the_minimum_passes_and_one_below_it_says_why() -> None:
    places = ranked(a_candidate(1, 12), a_candidate(2, Fraction(1199, 100)))
    assert [place.recommendation for place in places] == [
        Recommendation.RECOMMENDED,
        Recommendation.NOT_RECOMMENDED,
    ]
    (missed,) = places[1].shortfalls
    assert (missed.criterion, missed.reached, missed.needed) == (None, Fraction(1199, 100), Fraction(12))


def test_a_criterion_below_its_minimum_is_not_outweighed_by_the_others() -> None:
    weak = a_candidate(1, 25, means={**EIGHT, "K1": Fraction(39, 10)})
    places = ranked(weak, a_candidate(2, 20), capacity=1)
    assert [place.recommendation for place in places] == [
        Recommendation.NOT_RECOMMENDED,
        Recommendation.RECOMMENDED,
    ]
    assert [missed.criterion for missed in places[0].shortfalls] == ["K1"]


def test_beyond_the_capacity_there_is_the_reserve_in_order() -> None:
    places = ranked(*(a_candidate(number, 30 - number) for number in range(1, 6)), capacity=3)
    assert [place.recommendation.value for place in places] == ["recommended"] * 3 + ["reserve"] * 2
    assert [place.rank for place in places] == [1, 2, 3, 4, 5]


def test_without_a_capacity_there_is_no_reserve() -> None:
    assert {place.recommendation for place in ranked(a_candidate(1), a_candidate(2))} == {
        Recommendation.RECOMMENDED
    }


def test_an_empty_list_stays_empty() -> None:
    assert ranked() == []


CANDIDATES = st.lists(
    st.builds(
        a_candidate,
        number=st.integers(1, 1200),
        result=st.fractions(0, 30, max_denominator=9),
        index=st.none() | st.integers(0, 3),
        hours=st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda candidate: candidate.application_id,
)


@given(st.data(), CANDIDATES, st.none() | st.integers(0, 5))
def test_the_list_does_not_depend_on_the_order_of_arrival(
    data: st.DataObject, candidates: list[Candidate], capacity: int | None
) -> None:
    shuffled = data.draw(st.permutations(candidates))
    assert ranked(*candidates, capacity=capacity) == ranked(*shuffled, capacity=capacity)


@given(CANDIDATES, st.integers(0, 5))
def test_nobody_below_is_better_and_the_capacity_is_kept(candidates: list[Candidate], capacity: int) -> None:
    places = ranked(*candidates, capacity=capacity)
    results = [place.candidate.consolidated.result for place in places]
    assert results == sorted(results, reverse=True)
    named = [place.recommendation for place in places]
    passing = sum(result >= 12 for result in results)
    assert named.count(Recommendation.RECOMMENDED) == min(capacity, passing)
    assert named.count(Recommendation.NOT_RECOMMENDED) == len(places) - passing


def test_a_tie_is_told_by_exact_results_not_by_rounded_ones() -> None:
    near = replace(a_candidate(2).consolidated, result=Fraction(20) - Fraction(1, 10**9))
    places = ranked(a_candidate(1, index=0), replace(a_candidate(2, index=30), consolidated=near))
    assert (numbers(places), places[1].tied_by) == ([1, 2], None)
