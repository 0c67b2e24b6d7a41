"""HTTP of lists of members: a CSV or XLSX is checked row by row, then taken in whole or not at all."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import ValidationError

from planning.partnerships import use_cases
from planning.partnerships.member_list import Cell, Line, lines_of
from planning.partnerships.refusals import MemberListEmpty
from planning.partnerships.schemas import MemberImportOut, MemberIn, RowProblemOut
from planning.partnerships.use_cases import Intended
from planning.reading import read_workbook
from planning.workbooks.flat import table_of
from shared.contracts.base import Role
from shared.errors import Finding
from shared.http import Day, Tx, allow, language_of, router
from shared.http.phrases import phrase

member_lists = router("/bodies", tag="partnerships")
_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)
_RAW: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "description": "CSV or XLSX with headings in the first row; what it is shows in it",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
FirstDay = Annotated[Day | None, Query(description="For members whose row says no first day")]


async def received(request: Request, starts_on: FirstDay = None) -> list[Line]:
    """Read the file before a connection is taken."""
    content = await request.body()
    rows: Sequence[Sequence[Cell]]
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        sheets = await read_workbook(content)
        rows = next((each for each in sheets.values() if each), [])
    else:
        rows = table_of(content)
    lines = lines_of(rows, starts_on=starts_on)
    if not lines:
        raise MemberListEmpty
    return lines


@member_lists.post("/{body_id}/members/imports", dependencies=[_WRITE], openapi_extra=_RAW)
async def import_members(
    lines: Annotated[list[Line], Depends(received)],
    tx: Tx,
    body_id: UUID,
    request: Request,
    dry_run: Annotated[
        Literal["true", "false"],
        Query(description="`true` tells what is wrong in which row, and does nothing"),
    ] = "false",
) -> MemberImportOut:
    """Take members in from a file: all of them, or with any bad row none."""
    problems: list[Finding] = []
    wanted: list[Intended] = []
    for line in lines:
        try:
            member = MemberIn.model_validate(line.values)
        except ValidationError as error:
            problems += _problems(error, line.row)
        else:
            wanted.append(Intended(row=line.row, mandate=member.mandate(tx.new_id(), body_id)))
    found = await use_cases.import_mandates(tx, body_id, wanted, problems=problems, dry_run=dry_run == "true")
    language = language_of(request)
    return MemberImportOut(
        dry_run=dry_run == "true",
        rows=len(lines),
        accepted=len(lines) - len({each.pointer.split("/")[2] for each in found}),
        problems=tuple(RowProblemOut.of(each, language) for each in found),
        ids=() if dry_run == "true" else tuple(each.mandate.id for each in wanted),
    )


def _problems(error: ValidationError, row: int) -> list[Finding]:
    return [
        Finding(
            pointer=f"/rows/{row}/{'/'.join(str(step) for step in each['loc'])}",
            code=each["type"],
            cs=phrase(dict(each), "cs"),
            en=phrase(dict(each), "en"),
        )
        for each in error.errors(include_url=False)
    ]
