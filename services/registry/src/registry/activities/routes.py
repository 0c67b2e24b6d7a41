"""HTTP of the log of activities: written by the Agency, read by it and by the units concerned."""

import asyncio
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from registry.activities import import_use_cases, list_repository, summary_repository, use_cases
from registry.activities.code_lists import KINDS, PEOPLE, STAFF, Names
from registry.activities.filter_routes import Asked, Question
from registry.activities.refusals import ActivityUnknown
from registry.activities.schemas import (
    ActivityCodeListsOut,
    ActivityCodeOut,
    ActivityCopyIn,
    ActivityCorrectionIn,
    ActivityIn,
    ActivityList,
    ActivityOut,
    ActivitySummaryOut,
    ActivitySumOut,
    ActivityTotalOut,
    ReachedOut,
    StrikeOutIn,
)
from registry.activities.spreadsheet import (
    MOST_ROWS,
    TooManyForOneFile,
    csv_of,
    workbook_of,
)
from registry.activities.sums import OVERLAPPING, SummedBy, expect_summable
from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun, ReportOut
from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
from registry.receiving import COUNTED_HERE, RAW_FILE, Table, Uploaded
from shared.contracts.base import Role
from shared.csv_files import Delimiter
from shared.http import (
    Caller,
    Csv,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Row,
    Tx,
    Xlsx,
    allow,
    etag,
    language_of,
    public,
    router,
    today,
)

activities = router("/activities", tag="activities")

_AGENCY: Final = (Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR)
_WRITE: Final = allow(*_AGENCY)
_READ: Final = allow(*_AGENCY, Role.COORDINATOR, Role.MAYOR)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@activities.post("", status_code=201, response_model=ActivityOut, dependencies=[_WRITE])
async def record_activity(tx: Tx, body: ActivityIn, request: Request, response: Response) -> ActivityOut:
    activity = await use_cases.record_activity(tx, body.facts(caller=tx.actor.id), on=body.on)
    response.headers["Location"] = f"{request.url.path}/{activity.id}"
    response.headers.update(etag(activity.version))
    return ActivityOut.of(activity)


@activities.get("", response_model=ActivityList, dependencies=[_READ])
async def list_activities(reads: Reads, page: Page, asked: Question) -> Response:
    """List the latest first: the Agency all, others those for their own units."""
    return await reads.page(list_repository.activities(asked.filters), page, **asked.values)


