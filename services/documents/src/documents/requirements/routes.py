"""HTTP of requirements: what ought to be there, by edition, and what is missing of whom."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from documents.requirements import list_repository, use_cases
from documents.requirements.domain import RequirementEditionUnknown, SubjectKind, SubjectUnknown
from documents.requirements.labels import variant_names
from documents.requirements.schemas import (
    Completeness,
    CompletenessList,
    RequirementEditionIn,
    RequirementEditionList,
    RequirementEditionOut,
    RequirementOut,
)
from documents.showing import in_language, shown_to
from shared.contracts.base import Role
from shared.http import (
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    public,
    router,
    today,
)

completeness = router("/completeness", tag="requirements")
requirements = router("/requirements", tag="requirements")
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
_SET: Final = allow(Role.ADMINISTRATOR, Role.DIRECTOR)


Said = Literal["true", "false"]


def _filters(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    subject: Annotated[SubjectKind | None, Query(alias="filter[subject]")] = None,
    overdue: Annotated[Said | None, Query(alias="filter[overdue]")] = None,
    ended: Annotated[Said | None, Query(alias="filter[ended]")] = None,
) -> dict[str, object]:
    given: dict[str, object] = {
        "unit": unit,
        "subject": subject and subject.value,
        "overdue": None if overdue is None else overdue == "true",
        "ended": None if ended is None else ended == "true",
    }
    return {name: value for name, value in given.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


def _shown_to(request: Request) -> dict[str, object]:
    return {**shown_to(request), "variant_names": variant_names(language_of(request))}


@completeness.get("", response_model=CompletenessList, dependencies=[logged_in()])
async def list_completeness(
    request: Request, reads: Reads, caller: Caller, page: Page, filters: Filters
) -> Response:
    """List cooperations and plans with what they ought to have; of one's own units, the Agency's all."""
    query = list_repository.completeness(*filters)
    shown = _shown_to(request)
    return in_language(await reads.page(query, page, **filters, **caller.sees(), **shown, today=today()))


@completeness.get("/{subject_id}", response_model=Completeness, dependencies=[logged_in()])
async def get_completeness(request: Request, reads: Reads, caller: Caller, subject_id: UUID) -> Response:
    """Tell what a cooperation or a plan has, what is missing, and since when it should be there."""
    shown = _shown_to(request)
    found = await reads.one(list_repository.ONE, id=subject_id, **caller.sees(), **shown, today=today())
    if found is None:
        raise SubjectUnknown
    return in_language(found)


@requirements.get("", response_model=RequirementEditionList, dependencies=[public()])
async def list_requirement_editions(reads: Reads, page: Page) -> Response:
    return await reads.page(list_repository.EDITIONS, page)


@requirements.get("/{number}", response_model=RequirementEditionOut, dependencies=[public()])
async def get_requirement_edition(reads: Reads, number: Number) -> Response:
    found = await reads.one(list_repository.EDITION, number=number)
    if found is None:
        raise RequirementEditionUnknown
    return found


@requirements.post("", status_code=201, dependencies=[_SET])
async def set_requirements(
    tx: Tx, body: RequirementEditionIn, expected: ExpectedVersion, request: Request, response: Response
) -> RequirementEditionOut:
    """Set what is required from a day on; If-Match is the number of the last edition, 0 before the first."""
    edition = await use_cases.set_requirements(
        tx,
        tuple(each.requirement() for each in body.requirements),
        valid_from=body.valid_from,
        note=body.note,
        expected=expected,
    )
    response.headers["Location"] = f"{request.url.path}/{edition.number}"
    response.headers.update(etag(edition.number))
    return RequirementEditionOut(
        number=edition.number,
        valid_from=edition.valid_from,
        note=edition.note,
        requirements=tuple(RequirementOut.model_validate(each) for each in edition.requirements),
    )
