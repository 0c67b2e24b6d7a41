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

from planning.plans.tables import NodeRow
from planning.plans.tree import (
    KINDS,
    Activity,
    Goal,
    Indicator,
    Measure,
    Node,
    NodeKind,
    Placed,
    Problem,
    walk,
)
from shared.contracts.planning import Direction, Periodicity
from shared.reads import decimal_text, json_object

N = NodeRow.__table__
BRANCHES: Mapping[str, NodeKind] = {
    "goals": NodeKind.GOAL,
    "measures": NodeKind.MEASURE,
    "activities": NodeKind.ACTIVITY,
    "indicators": NodeKind.INDICATOR,
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


async def kinds_of_nodes(session: AsyncSession, plan_id: UUID) -> dict[UUID, NodeKind]:
    rows = await session.execute(select(NodeRow.id, NodeRow.kind).where(NodeRow.plan_id == plan_id))
    return {row.id: NodeKind(row.kind) for row in rows}


async def save_tree(session: AsyncSession, plan_id: UUID, problems: tuple[Problem, ...]) -> None:
    """Replace the tree: nodes that are gone go, those that stay keep their ids."""
    await session.execute(delete(NodeRow).where(NodeRow.plan_id == plan_id))
    rows = [_row(plan_id, placed) for placed in walk(problems)]
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
    }
    for field, column in COLUMNS[placed.kind].items():
        value: object = getattr(placed.node, field)
        row[column] = list(value) if isinstance(value, tuple) else value
    return row


async def load_tree(session: AsyncSession, plan_id: UUID) -> tuple[Problem, ...]:
    """Read the rows once and assemble them in one pass."""
    found = await session.scalars(
        select(NodeRow).where(NodeRow.plan_id == plan_id).order_by(NodeRow.position)
    )
    below: dict[tuple[UUID | None, str], list[NodeRow]] = {}
    for row in found:
        below.setdefault((row.parent_id, row.kind), []).append(row)
    return tuple(_problem(row, below) for row in below.get((None, NodeKind.PROBLEM), ()))


_Below = Mapping[tuple[UUID | None, str], list[NodeRow]]


MEANING: Mapping[str, Callable[[Any], object]] = {
    "partners": tuple,
    "direction": Direction,
    "periodicity": Periodicity,
}


def _own(row: NodeRow) -> dict[str, object]:
    own = {field: getattr(row, column) for field, column in COLUMNS[NodeKind(row.kind)].items()}
    return {field: MEANING[field](value) if field in MEANING else value for field, value in own.items()}


def _problem(row: NodeRow, below: _Below) -> Problem:
    goals = tuple(_goal(goal, below) for goal in below.get((row.id, NodeKind.GOAL), ()))
    return Problem(**_own(row), goals=goals)  # type: ignore[arg-type]


def _goal(row: NodeRow, below: _Below) -> Goal:
    measures = tuple(_measure(measure, below) for measure in below.get((row.id, NodeKind.MEASURE), ()))
    return Goal(**_own(row), measures=measures, indicators=_indicators(row, below))  # type: ignore[arg-type]


def _measure(row: NodeRow, below: _Below) -> Measure:
    activities = tuple(
        Activity(**_own(activity))  # type: ignore[arg-type]
        for activity in below.get((row.id, NodeKind.ACTIVITY), ())
    )
    return Measure(**_own(row), activities=activities, indicators=_indicators(row, below))  # type: ignore[arg-type]


def _indicators(row: NodeRow, below: _Below) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(**_own(indicator))  # type: ignore[arg-type]
        for indicator in below.get((row.id, NodeKind.INDICATOR), ())
    )


PLAN_ID = bindparam("plan_id", type_=Uuid)


def tree_as_json() -> ColumnElement[object]:
    """Return the whole tree as one JSON value: each level is grouped once, whatever its size."""
    indicators = _level(NodeKind.INDICATOR, {})
    activities = _level(NodeKind.ACTIVITY, {})
    measures = _level(NodeKind.MEASURE, {"indicators": indicators, "activities": activities})
    goals = _level(NodeKind.GOAL, {"indicators": indicators, "measures": measures})
    problems = _level(NodeKind.PROBLEM, {"goals": goals})
    return func.coalesce(select(problems.c.nodes).scalar_subquery(), func.json_build_array())


def _level(kind: NodeKind, branches: Mapping[str, CTE]) -> CTE:
    """Group the nodes of a kind by their parent, each with the groups that hang on it."""
    node = NodeRow.__table__.alias(f"{kind}_node")
    joined: FromClause = node
    members: dict[str, ColumnElement[Any]] = {"number": node.c.number}
    for field, column in COLUMNS[kind].items():
        shown = node.c[column]
        members[field] = decimal_text(shown) if isinstance(shown.type, Numeric) else shown
    for field, branch in branches.items():
        hanging = branch.alias(f"{kind}_{field}")
        joined = joined.outerjoin(hanging, hanging.c.parent_id == node.c.id)
        members[field] = func.coalesce(hanging.c.nodes, func.json_build_array())
    nodes = func.json_agg(aggregate_order_by(json_object(members), node.c.position))
    return (
        select(node.c.parent_id, nodes.label("nodes"))
        .select_from(joined)
        .where(node.c.plan_id == PLAN_ID, node.c.kind == literal_column(f"'{kind}'"))
        .group_by(node.c.parent_id)
        .cte(f"{kind}_level")
        .prefix_with("MATERIALIZED")  # else a planner without statistics runs each level once per node above
    )
