"""HTTP of a member's workbench: declare, score and seal in tables; results to those who may read them."""

from itertools import groupby
from uuid import UUID

from fastapi import Request, Response

from registry.commission import list_repository, protocol_repository, score_repository, use_cases
from registry.commission import score_use_cases as scoring
from registry.commission.refusals import NotInThisAssessment
from registry.commission.result_schemas import (
    FeedbackOut,
    MemberScoreOut,
    ProgressItemOut,
    ProgressOut,
    ResultOut,
    ResultsOut,
    RoundOut,
    ScoresOut,
)
from registry.commission.score_repository import Held
from registry.commission.score_schemas import (
    AssessedOut,
    DeclarationTableIn,
    DraftTableIn,
    RevisionIn,
    SealTableIn,
    SheetOut,
    TableOut,
    WorkList,
)
from shared.contracts.base import Role
from shared.errors import Refusal
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, language_of, router

workbench = router("/assessments", tag="commission")
feedback = router("/applications", tag="commission")

_MEMBERS = allow(Role.COMMISSIONER)
_READERS = allow(
    *(Role.COMMISSIONER, Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST),
    *(Role.EVALUATOR, Role.DIRECTOR),
)
_CONCERNED = allow(
    *(Role.COORDINATOR, Role.MAYOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST),
    *(Role.EVALUATOR, Role.DIRECTOR),
)


@workbench.get("/{assessment_id}/worklist", response_model=WorkList, dependencies=[_MEMBERS])
async def list_own_sheets(reads: Reads, caller: Caller, page: Page, assessment_id: UUID) -> Response:
    """List one's own sheets with drafts and sealed scores, in the order of numbers."""
    return await reads.page(list_repository.WORKLIST, page, assessment_id=assessment_id, caller=caller.id)


@workbench.post("/{assessment_id}/declarations", response_model=TableOut, dependencies=[_MEMBERS])
async def declare_conflicts(
    tx: Tx, assessment_id: UUID, body: DeclarationTableIn, request: Request
) -> TableOut:
    """Declare on conflicts of interest, line by line; a conflict recuses at once and for good."""
    results = await scoring.declare(tx, assessment_id, [each.line() for each in body.declarations])
    return TableOut.of(results, language_of(request))


@workbench.get(
    "/{assessment_id}/applications/{application_id}", response_model=AssessedOut, dependencies=[_MEMBERS]
)
async def read_application(tx: Tx, reads: Reads, assessment_id: UUID, application_id: UUID) -> Response:
    """Give the form of an application to a member who has declared no conflict."""
    await scoring.read_own(tx, assessment_id, application_id)
    found = await reads.one(list_repository.ASSESSED, application_id=application_id)
    if found is None:
        raise NotInThisAssessment
    return found


@workbench.put("/{assessment_id}/scores", response_model=TableOut, dependencies=[_MEMBERS])
async def save_drafts(tx: Tx, assessment_id: UUID, body: DraftTableIn, request: Request) -> TableOut:
    """Keep one's own drafts, line by line; nobody else reads them."""
    results = await scoring.save_drafts(tx, assessment_id, [each.line() for each in body.scores])
    return TableOut.of(results, language_of(request))


@workbench.post("/{assessment_id}/scores/sealing", response_model=TableOut, dependencies=[_MEMBERS])
async def seal_scores(tx: Tx, assessment_id: UUID, body: SealTableIn, request: Request) -> TableOut:
    """Seal complete drafts, line by line; all are revealed when all members have sealed theirs."""
    results = await scoring.seal(tx, assessment_id, [each.line() for each in body.scores])
    return TableOut.of(results, language_of(request))


@workbench.post(
    "/{assessment_id}/applications/{application_id}/score/revision",
    response_model=SheetOut,
    dependencies=[_MEMBERS],
)
async def revise_score(
    tx: Tx,
    *,
    assessment_id: UUID,
    application_id: UUID,
    body: RevisionIn,
    expected: ExpectedVersion,
    response: Response,
) -> SheetOut:
    """Change one's own sealed score once after the reveal; the version is that of the own sheet."""
    sheet = await scoring.revise(
        tx, assessment_id, application_id, body.score(), reason=body.reason, expected=expected
    )
    response.headers.update(etag(sheet.version))
    return SheetOut.of(sheet)


@workbench.get("/{assessment_id}/progress", response_model=ProgressOut, dependencies=[_READERS])
async def get_progress(tx: Tx, assessment_id: UUID) -> ProgressOut:
    """Count sealed and expected scores; who is missing is told to the chair and the secretary."""
    assessment = await use_cases.read(tx, assessment_id)
    names = None
    if tx.actor.id in {assessment.chair, assessment.secretary}:
        names = {each.person: each.person_name for each in assessment.assessors}
    held = await score_repository.sheets(tx.session, assessment_id)
    return ProgressOut(items=[ProgressItemOut.of(each, names) for each in _by_application(held)])


@workbench.get("/{assessment_id}/results", response_model=ResultsOut, dependencies=[_READERS])
async def get_results(tx: Tx, assessment_id: UUID) -> ResultsOut:
    """Say what the scores come to, where the reader may read them by now; else the line is empty."""
    assessment = await use_cases.read(tx, assessment_id)
    items = []
    for held in _by_application(await score_repository.sheets(tx.session, assessment_id)):
        try:
            scoring.expect_reader(tx, assessment, held)
        except Refusal:
            items.append(ResultOut.hidden(held))
        else:
            items.append(ResultOut.of(held, assessment))
    return ResultsOut(items=items)


@workbench.get(
    "/{assessment_id}/applications/{application_id}/scores",
    response_model=ScoresOut,
    dependencies=[_READERS],
)
async def read_scores(tx: Tx, assessment_id: UUID, application_id: UUID) -> ScoresOut:
    """Give all members' scores with their reasons, to those who may read them by now."""
    assessment, held, rounds = await scoring.read_scores(tx, assessment_id, application_id)
    people = {each.person: each for each in assessment.assessors}
    members = [
        MemberScoreOut(
            person_name=people[each.sheet.person].person_name,
            body=people[each.sheet.person].body,
            status=each.sheet.status,
            rounds=[RoundOut.of(found) for found in rounds[each.sheet.id]],
        )
        for each in held
    ]
    return ScoresOut(**dict(ResultOut.of(held, assessment)), members=members)


@feedback.get("/{application_id}/assessment", response_model=FeedbackOut, dependencies=[_CONCERNED])
async def get_feedback(tx: Tx, application_id: UUID) -> FeedbackOut:
    """Give the applicant the points and reasons without names, once the ministry has decided."""
    outcome = await protocol_repository.outcome(tx.session, application_id)
    if outcome is None or not tx.actor.may_see([outcome.unit_id]):
        raise NotInThisAssessment
    assessment = await use_cases.load(tx, outcome.assessment_id)
    held = await score_repository.sheets(tx.session, outcome.assessment_id, application_id=application_id)
    place = (outcome.rank, outcome.recommendation) if outcome.rank and outcome.recommendation else None
    return FeedbackOut.of(held, assessment, place=place)


def _by_application(held: list[Held]) -> list[list[Held]]:
    return [list(found) for _, found in groupby(held, key=lambda each: each.sheet.application_id)]
