"""SQL of what an assessment ends with: the ranked list, the minutes and their signatures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.applications.steps import Status as ApplicationStatus
from registry.applications.tables import ApplicationRow
from registry.commission.ranking import Place
from registry.commission.tables import AssessedApplicationRow, CommissionProtocolRow, ProtocolSignatureRow

_LOCK: Final = "registry.commission.protocols"
_DECIDED: Final = (
    ApplicationStatus.APPROVED.value,
    ApplicationStatus.MEMORANDUM_SIGNED.value,
    ApplicationStatus.REJECTED.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    duty: str
    person_name: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The minutes as they were frozen."""

    content: Mapping[str, object]
    digest: str
    text_cs: str
    text_en: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the applicant may ask about: where it stood in a decided application."""

    assessment_id: UUID
    unit_id: UUID
    rank: int | None
    recommendation: str | None


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


async def protocol(session: AsyncSession, assessment_id: UUID) -> Protocol | None:
    """Return the minutes with their signatures; None before the closure."""
    found = select(
        CommissionProtocolRow.content,
        CommissionProtocolRow.digest,
        CommissionProtocolRow.text_cs,
        CommissionProtocolRow.text_en,
        ProtocolSignatureRow.duty,
        ProtocolSignatureRow.person_name,
        ProtocolSignatureRow.signed_on,
    ).outerjoin(
        ProtocolSignatureRow, ProtocolSignatureRow.assessment_id == CommissionProtocolRow.assessment_id
    )
    of_one = found.where(CommissionProtocolRow.assessment_id == assessment_id)
    rows = (await session.execute(of_one.order_by(ProtocolSignatureRow.duty))).all()
    if not rows:
        return None
    first = rows[0]
    return Protocol(
        content=first.content,
        digest=first.digest,
        text_cs=first.text_cs,
        text_en=first.text_en,
        signatures=tuple(
            Signature(duty=row.duty, person_name=row.person_name, signed_on=row.signed_on)
            for row in rows
            if row.duty is not None
        ),
    )


async def outcome(session: AsyncSession, application_id: UUID) -> Outcome | None:
    """Return how an application stood that the ministry has decided on since; else None."""
    found = (
        select(
            AssessedApplicationRow.assessment_id,
            AssessedApplicationRow.unit_id,
            AssessedApplicationRow.rank,
            AssessedApplicationRow.recommendation,
        )
        .join(ApplicationRow, ApplicationRow.id == AssessedApplicationRow.application_id)
        .where(AssessedApplicationRow.application_id == application_id, ApplicationRow.status.in_(_DECIDED))
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    return Outcome(
        assessment_id=row.assessment_id,
        unit_id=row.unit_id,
        rank=row.rank,
        recommendation=row.recommendation,
    )
