"""HTTP of descriptions of cooperation: what was agreed is public, drafts are for the two parties."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from registry.descriptions import completeness, repository, use_cases
from registry.descriptions.comparison import changes
from registry.descriptions.content import LEVELS
from registry.descriptions.domain import Description
from registry.descriptions.refusals import DescriptionUnknown, NoEditionToCompare
from registry.descriptions.schemas import (
    ChangesOut,
    CompletenessOut,
    ConsentIn,
    DescriptionDayIn,
    DescriptionDraftIn,
    DescriptionIn,
    DescriptionList,
    DescriptionOut,
    DescriptionReasonIn,
    FindingOut,
    LevelList,
    LevelOut,
)
from registry.descriptions.steps import Status
from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
from shared.contracts.base import Role
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
    today,
)

descriptions = router("/descriptions", tag="descriptions")

_WRITE = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR)
_AGREE = allow(Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
_RETURN = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
_END = allow(Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)


async def _asked(  # noqa: PLR0913, PLR0917 - each is a filter of the address
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    cooperation: Annotated[UUID | None, Query(alias="filter[cooperation]")] = None,
    region: Annotated[UUID | None, Query(alias="filter[region]", description="Id of the kraj")] = None,
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    domain: Annotated[CooperationDomain | None, Query(alias="filter[domain]")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    as_of: Annotated[Day | None, Query(description="Only the editions in force on this day")] = None,
) -> dict[str, object]:
    asked = {
        "unit": unit,
        "cooperation": cooperation,
        "region": region,
        "status": status,
        "domain": domain,
        "area": area,
        "as_of": as_of,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return {**given, "day": as_of or today()}


Asked = Annotated[dict[str, object], Depends(_asked)]


@descriptions.post("", status_code=201, response_model=DescriptionOut, dependencies=[_WRITE])
async def draft_description(
    tx: Tx, body: DescriptionIn, request: Request, response: Response
) -> DescriptionOut:
    """Begin the first edition in a domain of a cooperation."""
    drafted = await use_cases.draft(
        tx, cooperation_id=body.cooperation_id, about=body.domain, text=body.written()
    )
    response.headers["Location"] = f"{request.url.path}/{drafted.id}"
    return _answer(drafted, response)


@descriptions.get("", response_model=DescriptionList, dependencies=[public()])
async def list_descriptions(reads: Reads, caller: Caller, page: Page, asked: Asked) -> Response:
    """List editions, the latest first."""
    query = repository.descriptions(frozenset(asked) - {"day"})
    return await reads.page(query, page, **asked, **caller.sees())


@descriptions.get("/levels", response_model=LevelList, dependencies=[public()])
async def list_quality_levels(request: Request) -> LevelList:
    """List the scale of quality criteria."""
    column = 0 if language_of(request) == "cs" else 1
    return LevelList(items=[LevelOut(level=level, name=names[column]) for level, names in LEVELS.items()])


@descriptions.get("/{description_id}", response_model=DescriptionOut, dependencies=[public()])
async def get_description(
    reads: Reads,
    caller: Caller,
    description_id: UUID,
    response: Response,
    as_of: Annotated[Day | None, Query(description="As the last decision until this day left it")] = None,
) -> DescriptionOut:
    if as_of is None:
        return _answer(await _read(reads, caller, description_id), response)
    state = await state_on(reads, Subject.DESCRIPTION, description_id, as_of, caller)
    if state is None:
        raise DescriptionUnknown
    return DescriptionOut.of(repository.description_from_json(state))


@descriptions.get("/{description_id}/completeness", response_model=CompletenessOut, dependencies=[public()])
async def check_description(
    reads: Reads, caller: Caller, description_id: UUID, request: Request
) -> CompletenessOut:
    """List what the description lacks to be proposed."""
    description = await _read(reads, caller, description_id)
    found = completeness.findings(description.content, description.baseline, today())
    czech = language_of(request) == "cs"
    return CompletenessOut(
        complete=not found,
        findings=[
            FindingOut(pointer=each.pointer, code=each.code, title=each.cs if czech else each.en)
            for each in found
        ],
    )


@descriptions.get("/{description_id}/changes", response_model=ChangesOut, dependencies=[public()])
async def compare_description(
    reads: Reads,
    caller: Caller,
    description_id: UUID,
    against: Annotated[
        int | None,
        Field(ge=1, le=9999),
        InDigits,
        Query(description="Number of an edition; the one before where it is left out"),
    ] = None,
) -> ChangesOut:
    """Tell what changed since another edition."""
    rows = await reads.rows(repository.PAIR, id=description_id, against=against, **caller.sees())
    editions = [repository.description_of(dict(row)) for row in rows]
    asked = next((each for each in editions if each.id == description_id), None)
    if asked is None:
        raise DescriptionUnknown
    other = next((each for each in editions if each.id != description_id), None)
    if other is None:
        raise NoEditionToCompare
    return ChangesOut.model_validate(changes(other, asked))


@descriptions.put("/{description_id}", response_model=DescriptionOut, dependencies=[_WRITE])
async def edit_description(
    tx: Tx, description_id: UUID, body: DescriptionDraftIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """Write a draft anew, whole; the baseline of an earlier edition stays as it is."""
    return _answer(await use_cases.edit(tx, description_id, body.written(), expected=expected), response)


@descriptions.post(
    "/{description_id}/editions", status_code=201, response_model=DescriptionOut, dependencies=[_WRITE]
)
async def draft_description_anew(
    tx: Tx, description_id: UUID, expected: ExpectedVersion, request: Request, response: Response
) -> DescriptionOut:
    """Begin the next edition of what was agreed, with its content and its baseline."""
    drafted = await use_cases.draft_anew(tx, description_id, expected=expected)
    address = request.url.path.removesuffix(f"{description_id}/editions")
    response.headers["Location"] = f"{address}{drafted.id}"
    return _answer(drafted, response)


@descriptions.post("/{description_id}/proposal", response_model=DescriptionOut, dependencies=[_WRITE])
async def propose_description(
    tx: Tx, description_id: UUID, body: DescriptionDayIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """Lay a complete draft before the parties."""
    return _answer(await use_cases.propose(tx, description_id, expected=expected, on=body.on), response)


@descriptions.post("/{description_id}/return", response_model=DescriptionOut, dependencies=[_RETURN])
async def return_description(
    tx: Tx, description_id: UUID, body: DescriptionReasonIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """Return a proposal to be written anew; agreements given to it fall."""
    returned = await use_cases.give_back(
        tx, description_id, expected=expected, reason=body.reason, on=body.on
    )
    return _answer(returned, response)


@descriptions.post("/{description_id}/agreements", response_model=DescriptionOut, dependencies=[_AGREE])
async def agree_to_description(
    tx: Tx, description_id: UUID, body: ConsentIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """Agree for one side: the second agreement locks the content and the baseline."""
    agreed = await use_cases.agree(tx, description_id, body.consent(), expected=expected)
    return _answer(agreed, response)


@descriptions.post("/{description_id}/discarding", response_model=DescriptionOut, dependencies=[_WRITE])
async def discard_description(
    tx: Tx, description_id: UUID, body: DescriptionReasonIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """Give up an edition that was not agreed on."""
    discarded = await use_cases.discard(tx, description_id, expected=expected, reason=body.reason, on=body.on)
    return _answer(discarded, response)


@descriptions.post("/{description_id}/end", response_model=DescriptionOut, dependencies=[_END])
async def end_description(
    tx: Tx, description_id: UUID, body: DescriptionReasonIn, expected: ExpectedVersion, response: Response
) -> DescriptionOut:
    """End it before its time; `on` is its last day, or it never comes in force."""
    ended = await use_cases.end(tx, description_id, expected=expected, reason=body.reason, on=body.on)
    return _answer(ended, response)


async def _read(reads: Reads, caller: Caller, description_id: UUID) -> Description:
    row = await reads.row(repository.ONE, id=description_id, **caller.sees())
    if row is None:
        raise DescriptionUnknown
    return repository.description_of(dict(row))


def _answer(description: Description, response: Response) -> DescriptionOut:
    response.headers.update(etag(description.version))
    return DescriptionOut.of(description)
