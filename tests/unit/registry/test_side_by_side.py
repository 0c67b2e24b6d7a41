"""Two methods on one year: shifts of bands, differences, breaks of the series."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.bridge.domain import (
    MethodsWithoutCommonYear,
    Pairing,
    Result,
    SameMethodTwice,
    YearNotComputedByBoth,
    by_year,
    chosen_year,
    compare,
    expect_two,
    series,
)
from tests.support.exclusion import a_method

BAND_OF = [a_method().band_of(index).number for index in range(31)]
INDEX = st.none() | st.integers(0, 30)


def a_pairing(first: int | None, second: int | None, municipalities: int = 1) -> Pairing:
    return Pairing(
        first_index=first,
        second_index=second,
        first_band=BAND_OF[first] if first is not None else None,
        second_band=BAND_OF[second] if second is not None else None,
        municipalities=municipalities,
    )


def a_result(year: int, method: str = "ISV-2020", *, index: int | None = 8, applies: bool = True) -> Result:
    return Result(
        year=year, method=method, computation_id=year, index=index, band=3, points="22220", applies=applies
    )


def test_shifts_count_municipalities_from_band_to_band() -> None:
    pairs = [
        a_pairing(7, 8, 3),
        a_pairing(8, 7),
        a_pairing(0, 0, 10),
        a_pairing(30, 12, 2),
        a_pairing(None, 4),
    ]
    found = compare(pairs, first_bands=4, second_bands=4)
    assert found.shifts == ((10, 0, 0, 0), (0, 0, 3, 0), (0, 1, 0, 0), (0, 0, 0, 2))
    assert (found.lower, found.unchanged, found.higher, found.unknown) == (3, 10, 3, 1)
    assert (found.band_changed, found.municipalities) == (4, 17)
    assert found.differences == ((-18, 2), (-1, 1), (0, 10), (1, 3))
    assert found.mean_difference == Fraction(-34, 16)


def test_methods_with_other_bands_have_a_table_of_their_shape() -> None:
    found = compare([a_pairing(7, 0)], first_bands=4, second_bands=2)
    assert found.shifts == ((0, 0), (1, 0), (0, 0), (0, 0))


def test_nothing_compared_has_no_mean_difference() -> None:
    assert compare([], first_bands=4, second_bands=4).mean_difference is None


@given(st.lists(st.builds(a_pairing, INDEX, INDEX, st.integers(1, 100)), max_size=30))
def test_every_municipality_is_counted_once(pairs: list[Pairing]) -> None:
    found = compare(pairs, first_bands=4, second_bands=4)
    assert found.lower + found.unchanged + found.higher + found.unknown == found.municipalities
    assert sum(map(sum, found.shifts)) == found.municipalities - found.unknown
    on_diagonal = sum(found.shifts[band][band] for band in range(4))
    assert sum(map(sum, found.shifts)) - on_diagonal == found.band_changed


def test_the_newest_common_year_is_compared_unless_another_is_asked_for() -> None:
    assert chosen_year([2021, 2023, 2022], asked=None, first="A", second="B") == 2023
    assert chosen_year([2021, 2023], asked=2021, first="A", second="B") == 2021
    with pytest.raises(YearNotComputedByBoth):
        chosen_year([2021, 2023], asked=2022, first="A", second="B")
    with pytest.raises(MethodsWithoutCommonYear):
        chosen_year([], asked=None, first="A", second="B")


def test_a_method_is_not_compared_with_itself() -> None:
    with pytest.raises(SameMethodTwice):
        expect_two("ISV-2020", "ISV-2020")


def test_a_change_of_method_breaks_the_series_and_says_why() -> None:
    later = [a_result(2024, "ISV-2026"), a_result(2025, "ISV-2026")]
    beside = a_result(2023, "ISV-2026", applies=False)
    steps = list(series([*later, beside, a_result(2023), a_result(2022)]))
    assert [(step.result.year, step.break_before) for step in steps] == [
        (2022, False),
        (2023, False),
        (2024, True),
        (2025, False),
    ]
    assert "Před rokem 2024 je zlom" in (steps[2].break_cs or "")
    assert "ISV-2020 changed to ISV-2026" in (steps[2].break_en or "")
    assert steps[3].break_cs is None


def test_the_method_of_the_year_stands_first_in_it() -> None:
    later = a_result(2023, "ISV-2019", applies=False)
    assert [
        (year, [each.method for each in of_year]) for year, of_year in by_year([later, a_result(2023)])
    ] == [(2023, ["ISV-2020", "ISV-2019"])]
