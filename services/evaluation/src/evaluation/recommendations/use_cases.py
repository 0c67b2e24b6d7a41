"""What is done with recommendations: issue them, take answers in, find out what became of them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from evaluation.evaluations.domain import Evaluation
from evaluation.evaluations.refusals import EvaluatorOfTheUnit
from evaluation.recommendations import domain, repository
from evaluation.recommendations.domain import Answer, FollowUp, Recommendation, Wording
from evaluation.recommendations.refusals import AnsweredInPlanning, RecommendationUnknown
from shared.contracts.planning import RecommendationAnswered
from shared.errors import expect_version
from shared.transaction import Transaction


async def issue(tx: Transaction, completed: Evaluation, wordings: Sequence[tuple[UUID, Wording]]) -> None:
    """Issue what a report recommends; planning is told of what is new or worded anew."""
    before = await repository.lock_issued(tx.session, [each for each, _ in wordings])
    issued = [_issued(tx, completed, each, wording, before.get(each)) for each, wording in wordings]
    await repository.save_all(tx.session, issued)
    for each in issued:
        known, event = before.get(each.id), each.issued()
        if event is not None and (known is None or known.issue_version < each.issue_version):
            tx.emit(event)


def _issued(
    tx: Transaction,
    completed: Evaluation,
    recommendation_id: UUID,
    wording: Wording,
    known: Recommendation | None,
) -> Recommendation:
    if known is not None:
        return domain.reissue(known, wording, edition=completed.edition)
    return Recommendation(
        id=recommendation_id,
        version=1,
        issue_version=1,
        evaluation_id=completed.id,
        edition=completed.edition,
        plan_id=completed.subject.plan_id,
        revision=completed.revision,
        unit_ids=completed.subject.unit_ids,
        wording=wording,
        issued_on=tx.today,
    )


async def note_answers(tx: Transaction, event: RecommendationAnswered) -> None:
    """Keep what planning tells. Raises `RecommendationUnknown`: planning knows of it from us alone."""
    known = await repository.lock(tx.session, event.recommendation_id)
    if known is None:
        raise RecommendationUnknown
    noted = domain.note_answer(known, event)
    if noted is not None and noted.answer is not None:
        await repository.add_answer(tx, noted, noted.answer)


async def record_answer(
    tx: Transaction, recommendation_id: UUID, answer: Answer, *, expected: int
) -> Recommendation:
    """Take down the answer to a recommendation outside any plan. Raises `AnsweredInPlanning`."""
    known = await _load(tx, recommendation_id, expected)
    if known.plan_id is not None:
        raise AnsweredInPlanning(state=known.state(tx.today).value)
    replied = replace(known, version=known.version + 1, answer=answer)
    await repository.add_answer(tx, replied, answer)
    return replied


async def follow_up(
    tx: Transaction, recommendation_id: UUID, found: FollowUp, *, expected: int
) -> Recommendation:
    """Say what became of a recommendation; it may be found out anew, everything is kept."""
    known = await _load(tx, recommendation_id, expected)
    followed = domain.follow_up(known, found, today=tx.today)
    await repository.add_follow_up(tx, followed, found)
    return followed


async def _load(tx: Transaction, recommendation_id: UUID, expected: int) -> Recommendation:
    found = await repository.lock(tx.session, recommendation_id)
    if found is None:
        raise RecommendationUnknown
    if not tx.actor.units.isdisjoint(found.unit_ids):
        raise EvaluatorOfTheUnit
    expect_version(expected, found.version)
    return found
