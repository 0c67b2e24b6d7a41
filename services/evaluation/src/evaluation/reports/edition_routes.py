"""HTTP of frozen reports: read, verify, take away as a workbook; and questions over many reports."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Path, Request, Response

from evaluation.evaluations.schemas import QuestionCode
from evaluation.reports import repository
from evaluation.reports.compilation import compile_report
from evaluation.reports.refusals import ReportUnknown
from evaluation.reports.schemas import EditionList, JudgementList, ReportOut, Verification
from evaluation.reports.workbook import workbook_of
from shared.canonical import digest
from shared.contracts.base import Role
from shared.http import Caller, InDigits, Page, Reads, Row, Xlsx, language_of, logged_in, router

editions = router("/evaluation-register/{evaluation_id}", tag="reports")
judgements = router("/evaluation-questions/{code}", tag="reports")
JSON = "application/json"
Edition = Annotated[int, Path(ge=1, le=10_000), InDigits]


@editions.get("/reports", response_model=EditionList, dependencies=[logged_in()])
async def list_editions(reads: Reads, caller: Caller, page: Page, evaluation_id: UUID) -> Response:
    """List the frozen editions of the report, the newest first."""
    return await reads.page(repository.EDITIONS, page, evaluation_id=evaluation_id, **_reader(caller))


@editions.get("/reports/{edition}", response_model=ReportOut, dependencies=[logged_in()])
async def get_frozen_report(reads: Reads, caller: Caller, evaluation_id: UUID, edition: Edition) -> Response:
    """Get an edition byte by byte as it was frozen: its SHA-256 is the digest that the event told."""
    row = await _frozen(reads, caller, evaluation_id, edition)
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{row["digest"]}"'})


@editions.get("/reports/{edition}/verification", dependencies=[logged_in()])
async def verify_report(reads: Reads, caller: Caller, evaluation_id: UUID, edition: Edition) -> Verification:
    """Make the report again from what it was made of, and compare."""
    row = await _frozen(reads, caller, evaluation_id, edition)
    again = compile_report(repository.inputs_of(row["inputs"]))
    return Verification(
        digest=row["digest"],
        is_intact=digest(row["body"].encode()) == row["digest"],
        is_reproducible=again.digest == row["digest"],
    )


@editions.get(
    "/reports/{edition}/workbook", response_class=Xlsx, response_model=None, dependencies=[logged_in()]
)
async def export_report(
    reads: Reads, caller: Caller, request: Request, evaluation_id: UUID, edition: Edition
) -> Response:
    """Give a frozen edition as a workbook (XLSX), with headings in Czech or English by Accept-Language."""
    row = await _frozen(reads, caller, evaluation_id, edition)
    language = language_of(request)
    content = await asyncio.to_thread(workbook_of, row["body"], digest=row["digest"], language=language)
    headers = {
        "Content-Disposition": f'attachment; filename="evaluation-{evaluation_id}-{edition}.xlsx"',
        "Content-Language": language,
        "Vary": "Accept-Language",
        "ETag": f'"{row["digest"]}-{language}"',
    }
    return Response(content, media_type=Xlsx.media_type, headers=headers)


@judgements.get("/judgements", response_model=JudgementList, dependencies=[logged_in()])
async def compare_judgements(reads: Reads, caller: Caller, page: Page, code: QuestionCode) -> Response:
    """List how one question was answered in all reports, the newest first."""
    return await reads.page(repository.JUDGEMENTS, page, code=code, **_reader(caller))


async def _frozen(reads: Reads, caller: Caller, evaluation_id: UUID, edition: int) -> Row:
    row = await reads.row(repository.FROZEN, evaluation_id=evaluation_id, edition=edition, **_reader(caller))
    if row is None:
        raise ReportUnknown
    return row


def _reader(caller: Caller) -> dict[str, object]:
    """Return whose units count; the service that renders reports reads all that are frozen."""
    return {
        "agency": caller.is_agency or caller.has_any([Role.SYSTEM]),
        "units": list(caller.units),
    }
