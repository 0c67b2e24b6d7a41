"""Every statement with which consultations are written; `list_repository` reads them."""

from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from planning.consultations.domain import (
    Channel,
    Consultation,
    ConsultationStatus,
    DeadlineRule,
    Hearing,
    Prolongation,
)
from planning.consultations.freezing import FrozenDraft
from planning.consultations.tables import ConsultationRow
from shared.stored import from_row

_PLAIN = (
    *("version", "plan_id", "revision", "title", "opens_at", "closes_at", "form_required", "settle_by_on"),
    *("contact", "paper_place", "instructions", "digest", "cancel_reason"),
    *("opened_at", "settled_at", "published_at"),
)
_RUNNING = (ConsultationStatus.PREPARATION.value, ConsultationStatus.OPEN.value)


async def lock(session: AsyncSession, consultation_id: UUID) -> Consultation | None:
    """Load a consultation to decide: nobody else decides, and no comment gets its number, until we commit."""
    return await _load(session, consultation_id, locked=True)


async def read(session: AsyncSession, consultation_id: UUID) -> Consultation | None:
    """Load a consultation as it stands."""
    return await _load(session, consultation_id, locked=False)


async def _load(session: AsyncSession, consultation_id: UUID, *, locked: bool) -> Consultation | None:
    query = (
        select(ConsultationRow)
        .where(ConsultationRow.id == consultation_id)
        .options(defer(ConsultationRow.content), defer(ConsultationRow.nodes))
        .execution_options(populate_existing=True)
    )
    row = await session.scalar(query.with_for_update() if locked else query)
    return None if row is None else _consultation(row)


async def is_under_way(session: AsyncSession, plan_id: UUID) -> bool:
    """Whether the draft that is being worked on has a consultation in preparation or open."""
    found = select(ConsultationRow.id).where(
        ConsultationRow.plan_id == plan_id,
        ConsultationRow.status.in_(_RUNNING),
        ConsultationRow.draft_discarded_at.is_(None),
    )
    return await session.scalar(found.limit(1)) is not None


async def end_with_draft(
    session: AsyncSession, plan_id: UUID, revision: int, *, reason: str, now: datetime
) -> None:
    """Cancel the consultation of a draft that is discarded; one to which a comment came is still settled.

    Lock the plan before. A comment on its way decides which of the two.
    """
    of_draft = (
        ConsultationRow.plan_id == plan_id,
        ConsultationRow.revision == revision,
        ConsultationRow.draft_discarded_at.is_(None),
    )
    cancelled = {
        "status": ConsultationStatus.CANCELLED.value,
        "cancel_reason": reason,
        "version": ConsultationRow.version + 1,
        "changed_at": now,
    }
    await session.execute(
        update(ConsultationRow)
        .where(*of_draft, ConsultationRow.status.in_(_RUNNING), ConsultationRow.last_number == 0)
        .values(cancelled)
    )
    await session.execute(update(ConsultationRow).where(*of_draft).values(draft_discarded_at=now))


async def place_in_draft(
    session: AsyncSession, consultation_id: UUID, node_id: UUID | None
) -> tuple[str, tuple[str, str] | None]:
    """Return the salt of the consultation, and the number and title of the node in the frozen draft."""
    node = ConsultationRow.nodes[str(node_id)]
    found = select(ConsultationRow.salt, node).where(ConsultationRow.id == consultation_id)
    salt, place = (await session.execute(found)).one()
    return salt, None if place is None else (place[0], place[1])


async def add(session: AsyncSession, consultation: Consultation, *, now: datetime) -> None:
    values = {**_values(consultation), "last_number": 0, "salt": token_hex(16)}
    await session.execute(
        insert(ConsultationRow).values(id=consultation.id, created_at=now, changed_at=now, **values)
    )


async def save(session: AsyncSession, consultation: Consultation, *, now: datetime) -> None:
    """Save what was decided; the counter of comments and the frozen text are not among it."""
    await session.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == consultation.id)
        .values(changed_at=now, **_values(consultation))
    )


async def save_opened(
    session: AsyncSession, consultation: Consultation, frozen: FrozenDraft, *, now: datetime
) -> None:
    """Save the opening together with the text that it froze."""
    nodes = {node_id: list(node) for node_id, node in frozen.nodes.items()}
    await session.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == consultation.id)
        .values(changed_at=now, content=frozen.text, nodes=nodes, **_values(consultation))
    )


async def take_number(session: AsyncSession, consultation: Consultation) -> Consultation:
    """Take the next number: until we commit nobody else gets one. Return how things stand under the lock."""
    taken = (
        await session.execute(
            update(ConsultationRow)
            .where(ConsultationRow.id == consultation.id)
            .values(last_number=ConsultationRow.last_number + 1)
            .returning(ConsultationRow.last_number, ConsultationRow.status, ConsultationRow.closes_at)
            .execution_options(synchronize_session=False)
        )
    ).one()
    return replace(
        consultation,
        last_number=taken.last_number,
        status=ConsultationStatus(taken.status),
        closes_at=taken.closes_at,
    )


async def plan_of(session: AsyncSession, consultation_id: UUID) -> UUID | None:
    return await session.scalar(select(ConsultationRow.plan_id).where(ConsultationRow.id == consultation_id))


def _values(consultation: Consultation) -> dict[str, object]:
    hearing = consultation.hearing
    return {
        **{name: getattr(consultation, name) for name in _PLAIN},
        "status": consultation.status.value,
        "unit_ids": list(consultation.unit_ids),
        "deadline_rule": consultation.deadline_rule.value,
        "channels": sorted(consultation.channels),
        "hearing_at": hearing.held_at if hearing else None,
        "hearing_place": hearing.place if hearing else "",
        "hearing_minutes": hearing.minutes if hearing else "",
        "prolongations": [
            {
                "prolonged_at": each.prolonged_at.isoformat(),
                "closed_at": each.closed_at.isoformat(),
                "closes_at": each.closes_at.isoformat(),
                "reason": each.reason,
            }
            for each in consultation.prolongations
        ],
    }


def _consultation(row: ConsultationRow) -> Consultation:
    hearing = None
    if row.hearing_at is not None:
        hearing = Hearing(held_at=row.hearing_at, place=row.hearing_place, minutes=row.hearing_minutes)
    return Consultation(
        id=row.id,
        **{name: getattr(row, name) for name in _PLAIN},
        status=ConsultationStatus(row.status),
        unit_ids=tuple(row.unit_ids),
        deadline_rule=DeadlineRule(row.deadline_rule),
        channels=frozenset(map(Channel, row.channels)),
        hearing=hearing,
        last_number=row.last_number,
        prolongations=tuple(from_row(Prolongation, each) for each in row.prolongations),
    )
