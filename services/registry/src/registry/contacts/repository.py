"""SQL of contacts, and of the log of who read them."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Boolean

from registry.contacts.domain import PROCEDURE, Contact, ContactStatus, Reading
from registry.contacts.tables import ContactReadRow, ContactRow
from shared.names import sort_key
from shared.reads import Query
from shared.stored import from_row

_CONTACT: Final = (
    ContactRow.id,
    ContactRow.version,
    ContactRow.unit_id,
    ContactRow.status,
    ContactRow.role,
    ContactRow.name,
    ContactRow.function,
    ContactRow.email,
    ContactRow.phone,
    ContactRow.note,
    ContactRow.valid_from,
    ContactRow.valid_until,
)
_MOVES: Final = case(
    *(
        (
            ContactRow.status == status.value,
            literal_column(f"'{json.dumps(PROCEDURE.allowed(status))}'::json"),
        )
        for status in ContactStatus
    )
)
_BY_NAME: Final = (ContactRow.__table__.c.sort_key, ContactRow.__table__.c.id)
_BY_TIME: Final = (ContactReadRow.__table__.c.at, ContactReadRow.__table__.c.id)


def _visible() -> ColumnElement[bool]:
    own = ContactRow.unit_id == any_(bindparam("units", type_=ARRAY(Uuid)))
    return or_(bindparam("agency", type_=Boolean), own)


ONE: Final = Query(
    select(*_CONTACT, _MOVES.label("allowed_moves")).where(
        ContactRow.id == bindparam("contact_id", type_=Uuid), _visible()
    ),
    version="version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; `with_ended` shows those that hold on no day in particular."""

    of_unit: bool = False
    of_role: bool = False
    on_a_day: bool = True


@cache
def contacts(filters: Filters) -> Query:
    """Return the query for contacts in Czech order of names; without a day those ended and erased too."""
    found = select(*_CONTACT).where(_visible())
    if filters.of_unit:
        found = found.where(ContactRow.unit_id == bindparam("unit_id", type_=Uuid))
    if filters.of_role:
        found = found.where(ContactRow.role == bindparam("role", type_=Text))
    if filters.on_a_day:
        day = bindparam("day", type_=Date)
        lasts = or_(ContactRow.valid_until.is_(None), ContactRow.valid_until >= day)
        found = found.where(ContactRow.valid_from <= day, lasts)
    return Query(found, keys=_BY_NAME)


@cache
def readings(*, of_unit: bool) -> Query:
    """Return the query for who read contacts, the latest first; lists of all concern every unit."""
    found = select(
        ContactReadRow.at,
        ContactReadRow.actor,
        ContactReadRow.affiliation,
        ContactReadRow.unit_id,
        ContactReadRow.contact_id,
        ContactReadRow.as_of,
    )
    if of_unit:
        unit = ContactReadRow.unit_id == bindparam("unit_id", type_=Uuid)
        found = found.where(or_(unit, ContactReadRow.unit_id.is_(None)))
    return Query(found, keys=_BY_TIME, descending=True)


async def lock(session: AsyncSession, contact_id: UUID) -> Contact | None:
    """Load a contact for a decision; whoever decides next on it waits."""
    found = await session.execute(select(*_CONTACT).where(ContactRow.id == contact_id).with_for_update())
    row = found.one_or_none()
    return from_row(Contact, row._asdict()) if row else None


async def add(session: AsyncSession, contact: Contact) -> None:
    await session.execute(
        insert(ContactRow).values(id=contact.id, unit_id=contact.unit_id, **_values(contact))
    )


async def save(session: AsyncSession, contact: Contact) -> None:
    await session.execute(update(ContactRow).where(ContactRow.id == contact.id).values(**_values(contact)))


async def note_reading(session: AsyncSession, reading: Reading, *, id_: UUID, correlation_id: str) -> None:
    await session.execute(
        insert(ContactReadRow).values(
            id=id_,
            at=reading.at,
            actor=reading.actor,
            affiliation=reading.affiliation,
            unit_id=reading.unit_id,
            contact_id=reading.contact_id,
            as_of=reading.as_of,
            correlation_id=correlation_id,
        )
    )


async def units_of(session: AsyncSession, contact_ids: list[UUID]) -> dict[UUID, UUID]:
    """Return the unit of each contact that there is."""
    rows = await session.execute(
        select(ContactRow.id, ContactRow.unit_id).where(ContactRow.id.in_(contact_ids))
    )
    return {row.id: row.unit_id for row in rows}


def _values(contact: Contact) -> dict[str, str | int | date | None]:
    return {
        "version": contact.version,
        "status": contact.status.value,
        "role": contact.role.value,
        "name": contact.name,
        "sort_key": sort_key(contact.name),
        "function": contact.function,
        "email": contact.email,
        "phone": contact.phone,
        "note": contact.note,
        "valid_from": contact.valid_from,
        "valid_until": contact.valid_until,
    }
