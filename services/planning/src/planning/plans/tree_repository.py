"""Every statement on the tree of a plan: written whole, read whole."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Numeric,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from planning.plans.parts import Attached, Category, Funder, Part, Programme, ProjectState
from planning.plans.tables import NodeRow
from planning.plans.tree import (
    ATTACHED,
    KINDS,
    Goal,
    Measure,
    Node,
    NodeKind,
    Placed,
    Problem,
    walk,
    walk_attached,
)
from shared.contracts.planning import Direction, Periodicity
from shared.reads import decimal_text, json_object

N = NodeRow.__table__
BRANCHES: Mapping[str, NodeKind] = {
    "goals": NodeKind.GOAL,
    "measures": NodeKind.MEASURE,
    "activities": NodeKind.ACTIVITY,
    "indicators": NodeKind.INDICATOR,
    "strategies": NodeKind.STRATEGY,
    "budget": NodeKind.BUDGET_LINE,
    "projects": NodeKind.PROJECT,
}
"""Fields of a node that hold the nodes below it."""


def _columns_of(node: type[Node]) -> dict[str, str]:
    """Return field → column: an indicator's name stands in `title`, all else under its own name."""
    return {
        field.name: "title" if field.name == "name" else field.name
        for field in fields(node)
        if field.name not in BRANCHES
    }


COLUMNS = {kind: _columns_of(node) for node, kind in KINDS.items()}


NOTHING_SENT: Mapping[str, tuple[Part, ...]] = {}


async def kinds_of_nodes(session: AsyncSession, plan_id: UUID) -> dict[UUID, NodeKind]:
    rows = await session.execute(select(NodeRow.id, NodeRow.kind).where(NodeRow.plan_id == plan_id))
    return {row.id: NodeKind(row.kind) for row in rows}


async def save_tree(
    session: AsyncSession,
    plan_id: UUID,
    problems: tuple[Problem, ...],
    *,
    attached: Mapping[str, tuple[Part, ...]] = NOTHING_SENT,
) -> None:
    """Replace the tree: nodes that are gone go, those that stay keep their ids.

    Of what hangs on the plan itself, the fields in `attached` are replaced and the others stay.
    """
    stay = [kind for field, kind in ATTACHED.items() if field not in attached]
    await session.execute(delete(NodeRow).where(NodeRow.plan_id == plan_id, NodeRow.kind.not_in(stay)))
    hanging = Attached(**attached)  # type: ignore[arg-type]
    rows = [_row(plan_id, placed) for placed in (*walk(problems), *walk_attached(hanging))]
    if rows:
        await session.execute(insert(NodeRow), rows)


def _row(plan_id: UUID, placed: Placed) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(column.name for column in N.columns)
    row |= {
        "plan_id": plan_id,
        "parent_id": placed.parent_id,
        "kind": placed.kind,
        "position": placed.position,
        "number": placed.number,
        "title": "",
    }
    for field, column in COLUMNS[placed.kind].items():
        value: object = getattr(placed.node, field)
        row[column] = list(value) if isinstance(value, tuple) else value
    return row


async def load_tree(session: AsyncSession, plan_id: UUID) -> tuple[Problem, ...]:
    return (await load_content(session, plan_id))[0]


async def load_content(session: AsyncSession, plan_id: UUID) -> tuple[tuple[Problem, ...], Attached]:
    """Read the rows once and assemble them in one pass: the tree, and what hangs on the plan itself."""
    found = await session.scalars(
        select(NodeRow).where(NodeRow.plan_id == plan_id).order_by(NodeRow.position)
    )
    below: dict[tuple[UUID | None, str], list[NodeRow]] = {}
    for row in found:
        below.setdefault((row.parent_id, row.kind), []).append(row)
    problems = tuple(_problem(row, below) for row in below.get((None, NodeKind.PROBLEM), ()))
    hanging = {field: _leaves(None, kind, below) for field, kind in ATTACHED.items()}
    return problems, Attached(**hanging)  # type: ignore[arg-type]


_Below = Mapping[tuple[UUID | None, str], list[NodeRow]]
LEAVES: Mapping[NodeKind, type[Node]] = {kind: node for node, kind in KINDS.items()}


