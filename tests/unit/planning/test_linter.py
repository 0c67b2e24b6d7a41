"""The rules by which a plan is read: each of them finds what it is for, and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from planning.plans.completeness import missing
from planning.plans.linter import Subject, lint
from planning.plans.parts import Area, Attached, Chapter, Funder, Risk
from planning.plans.rules import RULES, Severity
from shared.contracts.planning import Direction, PlanKind
from tests.support.plan_content import (
    FROM,
    a_line,
    a_subject,
    an_id,
    an_indicator,
    the_goal,
    the_measure,
    the_problem,
    with_measure,
)

RISK = Risk(id=an_id(50), title="Byty", probability=3, impact=4)
AREA = Area(id=an_id(51), code="VII", title="Sociální vyloučení")


def rules(subject: Subject) -> list[str]:
    return [found.rule.id for found in lint(subject)]


def test_a_plan_that_says_everything_is_found_no_fault_with() -> None:
    assert rules(a_subject()) == []


TWO_GOALS = the_problem(
    goals=(the_goal(), the_goal(id=an_id(5), title="méně  Ubytoven", measures=(), indicators=()))
)
CASES = [
    (a_subject(the_problem(source="")), "problem-without-evidence"),
    (a_subject(the_problem(affected_group="")), "problem-without-group"),
    (a_subject(the_problem(estimated_people=None)), "problem-without-estimate"),
    (a_subject(with_measure(cost_czk=Decimal(999))), "budget-not-summing"),
    (a_subject(with_measure(budget=())), "cost-not-broken-down"),
    (a_subject(with_measure(budget=(a_line(year=2031),))), "budget-outside-plan"),
    (a_subject(with_measure(budget=(a_line(funder=Funder.OTHER),))), "funder-not-named"),
    (a_subject(with_measure(cost_czk=None, budget=(), funding_source="")), "measure-without-funding"),
    (a_subject(attached=Attached(risks=(RISK,))), "risk-without-response"),
    (a_subject(valid_until=date(2031, 1, 1)), "plan-period"),
    (a_subject(lapsed={an_id(3): False}), "owner-not-accepted"),
    (a_subject(lapsed={an_id(3): True}), "owner-lapsed"),
    (
        a_subject(the_problem(goals=(the_goal(indicators=(an_indicator(target=Decimal(39)),)),))),
        "target-against-direction",
    ),
    (
        a_subject(the_problem(goals=(the_goal(indicators=(an_indicator(direction=Direction.DECREASE),)),))),
        "target-against-direction",
    ),
    (
        a_subject(the_problem(area="VII"), kind=PlanKind.KPSS, attached=Attached(areas=(AREA,))),
        "area-without-manager",
    ),
]


@pytest.mark.parametrize(("subject", "rule"), CASES)
def test_every_rule_finds_what_it_is_for(subject: Subject, rule: str) -> None:
    assert rules(subject) == [rule]


def test_a_title_that_stands_twice_is_found_at_the_second_one() -> None:
    [found] = [each for each in lint(a_subject(TWO_GOALS)) if each.rule.id == "duplicate-title"]
    assert (found.finding.pointer, found.number) == ("/problems/0/goals/1/title", "1.2")
    assert found.finding.en == "1.1 has the same title"


def test_a_cost_that_has_a_source_by_lines_alone_is_funded() -> None:
    assert rules(a_subject(with_measure(funding_source=""))) == []


def test_a_plan_with_a_list_of_areas_has_problems_in_those_alone() -> None:
    listed = Attached(areas=(Area(id=an_id(51), code="I", title="Senioři", managers=("Charita",)),))
    community = a_subject(the_problem(area="VII"), kind=PlanKind.KPSS, attached=listed)
    assert rules(community) == ["area-unknown"]
    assert rules(a_subject(the_problem(area="VII"), kind=PlanKind.KPSS)) == []
    assert rules(a_subject(the_problem(area="VII"), attached=listed)) == ["area-unknown"]


@pytest.mark.parametrize(
    ("kind", "until", "fits"),
    [
        (PlanKind.PSZ, date(2026, 12, 31), True),
        (PlanKind.PSZ, date(2026, 12, 30), False),
        (PlanKind.PSZ, date(2030, 12, 31), True),
        (PlanKind.KPSS, date(2035, 12, 31), True),
        (PlanKind.KPSS, date(2036, 1, 1), False),
    ],
)
def test_a_plan_lasts_as_long_as_its_kind_may(kind: PlanKind, until: date, *, fits: bool) -> None:
    found = missing(kind, (the_problem(),), valid_from=FROM, valid_until=until)
    assert ("plan-period" not in {each.code for each in found}) is fits


def test_a_year_from_the_leap_day_is_a_year() -> None:
    found = missing(PlanKind.PSZ, (), valid_from=date(2028, 2, 29), valid_until=date(2029, 2, 28))
    assert [each.code for each in found] == ["plan-without-problem"]


def test_a_region_needs_its_five_parts_and_a_town_may_do_without() -> None:
    written = Attached(chapters=(Chapter(id=an_id(60), code="sit", title="Síť", description="…"),))
    region = a_subject(kind=PlanKind.SPRSS, attached=written)
    assert rules(region) == ["part-missing"] * 4
    assert rules(a_subject(kind=PlanKind.KPSS, attached=written)) == []


def test_the_gravest_findings_come_first() -> None:
    worst = a_subject(the_problem(source="", affected_group="", goals=()))
    assert [found.rule.severity for found in lint(worst)] == ["error", "warning", "advice"]


def test_what_stops_an_approval_are_the_errors_and_no_more() -> None:
    bare = the_problem(
        area="XYZ", source="", description="", goals=(the_goal(measures=(the_measure(owner=""),)),)
    )
    subject = a_subject(bare, attached=Attached(risks=(RISK,)))
    stops = missing(
        subject.kind, subject.problems, valid_from=subject.valid_from, valid_until=subject.valid_until
    )
    errors = [found.finding for found in lint(subject) if found.rule.severity is Severity.ERROR]
    assert errors == stops != []


def test_every_rule_is_explained_in_two_languages_and_named_once() -> None:
    assert all(rule.id == name and rule.cs and rule.en and rule.kinds for name, rule in RULES.items())
    tried = {rule for _, rule in CASES}
    assert tried <= RULES.keys()
