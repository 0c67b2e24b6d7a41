"""One node of an edition said anew: its own values, neither its place nor what hangs on it."""

from collections.abc import Mapping
from uuid import UUID

from planning.plans.comparison import compare
from planning.plans.difference import Changed
from planning.plans.edition import Edition, placed_nodes, put_together, take_apart
from planning.plans.tree import Placed
from shared.errors import Invalid, NotFound


class NodeNotThere(NotFound):
    cs = "Uzel {node_id} v rozpracovaném plánu není."
    en = "The plan being drafted has no node {node_id}."


class NodeValuesMalformed(Invalid):
    cs = "Hodnoty neodpovídají tomu, co takový uzel plánu má."
    en = "The values are not what such a node of a plan has."


def place_of(edition: Edition, node_id: UUID) -> Placed:
    """Raise `NodeNotThere`."""
    placed = placed_nodes(edition).get(node_id)
    if placed is None:
        raise NodeNotThere(node_id=node_id)
    return placed


def with_values(edition: Edition, node_id: UUID, values: Mapping[str, object]) -> Edition:
    """Return the edition with the node's own values replaced; raises `NodeNotThere`."""
    place_of(edition, node_id)
    loose, order = take_apart(edition)
    loose[node_id].values.update(values)
    return put_together(edition, loose, order)


def change_between(before: Edition, after: Edition, node_id: UUID) -> Changed | None:
    """Return which own values of the node differ; None where none does."""
    return next((each for each in compare(before, after).changed if each.id == node_id), None)
