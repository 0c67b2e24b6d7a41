"""What a file is taken out of: the frozen text of a revision."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from planning.plans.tables import RevisionRow


async def frozen_text(session: AsyncSession, plan_id: UUID, number: int) -> str | None:
    """Return the text of an approved revision, None where the plan has none of that number."""
    found = select(RevisionRow.snapshot).where(RevisionRow.plan_id == plan_id, RevisionRow.number == number)
    return await session.scalar(found)
