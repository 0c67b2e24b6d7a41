"""What happens here when a plan was approved."""

from documents.files.domain import File
from documents.rendering.use_cases import fetch_and_render, publish
from shared.contracts.planning import PlanApproved
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(fetch_and_render)
async def render_approved_plan(tx: Transaction, event: PlanApproved, rendered: File) -> None:
    await publish(tx, event, rendered)
