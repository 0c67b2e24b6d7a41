"""What happens here when a plan was approved, and when a settlement of comments was published."""

from documents.rendering.use_cases import (
    RenderedPlan,
    RenderedSettlement,
    fetch_and_render,
    fetch_and_render_settlement,
    publish_plan,
    publish_settlement,
)
from shared.contracts.consultation import SettlementPublished
from shared.contracts.planning import PlanApproved
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(fetch_and_render)
async def render_approved_plan(tx: Transaction, event: PlanApproved, rendered: RenderedPlan) -> None:
    await publish_plan(tx, event, rendered)


@prepare(fetch_and_render_settlement)
async def render_settlement(
    tx: Transaction, event: SettlementPublished, rendered: RenderedSettlement
) -> None:
    await publish_settlement(tx, event, rendered)
