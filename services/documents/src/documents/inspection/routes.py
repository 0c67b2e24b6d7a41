"""HTTP of the checks of files: of a version for who may see it, of all for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from documents.files.list_repository import FILE
from documents.files.refusals import VersionUnknown
from documents.inspection import repository
from documents.inspection.domain import FixityState, ScanState
from documents.inspection.filetypes import name_fits
from documents.inspection.schemas import CheckedFileList, ChecksOut, CheckSummary
from shared.contracts.base import Role
from shared.http import Caller, InDigits, Page, Reads, allow, public, router

checks = router("/documents", tag="files")
checked_files = router("/checked-files", tag="files")

Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]


@checks.get("/{document_id}/versions/{number}/checks", response_model=ChecksOut, dependencies=[public()])
async def get_checks(reads: Reads, caller: Caller, document_id: UUID, number: Number) -> Response:
    """Tell what the file is, whether it was scanned for viruses, and when it was last verified."""
    file = await reads.row(FILE, id=document_id, number=number, **caller.sees())
    if file is None:
        raise VersionUnknown
    misleads = not name_fits(file["file_name"], file["media_type"])
    found = await reads.one(
        repository.CHECKS, digest=file["digest"], media_type=file["media_type"], misleads=misleads
    )
    if found is None:
        raise VersionUnknown
    return found


@checked_files.get("", response_model=CheckedFileList, dependencies=[allow(Role.ADMINISTRATOR)])
async def list_checked_files(
    reads: Reads,
    page: Page,
    scan: Annotated[ScanState | None, Query(alias="filter[scan]")] = None,
    fixity: Annotated[FixityState | None, Query(alias="filter[fixity]")] = None,
) -> Response:
    """List files as bytes, the newest first: what is infected, damaged or lost."""
    given = {"scan": scan, "fixity": fixity}
    asked = {name: state.value for name, state in given.items() if state is not None}
    return await reads.page(repository.checked_files(*asked), page, **asked)


@checked_files.get("/summary", response_model=CheckSummary, dependencies=[allow(Role.ADMINISTRATOR)])
async def get_check_summary(reads: Reads) -> Response:
    """Count files by what their checks said, for who watches the store."""
    found = await reads.one(repository.SUMMARY)
    return found or Response(status_code=204)
