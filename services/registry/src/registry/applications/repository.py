"""SQL of applications: locks before decisions, numbers without a gap."""

import json
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Boolean, Uuid

from registry.applications.domain import Application
from registry.applications.steps import DEAD, Status
from registry.applications.tables import ApplicationCounterRow, ApplicationRow
from shared.canonical import plain
from shared.reads import Query

_JSON: Final = ("contact", "attachments", "resolution", "clock", "completion", "checklist", "verdict")
_TEXTS: Final = ("areas", "submitters", "checkers")
_AS_THEY_ARE: Final = (
    *("version", "methodology", "status", "number", "received_at", "message_id", "evaluation_note"),
    *("withdrawal_reason", "due_on"),
)
_COLUMNS: Final = tuple(
    column for column in ApplicationRow.__table__.c if column.name not in {"ordinal", "due_on"}
)
_APPLICATION: Final = TypeAdapter(Application)
_LIVING: Final = ApplicationRow.status.not_in(sorted(DEAD))
_ACCEPTED: Final = (Status.APPROVED.value, Status.MEMORANDUM_SIGNED.value)


def visible() -> ColumnElement[bool]:
    """Who reads an application whole: the Agency, and the people of the unit."""
    own = ApplicationRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(bindparam("agency", type_=Boolean), own)


ONE: Final = Query(select(*_COLUMNS).where(ApplicationRow.id == bindparam("id"), visible()))


def application_of(row: Mapping[str, object]) -> Application:
    """Return the application from a row, whose JSON may be text or already read."""
    read = {
        name: json.loads(value) if name in {*_JSON, "form"} and isinstance(value, str) else value
        for name, value in row.items()
    }
    return _APPLICATION.validate_python(read)


def application_from_json(text: str) -> Application:
    return _APPLICATION.validate_json(text)


async def lock(session: AsyncSession, application_id: UUID) -> Application | None:
    """Load an application for a decision; whoever decides next on it waits."""
    found = select(*_COLUMNS).where(ApplicationRow.id == application_id).with_for_update()
    row = (await session.execute(found)).mappings().one_or_none()
    return application_of({str(name): value for name, value in row.items()}) if row else None


async def lock_all(session: AsyncSession, ids: Collection[UUID]) -> list[Application]:
    """Load applications for one decision on all, in the order of their ids: nobody waits in a circle."""
    return await _locked(session, ApplicationRow.id.in_(ids))


async def lock_of_call(session: AsyncSession, call_id: UUID, status: Status) -> list[Application]:
    """Load the applications of a call that stand in one state, in the order of their ids."""
    return await _locked(
        session, (ApplicationRow.call_id == call_id) & (ApplicationRow.status == status.value)
    )


async def _locked(session: AsyncSession, which: ColumnElement[bool]) -> list[Application]:
    found = select(*_COLUMNS).where(which).order_by(ApplicationRow.id).with_for_update()
    rows = (await session.execute(found)).mappings().all()
    return [application_of({str(name): value for name, value in row.items()}) for row in rows]


async def living(session: AsyncSession, call_id: UUID, unit_id: UUID) -> Application | None:
    """Return the application that the unit has in the call, unless it was rejected or withdrawn."""
    found = select(*_COLUMNS).where(
        ApplicationRow.call_id == call_id, ApplicationRow.unit_id == unit_id, _LIVING
    )
    row = (await session.execute(found)).mappings().one_or_none()
    return application_of({str(name): value for name, value in row.items()}) if row else None


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
            index_elements=[ApplicationRow.call_id, ApplicationRow.unit_id], index_where=_LIVING
        )
        .returning(ApplicationRow.id)
    )
    return await session.scalar(added) is not None


async def save(session: AsyncSession, application: Application, *, ordinal: int | None = None) -> None:
    """Store the application; `ordinal` where it is numbered now."""
    values = _values(application)
    if ordinal is not None:
        values["ordinal"] = ordinal
    await session.execute(update(ApplicationRow).where(ApplicationRow.id == application.id).values(values))


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
    }
