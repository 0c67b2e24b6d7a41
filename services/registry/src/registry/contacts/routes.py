"""HTTP of contacts: for the Agency and the unit's own people; what the Agency reads is noted."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from registry.contacts import repository, use_cases
from registry.contacts.domain import ContactRole, ContactUnknown
from registry.contacts.repository import Filters
from registry.contacts.schemas import (
    ContactCorrectionIn,
    ContactEndIn,
    ErasureIn,
    ReadingList,
    UnitContactIn,
    UnitContactList,
    UnitContactOut,
)
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Page, Reads, Tx, allow, etag, router

contacts = router("/contacts", tag="contacts")

_PEOPLE: Final = allow(
    *(Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR),
    *(Role.COORDINATOR, Role.MAYOR),
)
_ERASE: Final = allow(Role.ADMINISTRATOR)


@contacts.post("", status_code=201, response_model=UnitContactOut, dependencies=[_PEOPLE])
async def begin_contact(tx: Tx, body: UnitContactIn, request: Request, response: Response) -> UnitContactOut:
    contact = await use_cases.begin_contact(tx, unit_id=body.unit_id, person=body.person(), on=body.on)
    response.headers["Location"] = f"{request.url.path}/{contact.id}"
    response.headers.update(etag(contact.version))
    return UnitContactOut.of(contact)


@contacts.get("", response_model=UnitContactList, dependencies=[_PEOPLE])
async def list_contacts(  # noqa: PLR0913
    tx: Tx,
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    role: Annotated[ContactRole | None, Query(alias="filter[role]")] = None,
    as_of: Annotated[
        Day | None, Query(description="Who spoke for the unit on this day; all without it")
    ] = None,
) -> Response:
    """List people in Czech order: the Agency all, a unit its own."""
    filters = Filters(of_unit=unit is not None, of_role=role is not None, on_a_day=as_of is not None)
    await use_cases.note_reading(tx, unit_id=unit, as_of=as_of)
    return await reads.page(
        repository.contacts(filters),
        page,
        unit_id=unit,
        role=role.value if role else None,
        day=as_of,
        **caller.sees(),
    )


@contacts.get("/readings", response_model=ReadingList, dependencies=[_ERASE])
async def list_readings_of_contacts(
    reads: Reads, page: Page, unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None
) -> Response:
    """Say who of the Agency read contacts, the latest first; lists of all units are among those of each."""
    return await reads.page(repository.readings(of_unit=unit is not None), page, unit_id=unit)


@contacts.get("/{contact_id}", response_model=UnitContactOut, dependencies=[_PEOPLE])
async def get_contact(tx: Tx, reads: Reads, caller: Caller, contact_id: UUID) -> Response:
    found = await reads.one(repository.ONE, contact_id=contact_id, **caller.sees())
    if found is None:
        raise ContactUnknown
    await use_cases.note_reading_of_one(tx, contact_id)
    return found


@contacts.post("/{contact_id}/correction", response_model=UnitContactOut, dependencies=[_PEOPLE])
async def correct_contact(
    tx: Tx, contact_id: UUID, body: ContactCorrectionIn, expected: ExpectedVersion, response: Response
) -> UnitContactOut:
    """Say it all anew; a last day that was taken away makes the contact current again."""
    contact = await use_cases.correct_contact(
        tx, contact_id, body.person(), expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(contact.version))
    return UnitContactOut.of(contact)


@contacts.post("/{contact_id}/end", response_model=UnitContactOut, dependencies=[_PEOPLE])
async def end_contact(
    tx: Tx, contact_id: UUID, body: ContactEndIn, expected: ExpectedVersion, response: Response
) -> UnitContactOut:
    contact = await use_cases.end_contact(
        tx, contact_id, last_day=body.valid_until, expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(contact.version))
    return UnitContactOut.of(contact)


@contacts.post("/{contact_id}/erasure", response_model=UnitContactOut, dependencies=[_ERASE])
async def erase_contact(
    tx: Tx, contact_id: UUID, body: ErasureIn, expected: ExpectedVersion, response: Response
) -> UnitContactOut:
    """Forget the person when the retention is over, or sooner when the person asks for it."""
    contact = await use_cases.erase_contact(tx, contact_id, ground=body.ground, expected=expected, on=body.on)
    response.headers.update(etag(contact.version))
    return UnitContactOut.of(contact)
