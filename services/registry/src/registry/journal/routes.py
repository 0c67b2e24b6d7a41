"""HTTP of the journal: everybody reads of decisions what their audience allows."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from registry.journal import repository
from registry.journal.domain import Subject
from registry.journal.schemas import EntryList, EntryOut
from shared.contracts.base import Role
from shared.errors import NotFound
from shared.http import Caller, Page, Reads, public, router

journal = router("/journal", tag="journal")

_PARTIES = frozenset({Role.COORDINATOR, Role.MAYOR})


class EntryUnknown(NotFound):
    cs = "Takový záznam v deníku rozhodnutí není."
    en = "There is no such entry in the journal."


@journal.get("", response_model=EntryList, dependencies=[public()])
async def list_journal_entries(
    reads: Reads,
    caller: Caller,
    page: Page,
    subject: Annotated[Subject | None, Query(alias="filter[subject]")] = None,
    subject_id: Annotated[UUID | None, Query(alias="filter[subject_id]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
) -> Response:
    """List decisions, the latest first: public ones for everybody, those of a unit for its people too."""
    query = repository.entries(
        of_subject=subject is not None, of_one=subject_id is not None, of_unit=unit is not None
    )
    return await reads.page(
        query,
        page,
        subject=subject,
        subject_id=subject_id,
        unit_id=unit,
        agency=caller.is_agency,
        units=_own(caller),
    )


@journal.get("/{entry_id}", response_model=EntryOut, dependencies=[public()])
async def get_journal_entry(reads: Reads, caller: Caller, entry_id: UUID) -> Response:
    """Give a decision with the states before and after it."""
    found = await reads.one(repository.ENTRY, id=entry_id, agency=caller.is_agency, units=_own(caller))
    if found is None:
        raise EntryUnknown
    return found


def _own(caller: Caller) -> list[UUID]:
    """Return the units whose decisions the caller reads as a party: partners are none."""
    return list(caller.units) if caller.has_any(_PARTIES) else []
