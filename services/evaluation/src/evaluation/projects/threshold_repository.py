"""SQL of thresholds of support: from how much a person counts, in time."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.projects.conversion import Limit
from evaluation.projects.domain import Project
from evaluation.projects.tables import ProjectThresholdRow


async def keep_threshold(session: AsyncSession, project: Project, *, since: date) -> None:
    """Let the threshold hold from a day on; what was said for later days is forgotten."""
    row = ProjectThresholdRow
    await session.execute(delete(row).where(row.project_id == project.id, row.valid_from >= since))
    limit = project.threshold
    await session.execute(
        insert(row).values(
            project_id=project.id,
            valid_from=since,
            hours=limit.hours,
            operator=limit.operator.value,
            credit=limit.credit,
        )
    )


async def limits_of(session: AsyncSession, project_id: UUID) -> list[Limit]:
    """Return from how much on a person counts, in time."""
    row = ProjectThresholdRow
    found = await session.execute(
        select(row.valid_from, row.credit).where(row.project_id == project_id).order_by(row.valid_from)
    )
    return [Limit(since=since, credit=credit) for since, credit in found]
