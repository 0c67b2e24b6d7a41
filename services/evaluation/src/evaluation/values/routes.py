"""HTTP of obligations: lists, one with its trail, and the decisions about a value."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from evaluation.monitoring.domain import ObligationStatus
from evaluation.registry import figures
from evaluation.sources import use_cases as sources
from evaluation.values import list_repository, use_cases
from evaluation.values.domain import Obligation
from evaluation.values.figures import Quoted, calendar_start
from evaluation.values.provenance import provenance_of
from evaluation.values.refusals import ObligationNotFound
from evaluation.values.row_schemas import ApprovalsIn, BulkOut, ReportsIn, ReturnsIn
from evaluation.values.schemas import (
    ApprovalIn,
    ComputationIn,
    CorrectionIn,
    DraftIn,
    FigureCorrectionIn,
    ObligationDetail,
    ObligationList,
    ObligationState,
    ReportIn,
    ReturnIn,
)
from evaluation.values.use_cases import Asked
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Title,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    router,
)

obligations = router("/obligations", tag="obligations")
REPORTERS = allow(Role.COORDINATOR, Role.PARTNER)
APPROVERS = allow(Role.CONSULTANT, Role.EVALUATOR)


def _filters(  # noqa: PLR0913
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="A unit of the plan")] = None,
    indicator: Annotated[UUID | None, Query(alias="filter[indicator]")] = None,
    status: Annotated[ObligationStatus | None, Query(alias="filter[status]")] = None,
    *,
    owner: Annotated[Title | None, Query(alias="filter[owner]")] = None,
    due_before: Annotated[Day | None, Query(alias="filter[due_before]", description="Not that day")] = None,
    definition: Annotated[Title | None, Query(alias="filter[definition]", description="A code")] = None,
) -> dict[str, object]:
    asked = {
        "plan": plan,
        "unit": unit,
        "indicator": indicator,
        "status": status,
        "owner": owner,
        "due_before": due_before,
        "definition": definition,
    }
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


def _state(obligation: Obligation, response: Response) -> ObligationState:
    response.headers.update(etag(obligation.version))
    return ObligationState.of(obligation)


async def _quoted(request: Request, reads: Reads, _: Caller, obligation_id: UUID) -> Quoted | None:
    """Ask the registry before the transaction begins."""
    row = await reads.row(list_repository.SERIES, obligation_id=obligation_id)
    if row is None or row["series"] is None:
        return None
    since = calendar_start(row["period"], row["starts_on"])
    url = request.app.state.resources.settings.registry_url
    told = await figures(url, row["series"], row["unit_ids"], since=since)
    return use_cases.quoted_of(row["series"], told)


@obligations.get("", response_model=ObligationList, dependencies=[logged_in()])
async def list_obligations(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """By due date; of the plans of one's own units, the Agency of all."""
    query = list_repository.obligations(frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, units=list(caller.units))


@obligations.get("/{obligation_id}", response_model=ObligationDetail, dependencies=[logged_in()])
async def get_obligation(reads: Reads, caller: Caller, obligation_id: UUID) -> Response:
    """Give the value with its trail; what is being prepared is shown to the plan's own people alone."""
    query = list_repository.one_obligation(of_all_units=caller.is_agency)
    found = await reads.one(query, obligation_id=obligation_id, units=list(caller.units))
    if found is None:
        raise ObligationNotFound
    return found


@obligations.get("/{obligation_id}/provenance", dependencies=[logged_in()])
async def get_provenance(
    reads: Reads, caller: Caller, obligation_id: UUID, response: Response
) -> dict[str, dict[str, str | dict[str, str]]]:
    """Give the trail of a value as W3C PROV-JSON, to be kept beside the figure."""
    query = list_repository.one_obligation(of_all_units=caller.is_agency)
    found = await reads.row(query, obligation_id=obligation_id, units=list(caller.units))
    if found is None:
        raise ObligationNotFound
    response.headers["Content-Disposition"] = 'attachment; filename="provenance.json"'
    return provenance_of(str(obligation_id), json.loads(found["acts"]))


