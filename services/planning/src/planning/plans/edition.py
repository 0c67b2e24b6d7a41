"""What one revision of a plan says, apart from who approved it: its head and its tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from functools import cache
from typing import get_args, get_origin, get_type_hints
from uuid import UUID

from planning.plans.parts import NOTHING_ATTACHED, Attached
from planning.plans.tree import ATTACHED, KINDS, Node, NodeKind, Placed, Problem, walk, walk_attached

TYPES: Mapping[NodeKind, type[Node]] = {kind: node for node, kind in KINDS.items()}
Branch = tuple[UUID | None, NodeKind]
"""What hangs on a node and is of one kind: it has an order of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """`unit_ids` are sorted; nodes have ids that are unique in the plan and stay over the revisions."""

    title: str
    vision: str
    unit_ids: tuple[UUID, ...]
    valid_from: date
    valid_until: date
    problems: tuple[Problem, ...]
    attached: Attached = NOTHING_ATTACHED


CONTENT = frozenset({"problems", "attached"})
HEAD = tuple(field.name for field in fields(Edition) if field.name not in CONTENT)


@dataclass(slots=True, kw_only=True)
class Loose:
    """A node without its place and without what hangs on it."""

    kind: NodeKind
    values: dict[str, object]


def content_of(edition: Edition) -> dict[str, object]:
    """Return the tree and what hangs on the plan as plain data, each node with its number."""
    numbers = {placed.node.id: placed.number for placed in walk_edition(edition)}
    hanging: dict[str, tuple[Node, ...]] = {name: getattr(edition.attached, name) for name in ATTACHED}
    return {
        "problems": [_content(problem, numbers) for problem in edition.problems],
        **{name: [_content(node, numbers) for node in nodes] for name, nodes in hanging.items()},
    }


def _content(node: Node, numbers: Mapping[UUID, str]) -> dict[str, object]:
    below: dict[str, tuple[Node, ...]] = {
        name: getattr(node, name) for name in branches_of(KINDS[type(node)])
    }
    return {
        "id": node.id,
        "number": numbers[node.id],
        **own_values(node),
        **{name: [_content(child, numbers) for child in children] for name, children in below.items()},
    }


@cache
def branches_of(kind: NodeKind) -> Mapping[str, NodeKind]:
    """Return the fields of a kind of node that hold the nodes below it, read off the annotations."""
    hints = get_type_hints(TYPES[kind])
    members = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is tuple}
    return {name: KINDS[member] for name, member in members.items() if member in KINDS}


@cache
def own_fields(kind: NodeKind) -> tuple[str, ...]:
    """Return the fields of a kind of node that are its own: neither its id nor what hangs on it."""
    names = (field.name for field in fields(TYPES[kind]))
    return tuple(name for name in names if name != "id" and name not in branches_of(kind))


@cache
def defaults_of(kind: NodeKind) -> Mapping[str, object]:
    """Return what a field says when nobody said anything; a field that must be given is not in it."""
    given = {field.name: field.default for field in fields(TYPES[kind])}
    return {name: given[name] for name in own_fields(kind) if given[name] is not MISSING}


def own_values(node: Node) -> dict[str, object]:
    return {name: getattr(node, name) for name in own_fields(KINDS[type(node)])}


def title_of(node: Node) -> str:
    """Return what people call the node: an indicator has a name, all else a title."""
    return str(getattr(node, "title", None) or getattr(node, "name", ""))


def walk_edition(edition: Edition) -> Iterator[Placed]:
    yield from walk(edition.problems)
    yield from walk_attached(edition.attached)


def placed_nodes(edition: Edition) -> dict[UUID, Placed]:
    """Return every node by its id, in the order of reading."""
    return {placed.node.id: placed for placed in walk_edition(edition)}


def take_apart(edition: Edition) -> tuple[dict[UUID, Loose], dict[Branch, list[UUID]]]:
    """Return the nodes and the order of every branch."""
    loose: dict[UUID, Loose] = {}
    order: dict[Branch, list[UUID]] = {}
    for placed in walk_edition(edition):
        loose[placed.node.id] = Loose(kind=placed.kind, values=own_values(placed.node))
        order.setdefault((placed.parent_id, placed.kind), []).append(placed.node.id)
    return loose, order


def put_together(
    edition: Edition, loose: Mapping[UUID, Loose], order: Mapping[Branch, Sequence[UUID]]
) -> Edition:
    """Return the edition with the nodes in this order: the way back from `take_apart`."""

    def roots(kind: NodeKind) -> tuple[Node, ...]:
        return tuple(_built(node_id, loose, order) for node_id in order.get((None, kind), ()))

    problems: tuple[Problem, ...] = roots(NodeKind.PROBLEM)  # type: ignore[assignment]
    hanging = {name: roots(kind) for name, kind in ATTACHED.items()}
    return replace(edition, problems=problems, attached=Attached(**hanging))  # type: ignore[arg-type]


def _built(node_id: UUID, loose: Mapping[UUID, Loose], order: Mapping[Branch, Sequence[UUID]]) -> Node:
    node = loose[node_id]
    below = {
        name: tuple(_built(child, loose, order) for child in order.get((node_id, kind), ()))
        for name, kind in branches_of(node.kind).items()
    }
    return TYPES[node.kind](id=node_id, **node.values, **below)  # type: ignore[arg-type]
