"""A snapshot turned into the texts that the pages show, in reading order; the template only places them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from textwrap import shorten
from typing import TypeAlias

from documents.rendering import typography as cs
from documents.rendering.domain import Activity, Goal, Indicator, Measure, Problem, Snapshot
from documents.rendering.labels import AREAS, DIRECTIONS, PERIODICITIES, PLAN_KINDS

View: TypeAlias = "Mapping[str, View] | Sequence[View] | str"

DASH = "–"


def view_of(snapshot: Snapshot, *, digest: str) -> View:
    approval = snapshot.approval
    return {
        "title": _line(snapshot.title),
        "running": shorten(_line(snapshot.title), width=70, placeholder=" …"),
        "kind": PLAN_KINDS[snapshot.kind],
        "units": [_line(unit.name) for unit in snapshot.units],
        "facts": _facts(
            ("Období platnosti", cs.czech_period(snapshot.valid_from, snapshot.valid_until)),
            ("Schvalující orgán", approval.body),
            ("Schváleno dne", cs.czech_date(approval.approved_on)),
            ("Číslo usnesení", approval.resolution_number),
            ("Revize plánu", str(snapshot.revision)),
        ),
        "vision": cs.paragraphs(snapshot.vision),
        "overview": [_overview_row(problem) for problem in snapshot.problems],
        "total": _totals(tuple(_measures(*snapshot.problems))),
        "problems": [_problem(problem) for problem in snapshot.problems],
        "plan_id": str(snapshot.plan_id),
        "digest": digest,
    }


def _line(text: str | None) -> str:
    return " ".join(cs.paragraphs(text))


def _or_dash(text: str | None) -> str:
    return _line(text) or DASH


def _facts(*pairs: tuple[str, str | None]) -> View:
    """Labels with the paragraphs of their text; what is not filled in is left out."""
    return [{"label": label, "text": text} for label, value in pairs if (text := cs.paragraphs(value))]


def _measures(*problems: Problem) -> Iterator[Measure]:
    return (measure for problem in problems for goal in problem.goals for measure in goal.measures)


def _indicators(problem: Problem) -> int:
    of_goals = sum(len(goal.indicators) for goal in problem.goals)
    return of_goals + sum(len(measure.indicators) for measure in _measures(problem))


def _cost(measures: Sequence[Measure]) -> str:
    known = [measure.cost_czk for measure in measures if measure.cost_czk is not None]
    return cs.czech_money(sum(known, Decimal(0))) if known else DASH


def _overview_row(problem: Problem) -> View:
    measures = tuple(_measures(problem))
    counts = (len(problem.goals), len(measures), _indicators(problem))
    return [
        _line(problem.number),
        _line(problem.title),
        _area(problem.area),
        *(cs.czech_number(count) for count in counts),
        _cost(measures),
    ]


def _totals(measures: Sequence[Measure]) -> View:
    unknown = sum(measure.cost_czk is None for measure in measures)
    forms = ("opatření", "opatření", "opatření")
    note = f"Bez odhadu nákladů: {cs.counted(unknown, forms)}." if unknown else ""
    return {"cost": _cost(measures), "note": note}


def _area(code: str | None) -> str:
    return AREAS.get(code or "", _or_dash(code))


def _problem(problem: Problem) -> View:
    return {
        "number": _line(problem.number),
        "title": _line(problem.title),
        "area": _area(problem.area),
        "description": cs.paragraphs(problem.description),
        "facts": _facts(
            ("Příčiny", problem.causes),
            ("Důsledky", problem.consequences),
            ("Dotčená skupina", problem.affected_group),
            ("Odhad počtu osob", cs.czech_number(problem.estimated_people)),
            ("Zdroj dat", problem.source),
        ),
        "goals": [_goal(goal) for goal in problem.goals],
    }


def _goal(goal: Goal) -> View:
    return {
        "number": _line(goal.number),
        "title": _line(goal.title),
        "facts": _facts(("Cílový stav", goal.target_state), ("Termín", cs.czech_date(goal.due_on))),
        "indicators": [_indicator(indicator) for indicator in goal.indicators],
        "measures": [_measure(measure) for measure in goal.measures],
    }


def _measure(measure: Measure) -> View:
    return {
        "number": _line(measure.number),
        "title": _line(measure.title),
        "description": cs.paragraphs(measure.description),
        "facts": _facts(
            ("Realizátor", measure.owner),
            ("Spolupracující", ", ".join(measure.partners or ())),
            ("Termín", cs.czech_period(measure.starts_on, measure.ends_on)),
            ("Odhad nákladů", cs.czech_money(measure.cost_czk)),
            ("Zdroj financování", measure.funding_source),
        ),
        "indicators": [_indicator(indicator) for indicator in measure.indicators],
        "activities": [_activity(activity) for activity in measure.activities],
    }


def _activity(activity: Activity) -> View:
    due_on = cs.czech_date(activity.due_on) or DASH
    return [_line(activity.number), _line(activity.title), _or_dash(activity.owner), due_on]


def _indicator(indicator: Indicator) -> View:
    return {
        "number": _line(indicator.number),
        "name": _line(indicator.name),
        "source": _line(indicator.source),
        "unit": _or_dash(indicator.unit),
        "direction": DIRECTIONS[indicator.direction] if indicator.direction else "",
        "baseline": cs.czech_number(indicator.baseline) or DASH,
        "baseline_on": cs.czech_date(indicator.baseline_on),
        "target": cs.czech_number(indicator.target) or DASH,
        "target_on": cs.czech_date(indicator.target_on),
        "periodicity": PERIODICITIES[indicator.periodicity] if indicator.periodicity else DASH,
        "owner": _or_dash(indicator.owner),
    }