MEANING: Mapping[str, Callable[[Any], object]] = {
    "partners": tuple,
    "direction": Direction,
    "periodicity": Periodicity,
    "managers": tuple,
    "funder": Funder,
    "category": Category,
    "programme": Programme,
    "state": ProjectState,
}


def _own(row: NodeRow) -> dict[str, object]:
    own = {field: getattr(row, column) for field, column in COLUMNS[NodeKind(row.kind)].items()}
    return {field: MEANING[field](value) if field in MEANING else value for field, value in own.items()}


def _problem(row: NodeRow, below: _Below) -> Problem:
    goals = tuple(_goal(goal, below) for goal in below.get((row.id, NodeKind.GOAL), ()))
    return Problem(**_own(row), goals=goals)  # type: ignore[arg-type]


def _goal(row: NodeRow, below: _Below) -> Goal:
    measures = tuple(_measure(measure, below) for measure in below.get((row.id, NodeKind.MEASURE), ()))
    leaves = _fields_of_leaves(row.id, ("indicators", "strategies"), below)
    return Goal(**_own(row), **leaves, measures=measures)  # type: ignore[arg-type]


def _measure(row: NodeRow, below: _Below) -> Measure:
    fields_ = ("indicators", "activities", "strategies", "budget", "projects")
    return Measure(**_own(row), **_fields_of_leaves(row.id, fields_, below))  # type: ignore[arg-type]


def _fields_of_leaves(parent_id: UUID, names: tuple[str, ...], below: _Below) -> dict[str, tuple[Node, ...]]:
    return {name: _leaves(parent_id, BRANCHES[name], below) for name in names}


def _leaves(parent_id: UUID | None, kind: NodeKind, below: _Below) -> tuple[Node, ...]:
    return tuple(LEAVES[kind](**_own(row)) for row in below.get((parent_id, kind), ()))  # type: ignore[arg-type]


PLAN_ID = bindparam("plan_id", type_=Uuid)


def tree_as_json() -> ColumnElement[object]:
    """Return the whole tree as one JSON value: each level is grouped once, whatever its size."""
    indicators = _level(NodeKind.INDICATOR, {})
    strategies = _level(NodeKind.STRATEGY, {})
    hanging = {"indicators": indicators, "strategies": strategies}
    leaves = {field: _level(BRANCHES[field], {}) for field in ("activities", "budget", "projects")}
    measures = _level(NodeKind.MEASURE, {**hanging, **leaves})
    goals = _level(NodeKind.GOAL, {**hanging, "measures": measures})
    return _whole(_level(NodeKind.PROBLEM, {"goals": goals}))


def attached_as_json() -> list[ColumnElement[object]]:
    """Return what hangs on the plan itself, one JSON array for each field of `ATTACHED`."""
    return [_whole(_level(kind, {})).label(field) for field, kind in ATTACHED.items()]


def _whole(level: CTE) -> ColumnElement[object]:
    return func.coalesce(select(level.c.nodes).scalar_subquery(), func.json_build_array())


def _level(kind: NodeKind, branches: Mapping[str, CTE]) -> CTE:
    """Group the nodes of a kind by their parent, each with the groups that hang on it."""
    node = NodeRow.__table__.alias(f"{kind.replace('-', '_')}_node")
    joined: FromClause = node
    members: dict[str, ColumnElement[Any]] = {"number": node.c.number}
    for field, column in COLUMNS[kind].items():
        shown = node.c[column]
        members[field] = decimal_text(shown) if isinstance(shown.type, Numeric) else shown
    for field, branch in branches.items():
        hanging = branch.alias(f"{kind.replace('-', '_')}_{field}")
        joined = joined.outerjoin(hanging, hanging.c.parent_id == node.c.id)
        members[field] = func.coalesce(hanging.c.nodes, func.json_build_array())
    nodes = func.json_agg(aggregate_order_by(json_object(members), node.c.position))
    return (
        select(node.c.parent_id, nodes.label("nodes"))
        .select_from(joined)
        .where(node.c.plan_id == PLAN_ID, node.c.kind == literal_column(f"'{kind}'"))
        .group_by(node.c.parent_id)
        .cte(f"{kind.replace('-', '_')}_level")
        .prefix_with("MATERIALIZED")  # else a planner without statistics runs each level once per node above
    )
