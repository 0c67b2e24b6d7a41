"""SQL of calls and of their extensions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from registry.calls.domain import Call, Status
from registry.calls.tables import CallExtensionRow, CallRow
from registry.calls.window import Extension, Outage
from shared.canonical import plain
from shared.stored import from_row

_COLUMNS = tuple(CallRow.__table__.c)


async def load(session: AsyncSession, call_id: UUID, *, lock: bool = False) -> Call | None:
    """Return the call; with `lock` nobody else changes it until the transaction ends."""
    found = select(*_COLUMNS).where(CallRow.id == call_id)
    row = (await session.execute(found.with_for_update() if lock else found)).one_or_none()
    return None if row is None else from_row(Call, row._asdict())


async def lock_taking(session: AsyncSession, outage: Outage) -> list[Call]:
    """Return, locked, the calls that took applications at any time of the outage."""
    touched = (
        select(*_COLUMNS)
        .where(
            CallRow.status == Status.ANNOUNCED.value,
            CallRow.closes_at >= outage.from_at,
            CallRow.opens_at < outage.until_at,
        )
        .order_by(CallRow.id)
        .with_for_update()
    )
    return [from_row(Call, row._asdict()) for row in await session.execute(touched)]


async def add(session: AsyncSession, call: Call, *, on: date) -> bool:
    """Add the call; return whether its code was free."""
    statement = insert(CallRow).values(id=call.id, listed_on=on, **_values(call))
    added = statement.on_conflict_do_nothing(index_elements=[CallRow.code]).returning(CallRow.id)
    return await session.scalar(added) is not None


async def save(session: AsyncSession, call: Call) -> None:
    values = _values(call)
    if call.announced_on is not None:
        values["listed_on"] = call.announced_on
    await session.execute(update(CallRow).where(CallRow.id == call.id).values(values))


async def save_if_free(session: AsyncSession, call: Call) -> bool:
    """Save a call whose code may have changed; False, and an end to the transaction, where it is taken."""
    try:
        await save(session, call)
    except IntegrityError as error:
        if "uq_call_code" not in str(error.orig):
            raise
        return False
    return True


async def add_extension(session: AsyncSession, call_id: UUID, extension: Extension) -> None:
    values = {
        "id": extension.id,
        "call_id": call_id,
        "version": extension.version,
        "cause": extension.cause.value,
        "outage_id": extension.outage_id,
        "decided_on": extension.decided_on,
        "previous_closes_at": extension.previous_closes_at,
        "new_closes_at": extension.new_closes_at,
        "reason_cs": extension.reason_cs,
        "reason_en": extension.reason_en,
    }
    await session.execute(insert(CallExtensionRow).values(values))


async def extensions(session: AsyncSession, call_id: UUID) -> Sequence[Extension]:
    """Return the extensions of a call in their order."""
    found = (
        select(*CallExtensionRow.__table__.c)
        .where(CallExtensionRow.call_id == call_id)
        .order_by(CallExtensionRow.version)
    )
    return [from_row(Extension, row._asdict()) for row in await session.execute(found)]


def _values(call: Call) -> dict[str, object]:
    """Return the columns of a call, without its id."""
    as_they_are = (
        *("version", "code", "title", "text", "contact", "methodology", "status", "announced_on"),
        *("opens_on", "closes_on", "opens_at", "closes_at", "form", "minimum_points", "capacity"),
        *("formal_check_days", "completion_days", "cancelled_on", "cancellation_cs", "cancellation_en"),
    )
    as_json = ("eligible_kinds", "areas", "attachments", "criteria")
    return {
        **{name: getattr(call, name) for name in as_they_are},
        **{name: plain(getattr(call, name)) for name in as_json},
    }
