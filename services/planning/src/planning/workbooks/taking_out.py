"""A plan as lines: what a file of it holds."""

from collections.abc import Mapping
from uuid import UUID

from planning.plans.edition import Edition, own_values, placed_nodes
from planning.plans.kinds import KINDS_OF_PLAN
from planning.plans.tree import NodeKind, Placed
from planning.workbooks.cells import written
from planning.workbooks.domain import Cell
from shared.contracts.planning import PlanKind


def areas_of(kind: PlanKind, edition: Edition, language: str) -> dict[str, str]:
    """Return code → name of the areas that a problem may be of: those of the kind, and the plan's own."""
    listed = KINDS_OF_PLAN[kind].areas
    found = {area.code: area.cs if language == "cs" else area.en for area in listed}
    return {**found, **{area.code: area.title for area in edition.attached.areas}}


def written_node(placed: Placed, *, language: str, areas: Mapping[str, str]) -> dict[str, Cell]:
    """Return the cells of a node's own fields."""
    values = own_values(placed.node)
    is_problem = placed.kind is NodeKind.PROBLEM
    return {
        field: written(value, language=language, areas=areas if is_problem and field == "area" else None)
        for field, value in values.items()
    }


def by_kind(edition: Edition) -> dict[NodeKind, list[Placed]]:
    """Return the nodes of each kind in the order of reading; a kind without nodes has an empty list."""
    found: dict[NodeKind, list[Placed]] = {kind: [] for kind in NodeKind}
    for placed in placed_nodes(edition).values():
        found[placed.kind].append(placed)
    return found


def numbers_of(edition: Edition) -> dict[UUID | None, str]:
    return {node_id: placed.number for node_id, placed in placed_nodes(edition).items()}
