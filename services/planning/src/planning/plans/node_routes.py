"""HTTP of one node of a draft."""

from uuid import UUID

from fastapi import Response

from planning.plans import node_use_cases as use_cases
from planning.plans.node_schemas import NodePatch, NodeState
from shared.contracts.base import Role
from shared.http import ExpectedVersion, Tx, allow, etag, router

nodes = router("/plans", tag="plans")
AUTHORS = allow(Role.COORDINATOR, Role.CONSULTANT)


@nodes.patch("/{plan_id}/nodes/{node_id}", dependencies=[AUTHORS])
async def change_node(
    tx: Tx, plan_id: UUID, node_id: UUID, body: NodePatch, *, expected: ExpectedVersion, response: Response
) -> NodeState:
    """Change some values of one node of a draft; its place and what hangs on it stay."""
    changed = await use_cases.change_node(tx, plan_id, node_id, body.onto, expected=expected)
    response.headers.update(etag(changed.plan.version))
    return NodeState.of(node_id, changed)
