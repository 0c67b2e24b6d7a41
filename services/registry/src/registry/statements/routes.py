"""HTTP of statements: requests come in and are read, with what they stand on and what was issued."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from registry.statements import list_repository, registration_use_cases, repository, use_cases
from registry.statements.domain import FOUNDED_ON, Alarm, Status
from registry.statements.outcome_schemas import (
    IssuedList,
    StatementDocument,
    StatementPreconditions,
    StatementRuleIn,
    StatementRuleList,
    StatementRuleOut,
)
from registry.statements.refusals import StatementUnknown
from registry.statements.schemas import (
    StatementIn,
    StatementList,
    StatementOut,
)
from shared.contracts.base import Role
from shared.contracts.intake import StatementKind
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
    logged_in,
    public,
    router,
    today,
)
from shared.working_days import public_holidays

statements = router("/statements", tag="statements")

_STAFF = (Role.CONSULTANT, Role.ADMINISTRATOR)
_FILE = allow(*_STAFF, Role.COORDINATOR, Role.MAYOR)
_HANDLE = allow(*_STAFF)
_REFUSE = allow(*_STAFF, Role.DIRECTOR)
_SIGN = allow(Role.DIRECTOR)
Year = Annotated[int, Field(ge=2000, le=2999), InDigits]
Kind = Annotated[StatementKind | None, Query(alias="filter[kind]")]
OfUnit = Annotated[UUID | None, Query(alias="filter[unit]", description="A unit covered")]


def _filters(  # noqa: PLR0913
    caller: Caller,
    *,
    kind: Kind = None,
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    alarm: Annotated[Alarm | None, Query(alias="filter[alarm]")] = None,
    unit: OfUnit = None,
    year: Annotated[Year | None, Query(alias="filter[year]", description="Year of receipt")] = None,
    drafter: Annotated[Literal["me"] | None, Query(alias="filter[drafter]")] = None,
) -> dict[str, object]:
    asked = {
        "kind": kind,
        "status": status,
        "alarm": alarm,
        "unit": unit,
        "year": year,
        "drafter": caller.id if drafter else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


@statements.post("", status_code=201, response_model=StatementOut, dependencies=[_FILE])
async def register_statement(tx: Tx, body: StatementIn, request: Request, response: Response) -> StatementOut:
    """Take a request; the ten working days begin on the day after it was received."""
    registered = await registration_use_cases.register(tx, body.request())
    response.headers["Location"] = f"{request.url.path}/{registered.id}"
    response.headers.update(etag(registered.version))
    return StatementOut.of(registered, tx.today)


@statements.get("", response_model=StatementList, dependencies=[logged_in()])
async def list_statements(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """Open ones first, by their last day: the Agency all, others those that cover their units."""
    query = list_repository.statements(frozenset(filters))
    return await reads.page(query, page, **filters, **_seen_by(caller))


@statements.get("/issued", response_model=IssuedList, dependencies=[public()])
async def list_issued_statements(
    reads: Reads,
    page: Page,
    kind: Kind = None,
    unit: OfUnit = None,
    year: Annotated[Year | None, Query(alias="filter[year]", description="Year of issue")] = None,
) -> Response:
    """List what everybody may know of statements that were issued, the latest first."""
    query = list_repository.issued(
        of_kind=kind is not None, of_unit=unit is not None, of_year=year is not None
    )
    return await reads.page(query, page, kind=kind, unit=unit, year=year)


@statements.get("/rules", response_model=StatementRuleList, dependencies=[logged_in()])
async def list_statement_rules(tx: Tx) -> StatementRuleList:
    """List how many working days each kind has, when it alarms, and which average Index gives priority."""
    rules = {kind: await repository.rule_of(tx.session, kind) for kind in StatementKind}
    return StatementRuleList(items=[StatementRuleOut.of(kind, rule) for kind, rule in rules.items()])


@statements.get("/rules/{kind}", response_model=StatementRuleOut, dependencies=[logged_in()])
async def get_statement_rule(tx: Tx, kind: StatementKind, response: Response) -> StatementRuleOut:
    rule = await repository.rule_of(tx.session, kind)
    response.headers.update(etag(rule.version))
    return StatementRuleOut.of(kind, rule)


@statements.put("/rules/{kind}", response_model=StatementRuleOut, dependencies=[allow(Role.ADMINISTRATOR)])
async def set_statement_rule(
    tx: Tx, kind: StatementKind, body: StatementRuleIn, expected: ExpectedVersion, response: Response
) -> StatementRuleOut:
    """Set what holds for requests received from now on; those that are here keep their days."""
    rule = await use_cases.set_rule(tx, kind, body.rule(), expected=expected)
    response.headers.update(etag(rule.version))
    return StatementRuleOut.of(kind, rule)


@statements.get("/{statement_id}", response_model=StatementOut, dependencies=[logged_in()])
async def get_statement(
    reads: Reads,
    caller: Caller,
    statement_id: UUID,
    as_of: Annotated[Day | None, Query(description="As the last decision until this day left it")] = None,
) -> Response:
    """Give a statement with its clock; of a day to come nothing else is known than of today."""
    seen = _seen_by(caller)
    if as_of is None:
        found = await reads.one(list_repository.ONE, id=statement_id, **seen)
        if found is None:
            raise StatementUnknown
        return found
    row = await reads.row(list_repository.STATE_ON, id=statement_id, day=as_of, **seen)
    if row is None:
        raise StatementUnknown
    state = StatementOut.of(repository.from_journal(row["after"]), min(as_of, today()))
    return Response(state.model_dump_json(), media_type="application/json")


@statements.get(
    "/{statement_id}/preconditions", response_model=StatementPreconditions, dependencies=[logged_in()]
)
async def get_preconditions(
    tx: Tx,
    reads: Reads,
    caller: Caller,
    statement_id: UUID,
    on: Annotated[Day | None, Query(description="The day on which they are looked up; today")] = None,
) -> StatementPreconditions:
    """Look up what the statement stands on, beside what was found when it was drafted and issued."""
    frozen = await reads.row(list_repository.FROZEN, id=statement_id, **_seen_by(caller))
    if frozen is None:
        raise StatementUnknown
    found = await use_cases.preconditions(tx, statement_id, on=on or tx.today)
    return StatementPreconditions.of(found, at_draft=frozen["at_draft"], at_issue=frozen["at_issue"])


@statements.get("/{statement_id}/document", response_model=StatementDocument, dependencies=[logged_in()])
async def get_statement_document(reads: Reads, caller: Caller, statement_id: UUID) -> Response:
    """Give what was issued: the frozen content, its digest and the text that was signed."""
    found = await reads.one(list_repository.DOCUMENT, id=statement_id, **_seen_by(caller))
    if found is None:
        raise StatementUnknown
    return found


def _seen_by(caller: Caller) -> dict[str, object]:
    """Return what the queries need to know of the caller and of the calendar."""
    day = today()
    years = range(FOUNDED_ON.year, day.year + 1)
    holidays = [each for year in years for each in public_holidays(year)]
    return {**caller.sees(), "today": day, "holidays": holidays}
