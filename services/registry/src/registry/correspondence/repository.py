"""SQL of correspondence and promises: entries with their locks."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.contacts.tables import ContactRow
from registry.correspondence.domain import Entry
from registry.correspondence.list_repository import PROMISE, WHOLE
from registry.correspondence.promises import Promise, PromiseSide
from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow, PromiseRow
from registry.units.tables import UnitRow
from shared.canonical import plain
from shared.names import search_text
from shared.stored import from_row


async def lean_on_units(session: AsyncSession, unit_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which units there are, locked against being closed while an entry comes to refer to them."""
    rows = select(UnitRow.id).where(UnitRow.id.in_(unit_ids)).order_by(UnitRow.id)
    return frozenset(await session.scalars(rows.with_for_update(read=True)))


async def contacts_of(session: AsyncSession, unit_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the contacts at the units."""
    return frozenset(await session.scalars(select(ContactRow.id).where(ContactRow.unit_id.in_(unit_ids))))


async def lock(session: AsyncSession, correspondence_id: UUID) -> Entry | None:
    """Load an entry for a decision, in two statements: the second sees what the first waited for."""
    row = select(CorrespondenceRow.id).where(CorrespondenceRow.id == correspondence_id)
    if await session.scalar(row.with_for_update()) is None:
        return None
    found = await session.execute(select(*WHOLE).where(CorrespondenceRow.id == correspondence_id))
    return from_row(Entry, found.one()._asdict())


async def lock_promise(session: AsyncSession, promise_id: UUID) -> Promise | None:
    found = await session.execute(select(*PROMISE).where(PromiseRow.id == promise_id).with_for_update())
    row = found.one_or_none()
    return from_row(Promise, row._asdict()) if row else None


async def has_promises_of_unit(session: AsyncSession, correspondence_id: UUID) -> bool:
    of_unit = select(PromiseRow.id).where(
        PromiseRow.correspondence_id == correspondence_id, PromiseRow.side == PromiseSide.UNIT.value
    )
    return await session.scalar(of_unit.limit(1)) is not None


async def add(session: AsyncSession, entry: Entry) -> None:
    await session.execute(
        insert(CorrespondenceRow).values(
            id=entry.id,
            recorded_by=entry.recorded_by,
            recorded_at=entry.recorded_at,
            **_values(entry),
        )
    )
    await _add_units(session, entry)


async def save(session: AsyncSession, entry: Entry) -> None:
    await session.execute(
        update(CorrespondenceRow).where(CorrespondenceRow.id == entry.id).values(**_values(entry))
    )
    mine = CorrespondenceUnitRow.correspondence_id == entry.id
    await session.execute(delete(CorrespondenceUnitRow).where(mine))
    await _add_units(session, entry)


async def add_promises(session: AsyncSession, promises: Sequence[Promise]) -> None:
    if promises:
        rows = [{"id": each.id, **_promise_values(each)} for each in promises]
        await session.execute(insert(PromiseRow), rows)


async def save_promise(session: AsyncSession, promise: Promise) -> None:
    await session.execute(
        update(PromiseRow).where(PromiseRow.id == promise.id).values(**_promise_values(promise))
    )


async def _add_units(session: AsyncSession, entry: Entry) -> None:
    rows = [
        {"correspondence_id": entry.id, "unit_id": unit_id, "position": position}
        for position, unit_id in enumerate(entry.unit_ids)
    ]
    await session.execute(insert(CorrespondenceUnitRow), rows)


def _values(entry: Entry) -> dict[str, object]:
    searched = (entry.subject, entry.summary, entry.others, entry.reference_number, entry.message_id)
    return {
        "version": entry.version,
        "occurred_on": entry.occurred_on,
        "direction": entry.direction.value,
        "channel": entry.channel.value,
        "subject": entry.subject,
        "summary": entry.summary,
        "contact_ids": list(entry.contact_ids),
        "others": entry.others,
        "reference_number": entry.reference_number,
        "message_id": entry.message_id,
        "documents": plain(entry.documents),
        "search_text": search_text(" ".join(searched)),
    }


def _promise_values(promise: Promise) -> dict[str, object]:
    return {
        "version": promise.version,
        "correspondence_id": promise.correspondence_id,
        "promised_on": promise.promised_on,
        "what": promise.what,
        "side": promise.side.value,
        "person": promise.person,
        "contact_id": promise.contact_id,
        "due_on": promise.due_on,
        "status": promise.status.value,
        "settled_on": promise.settled_on,
        "settlement_note": promise.settlement_note,
    }
