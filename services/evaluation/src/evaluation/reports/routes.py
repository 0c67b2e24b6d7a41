"""HTTP of reports: write the parts, hand in, freeze."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Request, Response

from evaluation.evaluations.domain import Evaluation
from evaluation.evaluations.schemas import EvaluationState
from evaluation.registry import ToldPeers, Unanswered, similar_units
from evaluation.reports import domain, use_cases
from evaluation.reports.compilation import compile_report
from evaluation.reports.content import Draft, SectionCode, SimilarUnit, SimilarUnits
from evaluation.reports.refusals import NobodySimilar, RegistrySilent
from evaluation.reports.schemas import (
    ComparisonIn,
    FindingIn,
    JudgementIn,
    MeasureIn,
    ProposalIn,
    ReportOut,
    SimilarIn,
    TextIn,
)
from evaluation.reports.use_cases import Change
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    Tx,
    allow,
    etag,
    router,
    today,
)

reports = router("/evaluation-register/{evaluation_id}", tag="reports")
JSON = "application/json"
WRITERS = allow(Role.EVALUATOR, Role.ANALYST)
Judgements = Annotated[list[JudgementIn], Body(max_length=50)]
Findings = Annotated[list[FindingIn], Body(max_length=200)]
Proposals = Annotated[list[ProposalIn], Body(max_length=200)]
Measures = Annotated[list[MeasureIn], Body(max_length=500)]


@reports.get("/report", response_model=ReportOut, dependencies=[allow(*AGENCY)])
async def preview_report(tx: Tx, evaluation_id: UUID) -> Response:
    """Get the report as it would be frozen now, gaps and all: facts of today until it is handed in."""
    found, inputs = await use_cases.preview_report(tx, evaluation_id)
    return Response(compile_report(inputs).body, media_type=JSON, headers=etag(found.version))


@reports.put("/report/sections/{section}", dependencies=[WRITERS])
async def write_section(
    tx: Tx,
    evaluation_id: UUID,
    section: SectionCode,
    body: TextIn,
    expected: ExpectedVersion,
    response: Response,
) -> EvaluationState:
    """Write one section; what software computes stands beside it."""
    return await _write(
        tx,
        evaluation_id,
        lambda desk: domain.write_text(desk.draft, section, body.text.strip()),
        expected,
        response,
    )


@reports.put("/report/questions", dependencies=[WRITERS])
async def write_judgements(
    tx: Tx, evaluation_id: UUID, body: Judgements, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Choose evaluation questions and answer them: the whole matrix at once."""
    lines = [each.judgement() for each in body]
    return await _write(
        tx,
        evaluation_id,
        lambda desk: domain.write_judgements(desk.draft, lines, desk.questions),
        expected,
        response,
    )


@reports.put("/report/findings", dependencies=[WRITERS])
async def write_findings(
    tx: Tx, evaluation_id: UUID, body: Findings, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Write all findings, in the order of their numbers; new ones come without an id."""
    findings = [each.finding(tx.new_id()) for each in body]

    def change(desk: use_cases.Desk) -> Draft:
        domain.expect_known([each.id for each in body], {known.id for known in desk.draft.findings})
        return domain.write_findings(desk.draft, findings)

    return await _write(tx, evaluation_id, change, expected, response)


@reports.put("/report/recommendations", dependencies=[WRITERS])
async def write_recommendations(
    tx: Tx, evaluation_id: UUID, body: Proposals, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Write all recommendations, in the order of their numbers; they are issued with the report."""
    proposals = [each.proposal(tx.new_id()) for each in body]

    def change(desk: use_cases.Desk) -> Draft:
        domain.expect_known([each.id for each in body], {known.id for known in desk.draft.proposals})
        state = desk.evaluation.status.value
        return domain.write_proposals(desk.draft, proposals, issued=desk.issued, state=state)

    return await _write(tx, evaluation_id, change, expected, response)


@reports.put("/report/measures", dependencies=[WRITERS])
async def write_measures(
    tx: Tx, evaluation_id: UUID, body: Measures, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Write how the measures of the plan stand, as the evaluator found it out."""
    measures = [each.measure() for each in body]
    return await _write(
        tx, evaluation_id, lambda desk: domain.write_measures(desk.draft, measures), expected, response
    )


@reports.put("/report/comparison", dependencies=[WRITERS])
async def write_comparison(
    tx: Tx, evaluation_id: UUID, body: ComparisonIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Write what similar units look like that were not supported; the report adds the caveat."""
    compared = body.comparison()
    return await _write(
        tx, evaluation_id, lambda desk: domain.write_comparison(desk.draft, compared), expected, response
    )


async def _asked(request: Request, _: Caller, body: SimilarIn) -> SimilarUnits:
    """Ask the registry before the transaction begins."""
    url = request.app.state.resources.settings.registry_url
    answer = await similar_units(url, body.unit_id, year=body.year, count=body.count)
    if answer is Unanswered.SILENT:
        raise RegistrySilent
    if answer is Unanswered.UNKNOWN:
        raise NobodySimilar(year=body.year)
    return _similar(answer)


def _similar(told: ToldPeers) -> SimilarUnits:
    own = told.municipality
    return SimilarUnits(
        unit_id=own.unit_id,
        name=own.name,
        population_15_plus=own.population_15_plus,
        index=own.index,
        year=told.year,
        method=told.method,
        computation_id=told.computation_id,
        features=tuple(each.name_cs for each in told.features),
        peers=tuple(SimilarUnit(**dict(each.municipality), distance=each.distance) for each in told.peers),
        caveat_cs=told.caveat_cs,
        caveat_en=told.caveat_en,
        asked_on=today(),
        digest=told.digest,
    )


@reports.put("/report/similar-units", dependencies=[WRITERS])
async def take_similar_units(
    similar: Annotated[SimilarUnits, Depends(_asked)],
    tx: Tx,
    evaluation_id: UUID,
    expected: ExpectedVersion,
    response: Response,
) -> EvaluationState:
    """Take from the registry the municipalities alike that were never supported, as it answers now."""

    def change(desk: use_cases.Desk) -> Draft:
        return domain.take_similar(desk.draft, similar, units=desk.evaluation.subject.unit_ids)

    return await _write(tx, evaluation_id, change, expected, response)


async def _write(
    tx: Tx, evaluation_id: UUID, change: Change, expected: int, response: Response
) -> EvaluationState:
    written = await use_cases.write_part(tx, evaluation_id, change, expected=expected)
    return _state(written, response)


@reports.post("/draft", dependencies=[WRITERS])
async def hand_in_draft(
    tx: Tx, evaluation_id: UUID, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Hand the draft in: the facts of today are kept with it."""
    return _state(await use_cases.hand_in(tx, evaluation_id, expected=expected), response)


@reports.post("/completion", dependencies=[allow(Role.EVALUATOR, Role.DIRECTOR)])
async def complete_evaluation(
    tx: Tx, evaluation_id: UUID, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Freeze the reviewed report, issue its recommendations, tell the other services."""
    return _state(await use_cases.complete_evaluation(tx, evaluation_id, expected=expected), response)


def _state(evaluation: Evaluation, response: Response) -> EvaluationState:
    response.headers.update(etag(evaluation.version))
    return EvaluationState.of(evaluation)
