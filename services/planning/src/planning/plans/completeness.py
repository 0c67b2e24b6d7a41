"""The errors: what a plan still lacks before a council can approve it (domain rules of PSZ, section 3.6)."""

from collections.abc import Iterator
from datetime import date, timedelta

from planning.plans.budget import total_of
from planning.plans.kinds import KINDS_OF_PLAN
from planning.plans.parts import NOTHING_ATTACHED, Attached
from planning.plans.tree import Goal, Indicator, Measure, Problem
from shared.contracts.planning import Direction, PlanKind
from shared.errors import Finding


def missing(
    kind: PlanKind,
    problems: tuple[Problem, ...],
    *,
    valid_from: date,
    valid_until: date,
    attached: Attached = NOTHING_ATTACHED,
) -> list[Finding]:
    """Return every finding with its place, in the order of reading; an empty list means complete."""
    found = list(_validity(kind, valid_from, valid_until))
    if not problems:
        found.append(
            _finding(
                "/problems", "plan-without-problem", "plán nemá žádný problém", "the plan has no problem"
            )
        )
    areas = areas_of(kind, attached)
    for position, problem in enumerate(problems):
        found += _problem(problem, f"/problems/{position}", areas, (valid_from, valid_until))
    return found


def areas_of(kind: PlanKind, attached: Attached) -> frozenset[str] | None:
    """Return the codes of the areas that problems may be of; None where the plan may have any."""
    like = KINDS_OF_PLAN[kind]
    if not like.own_areas:
        return frozenset(area.code for area in like.areas)
    return frozenset(area.code for area in attached.areas) or None


def _validity(kind: PlanKind, first: date, last: date) -> Iterator[Finding]:
    like = KINDS_OF_PLAN[kind]
    if (
        not _after(first, like.shortest_years)
        <= last + timedelta(days=1)
        <= _after(first, like.longest_years)
    ):
        years = f"{like.shortest_years}–{like.longest_years}"
        yield _finding(
            "/valid_until",
            "plan-period",
            f"plán tohoto druhu trvá {years} let",
            f"a plan of this kind lasts {years} years",
        )


def _after(first: date, years: int) -> date:
    """Return the day so many years after; for 29 February the first of March."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


def _problem(
    problem: Problem, at: str, areas: frozenset[str] | None, valid: tuple[date, date]
) -> Iterator[Finding]:
    if areas is not None and problem.area not in areas:
        yield _finding(
            f"{at}/area",
            "area-unknown",
            f"„{problem.area}“ není tematická oblast",
            f"“{problem.area}” is not a thematic area",
        )
    if not problem.description:
        yield _finding(f"{at}/description", "problem-not-described", "chybí popis problému", "no description")
    if not problem.goals:
        yield _finding(f"{at}/goals", "problem-without-goal", "problém nemá cíl", "the problem has no goal")
    for position, goal in enumerate(problem.goals):
        yield from _goal(goal, f"{at}/goals/{position}", valid)


def _goal(goal: Goal, at: str, valid: tuple[date, date]) -> Iterator[Finding]:
    if goal.due_on is None:
        yield _finding(f"{at}/due_on", "goal-without-date", "cíl nemá termín", "the goal has no date")
    if not goal.indicators:
        yield _finding(
            f"{at}/indicators",
            "goal-without-indicator",
            "cíl nemá indikátor výsledku",
            "the goal has no result indicator",
        )
    if not goal.measures:
        yield _finding(
            f"{at}/measures", "goal-without-measure", "cíl nemá opatření", "the goal has no measure"
        )
    for position, indicator in enumerate(goal.indicators):
        yield from _indicator(indicator, f"{at}/indicators/{position}", valid)
    for position, measure in enumerate(goal.measures):
        yield from _measure(measure, f"{at}/measures/{position}", valid)


def _measure(measure: Measure, at: str, valid: tuple[date, date]) -> Iterator[Finding]:
    if not measure.owner:
        yield _finding(f"{at}/owner", "measure-without-owner", "opatření nemá realizátora", "no owner")
    if not measure.funding_source and not measure.budget:
        yield _finding(
            f"{at}/funding_source",
            "measure-without-funding",
            "opatření nemá zdroj financování",
            "the measure has no source of funding",
        )
    if measure.budget and measure.cost_czk not in {None, total_of(measure.budget)}:
        yield _finding(
            f"{at}/budget",
            "budget-not-summing",
            f"řádky rozpočtu dávají {total_of(measure.budget)} Kč, náklady jsou {measure.cost_czk} Kč",
            f"the budget lines make CZK {total_of(measure.budget)}, the cost is CZK {measure.cost_czk}",
        )
    yield from _period(measure, at, valid)
    if not measure.indicators:
        yield _finding(
            f"{at}/indicators",
            "measure-without-indicator",
            "opatření nemá indikátor výstupu",
            "the measure has no output indicator",
        )
    for position, indicator in enumerate(measure.indicators):
        yield from _indicator(indicator, f"{at}/indicators/{position}", valid)


def _period(measure: Measure, at: str, valid: tuple[date, date]) -> Iterator[Finding]:
    if measure.starts_on is None or measure.ends_on is None:
        yield _finding(
            f"{at}/starts_on",
            "measure-without-period",
            "opatření nemá termín od–do",
            "the measure has no start and end",
        )
    elif not valid[0] <= measure.starts_on <= measure.ends_on <= valid[1]:
        yield _finding(
            f"{at}/ends_on",
            "measure-outside-plan",
            "termín opatření není v období plánu",
            "the measure is outside the plan's period",
        )


def _indicator(indicator: Indicator, at: str, valid: tuple[date, date]) -> Iterator[Finding]:
    needed = (
        ("unit", indicator.unit, "měrná jednotka", "unit"),
        ("owner", indicator.owner, "odpovědný za sběr", "owner"),
        ("source", indicator.source, "zdroj dat", "source"),
        ("baseline", indicator.baseline, "výchozí hodnota", "baseline"),
        ("baseline_on", indicator.baseline_on, "datum výchozí hodnoty", "date of the baseline"),
        ("target", indicator.target, "cílová hodnota", "target"),
        ("target_on", indicator.target_on, "datum cílové hodnoty", "date of the target"),
    )
    for field, value, cs, en in needed:
        if value is None or value == "":
            yield _finding(
                f"{at}/{field}",
                f"indicator-without-{field.replace('_', '-')}",
                f"u indikátoru chybí {cs}",
                f"the indicator has no {en}",
            )
    if indicator.target_on and not valid[0] <= indicator.target_on <= valid[1]:
        yield _finding(
            f"{at}/target_on",
            "target-outside-plan",
            "datum cílové hodnoty není v období plánu",
            "the target's date is outside the plan's period",
        )

    if _moves_against(indicator):
        yield _finding(
            f"{at}/target",
            "target-against-direction",
            "cílová hodnota jde proti směru indikátoru",
            "the target lies against the indicator's direction",
        )


def _moves_against(indicator: Indicator) -> bool:
    if indicator.baseline is None or indicator.target is None:
        return False
    if indicator.direction is Direction.INCREASE:
        return indicator.target < indicator.baseline
    return indicator.direction is Direction.DECREASE and indicator.target > indicator.baseline


def _finding(pointer: str, code: str, cs: str, en: str) -> Finding:
    return Finding(pointer=pointer, code=code, cs=cs, en=en)
