"""HTTP of applications: filled in by units, checked by the Agency, decided by the ministry."""

from datetime import date
from typing import Annotated, Final
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Request, Response

from registry.applications import filing_use_cases, list_repository, repository
from registry.applications.answer_schemas import (
    ApplicationList,
    ApplicationOut,
    CompletenessOut,
    DecisionList,
)
from registry.applications.domain import Application, soon_until
from registry.applications.list_repository import Due, Filters, Sort
from registry.applications.refusals import ApplicationUnknown
from registry.applications.register import sheet_of
from registry.applications.schemas import ApplicationIn, EditIn, ReceiptIn, WithdrawalIn
from registry.applications.steps import Status
from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
from registry.units.schemas import RegionRef, region_id
from shared.contracts.base import Role
from shared.contracts.intake import DecisionOutcome
from shared.csv_files import Delimiter
from shared.http import (
    Caller,
    Csv,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    Xlsx,
    allow,
    etag,
    language_of,
    logged_in,
    public,
    router,
    today,
)
from shared.sheets import Sheet, csv_of, xlsx_of

applications = router("/applications", tag="applications")

_AGENCY = allow(*(Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR))
_CALL: Final = "Id of the call, as `GET /calls` gives it"
_UNIT: Final = "Id of the unit, as `GET /units?q=` gives it"
OfCall = Annotated[UUID, Query(alias="filter[call]", description=_CALL)]


_FILE = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR)


@applications.post("", status_code=201, response_model=ApplicationOut, dependencies=[_FILE])
async def draft_application(
    tx: Tx, body: ApplicationIn, request: Request, response: Response
) -> ApplicationOut:
    """Begin an application of a unit in a call; it may be filled in later."""
    written = body.written()
    application = await filing_use_cases.draft_application(
        tx, call_id=body.call_id, unit_id=body.unit_id, written=written
    )
    response.headers["Location"] = f"{request.url.path}/{application.id}"
    return _answer(application, tx.actor, tx.today, response)


@applications.get("", response_model=ApplicationList, dependencies=[logged_in()])
async def list_applications(  # noqa: PLR0913, PLR0917 - each is a filter of the address
    reads: Reads,
    caller: Caller,
    page: Page,
    call: Annotated[UUID | None, Query(alias="filter[call]", description=_CALL)] = None,
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description=_UNIT)] = None,
    region: Annotated[RegionRef | None, Query(alias="filter[region]", description="Code or id")] = None,
    due: Annotated[
        Due | None,
        Query(alias="filter[due]", description="Ends within three working days (`soon`), or has ended"),
    ] = None,
    sort: Annotated[Sort, Query(description="Drafts have neither and come last")] = Sort.NUMBER,
) -> Response:
    """List the heads: the Agency all, a unit's people theirs, a commission what is being evaluated."""
    filters = Filters(
        by_call=call is not None,
        by_status=status is not None,
        by_unit=unit is not None,
        by_region=region is not None,
        due=due,
    )
    return await reads.page(
        list_repository.applications(filters, sort),
        page,
        call_id=call,
        status=status.value if status else None,
        unit_id=unit,
        region=region_id(region),
        day=today(),
        horizon=soon_until(today()),
        **caller.sees(),
        commission=caller.has_any({Role.COMMISSIONER}),
    )


@applications.get("/decisions", response_model=DecisionList, dependencies=[public()])
async def list_decisions(
    reads: Reads,
    page: Page,
    call: Annotated[UUID | None, Query(alias="filter[call]", description=_CALL)] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description=_UNIT)] = None,
    outcome: Annotated[DecisionOutcome | None, Query(alias="filter[outcome]")] = None,
) -> Response:
    """List what was decided, formal rejections too, with reasons, by the names of units in Czech order."""
    query = list_repository.decisions(by_call=bool(call), by_unit=bool(unit), by_outcome=bool(outcome))
    told = outcome.value if outcome else None
    return await reads.page(query, page, call_id=call, unit_id=unit, outcome=told, day=today())


@applications.get("/register.csv", response_class=Csv, response_model=None, dependencies=[_AGENCY])
async def export_register(
    tx: Tx,
    reads: Reads,
    request: Request,
    call: OfCall,
    delimiter: Annotated[
        Delimiter, Query(description="A semicolon for Czech spreadsheets")
    ] = Delimiter.COMMA,
) -> Response:
    """Give all applications of a call for spreadsheets: UTF-8 with a byte-order mark."""
    sheet, code = await _register(tx, reads, call)
    language = language_of(request)
    return Csv(
        csv_of(sheet.tables, delimiter=delimiter, language=language),
        headers=_saved_as(f"applications-{code}.csv", language),
    )


