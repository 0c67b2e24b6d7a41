"""HTTP of reports: write the parts, hand in, freeze, read, verify; and questions over many reports."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Path, Response

from evaluation.evaluations.domain import Evaluation
from evaluation.evaluations.schemas import EvaluationState, QuestionCode
from evaluation.reports import domain, repository, use_cases
from evaluation.reports.compilation import compile_report
from evaluation.reports.content import Draft, SectionCode
from evaluation.reports.refusals import ReportUnknown
from evaluation.reports.schemas import (
    ComparisonIn,
    EditionList,
    FindingIn,
    JudgementIn,
    JudgementList,
    MeasureIn,
    ProposalIn,
    ReportOut,
    TextIn,
    Verification,
)
from evaluation.reports.use_cases import Change
from shared.canonical import digest
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    logged_in,
    router,
)

reports = router("/evaluation-register/{evaluation_id}", tag="reports")
judgements = router("/evaluation-questions/{code}", tag="reports")
JSON = "application/json"
WRITERS = allow(Role.EVALUATOR, Role.ANALYST)
Edition = Annotated[int, Path(ge=1, le=10_000), InDigits]
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


@reports.get("/reports", response_model=EditionList, dependencies=[logged_in()])
async def list_editions(reads: Reads, caller: Caller, page: Page, evaluation_id: UUID) -> Response:
    """List the frozen editions of the report, the newest first."""
    return await reads.page(repository.EDITIONS, page, evaluation_id=evaluation_id, **_reader(caller))


@reports.get("/reports/{edition}", response_model=ReportOut, dependencies=[logged_in()])
async def get_frozen_report(reads: Reads, caller: Caller, evaluation_id: UUID, edition: Edition) -> Response:
    """Get an edition byte by byte as it was frozen: its SHA-256 is the digest that the event told."""
    row = await _frozen(reads, caller, evaluation_id, edition)
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{row["digest"]}"'})


@reports.get("/reports/{edition}/verification", dependencies=[logged_in()])
async def verify_report(reads: Reads, caller: Caller, evaluation_id: UUID, edition: Edition) -> Verification:
    """Make the report again from what it was made of, and compare."""
    row = await _frozen(reads, caller, evaluation_id, edition)
    again = compile_report(repository.inputs_of(row["inputs"]))
    return Verification(
        digest=row["digest"],
        is_intact=digest(row["body"].encode()) == row["digest"],
        is_reproducible=again.digest == row["digest"],
    )


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


def _state(evaluation: Evaluation, response: Response) -> EvaluationState:
    response.headers.update(etag(evaluation.version))
    return EvaluationState.of(evaluation)
