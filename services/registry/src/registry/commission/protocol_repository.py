"""SQL of what an assessment ends with: the ranked list, the minutes and their signatures."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.commission.ranking import Place
from registry.commission.tables import AssessedApplicationRow, CommissionProtocolRow, ProtocolSignatureRow

_LOCK: Final = "registry.commission.protocols"


async def save_places(session: AsyncSession, places: Iterable[Place]) -> None:
    rows = [
        {
            "application_id": place.candidate.application_id,
            "result_exact": str(place.candidate.consolidated.result),
            "rank": place.rank,
            "recommendation": place.recommendation.value,
        }
        for place in places
    ]
    if rows:
        await session.execute(update(AssessedApplicationRow), rows)


async def next_ordinal(session: AsyncSession, year: int) -> int:
    """Return the next number of minutes in the year; others wait until this transaction has ended."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))
    last = select(func.max(CommissionProtocolRow.ordinal)).where(CommissionProtocolRow.year == year)
    return (await session.scalar(last) or 0) + 1


async def add_protocol(session: AsyncSession, values: Mapping[str, object]) -> None:
    await session.execute(insert(CommissionProtocolRow).values(dict(values)))


async def add_signature(session: AsyncSession, values: Mapping[str, object]) -> None:
    await session.execute(insert(ProtocolSignatureRow).values(dict(values)))


async def signatures(session: AsyncSession, assessment_id: UUID) -> dict[str, str]:
    """Return who signed, by duty."""
    found = select(ProtocolSignatureRow.duty, ProtocolSignatureRow.person).where(
        ProtocolSignatureRow.assessment_id == assessment_id
    )
    return {row.duty: row.person for row in await session.execute(found)}
