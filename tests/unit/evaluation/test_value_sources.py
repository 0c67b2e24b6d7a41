"""What follows a corrected value, in which order, and what newer figures say of one that was taken."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.sources.domain import Computed, Formula, Taken, anew, doubt_of, following
from evaluation.sources.refusals import DefinitionChanged
from evaluation.values.derivation import Input
from evaluation.values.figures import Figure
from evaluation.values.refusals import ComputationHasNoValue
from tests.support.evaluation import PLAN, an_obligation

MAY = date(2026, 5, 1)


def an_input(name: str, value: str = "1") -> Input:
    return Input(code=name, obligation_id=uuid5(PLAN, name), version=2, value=Decimal(value), measured_on=MAY)


def computed(name: str, *of: str) -> Computed:
    formula = Formula(formula=" + ".join(of), inputs=tuple(map(an_input, of)))
    return Computed(obligation_id=uuid5(PLAN, name), made_version=2, formula=formula)


def names_of(values: list[Computed], known: str = "ABCDEFGH") -> str:
    names = {uuid5(PLAN, name): name for name in known}
    return "".join(names[each.obligation_id] for each in values)


def test_what_is_computed_of_two_that_change_comes_after_both() -> None:
    values = [computed("D", "B", "C"), computed("C", "B"), computed("B", "A"), computed("E", "F")]
    ordered, in_circle = following(values, uuid5(PLAN, "A"))
    assert (names_of(ordered), in_circle) == ("BCD", [])


def test_values_in_a_circle_and_behind_it_are_told_apart() -> None:
    values = [computed("B", "A", "C"), computed("C", "B"), computed("D", "C"), computed("E", "A")]
    ordered, in_circle = following(values, uuid5(PLAN, "A"))
    assert names_of(ordered) == "E"
    assert sorted(names_of(in_circle)) == ["B", "C", "D"]
    again, _ = following([computed("A", "B"), computed("B", "A")], uuid5(PLAN, "A"))
    assert names_of(again) == "B", "what a person corrected is computed no more"


@given(st.dictionaries(st.sampled_from("BCDEFGH"), st.sets(st.sampled_from("ABCDEFGH"), min_size=1)))
def test_each_comes_once_and_never_before_what_it_is_computed_of(said: dict[str, set[str]]) -> None:
    values = [computed(name, *sorted(of)) for name, of in said.items()]
    ordered, in_circle = following(values, uuid5(PLAN, "A"))
    done = names_of(ordered)
    assert len(set(done)) == len(done)
    assert set(done).isdisjoint(names_of(in_circle))
    for at, name in enumerate(done):
        assert not said[name] & set(done[at:])


def test_a_formula_is_computed_anew_only_where_its_inputs_say_something_else() -> None:
    formula = Formula(formula="A / B", inputs=(an_input("A", "6"), an_input("B", "3")))
    newer = [replace(each, version=9) for each in formula.inputs]
    assert anew(an_obligation(), formula, newer) is None
    with pytest.raises(DefinitionChanged):
        anew(an_obligation(), formula, [an_input("A", "9"), an_input("B", "3")])
    with pytest.raises(ComputationHasNoValue):
        anew(an_obligation(), formula, [an_input("A", "6")])


def a_figure(
    value: str | None, *, unit: int = 1, period: date = date(2022, 1, 1), vintage: int = 1
) -> Figure:
    number = None if value is None else Decimal(value)
    return Figure(unit_id=UUID(int=unit), period=period, vintage=vintage, digest="a", value=number)


TAKEN = Taken(
    obligation_id=UUID(int=7),
    made_version=2,
    period="2022",
    starts_on=date(2022, 3, 1),
    ends_on=date(2022, 12, 31),
    value=Decimal(30),
    series="EXE",
    figures=(a_figure("10"), a_figure("20", unit=2)),
)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([a_figure("10", vintage=9), a_figure("20", unit=2)], "no doubt"),
        ([a_figure("10.0"), a_figure("20", unit=2), a_figure("99", unit=3)], "no doubt"),
        ([a_figure("11"), a_figure("20", unit=2)], "31"),
        ([a_figure("10"), a_figure("20", unit=2), a_figure("25", unit=2, period=date(2022, 6, 1))], "35"),
        (
            [a_figure("10"), a_figure("20", unit=2), a_figure("1", unit=2, period=date(2023, 1, 1))],
            "no doubt",
        ),
        ([a_figure("10"), a_figure(None, unit=2)], None),
        ([a_figure("10")], None),
    ],
)
def test_figures_raise_a_doubt_where_they_come_to_something_else(
    figures: list[Figure], told: str | None
) -> None:
    doubt = doubt_of(TAKEN, figures)
    assert (doubt.told["value"] if doubt else "no doubt") == told
