"""HTTP of evidence: links of problems, what became of them, and how authors answer."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from planning.evidence import list_repository, use_cases
from planning.evidence.checking_use_cases import fetch_cited
from planning.evidence.domain import Citation, Freshness, Measure
from planning.evidence.freshness import Told
from planning.evidence.refusals import EvidenceUnknown
from planning.evidence.schemas import (
    CitationIn,
    Code,
    EvidenceList,
    EvidenceOut,
    EvidenceState,
    EvidenceStepList,
    FrozenEvidenceList,
    RemovalIn,
    UpholdIn,
)
from planning.plans.refusals import NotYetInForce
from planning.plans.revision_repository import ON_DAY
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, public, router

evidence = router("/evidence", tag="evidence")
of_problems = router("/plans", tag="evidence")
AUTHORS = allow(Role.COORDINATOR, Role.CONSULTANT)


async def _told(request: Request, body: CitationIn) -> Told | None:
    """Ask the registry before the transaction begins; what it does not answer now is checked later."""
    return await fetch_cited(body.citation(), request.app.state.resources.settings)


async def _cited_by(reads: Reads, caller: Caller, evidence_id: UUID) -> Citation:
    row = await reads.row(list_repository.ONE, evidence_id=evidence_id, **caller.sees())
    if row is None:
        raise EvidenceUnknown
    cited = {name: row[name] for name in ("title", "unit_id", "series", "period")}
    return Citation(measure=Measure(row["measure"]), **cited)


Cited = Annotated[Citation, Depends(_cited_by)]


async def _told_of(request: Request, cited: Cited) -> Told | None:
    return await fetch_cited(cited, request.app.state.resources.settings)


Answer = Annotated[Told | None, Depends(_told)]
AnswerAnew = Annotated[Told | None, Depends(_told_of)]


@of_problems.post("/{plan_id}/problems/{node_id}/evidence", status_code=201, dependencies=[AUTHORS])
async def link_evidence(  # noqa: PLR0913
    told: Answer,
    tx: Tx,
    plan_id: UUID,
    node_id: UUID,
    body: CitationIn,
    *,
    request: Request,
    response: Response,
) -> EvidenceState:
    """Link a problem to a figure, the Index or an analysis; the registry is asked whether it says so."""
    linked = await use_cases.link_evidence(tx, plan_id, node_id, body.citation(), told=told, note=body.note)
    root = request.url.path.partition("/plans/")[0]
    response.headers["Location"] = f"{root}/evidence/{linked.id}"
    response.headers.update(etag(linked.version))
    return EvidenceState.of(linked)


async def _filters(
    state: Annotated[Freshness | None, Query(alias="filter[state]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="Of its plans")] = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    problem: Annotated[UUID | None, Query(alias="filter[problem]")] = None,
    series: Annotated[Code | None, Query(alias="filter[series]")] = None,
) -> dict[str, object]:
    asked = {"state": state, "unit": unit, "plan": plan, "node": problem, "series": series}
    return {name: value for name, value in asked.items() if value is not None}


@of_problems.get("/{plan_id}/evidence", dependencies=[public()])
async def get_evidence_as_of(
    reads: Reads,
    plan_id: UUID,
    as_of: Annotated[Day, Query(description="As the revision in force on this day has it")],
) -> FrozenEvidenceList:
    """Give what was cited when the council approved; it never changes, whatever newer editions tell."""
    row = await reads.row(ON_DAY, plan_id=plan_id, day=as_of)
    if row is None:
        raise NotYetInForce(day=as_of)
    frozen = json.loads(row["snapshot"]).get("evidence", ())
    return FrozenEvidenceList(revision=row["revision"], items=frozen)


@evidence.get("", response_model=EvidenceList, dependencies=[public()])
async def list_evidence(
    reads: Reads, caller: Caller, page: Page, filters: Annotated[dict[str, object], Depends(_filters)]
) -> Response:
    """List links, amber first: those of plans in force for everybody, of drafts for their own people."""
    query = list_repository.links(frozenset(filters))
    return await reads.page(query, page, **filters, **caller.sees())


@evidence.get("/{evidence_id}", response_model=EvidenceOut, dependencies=[public()])
async def get_evidence(reads: Reads, caller: Caller, evidence_id: UUID) -> Response:
    found = await reads.one(list_repository.ONE, evidence_id=evidence_id, **caller.sees())
    if found is None:
        raise EvidenceUnknown
    return found


@evidence.get("/{evidence_id}/steps", response_model=EvidenceStepList, dependencies=[logged_in()])
async def list_evidence_steps(reads: Reads, caller: Caller, page: Page, evidence_id: UUID) -> Response:
    """List what was cited and found over time, the oldest first; a link of one's own that is gone too."""
    if await reads.row(list_repository.OWN, evidence_id=evidence_id, **caller.sees()) is None:
        raise EvidenceUnknown
    return await reads.page(list_repository.STEPS, page, evidence_id=evidence_id)


@evidence.put("/{evidence_id}", dependencies=[AUTHORS])
async def cite_anew(
    told: Answer,
    tx: Tx,
    evidence_id: UUID,
    body: CitationIn,
    expected: ExpectedVersion,
    *,
    response: Response,
) -> EvidenceState:
    """Cite another value or edition instead; what was cited before stays among the steps."""
    cited = await use_cases.cite_anew(
        tx, evidence_id, body.citation(), told=told, expected=expected, note=body.note
    )
    response.headers.update(etag(cited.version))
    return EvidenceState.of(cited)


@evidence.post("/{evidence_id}/check", dependencies=[AUTHORS])
async def check_evidence(
    told: AnswerAnew,
    tx: Tx,
    evidence_id: UUID,
    cited: Cited,
    expected: ExpectedVersion,
    *,
    response: Response,
) -> EvidenceState:
    """Ask the registry now, where it could not be asked before."""
    checked = await use_cases.check_evidence(tx, evidence_id, cited, told=told, expected=expected)
    response.headers.update(etag(checked.version))
    return EvidenceState.of(checked)


@evidence.post("/{evidence_id}/upholding", dependencies=[AUTHORS])
async def uphold_evidence(
    tx: Tx, evidence_id: UUID, body: UpholdIn, expected: ExpectedVersion, response: Response
) -> EvidenceState:
    """Say why the claim still holds; it is asked about again when the value moves on."""
    upheld = await use_cases.uphold_evidence(tx, evidence_id, expected=expected, because=body.because)
    response.headers.update(etag(upheld.version))
    return EvidenceState.of(upheld)


@evidence.post("/{evidence_id}/removal", dependencies=[AUTHORS])
async def remove_evidence(
    tx: Tx, evidence_id: UUID, body: RemovalIn, expected: ExpectedVersion, response: Response
) -> EvidenceState:
    """Remove a link; its steps stay."""
    removed = await use_cases.remove_evidence(tx, evidence_id, expected=expected, reason=body.reason)
    response.headers.update(etag(removed.version))
    return EvidenceState.of(removed)
