"""Builders of what hangs on a plan: pure nodes with small ids, and the JSON of a plan with parts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from planning.plans.linter import Subject
from planning.plans.parts import BudgetLine, Category, Funder
from planning.plans.tree import Goal, Indicator, Measure, Problem
from shared.contracts.planning import PlanKind
from tests.support.planning import Json, a_goal, a_measure, a_problem

FROM, UNTIL = date(2026, 1, 1), date(2030, 12, 31)


def an_id(number: int) -> UUID:
    return UUID(int=number)


def a_line(number: int = 30, **changes: object) -> BudgetLine:
    whole = BudgetLine(
        id=an_id(number),
        year=2026,
        funder=Funder.EU,
        category=Category.STAFF,
        amount_czk=Decimal("1000.00"),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def an_indicator(number: int = 20, **changes: object) -> Indicator:
    whole = Indicator(
        id=an_id(number),
        name=f"Indikátor {number}",
        unit="%",
        owner="Město",
        source="evidence",
        baseline=Decimal(40),
        baseline_on=date(2025, 12, 31),
        target=Decimal(75),
        target_on=date(2029, 12, 31),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def the_measure(**changes: object) -> Measure:
    whole = Measure(
        id=an_id(3),
        title="Zabydlování",
        owner="Město",
        partners=("Společně",),
        starts_on=date(2026, 3, 1),
        ends_on=date(2029, 12, 31),
        cost_czk=Decimal("1000.00"),
        funding_source="OPZ+",
        indicators=(an_indicator(21),),
        budget=(a_line(),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def the_goal(**changes: object) -> Goal:
    whole = Goal(
        id=an_id(2),
        title="Méně ubytoven",
        due_on=date(2029, 12, 31),
        indicators=(an_indicator(),),
        measures=(the_measure(),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def the_problem(**changes: object) -> Problem:
    whole = Problem(
        id=an_id(1),
        area="BYD",
        title="Ubytovny",
        description="120 osob",
        affected_group="rodiny s dětmi",
        estimated_people=120,
        source="analýza 2025",
        goals=(the_goal(),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def with_measure(**changes: object) -> Problem:
    return the_problem(goals=(the_goal(measures=(the_measure(**changes),)),))


def a_subject(*problems: Problem, **changes: object) -> Subject:
    whole = Subject(
        kind=PlanKind.PSZ, valid_from=FROM, valid_until=UNTIL, problems=problems or (the_problem(),)
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_budget_line(**changes: object) -> Json:
    return {"year": 2026, "funder": "eu", "category": "staff", "amount_czk": "1062500.00", **changes}


def a_tree_with_parts(**measure: object) -> Json:
    """A plan whose only measure has lines by 85/10/5, a project and a link; with a risk on the plan."""
    lines = [
        a_budget_line(),
        a_budget_line(year=2027, funder="state", amount_czk="125000.00"),
        a_budget_line(year=2027, funder="municipality", amount_czk="62500.00"),
    ]
    project = {
        "title": "Bydlení především",
        "programme": "OPZ+",
        "registration_number": "CZ.03.02.01/00/22_045/0001234",
        "applicant": "Město Obrnice",
        "budget_czk": "3648425.00",
        "state": "running",
    }
    link = {"strategy_code": "SSZ 2021–2030", "goal_code": "3.1", "title": "Dostupné bydlení"}
    whole = a_measure(budget=lines, projects=[project], strategies=[link], **measure)
    risk = {"title": "Nebudou volné byty", "probability": 3, "impact": 4, "response": "Nájem s garancí"}
    return {
        "problems": [a_problem(goals=[a_goal(measures=[whole], strategies=[link])])],
        "risks": [risk],
    }
