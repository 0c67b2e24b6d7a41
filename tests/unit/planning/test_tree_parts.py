"""What hangs on the tree and on the plan: numbers, forms of registration numbers, the frozen text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plans.parts import (
    NOTHING_ATTACHED,
    Area,
    Attached,
    FundingProject,
    Programme,
    Risk,
    StrategyLink,
    is_registration_number,
)
from planning.plans.snapshot import Snapshot, snapshot_of
from planning.plans.tree import Goal, Problem, walk, walk_attached
from tests.support.plan_content import a_line, an_id, the_goal, the_measure, the_problem, with_measure

RISK = Risk(id=an_id(50), title="Byty", probability=3, impact=4)


def frozen(problem: Problem, attached: Attached = NOTHING_ATTACHED) -> Snapshot:
    return snapshot_of(
        plan_id=an_id(9),
        revision=1,
        head={"title": "Plán"},
        approval={},
        units=[],
        problems=(problem,),
        attached=attached,
    )


def test_parts_are_numbered_after_what_they_hang_on() -> None:
    link = StrategyLink(id=an_id(40), strategy_code="SSZ")
    project = FundingProject(id=an_id(41), title="Bydlení")
    measure = the_measure(budget=(a_line(30), a_line(31)), projects=(project,), strategies=(link,))
    tree = the_problem(goals=(the_goal(measures=(measure,), strategies=(link,)),))
    assert [placed.number for placed in walk((tree,))] == [
        "1", "1.1", "1.1-I1", "1.1-S1",
        "1.1.1", "1.1.1-I1", "1.1.1-S1", "1.1.1-B1", "1.1.1-B2", "1.1.1-F1",
    ]  # fmt: skip
    area = Area(id=an_id(51), code="I", title="Senioři")
    hanging = Attached(risks=(RISK, RISK), areas=(area,))
    assert [placed.number for placed in walk_attached(hanging)] == ["A1", "R1", "R2"]


@given(shape=st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=4))
def test_numbers_are_never_given_twice(shape: list[list[int]]) -> None:
    problems = tuple(
        Problem(
            id=an_id(1),
            area="BYD",
            title="P",
            goals=tuple(
                Goal(id=an_id(2), title="G", measures=(the_measure(),) * measures) for measures in goals
            ),
        )
        for goals in shape
    )
    numbers = [placed.number for placed in walk(problems)]
    assert len(numbers) == len(set(numbers))


def test_a_plan_without_parts_is_frozen_as_it_always_was() -> None:
    text = json.loads(frozen(with_measure(budget=())).text)
    measure = text["problems"][0]["goals"][0]["measures"][0]
    assert text["schema"] == "pospolu.plan/1"
    assert {"budget", "projects", "strategies"}.isdisjoint(measure)
    assert {"areas", "chapters", "risks"}.isdisjoint(text)


def test_a_plan_with_parts_is_frozen_with_them_in_the_second_form() -> None:
    text = json.loads(frozen(with_measure(), Attached(risks=(RISK,))).text)
    assert text["schema"] == "pospolu.plan/2"
    [line] = text["problems"][0]["goals"][0]["measures"][0]["budget"]
    assert (line["number"], line["amount_czk"]) == ("1.1.1-B1", "1000.00")
    assert text["risks"][0]["number"] == "R1"


@pytest.mark.parametrize(
    ("programme", "number"),
    [
        (Programme.OPZ_PLUS, "CZ.03.02.01/00/22_045/0001234"),
        (Programme.IROP, "CZ.06.04.02/00/22_049/0001234"),
        (Programme.IROP, "CZ.06.2.56/0.0/0.0/16_043/0002345"),
        (Programme.OP_JAK, "CZ.02.02.02/00/22_002/0001234"),
        (Programme.OPZ, "CZ.03.2.60/0.0/0.0/15_026/0000785"),
        (Programme.OP_VVV, "CZ.02.3.61/0.0/0.0/15_007/0000099"),
        (Programme.OTHER, "whatever 7"),
        (Programme.OPZ_PLUS, ""),
    ],
)
def test_a_registration_number_has_the_form_of_its_programme(programme: Programme, number: str) -> None:
    assert is_registration_number(programme, number)


@pytest.mark.parametrize(
    ("programme", "number"),
    [
        (Programme.OPZ_PLUS, "CZ.06.02.01/00/22_045/0001234"),
        (Programme.OPZ_PLUS, "CZ.03.02.01/00/22_045/0001234 "),
        (Programme.OPZ_PLUS, "CZ.03.02.01/00/22_045/001234"),
        (Programme.OPZ, "CZ.03.02.01/00/22_045/0001234"),
    ],
)
def test_a_registration_number_of_another_form_is_not_one(programme: Programme, number: str) -> None:
    assert not is_registration_number(programme, number)
