"""Rules of the library and of exchanges that need no database."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.insertions.planting import MOST_MEASURES, plant
from planning.insertions.refusals import NoRoomForInsertion
from planning.library.patterns import (
    GoalPattern,
    IndicatorPattern,
    MeasurePattern,
    Pattern,
    ProblemPattern,
    pattern_of_measure,
)
from planning.offers.domain import ExchangeForm, Need
from planning.offers.matching import Candidate, ranked
from planning.peers.domain import LABELS, PROCEDURE, ExchangeMove, ExchangeStatus
from planning.plans.parts import BudgetLine, Category, Funder
from planning.plans.tree import Goal, Measure, Problem, walk
from shared.contracts.registry import ThematicArea, UnitKind
from shared.ids import uuid7

HERE, THERE = uuid4(), uuid4()


def a_measure(title: str = "Zabydlování") -> Measure:
    return Measure(id=uuid7(), title=title)


def a_problem(*measures: Measure) -> Problem:
    goal = Goal(id=uuid7(), title="Cíl", measures=measures)
    return Problem(id=uuid7(), area="BYD", title="Problém", goals=(goal,))


def a_candidate(**changes: object) -> Candidate:
    given: dict[str, object] = {
        "offer_id": uuid4(),
        "unit_id": THERE,
        "unit_name": "Obrnice",
        "unit_kind": UnitKind.MUNICIPALITY,
        "area": "BYD",
        "title": "Bydlení",
        "forms": (ExchangeForm.VISIT,),
        "people_concerned": 100,
        "is_verified": False,
        "free": 1,
        **changes,
    }
    return Candidate(**given)  # type: ignore[arg-type]


NEED = Need(
    id=uuid4(),
    version=1,
    unit_id=HERE,
    area=ThematicArea.BYD,
    title="Ubytovny",
    description="",
    people_concerned=200,
)
_indicators = st.lists(st.builds(IndicatorPattern, name=st.text(max_size=5)), max_size=3).map(tuple)
_measures = st.builds(
    MeasurePattern,
    title=st.text(max_size=5),
    activities=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    indicators=_indicators,
)
_goals = st.builds(
    GoalPattern,
    title=st.text(max_size=5),
    indicators=_indicators,
    measures=st.lists(_measures, max_size=3).map(tuple),
)
_problems = st.builds(
    ProblemPattern, title=st.text(max_size=5), goals=st.lists(_goals, max_size=2).map(tuple)
)


@given(pattern=st.one_of(_measures, _goals, _problems))
def test_what_is_planted_has_ids_of_its_own_and_moves_nothing_that_was_there(pattern: Pattern) -> None:
    tree = (a_problem(a_measure(), a_measure("Druhé")), a_problem())
    places = {ProblemPattern: None, GoalPattern: tree[0].id, MeasurePattern: tree[0].goals[0].id}
    grown, node_id = plant(tree, pattern, parent_id=places[type(pattern)], area="DLU", new_id=uuid7)
    before = {placed.node.id: placed.number for placed in walk(tree)}
    after = list(walk(grown))
    numbers = {placed.node.id: placed.number for placed in after}
    assert len(numbers) == len(after) > len(before)
    assert before.items() <= numbers.items()
    assert node_id in numbers.keys() - before.keys()


def test_a_goal_takes_no_more_measures_than_a_tree_may_be_sent_with() -> None:
    tree = (a_problem(*(a_measure() for _ in range(MOST_MEASURES))),)
    with pytest.raises(NoRoomForInsertion):
        plant(tree, MeasurePattern(title="Další"), parent_id=tree[0].goals[0].id, area="", new_id=uuid7)


def test_a_pattern_of_a_measure_leaves_out_amounts_days_and_who_did_it() -> None:
    line = BudgetLine(id=uuid7(), year=2026, funder=Funder.EU, category=Category.STAFF, amount_czk=Decimal(5))
    measure = Measure(
        id=uuid7(), title="Zabydlování", owner="Obec", starts_on=date(2026, 1, 1), budget=(line, line)
    )
    assert pattern_of_measure(measure) == MeasurePattern(title="Zabydlování", budget=(Category.STAFF,))


def test_offers_are_ranked_by_reasons_and_then_in_czech_order_never_those_of_the_own_unit() -> None:
    plain = [a_candidate(unit_name=name, people_concerned=None) for name in ("Chodov", "Čermná", "Cheb")]
    best = a_candidate(unit_name="Žatec", is_verified=True)
    full = a_candidate(unit_name="Aš", is_verified=True, free=0, people_concerned=None)
    others = [a_candidate(unit_id=HERE), a_candidate(area="DLU")]
    found = ranked(NEED, UnitKind.MUNICIPALITY, [*plain, full, *others, best])
    names = [match.candidate.unit_name for match in found]
    assert names == ["Žatec", "Čermná", "Cheb", "Chodov", "Aš"]
    assert [reason.cs for reason in found[-1].reasons] == [
        "stejná oblast (bydlení)",
        "ověřená praxe",
        "stejný druh územního celku",
        "letos už má obsazeno",
    ]


@given(order=st.permutations(range(4)))
def test_the_order_of_suggestions_does_not_depend_on_the_order_of_offers(order: list[int]) -> None:
    offers = [a_candidate(offer_id=UUID(int=number), unit_name="Cheb") for number in range(4)]
    found = ranked(NEED, UnitKind.MUNICIPALITY, [offers[number] for number in order])
    assert [match.candidate.offer_id.int for match in found] == [0, 1, 2, 3]


def test_a_need_is_of_similar_size_up_to_twice_as_many_people() -> None:
    similar = [
        people
        for people in (99, 100, 400, 401)
        for match in ranked(NEED, UnitKind.MUNICIPALITY, [a_candidate(people_concerned=people)])
        if any("similar size" in reason.en for reason in match.reasons)
    ]
    assert similar == [100, 400]


def test_every_state_and_move_of_an_exchange_has_a_name_and_what_ended_does_not_move() -> None:
    assert {*ExchangeStatus, *ExchangeMove} == LABELS.keys()
    assert PROCEDURE.allowed(ExchangeStatus.DONE) == PROCEDURE.allowed(ExchangeStatus.CANCELLED) == []