@obligations.put("/{obligation_id}/draft", dependencies=[REPORTERS])
async def prepare_value(
    tx: Tx, obligation_id: UUID, body: DraftIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    """Keep what is not whole yet; the obligation is awaited as before."""
    done = await use_cases.prepare(tx, obligation_id, body.model_dump(mode="json"), expected_version=expected)
    return _state(done, response)


@obligations.post("/{obligation_id}/report", dependencies=[REPORTERS])
async def report_value(
    tx: Tx, obligation_id: UUID, body: ReportIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    asked = Asked(obligation_id=obligation_id, version=expected, report=body.report())
    return _state(await use_cases.decide(tx, asked, use_cases.reported), response)


@obligations.post("/{obligation_id}/computation", dependencies=[REPORTERS])
async def compute_value(
    tx: Tx, obligation_id: UUID, body: ComputationIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    """Report what the formula of the indicator gives for the approved values of the period."""
    done = await use_cases.compute(
        tx, obligation_id, note=body.note, late_reason=body.late_reason, expected_version=expected
    )
    return _state(done, response)


@obligations.post("/{obligation_id}/figure", dependencies=[REPORTERS])
async def take_from_statistics(
    quoted: Annotated[Quoted | None, Depends(_quoted)],
    tx: Tx,
    obligation_id: UUID,
    body: ComputationIn,
    expected: ExpectedVersion,
    *,
    response: Response,
) -> ObligationState:
    """Report the figures that the registry has for the series of the indicator, with their vintages."""
    done = await use_cases.take_from_statistics(
        tx,
        obligation_id,
        quoted,
        note=body.note,
        late_reason=body.late_reason,
        expected_version=expected,
    )
    return _state(done, response)


@obligations.post("/{obligation_id}/approval", dependencies=[APPROVERS])
async def approve_value(
    tx: Tx,
    obligation_id: UUID,
    expected: ExpectedVersion,
    response: Response,
    body: ApprovalIn | None = None,
) -> ObligationState:
    """Not by the one who reported it."""
    late_reason = body.late_reason if body else None
    asked = Asked(obligation_id=obligation_id, version=expected, reason=late_reason)
    return _state(await use_cases.decide(tx, asked, use_cases.approved), response)


@obligations.post("/{obligation_id}/return", dependencies=[APPROVERS])
async def return_value(
    tx: Tx, obligation_id: UUID, body: ReturnIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    asked = Asked(obligation_id=obligation_id, version=expected, reason=body.reason)
    return _state(await use_cases.decide(tx, asked, use_cases.returned), response)


@obligations.post("/{obligation_id}/correction", dependencies=[APPROVERS])
async def correct_value(
    tx: Tx, obligation_id: UUID, body: CorrectionIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    """Put another value in place of one that counts; what was computed of it is computed anew."""
    asked = Asked(obligation_id=obligation_id, version=expected, report=body.report(), reason=body.reason)
    return _state(await sources.correct_value(tx, asked), response)


@obligations.post("/{obligation_id}/figure-correction", dependencies=[APPROVERS])
async def correct_from_statistics(
    quoted: Annotated[Quoted | None, Depends(_quoted)],
    tx: Tx,
    obligation_id: UUID,
    body: FigureCorrectionIn,
    expected: ExpectedVersion,
    *,
    response: Response,
) -> ObligationState:
    """Put the figures that the registry has now in place of a value that counts."""
    asked = Asked(obligation_id=obligation_id, version=expected, reason=body.reason)
    done = await sources.correct_from_statistics(tx, asked, quoted, note=body.note)
    return _state(done, response)


@obligations.post("/reports", dependencies=[REPORTERS])
async def report_many_values(tx: Tx, body: ReportsIn, request: Request) -> BulkOut:
    """Report many values, each by itself: what is refused does not stop the others."""
    asked = [row.asked() for row in body.rows]
    outcomes = await use_cases.decide_many(tx, asked, use_cases.reported)
    return BulkOut.of(outcomes, language_of(request))


@obligations.post("/approvals", dependencies=[APPROVERS])
async def approve_many_values(tx: Tx, body: ApprovalsIn, request: Request) -> BulkOut:
    asked = [row.asked() for row in body.rows]
    outcomes = await use_cases.decide_many(tx, asked, use_cases.approved)
    return BulkOut.of(outcomes, language_of(request))


@obligations.post("/returns", dependencies=[APPROVERS])
async def return_many_values(tx: Tx, body: ReturnsIn, request: Request) -> BulkOut:
    asked = [row.asked() for row in body.rows]
    outcomes = await use_cases.decide_many(tx, asked, use_cases.returned)
    return BulkOut.of(outcomes, language_of(request))
