"""Random editions of one plan: trees over one small pool of ids, so that nodes stay, move, come and go."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from planning.plans.edition import TYPES, Edition, branches_of, own_fields
from planning.plans.parts import Attached, Funder
from planning.plans.tree import ATTACHED, Indicator, Measure, Node, NodeKind
from shared.contracts.planning import Direction

POOL = 4
KIND_OF_ID = {kind: number for number, kind in enumerate(NodeKind)}
WORDS = st.sampled_from(("", "Bydlení", "Dluhy", "Práce", "Škola"))
DAYS = st.sampled_from((None, date(2026, 1, 1), date(2028, 6, 30), date(2030, 12, 31)))
AMOUNTS = st.one_of(st.none(), st.decimals(0, 10**7, places=2))


def an_id(kind: NodeKind, number: int) -> UUID:
    return UUID(int=KIND_OF_ID[kind] * 1000 + number)


VALUES: dict[str, st.SearchStrategy[object]] = {
    "title": WORDS,
    "name": WORDS,
    "area": st.sampled_from(("BYD", "DLU")),
    "code": WORDS,
    "strategy_code": WORDS,
    "funding_source": WORDS,
    "target": AMOUNTS,
    "cost_czk": AMOUNTS,
    "amount_czk": st.decimals(0, 10**7, places=2),
    "starts_on": DAYS,
    "direction": st.sampled_from(Direction),
    "funder": st.sampled_from(Funder),
    "estimated_people": st.none() | st.integers(0, 500),
    "year": st.integers(2026, 2030),
    "probability": st.integers(1, 5),
    "impact": st.integers(1, 5),
    "partners": st.lists(WORDS, max_size=2).map(tuple),
}
"""What fields are drawn from; the others keep their defaults."""


@st.composite
def nodes(draw: st.DrawFn, kind: NodeKind, left: dict[NodeKind, list[int]]) -> Node:
    """Draw a node and all below it; `left` are the numbers of ids that nobody in the plan has yet."""
    number = left[kind].pop()
    below = {name: draw(members(child, left)) for name, child in branches_of(kind).items()}
    values = {name: draw(VALUES[name]) for name in own_fields(kind) if name in VALUES}
    return TYPES[kind](id=an_id(kind, number), **values, **below)  # type: ignore[arg-type]


@st.composite
def members(draw: st.DrawFn, kind: NodeKind, left: dict[NodeKind, list[int]]) -> tuple[Node, ...]:
    count = draw(st.integers(0, min(2, len(left[kind]))))
    return tuple(draw(nodes(kind, left)) for _ in range(count) if left[kind])


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    left = {kind: list(draw(st.permutations(range(POOL)))) for kind in NodeKind}
    roots = {name: draw(members(kind, left)) for name, kind in ATTACHED.items()}
    return Edition(
        title=draw(WORDS),
        vision=draw(WORDS),
        unit_ids=tuple(sorted(draw(st.sets(st.sampled_from([UUID(int=1), UUID(int=2)]))))),
        valid_from=date(2026, 1, 1),
        valid_until=draw(st.sampled_from((date(2029, 12, 31), date(2030, 12, 31)))),
        problems=draw(members(NodeKind.PROBLEM, left)),  # type: ignore[arg-type]
        attached=Attached(**roots),  # type: ignore[arg-type]
    )


def every_measure(edition: Edition) -> list[Measure]:
    return [measure for problem in edition.problems for goal in problem.goals for measure in goal.measures]


def an_indicator(number: int = 0, **changes: object) -> Indicator:
    values = {"name": "Udržené bydlení", "unit": "%", "target": Decimal(75), **changes}
    return Indicator(id=an_id(NodeKind.INDICATOR, number), **values)  # type: ignore[arg-type]
