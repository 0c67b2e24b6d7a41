"""HTTP of frozen pages: what a project has come to stays readable under its digest."""

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import Request, Response

from evaluation.frozen_pages import repository
from evaluation.frozen_pages.domain import Audience, FrozenPageUnknown
from evaluation.frozen_pages.schemas import FreezeIn, FrozenPageOut
from evaluation.projects import list_repository, sum_repository
from evaluation.projects.refusals import ProjectUnknown
from evaluation.projects.schemas import ProjectOut
from evaluation.projects.sum_schemas import PROJECT_SUMS, ProjectProgress
from evaluation.projects.sums import ProjectSums, for_the_public, told_until
from shared.days import end_of
from shared.frozen import freeze
from shared.http import Caller, Digest, Reads, Tx, logged_in, public, router

frozen_pages = router("/frozen-pages", tag="frozen pages")
JSON: Final = "application/json"
_MONEY: Final = {"beneficiary", "total_czk", "sources"}


@frozen_pages.post("", status_code=201, response_model=FrozenPageOut, dependencies=[logged_in()])
async def freeze_page(tx: Tx, reads: Reads, caller: Caller, body: FreezeIn, request: Request) -> Response:
    """Freeze what a project has come to, as the caller sees it, and answer it byte by byte."""
    day = body.as_of or tx.today
    whole = await _sums(reads, body.subject_id, day)
    audience = Audience.OWN
    if not (caller.is_agency or whole.owner_unit_id in caller.units):
        audience = Audience.PUBLIC
        known = await _sums(reads, body.subject_id, told_until(day))
        whole = replace(whole, people=for_the_public(known.people))
    content = {
        **ProjectProgress.of(whole, on=day).model_dump(mode="json"),
        "audience": audience,
        "budget": await _budget(reads, body.subject_id),
    }
    page = freeze(body.kind, body.subject_id, as_of=day, content=content)
    await repository.keep(tx, page, audience, whole.owner_unit_id)
    headers = {"Location": f"{request.url.path}/{page.digest}", "ETag": f'"{page.digest}"'}
    return Response(page.body, 201, media_type=JSON, headers=headers)


@frozen_pages.get("/{digest}", response_model=FrozenPageOut, dependencies=[public()])
async def get_frozen_page(reads: Reads, caller: Caller, digest: Digest) -> Response:
    """Get a page byte by byte as it was frozen."""
    row = await reads.row(repository.PAGE, digest=digest, **caller.sees())
    if row is None:
        raise FrozenPageUnknown
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{digest}"'})


async def _sums(reads: Reads, project_id: UUID, day: date) -> ProjectSums:
    query = sum_repository.sums_of_project()
    found = await reads.one(query, project_id=project_id, as_of=day, until=end_of(day))
    if found is None:
        raise ProjectUnknown
    return PROJECT_SUMS.validate_json(bytes(found.body))


async def _budget(reads: Reads, project_id: UUID) -> dict[str, object]:
    """Return whose project it is and who pays which share, as it is entered today."""
    found = await reads.one(list_repository.PROJECT, project_id=project_id)
    if found is None:
        raise ProjectUnknown
    return ProjectOut.model_validate_json(bytes(found.body)).model_dump(mode="json", include=_MONEY)
