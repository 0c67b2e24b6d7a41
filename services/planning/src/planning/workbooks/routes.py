"""HTTP of plans as files: taken out as XLSX, CSV or JSON, checked, and taken over."""

import asyncio
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from planning.plans.edition import placed_nodes
from planning.reading import read_workbook
from planning.workbooks import use_cases
from planning.workbooks.assembly import Assembled, Known, assemble
from planning.workbooks.bringing_back import sent_table, sent_workbook
from planning.workbooks.domain import Sent
from planning.workbooks.flat import csv_of, table_of
from planning.workbooks.json_form import json_of, sent_json
from planning.workbooks.refusals import ContentMalformed
from planning.workbooks.schemas import CheckOut, Judged, judge
from planning.workbooks.spreadsheet import workbook_of
from planning.workbooks.taking_out import areas_of
from planning.workbooks.use_cases import Base
from shared.contracts.base import Role
from shared.csv_files import Delimiter
from shared.http import ExpectedVersion, Tx, allow, etag, language_of, public, router

workbooks = router("/plans", tag="plans")
AUTHORS: Final = allow(Role.COORDINATOR, Role.CONSULTANT)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
_RAW: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "description": "XLSX, CSV or JSON as it was taken out, without any envelope; what it is shows in it",
        "content": {"application/octet-stream": _FILE},
    }
}


class FileForm(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Language(StrEnum):
    CS = "cs"
    EN = "en"


Checked = Annotated[
    str | None,
    Field(pattern=r"^[0-9a-f]{64}$"),
    Query(description="The `file_digest` of the check: another file is refused"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which edition of the plan, and how it is written."""

    form: FileForm
    of: str | None
    language: str
    delimiter: Delimiter


async def wanted(
    request: Request,
    form: Annotated[FileForm, Query(alias="format")] = FileForm.XLSX,
    of: Annotated[
        Annotated[str, Field(pattern=r"^(draft|[1-9][0-9]{0,8})$")] | None,
        Query(
            description="`draft` or a revision; by default what the caller works on, else what is in force"
        ),
    ] = None,
    language: Annotated[Language | None, Query(description="By default that of Accept-Language")] = None,
    delimiter: Annotated[Delimiter, Query(description="Of CSV")] = Delimiter.SEMICOLON,
) -> Wanted:
    return Wanted(form=form, of=of, language=language or language_of(request), delimiter=delimiter)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What was sent; `sheets` where it is a workbook."""

    digest: str
    language: str
    sent: Sent
    whole: Assembled | None


async def received(request: Request) -> File:
    """Read the file before a connection is taken; raises what `planning.reading` refuses."""
    content = await request.body()
    if not content.strip():
        raise ContentMalformed(reason="0 B")
    language = language_of(request)
    whole = None
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        sent = sent_workbook(await read_workbook(content), language)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        about, whole = sent_json(content)
        sent = Sent(about=about)
    else:
        sent = sent_table(table_of(content), language)
    digest = hashlib.sha256(content).hexdigest()
    return File(digest=digest, language=language, sent=sent, whole=whole)


Received = Annotated[File, Depends(received)]


@workbooks.get(
    "/{plan_id}/workbook",
    response_class=Response,
    dependencies=[public()],
    responses={200: {"content": {XLSX: _FILE, "text/csv": _FILE, "application/json": {}}}},
)
async def take_plan_out(tx: Tx, plan_id: UUID, asked: Annotated[Wanted, Depends(wanted)]) -> Response:
    """Give a plan as a workbook with locked ids and lists to choose from, or as CSV or JSON."""
    taken = await use_cases.take_out(tx, plan_id, of=asked.of)
    kind, edition, about = taken.plan.kind, taken.edition, taken.about
    if asked.form is FileForm.XLSX:
        content = await asyncio.to_thread(workbook_of, kind, edition, about, language=asked.language)
        media = XLSX
    elif asked.form is FileForm.CSV:
        content = await asyncio.to_thread(
            csv_of, kind, edition, about, delimiter=asked.delimiter, language=asked.language
        )
        media = "text/csv; charset=utf-8"
    else:
        content, media = json_of(edition, about), "application/json"
    headers = {
        "Content-Disposition": f'attachment; filename="plan-{plan_id}-{about.revision}.{asked.form}"',
        "Vary": "Accept-Language, Authorization",
    }
    return Response(content, media_type=media, headers={**headers, **etag(about.version)})


@workbooks.post("/{plan_id}/workbook/check", dependencies=[AUTHORS], openapi_extra=_RAW)
async def check_workbook(file: Received, tx: Tx, plan_id: UUID) -> CheckOut:
    """Tell what the file would change in the draft, and what is wrong in which cell. Nothing is written."""
    base = await use_cases.base_of(tx, plan_id)
    return CheckOut.of(_judged(tx, base, file), base.plan, file_digest=file.digest, language=file.language)


@workbooks.put("/{plan_id}/workbook", dependencies=[AUTHORS], openapi_extra=_RAW)
async def take_workbook_over(
    file: Received,
    tx: Tx,
    plan_id: UUID,
    expected: ExpectedVersion,
    response: Response,
    checked: Checked = None,
) -> CheckOut:
    """Write the file into the draft as one change; with any problem nothing is written."""
    use_cases.expect_checked(checked, file.digest)
    base = await use_cases.base_of(tx, plan_id, expected=expected)
    judged = _judged(tx, base, file)
    plan = await use_cases.take_over(tx, base, judged.accepted())
    response.headers.update(etag(plan.version))
    return CheckOut.of(judged, plan, file_digest=file.digest, language=file.language)


def _judged(tx: Tx, base: Base, file: File) -> Judged:
    use_cases.expect_current(base, file.sent)
    language, whole = file.language, file.whole
    if whole is None:
        known = Known(
            nodes=placed_nodes(base.edition),
            kinds=base.kinds,
            areas=areas_of(base.plan.kind, base.edition, language),
            language=language,
        )
        whole = assemble(file.sent, known)
    return judge(base, whole, new_id=tx.new_id, language=language)
