"""The change of the Index, split into its causes: exactly, whatever changed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.scoring import Ratio
from registry.explanation.decomposition import REFERENCE, Factor, change, owen_value
from registry.explanation.standing import Standing
from tests.support.explanation import (
    KOSMONOSY,
    OBRNICE,
    RUSIN,
    UNKNOWN,
    a_donor,
    a_standing,
    bounds,
    lent,
    methods,
    remainder,
    standings,
    the_method,
)


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Standing, Standing]:
    """Two years by one method, or by two."""
    method = draw(methods())
    return draw(standings(method)), draw(standings(draw(st.sampled_from([method, None]))))


@given(years=two_years())
def test_effects_sum_exactly_to_the_difference(years: tuple[Standing, Standing]) -> None:
    before, after = years
    found = change(before, after)
    assert found is not None
    assert before.index is not None and after.index is not None  # noqa: PT018 - mypy
    assert found.total(*Factor) == found.difference == after.index - before.index
    for each in found.indicators:
        assert sum(each.effects.values()) == each.after - each.before
        if each.donors_own:
            assert sum(each.donors_own.values()) == each.effects[Factor.DONOR]


@given(years=two_years())
def test_the_way_back_undoes_each_effect(years: tuple[Standing, Standing]) -> None:
    there, back = change(*years), change(*reversed(years))
    assert there is not None
    assert back is not None
    assert {each.code: each.effects for each in there.indicators} == {
        each.code: {factor: -value for factor, value in each.effects.items()} for each in back.indicators
    }


@given(standing=standings())
def test_nothing_changed_has_no_effects(standing: Standing) -> None:
    found = change(standing, standing)
    assert found is not None
    assert all(value == 0 for each in found.indicators for value in each.effects.values())


def test_a_factor_that_did_not_move_gets_nothing() -> None:
    fewer = {**KOSMONOSY, "EXE": Ratio(99, 4460)}
    found = change(a_standing(KOSMONOSY), a_standing(fewer))
    assert found is not None
    assert found.difference == found.total(Factor.NUMERATOR) == -1
    assert found.total(*REFERENCE, Factor.DENOMINATOR, Factor.DONOR, Factor.METHOD) == 0


def test_points_that_two_factors_took_together_are_shared_between_them() -> None:
    """A point that goes only when both move: half to each."""

    def worth(moved: frozenset[Factor]) -> int:
        return int({Factor.NUMERATOR, Factor.DENOMINATOR} <= moved)

    found = owen_value(((Factor.NUMERATOR,), (Factor.DENOMINATOR,), REFERENCE), worth)
    assert found == {
        Factor.NUMERATOR: Fraction(1, 2),
        Factor.DENOMINATOR: Fraction(1, 2),
        Factor.STATE: 0,
        Factor.REGION: 0,
    }


def test_state_and_region_share_what_the_reference_did() -> None:
    """Together with the numerator any of the three is enough: the reference gets half, not two thirds."""
    found = owen_value(((Factor.NUMERATOR,), REFERENCE), lambda moved: int(bool(moved)))
    assert found == {
        Factor.NUMERATOR: Fraction(1, 2),
        Factor.STATE: Fraction(1, 4),
        Factor.REGION: Fraction(1, 4),
    }


def test_points_move_though_nothing_changed_in_town() -> None:
    """The region grows heavier by a third: the quotient of the same town falls under a bound."""
    before = a_standing(OBRNICE)
    exe = before.bases[0]
    assert exe.evidence is not None
    heavier = replace(exe.evidence, region=Ratio(260_000, 685_520))
    indicator = before.method.indicators[0]
    lighter_town = replace(exe, evidence=heavier, points=heavier.sub_scores(before.method, indicator).points)
    assert before.index is not None
    after = replace(before, bases=(lighter_town, *before.bases[1:]), index=before.index - 1, year=2024)
    found = change(before, after)
    assert found is not None
    assert found.total(Factor.REGION) == found.total(*REFERENCE) == found.difference == -1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lent(Ratio(0, 20)), lent(Ratio(4, 20), donor=a_donor("562971", "Chomutov"))),
        (remainder(0), lent(Ratio(4, 20))),
        (remainder(1), remainder(4)),
        (None, lent(Ratio(0, 20))),
        (lent(Ratio(0, 20)), None),
    ],
    ids=["another donor", "found", "published", "school lost", "school gained"],
)
def test_what_came_through_another_municipality_or_a_school_is_the_effect_of_the_donor(
    before: object, after: object
) -> None:
    found = change(a_standing(OBRNICE, school=before), a_standing(OBRNICE, school=after))  # type: ignore[arg-type]
    assert found is not None
    assert found.difference != 0
    assert found.indicators[-1].effects == {Factor.DONOR: found.difference}
    assert found.indicators[-1].donors_own == {}


def test_the_pupils_of_the_same_donor_explain_its_effect() -> None:
    before = a_standing(RUSIN, school=lent(Ratio(4, 20), region="CZ080"), region="CZ080")
    after = a_standing(RUSIN, school=lent(Ratio(0, 20), region="CZ080"), region="CZ080")
    found = change(before, after)
    assert found is not None
    school = found.indicators[-1]
    assert school.effects == {Factor.DONOR: -4}
    assert school.donors_own[Factor.NUMERATOR] == -4
    assert school.donors_own[Factor.DENOMINATOR] == 0


def test_other_bounds_on_the_same_figures_are_the_effect_of_the_method() -> None:
    stricter = the_method("ISV-2024")
    exe = replace(stricter.indicators[0], absolute=bounds("100", "150"))
    stricter = replace(stricter, indicators=(exe, *stricter.indicators[1:]))
    found = change(a_standing(KOSMONOSY), a_standing(KOSMONOSY, method=stricter))
    assert found is not None
    assert found.total(Factor.METHOD) == found.difference == 1


def test_an_indicator_that_came_or_counts_something_else_is_the_effect_of_the_method() -> None:
    method = the_method()
    without = replace(method, code="ISV-4", indicators=method.indicators[1:])
    figures = {code: ratio for code, ratio in OBRNICE.items() if code != "EXE"}
    came = change(a_standing(figures, method=without), a_standing(OBRNICE))
    assert came is not None
    assert came.difference == came.total(Factor.METHOD) == 6
    benefit = replace(method.indicators[1], numerator="DSSP")
    successor = replace(
        method, code="ISV-2025", indicators=(method.indicators[0], benefit, *method.indicators[2:])
    )
    fewer = {**OBRNICE, "PNB": Ratio(12, 1585)}
    replaced = change(a_standing(OBRNICE), a_standing(fewer, method=successor))
    assert replaced is not None
    assert replaced.indicators[1].effects == {Factor.METHOD: -6}


def test_a_finer_counting_of_the_same_benefits_changes_nothing() -> None:
    method = the_method()
    finer = replace(
        method,
        code="FINE",
        indicators=tuple(replace(each, parts=each.parts * 5) for each in method.indicators),
    )
    before = a_standing(OBRNICE)
    bases = []
    for basis in before.bases:
        assert basis.evidence is not None
        times5 = {
            name: Ratio(
                getattr(basis.evidence, name).numerator * 5, getattr(basis.evidence, name).denominator
            )
            for name in ("ratio", "state", "region")
        }
        bases.append(replace(basis, evidence=replace(basis.evidence, **times5)))
    found = change(before, replace(before, method=finer, bases=tuple(bases)))
    assert found is not None
    assert all(value == 0 for each in found.indicators for value in each.effects.values())


def test_an_unknown_index_has_no_change() -> None:
    unknown = a_standing(RUSIN, school=UNKNOWN)
    assert unknown.index is None
    assert change(a_standing(), unknown) is None
    assert change(unknown, a_standing()) is None