@applications.get("/register.xlsx", response_class=Xlsx, response_model=None, dependencies=[_AGENCY])
async def export_register_workbook(tx: Tx, reads: Reads, request: Request, call: OfCall) -> Response:
    """Give the same as a workbook."""
    sheet, code = await _register(tx, reads, call)
    language = language_of(request)
    return Xlsx(
        xlsx_of([sheet], title=code, as_of=tx.today, language=language),
        headers=_saved_as(f"applications-{code}.xlsx", language),
    )


@applications.get("/{application_id}", response_model=ApplicationOut, dependencies=[logged_in()])
async def get_application(
    reads: Reads,
    caller: Caller,
    application_id: UUID,
    response: Response,
    as_of: Annotated[Day | None, Query(description="As the last decision until this day left it")] = None,
) -> ApplicationOut:
    """Give an application whole; on a past day without the person to contact, whom the journal leaves out."""
    if as_of is not None:
        state = await state_on(reads, Subject.APPLICATION, application_id, as_of, caller)
        if state is None:
            raise ApplicationUnknown
        return ApplicationOut.of(repository.from_journal(state), today=as_of)
    row = await reads.row(repository.ONE, id=application_id, **caller.sees())
    if row is None:
        raise ApplicationUnknown
    return _answer(repository.from_read(dict(row)), caller, today(), response)


@applications.put("/{application_id}", response_model=ApplicationOut, dependencies=[_FILE])
async def edit_application(
    tx: Tx, application_id: UUID, body: EditIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Put in all that is written, in a draft or in one returned for completion."""
    application = await filing_use_cases.edit_application(
        tx, application_id, expected=expected, written=body.written(), on=body.on
    )
    return _answer(application, tx.actor, tx.today, response)


@applications.get(
    "/{application_id}/completeness", response_model=CompletenessOut, dependencies=[logged_in()]
)
async def check_completeness(tx: Tx, application_id: UUID, request: Request) -> CompletenessOut:
    """List everything that stands against submitting today, each with its place."""
    _, lacks = await filing_use_cases.completeness(tx, application_id)
    return CompletenessOut.of(lacks, language=language_of(request))


@applications.post("/{application_id}/submission", response_model=ApplicationOut, dependencies=[_FILE])
async def submit_application(
    tx: Tx, application_id: UUID, body: ReceiptIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Submit within the intake; it gets the next number of the call, and the formal check's clock starts."""
    application = await filing_use_cases.submit_application(
        tx, application_id, expected=expected, received_at=body.received_at, message_id=body.message_id
    )
    return _answer(application, tx.actor, tx.today, response)


@applications.post("/{application_id}/resubmission", response_model=ApplicationOut, dependencies=[_FILE])
async def resubmit_application(
    tx: Tx, application_id: UUID, body: ReceiptIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Submit what was completed, until the end of its deadline; the clock runs on."""
    application = await filing_use_cases.resubmit_application(
        tx, application_id, expected=expected, received_at=body.received_at, message_id=body.message_id
    )
    return _answer(application, tx.actor, tx.today, response)


@applications.post("/{application_id}/withdrawal", response_model=ApplicationOut, dependencies=[_FILE])
async def withdraw_application(
    tx: Tx, application_id: UUID, body: WithdrawalIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    application = await filing_use_cases.withdraw_application(
        tx, application_id, expected=expected, reason=body.reason, on=body.on
    )
    return _answer(application, tx.actor, tx.today, response)


def _answer(application: Application, actor: Caller, day: date, response: Response) -> ApplicationOut:
    response.headers.update(etag(application.version))
    return ApplicationOut.of(application if actor.is_agency else application.before_decision, today=day)


async def _register(tx: Tx, reads: Reads, call_id: UUID) -> tuple[Sheet, str]:
    call = await filing_use_cases.call_to_read(tx, call_id)
    lines = await list_repository.register(reads, call.id, day=tx.today)
    return sheet_of(call, lines, today=tx.today), call.code


def _saved_as(name: str, language: str) -> dict[str, str]:
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
