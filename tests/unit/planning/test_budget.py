"""The money of a plan: shares that add up to the haléř, and sums in one order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.overviews.domain import csv_of
from planning.plans.budget import budget_of, shares
from planning.plans.parts import BudgetLine, Category, Funder
from shared.csv_files import Delimiter
from tests.support.plan_content import a_line, an_id, the_goal, the_measure, the_problem, with_measure

AMOUNTS = st.decimals(min_value=0, max_value=10**11, places=2)
KEY = ((Funder.EU, Decimal(85)), (Funder.STATE, Decimal(10)), (Funder.MUNICIPALITY, Decimal(5)))


@st.composite
def keys(draw: st.DrawFn) -> tuple[tuple[Funder, Decimal], ...]:
    """Draw a key of a hundred per cent, to two decimal places."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=5)))
    parts = [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    return tuple(zip(list(Funder)[: len(parts)], parts, strict=True))


def test_the_shares_of_ostrava_are_those_of_its_project() -> None:
    assert [czk for _, czk in shares(Decimal("3648425.00"), KEY)] == [
        Decimal("3101161.25"),
        Decimal("364842.50"),
        Decimal("182421.25"),
    ]


@given(total=AMOUNTS, key=keys())
def test_shares_are_exact_to_the_haler_and_stand_in_the_order_of_the_key(
    total: Decimal, key: tuple[tuple[Funder, Decimal], ...]
) -> None:
    found = shares(total, key)
    assert sum(czk for _, czk in found) == total
    assert [funder for funder, _ in found] == [funder for funder, _ in key]
    assert all(czk >= 0 and czk == czk.quantize(Decimal("0.01")) for _, czk in found)


@pytest.mark.parametrize(
    "key",
    [
        (),
        ((Funder.EU, Decimal(85)), (Funder.STATE, Decimal(10))),
        ((Funder.EU, Decimal(110)), (Funder.OWN, Decimal(-10))),
    ],
)
def test_a_key_that_is_not_a_hundred_per_cent_is_refused(key: tuple[tuple[Funder, Decimal], ...]) -> None:
    with pytest.raises(ValueError, match="hundred"):
        shares(Decimal(100), key)


def test_an_amount_smaller_than_a_haler_cannot_be_shared() -> None:
    with pytest.raises(ValueError, match="haléře"):
        shares(Decimal("0.001"), KEY)


LINES = st.lists(
    st.builds(
        BudgetLine,
        id=st.integers(min_value=100, max_value=10**9).map(an_id),
        year=st.integers(2026, 2030),
        funder=st.sampled_from(Funder),
        category=st.sampled_from(Category),
        amount_czk=AMOUNTS,
    )
)


@given(lines=LINES)
def test_every_way_of_summing_comes_to_the_same_total_in_one_order(lines: list[BudgetLine]) -> None:
    found = budget_of((with_measure(budget=tuple(lines)),))
    there = budget_of((with_measure(budget=tuple(reversed(lines))),))
    assert found.total_czk == sum(line.amount_czk for line in lines)
    for sums in (found.by_year, found.by_funder, found.by_category):
        assert sum(sums.values()) == found.total_czk
    assert list(found.by_year.items()) == list(there.by_year.items())
    assert list(found.by_funder.items()) == list(there.by_funder.items())


def test_what_a_measure_without_lines_costs_is_not_in_the_sums() -> None:
    goal = the_goal(measures=(the_measure(), the_measure(id=an_id(4), budget=(), cost_czk=Decimal(7))))
    found = budget_of((the_problem(goals=(goal,)),))
    assert (found.total_czk, found.uncovered_czk) == (Decimal("1000.00"), Decimal(7))
    assert [measure.difference_czk for measure in found.measures] == [Decimal(0), None]


def test_a_spreadsheet_gets_decimal_commas_and_no_formulas() -> None:
    budget = budget_of((with_measure(title="=1+1", budget=(a_line(note="@dary"),)),))
    czech = csv_of(budget, delimiter=Delimiter.SEMICOLON, language="cs").decode("utf-8-sig")
    english = csv_of(budget, delimiter=Delimiter.COMMA, language="en").decode("utf-8-sig")
    assert czech.splitlines() == [
        "číslo;opatření;rok;zdroj;kategorie;částka v Kč;poznámka",
        "1.1.1;'=1+1;2026;Evropská unie (ESF+);osobní náklady;1000,00;'@dary",
    ]
    assert english.splitlines()[1] == "1.1.1,'=1+1,2026,European Union (ESF+),staff,1000.00,'@dary"