@activities.post(
    "/imports",
    response_model=ReportOut,
    dependencies=[_WRITE],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_activities(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take a month of one's own work from CSV or XLSX.

    Columns: druh, obce, datum, název, minuty or hodiny; oblasti, místo, online, poznámka, lidé if wanted.
    What the log has already is not written down twice.
    """
    run, id_ = await import_use_cases.import_activities(
        tx, sheet, upload=upload, dry_run=dry_run == "true", on_bad_rows=on_bad_rows
    )
    return ReportOut.of(run, id_)


@activities.get("/code-lists", response_model=ActivityCodeListsOut, dependencies=[public()])
async def list_codes_of_activities() -> ActivityCodeListsOut:
    """Name the thirteen kinds of activity and the roles of people, in Czech and English."""
    return ActivityCodeListsOut(
        kinds=_codes(KINDS.items()), people_roles=_codes(PEOPLE.items()), staff_roles=_codes(STAFF.items())
    )


@activities.get("/summary", response_model=ActivitySummaryOut, dependencies=[_READ])
async def summarize_activities(
    reads: Reads,
    caller: Caller,
    asked: Question,
    by: Annotated[list[SummedBy], Query(max_length=5, description="What a line has in common")] = [  # noqa: B006
        SummedBy.KIND
    ],
) -> ActivitySummaryOut:
    """Sum hours and people; an activity of several areas or units counts in each line, once in the total."""
    expect_summable(by, is_agency=caller.is_agency)
    lines, (total, people) = await asyncio.gather(
        summary_repository.lines(reads, frozenset(by), asked.filters, **asked.values),
        summary_repository.totals(reads, asked.filters, **asked.values),
    )
    return ActivitySummaryOut(
        by=list(dict.fromkeys(by)),
        adds_up=OVERLAPPING.isdisjoint(by),
        total=ActivityTotalOut.model_validate(total),
        lines=[ActivitySumOut.model_validate(each) for each in lines],
        people=[ReachedOut.model_validate(each) for each in people],
    )


@activities.get("/export.csv", response_class=Csv, response_model=None, dependencies=[_READ])
async def export_activities_as_csv(
    reads: Reads,
    request: Request,
    asked: Question,
    delimiter: Annotated[Delimiter, Query(description="A semicolon comes with decimal commas")] = (
        Delimiter.SEMICOLON
    ),
) -> Response:
    """Give the chosen activities as UTF-8 with a byte-order mark, headings by Accept-Language."""
    language = language_of(request)
    rows = [dict(row) for row in await _exported(reads, asked)]
    return Csv(csv_of(rows, delimiter=delimiter, language=language), headers=_named("csv", language))


@activities.get("/export.xlsx", response_class=Xlsx, response_model=None, dependencies=[_READ])
async def export_activities_as_xlsx(reads: Reads, request: Request, asked: Question) -> Response:
    language = language_of(request)
    rows = [dict(row) for row in await _exported(reads, asked)]
    content = await asyncio.to_thread(workbook_of, rows, today=today(), language=language)
    return Xlsx(content, headers=_named("xlsx", language))


@activities.get("/{activity_id}", response_model=ActivityOut, dependencies=[_READ])
async def get_activity(
    reads: Reads,
    caller: Caller,
    activity_id: UUID,
    as_of: Annotated[Day | None, Query(description="As it was written down on this day")] = None,
) -> Response:
    found = await reads.one(list_repository.ONE, activity_id=activity_id, **caller.sees())
    if found is None:
        raise ActivityUnknown
    if as_of is None:
        return found
    state = await state_on(reads, Subject.ACTIVITY, activity_id, as_of, caller)
    if state is None:
        raise ActivityUnknown
    return Response(state, media_type="application/json")


@activities.post("/{activity_id}/copy", status_code=201, response_model=ActivityOut, dependencies=[_WRITE])
async def copy_activity(
    tx: Tx, activity_id: UUID, body: ActivityCopyIn, request: Request, response: Response
) -> ActivityOut:
    """Write the same down for another day; people, documents and notes are told anew."""
    copy = await use_cases.copy_activity(
        tx, activity_id, held_on=body.held_on, minutes=body.minutes, people=body.people_told()
    )
    response.headers["Location"] = request.url.path.replace(f"{activity_id}/copy", str(copy.id))
    response.headers.update(etag(copy.version))
    return ActivityOut.of(copy)


@activities.post("/{activity_id}/correction", response_model=ActivityOut, dependencies=[_WRITE])
async def correct_activity(
    tx: Tx, activity_id: UUID, body: ActivityCorrectionIn, expected: ExpectedVersion, response: Response
) -> ActivityOut:
    """Say it all anew, with the reason; what stood there stays in the journal."""
    facts = body.facts(caller=tx.actor.id)
    activity = await use_cases.correct_activity(
        tx, activity_id, facts, expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(activity.version))
    return ActivityOut.of(activity)


@activities.post("/{activity_id}/strike-out", response_model=ActivityOut, dependencies=[_WRITE])
async def strike_out_activity(
    tx: Tx, activity_id: UUID, body: StrikeOutIn, expected: ExpectedVersion, response: Response
) -> ActivityOut:
    """Let it count no more, with the reason; it is never deleted."""
    activity = await use_cases.strike_out_activity(
        tx, activity_id, expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(activity.version))
    return ActivityOut.of(activity)


def _codes(names: Iterable[tuple[StrEnum, Names]]) -> list[ActivityCodeOut]:
    return [ActivityCodeOut(code=code.value, name_cs=name[0], name_en=name[1]) for code, name in names]


async def _exported(reads: Reads, asked: Asked) -> list[Row]:
    rows = await summary_repository.export(reads, asked.filters, most=MOST_ROWS + 1, **asked.values)
    if len(rows) > MOST_ROWS:
        raise TooManyForOneFile(most=MOST_ROWS)
    return rows


def _named(ending: str, language: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="activities.{ending}"',
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
