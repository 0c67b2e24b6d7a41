"""HTTP of frozen pages: what a project has come to is public, and stays readable under its digest."""

from uuid import UUID

from fastapi import Request, Response

from evaluation.frozen_pages import repository
from evaluation.frozen_pages.domain import FrozenPageUnknown
from evaluation.frozen_pages.schemas import FreezeIn, FrozenPageOut
from evaluation.projects import list_repository, sum_repository
from evaluation.projects.refusals import ProjectUnknown
from evaluation.projects.schemas import ProjectOut
from evaluation.projects.sum_schemas import PROJECT_SUMS, ProjectProgress
from shared.days import end_of
from shared.frozen import freeze
from shared.http import Digest, Reads, Tx, logged_in, public, router
from shared.reads import JSON

frozen_pages = router("/frozen-pages", tag="frozen pages")


@frozen_pages.post("", status_code=201, response_model=FrozenPageOut, dependencies=[logged_in()])
async def freeze_page(tx: Tx, reads: Reads, body: FreezeIn, request: Request) -> Response:
    """Freeze what a project has come to and answer it byte by byte; the same content is the same page."""
    day = body.as_of or tx.today
    found = await reads.one(
        sum_repository.sums_of_project(), project_id=body.subject_id, as_of=day, until=end_of(day)
    )
    if found is None:
        raise ProjectUnknown
    progress = ProjectProgress.of(PROJECT_SUMS.validate_json(bytes(found.body)), on=day)
    content = {**progress.model_dump(mode="json"), "budget": await _budget(reads, body.subject_id)}
    page = freeze(body.kind, body.subject_id, as_of=day, content=content)
    await repository.keep(tx, page)
    headers = {"Location": f"{request.url.path}/{page.digest}", "ETag": f'"{page.digest}"'}
    return Response(page.body, 201, media_type=JSON, headers=headers)


@frozen_pages.get("/{digest}", response_model=FrozenPageOut, dependencies=[public()])
async def get_frozen_page(reads: Reads, digest: Digest) -> Response:
    """Get a page byte by byte as it was frozen."""
    row = await reads.row(repository.PAGE, digest=digest)
    if row is None:
        raise FrozenPageUnknown
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{digest}"'})


async def _budget(reads: Reads, project_id: UUID) -> dict[str, object]:
    """Return whose project it is and who pays which share, as it is entered today."""
    found = await reads.one(list_repository.PROJECT, project_id=project_id)
    if found is None:
        raise ProjectUnknown
    entered = ProjectOut.model_validate_json(bytes(found.body))
    return entered.model_dump(mode="json", include={"beneficiary", "total_czk", "sources"})
