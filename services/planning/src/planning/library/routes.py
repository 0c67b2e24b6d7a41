"""HTTP of the library."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from planning.library import list_repository, use_cases
from planning.library.content import EntrySort
from planning.library.domain import Entry, EntryStatus
from planning.library.list_repository import Filters
from planning.library.patterns import PatternKind
from planning.library.refusals import EntryUnknown, PracticeWithoutItsRecord
from planning.library.schemas import (
    EntryIn,
    EntryList,
    EntryOut,
    EntryReasonIn,
    EntryState,
    PracticeIn,
    VerificationIn,
)
from shared.contracts.base import Role
from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea
from shared.http import (
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    public,
    router,
    today,
)
from shared.names import pattern_of

library = router("/library", tag="library")
practices = router("/plans", tag="library")

_EXPERTS: Final = (Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR)
_WRITE: Final = allow(*_EXPERTS)
_WRITE_OWN: Final = allow(Role.COORDINATOR, *_EXPERTS)
_VERIFY: Final = allow(Role.DIRECTOR, *_EXPERTS)
Words = Annotated[
    Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None,
    Query(description="Words in any order, whatever their case and diacritics"),
]


@library.get("", response_model=EntryList, dependencies=[public()])
async def list_entries(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    kind: Annotated[PatternKind | None, Query(alias="filter[kind]")] = None,
    sort: Annotated[EntrySort | None, Query(alias="filter[sort]")] = None,
    plan_kind: Annotated[PlanKind | None, Query(alias="filter[plan_kind]")] = None,
    group: Annotated[
        Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None,
        Query(alias="filter[group]", description="Words of the target group"),
    ] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    status: Annotated[EntryStatus, Query(alias="filter[status]")] = EntryStatus.PUBLISHED,
    to_review: Annotated[
        Literal["true"] | None,
        Query(alias="filter[to_review]", description="Only those whose day of review came"),
    ] = None,
    q: Words = None,
) -> Response:
    """List what is published, the best matches first; drafts for the Agency and their units."""
    filters = Filters(
        of_area=area is not None,
        of_kind=kind is not None,
        of_sort=sort is not None,
        of_plan_kind=plan_kind is not None,
        of_group=group is not None,
        of_unit=unit is not None,
        by_words=q is not None,
        to_review=to_review is not None,
    )
    return await reads.page(
        list_repository.entries(filters),
        page,
        area=area and area.value,
        kind=kind and kind.value,
        sort=sort and sort.value,
        plan_kind=plan_kind and plan_kind.value,
        group=pattern_of(group or ""),
        unit_id=unit,
        status=status.value,
        patterns=[pattern_of(word) for word in (q or "").split()],
        **_reader(caller),
    )


@library.get("/{entry_id}", response_model=EntryOut, dependencies=[public()])
async def get_entry(reads: Reads, caller: Caller, entry_id: UUID) -> Response:
    """Give an edition whole; one that was ever published stays readable for good."""
    found = await reads.one(list_repository.ENTRY, entry_id=entry_id, **_reader(caller))
    if found is None:
        raise EntryUnknown
    return found


@library.post("", status_code=201, dependencies=[_WRITE])
async def write_template(tx: Tx, body: EntryIn, request: Request, response: Response) -> EntryState:
    """Draft a template of a problem, of a goal or of a measure."""
    if body.practice is not None:
        raise PracticeWithoutItsRecord(pointer="/practice")
    entry = await use_cases.write_template(tx, body.content())
    response.headers["Location"] = f"{request.url.path}/{entry.id}"
    return _state(entry, response)


@practices.post("/{plan_id}/practices", status_code=201, dependencies=[_WRITE_OWN])
async def write_practice(
    tx: Tx, plan_id: UUID, body: PracticeIn, request: Request, response: Response
) -> EntryState:
    """Draft a practice from a measure of an approved plan: the measure is copied."""
    entry = await use_cases.write_practice(tx, plan_id, body.node_id, body.told())
    response.headers["Location"] = f"{request.url.path.partition('/plans/')[0]}/library/{entry.id}"
    return _state(entry, response)


@library.put("/{entry_id}", dependencies=[_WRITE_OWN])
async def edit_entry(
    tx: Tx, entry_id: UUID, body: EntryIn, expected: ExpectedVersion, response: Response
) -> EntryState:
    """Say a draft anew; the measure that a practice came of stays."""
    return _state(await use_cases.edit_entry(tx, entry_id, body.content(), expected=expected), response)


@library.post("/{entry_id}/proposal", dependencies=[_WRITE_OWN])
async def propose_entry(tx: Tx, entry_id: UUID, expected: ExpectedVersion, response: Response) -> EntryState:
    """Hand a draft to the Agency."""
    return _state(await use_cases.propose_entry(tx, entry_id, expected=expected), response)


@library.post("/{entry_id}/return", dependencies=[_VERIFY])
async def return_entry(
    tx: Tx, entry_id: UUID, body: EntryReasonIn, expected: ExpectedVersion, response: Response
) -> EntryState:
    """Send a proposed entry back, with reasons."""
    entry = await use_cases.return_entry(tx, entry_id, expected=expected, reason=body.reason)
    return _state(entry, response)


@library.post("/{entry_id}/verification", dependencies=[_VERIFY])
async def verify_entry(
    tx: Tx, entry_id: UUID, body: VerificationIn, expected: ExpectedVersion, response: Response
) -> EntryState:
    """Verify and publish it; not by whoever wrote it. The edition before is superseded."""
    entry = await use_cases.verify_entry(tx, entry_id, expected=expected, review_on=body.review_on)
    return _state(entry, response)


@library.post("/{entry_id}/review", dependencies=[_VERIFY])
async def review_entry(
    tx: Tx, entry_id: UUID, body: VerificationIn, expected: ExpectedVersion, response: Response
) -> EntryState:
    """Say that a published entry still holds, and until when."""
    entry = await use_cases.review_entry(tx, entry_id, expected=expected, review_on=body.review_on)
    return _state(entry, response)


@library.post("/{entry_id}/successor", status_code=201, dependencies=[_WRITE_OWN])
async def begin_successor(
    tx: Tx, entry_id: UUID, expected: ExpectedVersion, request: Request, response: Response
) -> EntryState:
    """Draft the next edition; the one published stays in force until the next is verified."""
    entry = await use_cases.begin_successor(tx, entry_id, expected=expected)
    response.headers["Location"] = request.url.path.replace(f"{entry_id}/successor", str(entry.id))
    return _state(entry, response)


@library.post("/{entry_id}/retirement", dependencies=[_WRITE_OWN])
async def retire_entry(
    tx: Tx, entry_id: UUID, body: EntryReasonIn, expected: ExpectedVersion, response: Response
) -> EntryState:
    """Take an entry out of the library, with the reason; plans that used it keep what they have."""
    entry = await use_cases.retire_entry(tx, entry_id, expected=expected, reason=body.reason)
    return _state(entry, response)


def _reader(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "today": today()}


def _state(entry: Entry, response: Response) -> EntryState:
    response.headers.update(etag(entry.version))
    return EntryState.model_validate(entry)
