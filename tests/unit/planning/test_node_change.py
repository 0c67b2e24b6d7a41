"""One node said anew: what changes, what stays, what its kind does not know."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from planning.plans.edition import Edition
from planning.plans.node_change import NodeNotThere, NodeValuesMalformed, change_between, with_values
from planning.plans.node_schemas import reworded
from planning.plans.parts import BudgetLine, Funder
from planning.plans.tree import Goal, Indicator, Measure, Problem

MEASURE, GOAL, LINE = uuid4(), uuid4(), uuid4()


def an_edition(*, cost: Decimal | None = Decimal("100.00")) -> Edition:
    line = BudgetLine(id=LINE, year=2026, funder=Funder.EU, amount_czk=Decimal("100.00"))
    measure = Measure(id=MEASURE, title="Zabydlování", cost_czk=cost, budget=(line,))
    goal = Goal(id=GOAL, title="Méně rodin na ubytovnách", measures=(measure,))
    problem = Problem(id=uuid4(), area="BYD", title="Ubytovny", goals=(goal,))
    return Edition(
        title="Plán",
        vision="",
        unit_ids=(),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        problems=(problem,),
    )


def test_only_what_was_sent_changes_and_what_hangs_on_the_node_stays() -> None:
    before = an_edition()
    after = with_values(before, MEASURE, {"title": "Zabydlování s podporou"})
    found = change_between(before, after, MEASURE)
    assert found is not None
    assert [(c.field, c.before, c.after) for c in found.changes] == [
        ("title", "Zabydlování", "Zabydlování s podporou")
    ]
    assert found.number == "1.1.1"
    measure = after.problems[0].goals[0].measures[0]
    assert measure.budget == before.problems[0].goals[0].measures[0].budget
    assert change_between(before, after, GOAL) is None


def test_the_same_values_are_no_change() -> None:
    before = an_edition()
    assert change_between(before, with_values(before, MEASURE, {"title": "Zabydlování"}), MEASURE) is None


def test_a_node_that_is_not_there_is_told() -> None:
    with pytest.raises(NodeNotThere):
        with_values(an_edition(), UUID(int=1), {"title": "X"})


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"indicators": []}, "indicators"),
        ({"id": str(uuid4())}, "id"),
        ({"name": "X"}, "name"),
        ({"title": ""}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"cost_czk": "-1"}, "cost_czk"),
        ({"starts_on": 0}, "starts_on"),
        ({"title": None}, "title"),
    ],
)
def test_a_value_is_read_by_the_schema_of_the_kind(values: dict[str, object], place: str) -> None:
    measure = an_edition().problems[0].goals[0].measures[0]
    with pytest.raises(NodeValuesMalformed) as refused:
        reworded(measure, values)  # type: ignore[arg-type]
    assert refused.value.findings[0].pointer == f"/values/{place}"


def test_numbers_and_days_become_what_the_tree_holds() -> None:
    measure = an_edition().problems[0].goals[0].measures[0]
    wanted = reworded(measure, {"cost_czk": "125000.5", "starts_on": "2026-03-01", "partners": ["Společně"]})
    assert isinstance(wanted, Measure)
    assert (str(wanted.cost_czk), wanted.starts_on) == ("125000.50", date(2026, 3, 1))
    assert wanted.partners == ("Společně",)
    indicator = Indicator(id=uuid4(), name="Domácnosti", baseline=Decimal("41.5"))
    assert reworded(indicator, {"name": "Rodiny"}) == Indicator(
        id=indicator.id, name="Rodiny", baseline=Decimal("41.5")
    )
