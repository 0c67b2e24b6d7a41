"""Points of members: what is in scale, what is missing, and what they come to together."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.commission.refusals import (
    CriterionScoredTwice,
    NotACriterionOfTheCall,
    PointsOutsideScale,
)
from registry.commission.scoring import (
    Mark,
    Score,
    consolidate,
    expect_in_scale,
    highest_total,
    missing_in,
    total,
)
from shared.errors import Invalid
from tests.support.commission import CRITERIA


def a_score(first: int = 5, second: int = 5, third: int = 5, reason: str = "Proto") -> Score:
    given = zip(("K1", "K2", "K3"), (first, second, third), strict=True)
    return Score(marks=tuple(Mark(criterion=c, points=p, reason=reason) for c, p in given), comment="")


SCORES = st.builds(a_score, *[st.integers(0, 10)] * 3)


@pytest.mark.parametrize(
    ("score", "refusal", "pointer"),
    [
        (a_score(11), PointsOutsideScale, "/marks/0/points"),
        (a_score(5, -1), PointsOutsideScale, "/marks/1/points"),
        (
            Score(marks=(Mark(criterion="K9", points=1, reason=""),), comment=""),
            NotACriterionOfTheCall,
            "/marks/0/criterion",
        ),
        (Score(marks=a_score().marks[:1] * 2, comment=""), CriterionScoredTwice, "/marks/0/criterion"),
    ],
)
def test_a_score_outside_the_scale_is_refused_where_it_is(
    score: Score, refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        expect_in_scale(score, CRITERIA)
    assert refused.value.pointer == pointer


def test_points_from_nought_to_the_maximum_are_in_scale() -> None:
    expect_in_scale(a_score(0, 10, 0), CRITERIA)
    assert missing_in(a_score(0, 10, 0), CRITERIA) == []


def test_a_mark_without_a_reason_is_missing() -> None:
    assert missing_in(a_score(reason="  "), CRITERIA) == ["K1", "K2", "K3"]
    assert missing_in(Score(marks=a_score().marks[:2], comment=""), CRITERIA) == ["K3"]
    assert missing_in(None, CRITERIA) == ["K1", "K2", "K3"]


def test_a_total_is_the_sum_of_weighted_points() -> None:
    assert total(a_score(7, 6, 3), CRITERIA) == Fraction(3, 2) * 7 + 6 + Fraction(3, 2)
    assert highest_total(CRITERIA) == Decimal(30)


def test_the_result_is_the_mean_of_the_members_and_the_spread_their_difference() -> None:
    found = consolidate([a_score(7, 6, 3), a_score(6, 6, 6), a_score(1, 0, 0)], CRITERIA)
    assert found is not None
    assert (found.scores, found.result) == (3, Fraction(18 + 18, 3) + Fraction(3, 2) / 3)
    assert found.means == {"K1": Fraction(14, 3), "K2": Fraction(4), "K3": Fraction(3)}
    assert found.spread == Fraction(33, 2)


def test_an_alarm_is_raised_above_the_bound_not_at_it() -> None:
    found = consolidate([a_score(5, 0, 0), a_score(0, 0, 0)], CRITERIA)
    assert found is not None
    assert not found.alarms(Decimal("7.5"))
    assert found.alarms(Decimal("7.49"))


def test_without_scores_there_is_no_result() -> None:
    assert consolidate([], CRITERIA) is None


@given(st.lists(SCORES, min_size=1, max_size=9))
def test_the_result_lies_between_the_lowest_and_the_highest_total(scores: list[Score]) -> None:
    found = consolidate(scores, CRITERIA)
    totals = [total(score, CRITERIA) for score in scores]
    assert found is not None
    assert min(totals) <= found.result <= max(totals)
    assert found.result == sum(
        (Fraction(each.weight) * found.means[each.code] for each in CRITERIA), Fraction(0)
    )
