"""Two editions of a plan compared on the stable ids of their nodes."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from planning.plans.budget import cost_of
from planning.plans.difference import Added, Change, Changed, Cost, Difference, Moved, Removed, Target
from planning.plans.edition import HEAD, Branch, Edition, defaults_of, own_values, placed_nodes, title_of
from planning.plans.parts import BudgetLine
from planning.plans.tree import Indicator, Measure, NodeKind, Placed

ZERO = Decimal(0)
Counter = dict[str, Decimal]


def compare(before: Edition, after: Edition) -> Difference:
    """Return what changed: `apply(compare(a, b), a)` is `b`."""
    old, new = placed_nodes(before), placed_nodes(after)
    both = {node_id for node_id, placed in new.items() if _kind(old, node_id) is placed.kind}
    spent, to_spend = _costs(old.values()), _costs(new.values())
    return Difference(
        head=_changes({name: getattr(before, name) for name in HEAD}, after),
        added=tuple(_added(placed) for node_id, placed in new.items() if node_id not in both),
        removed=tuple(_removed(placed) for node_id, placed in old.items() if node_id not in both),
        moved=tuple(_moved(old[node_id], new[node_id]) for node_id in _who_moved(old, new, both)),
        changed=tuple(_changed(old, new, both)),
        total=_sum(None, sum(spent.values(), ZERO), sum(to_spend.values(), ZERO)),
        costs=_sums(spent, to_spend),
        budget=_sums(_budget(old.values()), _budget(new.values())),
        targets=tuple(_targets(old, new, both)),
    )


def _kind(nodes: Mapping[UUID, Placed], node_id: UUID) -> NodeKind | None:
    return nodes[node_id].kind if node_id in nodes else None


def _changes(before: Mapping[str, object], after: object) -> tuple[Change, ...]:
    found = ((name, value, getattr(after, name)) for name, value in before.items())
    return tuple(Change(field=name, before=old, after=new) for name, old, new in found if _differ(old, new))


def _differ(old: object, new: object) -> bool:
    """Compare as written: 41.5 and 41.50 are one number and two texts, and a digest is over texts."""
    return old != new or (isinstance(old, Decimal) and str(old) != str(new))


def _added(placed: Placed) -> Added:
    defaults = defaults_of(placed.kind)
    values = own_values(placed.node)
    return Added(
        id=placed.node.id,
        kind=placed.kind,
        number=placed.number,
        title=title_of(placed.node),
        parent_id=placed.parent_id,
        position=placed.position,
        values={name: value for name, value in values.items() if defaults.get(name, ...) != value},
    )


def _removed(placed: Placed) -> Removed:
    return Removed(
        id=placed.node.id,
        kind=placed.kind,
        number=placed.number,
        title=title_of(placed.node),
        parent_id=placed.parent_id,
    )


def _who_moved(old: Mapping[UUID, Placed], new: Mapping[UUID, Placed], both: Collection[UUID]) -> list[UUID]:
    """Return who changed parents, and the fewest others that explain the new order."""
    branches: dict[Branch, list[UUID]] = {}
    for node_id, placed in new.items():
        if node_id in both and old[node_id].parent_id == placed.parent_id:
            branches.setdefault((placed.parent_id, placed.kind), []).append(node_id)
    stayed = {
        members[index]
        for members in branches.values()
        for index in _longest_rise([old[node_id].position for node_id in members])
    }
    return [node_id for node_id in new if node_id in both and node_id not in stayed]


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """Yield the indices of a longest increasing subsequence, from its end."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tops, number)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    here = ends[-1] if ends else -1
    while here >= 0:
        yield here
        here = before[here]


def _moved(old: Placed, new: Placed) -> Moved:
    return Moved(
        id=new.node.id,
        kind=new.kind,
        title=title_of(new.node),
        number_before=old.number,
        number=new.number,
        parent_before=old.parent_id,
        parent_id=new.parent_id,
        position=new.position,
    )


def _changed(
    old: Mapping[UUID, Placed], new: Mapping[UUID, Placed], both: Collection[UUID]
) -> Iterator[Changed]:
    for node_id, placed in new.items():
        if node_id not in both:
            continue
        changes = _changes(own_values(old[node_id].node), placed.node)
        if changes:
            yield Changed(
                id=node_id,
                kind=placed.kind,
                title=title_of(placed.node),
                number_before=old[node_id].number,
                number=placed.number,
                changes=changes,
            )


def _costs(nodes: Iterable[Placed]) -> Counter:
    """Return what the measures cost by source of funding: exactly, by their budget lines if any."""
    measures = (placed.node for placed in nodes if isinstance(placed.node, Measure))
    return _counted((each.funding_source, cost_of(each)) for each in measures)


def _budget(nodes: Iterable[Placed]) -> Counter:
    lines = (placed.node for placed in nodes if isinstance(placed.node, BudgetLine))
    return _counted((each.funder, each.amount_czk) for each in lines)


def _counted(amounts: Iterable[tuple[str, Decimal | None]]) -> Counter:
    found: Counter = {}
    for source, amount in amounts:
        if amount is not None:
            found[source] = found.get(source, ZERO) + amount
    return found


def _sums(before: Counter, after: Counter) -> tuple[Cost, ...]:
    sources = sorted(before.keys() | after.keys())
    sums = (_sum(source, before.get(source, ZERO), after.get(source, ZERO)) for source in sources)
    return tuple(each for each in sums if each.delta)


def _sum(source: str | None, before: Decimal, after: Decimal) -> Cost:
    return Cost(funding_source=source, before=before, after=after, delta=after - before)


def _targets(
    old: Mapping[UUID, Placed], new: Mapping[UUID, Placed], both: Collection[UUID]
) -> Iterator[Target]:
    for node_id, placed in new.items():
        was, now = old[node_id].node if node_id in both else None, placed.node
        if not isinstance(was, Indicator) or not isinstance(now, Indicator):
            continue
        if (was.target, was.target_on, was.unit) != (now.target, now.target_on, now.unit):
            comparable = was.unit == now.unit and was.target is not None and now.target is not None
            yield Target(
                id=now.id,
                number=placed.number,
                title=now.name,
                unit=now.unit,
                before=was.target,
                after=now.target,
                delta=now.target - was.target if comparable else None,  # type: ignore[operator]
                before_on=was.target_on,
                after_on=now.target_on,
            )
