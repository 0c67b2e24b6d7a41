"""SQL of applications: locks before decisions, numbers without a gap."""

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Boolean, Uuid

from registry.applications.domain import Application
from registry.applications.steps import Status
from registry.applications.tables import LIVING, ApplicationCounterRow, ApplicationRow
from registry.calls.tables import CallRow
from shared.canonical import plain
from shared.reads import Query
from shared.stored import from_json, from_row

_JSON: Final = ("contact", "attachments", "resolution", "clock", "completion", "checklist", "verdict")
_TEXTS: Final = ("areas", "submitters", "checkers")
_AS_THEY_ARE: Final = (
    *("version", "methodology", "status", "number", "received_at", "message_id", "evaluation_note"),
    *("withdrawal_reason", "due_on"),
)
COLUMNS: Final = tuple(
    column for column in ApplicationRow.__table__.c if column.name not in {"ordinal", "due_on"}
)
_AS_TEXT: Final = frozenset({*_JSON, "form"})
_ACCEPTED: Final = (Status.APPROVED.value, Status.MEMORANDUM_SIGNED.value)


def visible() -> ColumnElement[bool]:
    """Who reads an application whole: the Agency, and the people of the unit."""
    own = ApplicationRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(bindparam("agency", type_=Boolean), own)


ONE: Final = Query(select(*COLUMNS).where(ApplicationRow.id == bindparam("id"), visible()))


def from_read(row: Mapping[str, object]) -> Application:
    """Return the application from a row of the read path, where JSON is text."""
    return from_row(Application, row, json_columns=_AS_TEXT)


def from_journal(state: str) -> Application:
    return from_json(Application, state)


async def load(session: AsyncSession, application_id: UUID) -> Application | None:
    return await _one(session, ApplicationRow.id == application_id)


async def lock(session: AsyncSession, application_id: UUID) -> Application | None:
    """Load an application for a decision; whoever decides next on it waits."""
    found = await _locked(session, ApplicationRow.id == application_id)
    return found[0] if found else None


async def lock_all(session: AsyncSession, ids: Collection[UUID]) -> list[Application]:
    """Load applications for one decision on all, in the order of their ids: nobody waits in a circle."""
    return await _locked(session, ApplicationRow.id.in_(ids))


async def lock_of_call(session: AsyncSession, call_id: UUID, *statuses: Status) -> list[Application]:
    """Load the applications of a call that stand in some states, in the order of their ids.

    One statement for all states: who moves from one to another meanwhile is in it.
    """
    return await _locked(
        session, (ApplicationRow.call_id == call_id) & ApplicationRow.status.in_(sorted(statuses))
    )


async def hold_call(session: AsyncSession, application_id: UUID) -> None:
    """Keep the call of an application as it is until the transaction ends; before the application itself."""
    held = select(CallRow.id).join(ApplicationRow, ApplicationRow.call_id == CallRow.id)
    of_one = held.where(ApplicationRow.id == application_id)
    await session.execute(of_one.with_for_update(read=True, of=CallRow))


async def _locked(session: AsyncSession, which: ColumnElement[bool]) -> list[Application]:
    found = select(*COLUMNS).where(which).order_by(ApplicationRow.id).with_for_update()
    return [from_row(Application, row._asdict()) for row in await session.execute(found)]


async def _one(session: AsyncSession, which: ColumnElement[bool]) -> Application | None:
    row = (await session.execute(select(*COLUMNS).where(which))).one_or_none()
    return from_row(Application, row._asdict()) if row else None


async def living(session: AsyncSession, call_id: UUID, unit_id: UUID) -> Application | None:
    """Return the application that the unit has in the call, unless it was rejected or withdrawn."""
    living_there = and_(ApplicationRow.call_id == call_id, ApplicationRow.unit_id == unit_id, LIVING)
    return await _one(session, living_there)


async def add(session: AsyncSession, application: Application) -> bool:
    """Add a draft; return whether the unit had no other in the call."""
    values = {
        "id": application.id,
        "call_id": application.call_id,
        "unit_id": application.unit_id,
        "created_by": application.created_by,
        "created_at": application.created_at,
        **_values(application),
    }
    added = (
        insert(ApplicationRow)
        .values(values)
        .on_conflict_do_nothing(
            index_elements=[ApplicationRow.call_id, ApplicationRow.unit_id], index_where=LIVING
        )
        .returning(ApplicationRow.id)
    )
    return await session.scalar(added) is not None


async def save(session: AsyncSession, *applications: Application) -> None:
    """Store them, however many, in one statement."""
    rows = [{"id": each.id, **_values(each)} for each in applications]
    if rows:
        await session.execute(update(ApplicationRow), rows)


async def next_ordinal(session: AsyncSession, call_id: UUID) -> int:
    """Return the next number in the call; others wait, and a transaction that fails gives it back."""
    first = insert(ApplicationCounterRow).values(call_id=call_id, last=1)
    given = first.on_conflict_do_update(
        index_elements=[ApplicationCounterRow.call_id], set_={"last": ApplicationCounterRow.last + 1}
    ).returning(ApplicationCounterRow.last)
    return (await session.execute(given)).scalar_one()


async def count_accepted(session: AsyncSession, call_id: UUID) -> int:
    """Count the accepted of a call; whoever accepts another one in it waits."""
    held = select(ApplicationCounterRow.last).where(ApplicationCounterRow.call_id == call_id)
    await session.execute(held.with_for_update())
    accepted = select(func.count()).where(
        ApplicationRow.call_id == call_id, ApplicationRow.status.in_(_ACCEPTED)
    )
    return await session.scalar(accepted) or 0


def _values(application: Application) -> dict[str, object]:
    return {
        **{name: getattr(application, name) for name in _AS_THEY_ARE},
        **{name: plain(getattr(application, name)) for name in (*_JSON, *_TEXTS)},
        "form": dict(application.form),
        "ordinal": int(application.number.rpartition("/")[2]) if application.number else None,
    }
