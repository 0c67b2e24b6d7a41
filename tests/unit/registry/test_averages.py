"""The average Index: three ways of averaging, exactly, and what is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.averages.domain import Averaging, Missing, average, checked, half_up
from registry.averages.refusals import (
    IndexMissing,
    MunicipalitiesRepeated,
    NobodyToWeighBy,
    NothingToAverage,
    SetNotNamed,
    YearsRepeated,
)
from registry.averages.wording import WORDS, counted_cs, decimal_cs
from shared.errors import Refusal
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, a_question, a_value

TWO_YEARS = [
    a_value(29, code=OBRNICE, year=2020, population=1500),
    a_value(28, code=TRMICE, year=2020, population=2500),
    a_value(5, code=SLUKNOV, year=2020, population=4600),
    a_value(20, code=OBRNICE, year=2021, population=1600),
]
WHOLE = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10**6), st.integers(2016, 2023)), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("averaging", "exact"),
    [
        (Averaging.MEAN_OF_MUNICIPALITIES, Fraction(29 + 28 + 5 + 20, 4)),
        (Averaging.MEAN_OF_YEARLY_MEANS, (Fraction(29 + 28 + 5, 3) + 20) / 2),
        (
            Averaging.WEIGHTED_BY_POPULATION,
            Fraction(29 * 1500 + 28 * 2500 + 5 * 4600 + 20 * 1600, 1500 + 2500 + 4600 + 1600),
        ),
    ],
)
def test_each_way_of_averaging_follows_its_formula(averaging: Averaging, exact: Fraction) -> None:
    assert average(TWO_YEARS, averaging).exact == exact


def test_the_mean_of_each_year_stands_beside_with_its_number_of_municipalities() -> None:
    yearly = average(TWO_YEARS, Averaging.MEAN_OF_MUNICIPALITIES).yearly
    assert [(mean.year, mean.municipalities, mean.exact) for mean in yearly] == [
        (2020, 3, Fraction(62, 3)),
        (2021, 1, Fraction(20)),
    ]


def test_the_exact_mean_meets_the_threshold_not_the_rounded_one() -> None:
    values = [a_value(8, code=f"{n:06d}") for n in range(399)] + [a_value(7, code=TRMICE)]
    found = average(values, Averaging.MEAN_OF_MUNICIPALITIES)
    assert found.rounded == Decimal("8.00")
    assert not found.reaches(Decimal(8))
    assert found.reaches(Decimal("7.99"))


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 201), "0.00"),
        (Fraction(71, 9), "7.89"),
        (Fraction(8), "8.00"),
        (Fraction(2675, 1000), "2.68"),
    ],
)
def test_a_half_goes_up(exact: Fraction, rounded: str) -> None:
    assert str(half_up(exact)) == rounded


@given(st.fractions(0, 30), st.integers(0, 6))
def test_rounding_stays_within_half_of_the_last_place(exact: Fraction, places: int) -> None:
    difference = Fraction(half_up(exact, places)) - exact
    assert -Fraction(1, 2 * 10**places) < difference <= Fraction(1, 2 * 10**places)


def test_an_unknown_index_is_refused_by_name() -> None:
    with pytest.raises(IndexMissing) as refused:
        average([a_value(8), a_value(None, code=TRMICE)], Averaging.MEAN_OF_MUNICIPALITIES)
    assert refused.value.facts == {"count": 1, "examples": "553697 Trmice 2021"}


def test_an_unknown_index_is_left_out_and_listed_where_that_is_asked() -> None:
    unknown = a_value(None, code=TRMICE)
    found = average([a_value(8), unknown], Averaging.MEAN_OF_MUNICIPALITIES, Missing.LEAVE_OUT)
    assert found.exact == 8
    assert found.left_out == (unknown,)
    assert [each.code for each in found.municipalities] == [OBRNICE, TRMICE]


def test_an_unknown_population_is_missing_only_where_it_is_the_weight() -> None:
    values = [a_value(8, population=None)]
    assert average(values, Averaging.MEAN_OF_MUNICIPALITIES).exact == 8
    with pytest.raises(IndexMissing):
        average(values, Averaging.WEIGHTED_BY_POPULATION)


def test_a_military_area_weighs_nothing() -> None:
    values = [a_value(8), a_value(0, code=TRMICE, population=0)]
    assert average(values, Averaging.WEIGHTED_BY_POPULATION).exact == 8
    with pytest.raises(NobodyToWeighBy):
        average(values[1:], Averaging.WEIGHTED_BY_POPULATION)


@pytest.mark.parametrize("values", [[], [a_value(None)]])
def test_nothing_has_no_average(values: list[object]) -> None:
    with pytest.raises(NothingToAverage):
        average(values, Averaging.MEAN_OF_MUNICIPALITIES, Missing.LEAVE_OUT)  # type: ignore[arg-type]


@given(WHOLE)
def test_an_average_lies_between_the_least_and_the_greatest_value(told: list[tuple[int, int, int]]) -> None:
    values = [
        a_value(index, code=f"{n:06d}", population=population, year=year)
        for n, (index, population, year) in enumerate(told)
    ]
    for averaging in Averaging:
        exact = average(values, averaging).exact
        assert min(index for index, _, _ in told) <= exact <= max(index for index, _, _ in told)


@given(WHOLE, st.integers(1, 1000))
def test_equal_weights_weigh_nothing(told: list[tuple[int, int, int]], population: int) -> None:
    values = [
        a_value(index, code=f"{n:06d}", population=population, year=year)
        for n, (index, _, year) in enumerate(told)
    ]
    weighted = average(values, Averaging.WEIGHTED_BY_POPULATION)
    assert weighted.exact == average(values, Averaging.MEAN_OF_MUNICIPALITIES).exact


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"municipalities": ()}, SetNotNamed),
        ({"within": a_value().municipality.unit_id}, SetNotNamed),
        ({"municipalities": (OBRNICE, OBRNICE)}, MunicipalitiesRepeated),
        ({"years": (2020, 2020)}, YearsRepeated),
    ],
)
def test_a_question_without_sense_is_refused(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        checked(a_question(**changes))


def test_every_way_of_averaging_has_its_formula_in_both_languages() -> None:
    assert WORDS.keys() == set(Averaging)
    assert all(words.formula_cs != words.formula_en and words.cs != words.en for words in WORDS.values())


def test_numbers_are_written_as_czech_wants_them() -> None:
    assert decimal_cs(Decimal("7.89")) == "7,89"
    assert [counted_cs(n, "obec", "obce", "obcí") for n in (0, 1, 2, 4, 5, 21)] == [
        *("0\N{NO-BREAK SPACE}obcí", "1\N{NO-BREAK SPACE}obec", "2\N{NO-BREAK SPACE}obce"),
        *("4\N{NO-BREAK SPACE}obce", "5\N{NO-BREAK SPACE}obcí", "21\N{NO-BREAK SPACE}obcí"),
    ]
