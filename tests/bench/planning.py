"""The difference of two revisions of a plan of 300 nodes: found, written as JSON, told in Czech, applied."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from planning.plans.comparison import compare
from planning.plans.difference import apply, as_content
from planning.plans.difference_text import groups_of
from planning.plans.draft_repository import edition_of, text_of_content
from planning.plans.edition import HEAD, Edition, placed_nodes
from planning.plans.tree import Activity, Goal, Indicator, Measure, Problem
from shared.canonical import canonical_json
from tests.bench.figures import heading, milliseconds, row, table

ROUNDS = 200
AMENDED = 0.2
"""Share of measures that the later revision changes; one goal in ten moves to another problem."""


def bench() -> None:
    before = an_edition()
    after = amended(before)
    change = compare(before, after)
    assert apply(change, before) == after
    nodes = len(placed_nodes(before))
    content = canonical_json(as_content(change))
    heading(f"Difference of two revisions of a plan, {nodes} nodes; its JSON: {len(content):,} bytes (ms)")
    table("", "p50", "p95", "p99")
    old, new = _reading(before), _reading(after)
    _row("both read from their JSON", lambda: (old(), new()))
    _row("compared", lambda: compare(before, after))
    _row("compared and written as JSON", lambda: canonical_json(as_content(compare(before, after))))
    _row("told in Czech", lambda: groups_of(change, before, after, language="cs", names={}))
    _row("applied", lambda: apply(change, before))
    _row("floor: the two trees compared as a whole", lambda: before == after)


def _reading(edition: Edition) -> Callable[[], Edition]:
    text = text_of_content(edition)
    head = {name: getattr(edition, name) for name in HEAD}
    return lambda: edition_of(head, json.loads(text))


def _row(name: str, work: Callable[[], object]) -> None:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    row(name, *milliseconds(taken))


def an_edition() -> Edition:
    """Return a plan of 5 problems × 3 goals × 3 measures, each with what hangs on it: 305 nodes."""
    ids = iter(range(1, 10_000))

    def new_id() -> UUID:
        return UUID(int=next(ids))

    def indicator() -> Indicator:
        return Indicator(id=new_id(), name="Domácnosti v bytě", unit="%", target=Decimal("75.5"))

    def measure(number: int) -> Measure:
        return Measure(
            id=new_id(),
            title=f"Opatření {number}",
            description="Terénní práce v domácnostech. " * 10,
            owner="Město",
            cost_czk=Decimal("350000.00"),
            funding_source=("OPZ+", "rozpočet města")[number % 2],
            indicators=(indicator(), indicator()),
            activities=tuple(Activity(id=new_id(), title=f"Aktivita {each}") for each in range(3)),
        )

    def goal(number: int) -> Goal:
        measures = tuple(measure(each) for each in range(3))
        return Goal(id=new_id(), title=f"Cíl {number}", indicators=(indicator(),), measures=measures)

    problems = tuple(
        Problem(id=new_id(), area="BYD", title=f"Problém {each}", goals=tuple(goal(n) for n in range(3)))
        for each in range(5)
    )
    return Edition(
        title="Plán",
        vision="",
        unit_ids=(new_id(),),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        problems=problems,
    )


def amended(edition: Edition) -> Edition:
    dice = random.Random(1)  # noqa: S311 - which measures are changed

    def measure(old: Measure) -> Measure:
        raised = replace(old, cost_czk=Decimal("420000.00"), activities=old.activities[::-1][:2])
        return raised if dice.random() < AMENDED else old

    def goal(old: Goal) -> Goal:
        return replace(old, measures=tuple(measure(each) for each in old.measures))

    first, second, *rest = (
        replace(problem, goals=tuple(goal(each) for each in problem.goals)) for problem in edition.problems
    )
    moved = replace(second, goals=(*second.goals, first.goals[0]))
    return replace(edition, problems=(replace(first, goals=first.goals[1:]), moved, *reversed(rest)))
