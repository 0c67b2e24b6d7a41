"""A year as it might be: figures changed and rounded, rules amended, the country compared."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.frame import UNKNOWN, Edition, Inputs, Way
from registry.exclusion.mass import compute
from registry.exclusion.method import Method
from registry.explanation.distances import SubScore
from registry.scenarios.amending import Positions, amend, change_figures
from registry.scenarios.domain import (
    Change,
    CountBelowZero,
    CountTooLarge,
    FigureSide,
    IndicatorUnknown,
    NothingAsked,
    NothingToChange,
    Operation,
    Question,
    Threshold,
    ThresholdTwice,
    expect_something,
)
from registry.scenarios.outcome import Outcome, compare, recompute
from shared.errors import Invalid
from tests.support.exclusion import a_method, some_bounds, some_inputs

METHOD = a_method()


def a_change(
    indicator: str = "EXE",
    operation: Operation = Operation.FACTOR,
    amount: str = "0.85",
    side: FigureSide = FigureSide.NUMERATOR,
) -> Change:
    return Change(
        indicator=indicator,
        side=side,
        operation=operation,
        amount=Fraction(amount),
        within=None,
        municipalities=(),
    )


def everywhere(inputs: Inputs) -> Positions:
    return np.arange(len(inputs.codes))


def an_edition(inputs: Inputs, method: Method = METHOD) -> Edition:
    return Edition(
        computation_id=1,
        version=1,
        inputs_digest="in",
        results_digest="out",
        method=method,
        inputs=inputs,
        results=compute(method, inputs),
    )


def asked(edition: Edition, *changes: Change, method: Method = METHOD, hold: bool = False) -> Outcome:
    positions = everywhere(edition.inputs)
    inputs, _ = change_figures(method, edition.inputs, [(change, positions) for change in changes])
    results = recompute(method, inputs, edition, hold_reference=hold)
    return compare(edition, edition, results, method=method, support=[8, 12])


def test_counts_are_rounded_half_up_to_the_parts_in_which_they_count() -> None:
    inputs = some_inputs(1)
    inputs.numerators[0] = [7, 7, 0, 0, UNKNOWN]
    persons = (a_change("EXE", amount="0.5"), everywhere(inputs))
    benefits = (a_change("PNB", Operation.ADD, "0.5"), everywhere(inputs))
    changed, touched = change_figures(METHOD, inputs, [persons, benefits])
    assert changed.numerators[0].tolist() == [4, 13, 0, 0, UNKNOWN]
    assert [each.municipalities for each in touched] == [1, 1]
    assert inputs.numerators[0, 0] == 7


def test_a_population_changes_for_every_indicator_that_counts_in_it() -> None:
    inputs = some_inputs(3)
    change = a_change("PNZ", Operation.SET, "1000", side=FigureSide.DENOMINATOR)
    changed, touched = change_figures(METHOD, inputs, [(change, np.array([1]))])
    assert changed.denominators[1, :3].tolist() == [1000] * 3
    assert changed.denominators[1, 3] == inputs.denominators[1, 3]
    assert (changed.denominators[0] == inputs.denominators[0]).all()
    assert set(touched[0].indicators) == {"EXE", "PNB", "PNZ"}


def test_what_is_not_known_stays_unknown_and_others_change() -> None:
    inputs = some_inputs(40)
    changed, touched = change_figures(
        METHOD, inputs, [(a_change("PO", Operation.ADD, "3"), everywhere(inputs))]
    )
    unknown = inputs.numerators[:, 4] == UNKNOWN
    assert (changed.numerators[unknown, 4] == UNKNOWN).all()
    assert (changed.numerators[~unknown, 4] == inputs.numerators[~unknown, 4] + 3).all()
    assert touched[0].municipalities == int((~unknown).sum()) > 0


def test_changes_come_one_after_another() -> None:
    inputs = some_inputs(1)
    ten_more, doubled = a_change("EXE", Operation.ADD, "10"), a_change("EXE", amount="2")
    at = everywhere(inputs)
    first, _ = change_figures(METHOD, inputs, [(ten_more, at), (doubled, at)])
    second, _ = change_figures(METHOD, inputs, [(doubled, at), (ten_more, at)])
    assert first.numerators[0, 0] - second.numerators[0, 0] == 10


@pytest.mark.parametrize(
    ("change", "error", "pointer"),
    [
        (a_change("XXX"), IndicatorUnknown, "/changes/0/indicator"),
        (a_change("EXE", Operation.ADD, "-1000000"), CountBelowZero, "/changes/0"),
        (a_change("EXE", Operation.ADD, "1000000000"), CountTooLarge, "/changes/0"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_place(
    change: Change, error: type[Invalid], pointer: str
) -> None:
    inputs = some_inputs(5)
    inputs.numerators[:, 0] = 5
    with pytest.raises(error) as caught:
        change_figures(METHOD, inputs, [(change, everywhere(inputs))])
    assert caught.value.pointer == pointer


def test_a_change_of_figures_that_nobody_has_is_refused() -> None:
    inputs = some_inputs(5, without_school=1.0)
    with pytest.raises(NothingToChange):
        change_figures(METHOD, inputs, [(a_change("PO", amount="2"), everywhere(inputs))])


def test_a_question_that_changes_nothing_is_refused() -> None:
    with pytest.raises(NothingAsked):
        expect_something(
            Question(
                year=2023,
                method=None,
                other_method=None,
                changes=[],
                thresholds=[],
                state_weight=None,
                hold_reference=False,
                support=[8],
            )
        )


def test_a_method_is_amended_in_the_bounds_asked_for_alone() -> None:
    threshold = Threshold(indicator="UOZ", sub_score=SubScore.SHARE, bounds=some_bounds("1", "2"))
    amended = amend(METHOD, [threshold], Fraction(1))
    assert (amended.state_weight, amended.region_weight) == (1, 0)  # type: ignore[comparison-overlap]
    assert amended.indicators[3].share == some_bounds("1", "2")
    back = replace(amended.indicators[3], share=METHOD.indicators[3].share)
    assert (*amended.indicators[:3], back, amended.indicators[4]) == METHOD.indicators
    with pytest.raises(ThresholdTwice):
        amend(METHOD, [threshold, threshold], None)


def test_the_same_figures_give_the_same_country_and_the_same_digest() -> None:
    edition = an_edition(some_inputs(300))
    same = asked(edition, a_change("EXE", amount="1"))
    assert (same.index_changed, same.band_changed, list(same.moves)) == (0, 0, [])
    assert same.before == same.after
    assert same.digest == asked(edition, a_change("PNB", amount="1")).digest
    assert same.digest != asked(edition, a_change("EXE", amount="2")).digest


@given(
    factor=st.sampled_from(["0", "0.5", "0.85", "1.2", "3"]), indicator=st.sampled_from(["EXE", "PNB", "UOZ"])
)
def test_with_the_reference_held_the_index_moves_with_the_counts(factor: str, indicator: str) -> None:
    edition = an_edition(some_inputs(120))
    outcome = asked(edition, a_change(indicator, amount=factor), hold=True)
    grows = Fraction(factor) > 1
    for move in outcome.moves:
        before, after = move.index
        assert before is not None
        assert after is not None
        assert after > before if grows else after < before


def test_with_the_reference_moving_an_equal_fall_everywhere_leaves_the_quotients() -> None:
    """Twelvefold counts, so that rounding changes no quotient."""
    inputs = some_inputs(200)
    inputs.numerators[:, 0] *= 12
    edition = an_edition(inputs)
    halved = [(a_change("EXE", amount="0.5"), everywhere(inputs))]
    changed, _ = change_figures(METHOD, inputs, halved)
    moved = recompute(METHOD, changed, edition, hold_reference=False)
    held = recompute(METHOD, changed, edition, hold_reference=True)
    assert (moved.scores[:, 2] == edition.results.scores[:, 2]).all()
    assert (held.scores[:, 2] <= edition.results.scores[:, 2]).all()
    assert (held.scores[:, 2] < edition.results.scores[:, 2]).any()


def test_what_remained_of_the_published_index_stays_when_other_figures_change() -> None:
    inputs = some_inputs(60)
    nowhere = np.full(60, np.nan)
    own = compute(METHOD, inputs).points[:, :4].sum(axis=1)
    edition = an_edition(replace(inputs, x=nowhere, y=nowhere, published=(own + 3).astype(np.int8)))
    remains = [way is Way.PUBLISHED for way in edition.results.ways]
    assert sum(remains) > 10
    changed, _ = change_figures(METHOD, edition.inputs, [(a_change("EXE", amount="5"), everywhere(inputs))])
    results = recompute(METHOD, changed, edition, hold_reference=True)
    assert (results.points[remains, 4] == 3).all()
    assert (results.index[remains] == results.points[remains].sum(axis=1)).all()
    assert (results.index != edition.results.index).any()


def test_moves_and_crossings_agree_with_each_other() -> None:
    edition = an_edition(some_inputs(400))
    outcome = asked(edition, a_change("EXE", amount="2"), hold=True)
    moved = {move.unit_id: move for move in outcome.moves}
    distances = [abs((m.index[1] or 0) - (m.index[0] or 0)) for m in outcome.moves]
    assert distances == sorted(distances, reverse=True)
    for crossing in outcome.crossings:
        assert crossing.after - crossing.before == len(crossing.rising) - len(crossing.falling)
        for unit_id in crossing.rising:
            before, after = moved[unit_id].index
            assert before is not None
            assert after is not None
            assert before < crossing.threshold <= after
    assert outcome.crossings[0].rising
    assert sum(outcome.after.bands.values()) == outcome.after.municipalities == 400


def test_a_municipality_that_the_other_method_does_not_have_is_no_move() -> None:
    inputs = some_inputs(30)
    edition = an_edition(inputs)
    rows: Any = slice(0, 29)
    fewer = replace(
        inputs,
        unit_ids=list(inputs.unit_ids)[rows],
        codes=list(inputs.codes)[rows],
        **{
            name: getattr(inputs, name)[rows]
            for name in ("regions", "numerators", "denominators", "published", "x", "y", "chosen")
        },
    )
    other = an_edition(fewer)
    outcome = compare(edition, other, other.results, method=METHOD, support=[])
    assert inputs.unit_ids[29] not in {move.unit_id for move in outcome.moves}
    assert (outcome.before.municipalities, outcome.after.municipalities) == (30, 29)
