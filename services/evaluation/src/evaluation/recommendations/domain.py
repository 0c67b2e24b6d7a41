"""A recommendation that was issued: what planning told of its answer, and what the evaluator found out."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from evaluation.recommendations.refusals import (
    FollowedUpBeforeIssued,
    FollowedUpInFuture,
    NotAnsweredYet,
)
from shared.contracts.evaluation import RecommendationIssued, RecommendationPriority
from shared.contracts.planning import RecommendationAnswer, RecommendationAnswered


class State(StrEnum):
    """Where a recommendation stands on a day; the most pressing first."""

    OVERDUE = "overdue"  # bez odpovědi po termínu
    LATE = "late"  # přijato, slíbený den minul
    OPEN = "open"  # čeká na odpověď
    ANSWERED = "answered"
    REPORTED = "reported"  # adresát hlásí splnění, evaluátor je ještě neověřil
    CLOSED = "closed"  # splnění posoudil evaluátor, nebo bylo odmítnuto


class Fulfilment(StrEnum):
    """What the evaluator found out."""

    FULFILLED = "fulfilled"  # splněno
    PARTLY = "partly"  # splněno částečně
    NOT_FULFILLED = "not-fulfilled"  # nesplněno


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is recommended, as a report has it."""

    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    response_due_on: date
    node_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`version` is planning's; 0 where the evaluator took the answer down."""

    version: int
    answer: RecommendationAnswer
    reasons: str
    responsible: str
    due_on: date | None
    node_ids: tuple[UUID, ...] = ()
    fulfilled_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    fulfilment: Fulfilment
    evidence: str
    followed_up_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecommendation:
    """One that nobody has closed: what is asked of whom, what was answered, and by when it is promised."""

    recommendation_id: UUID
    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    response_due_on: date
    answer: RecommendationAnswer | None
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """`issue_version` counts wordings and goes out in the event; `version` counts all that happens here."""

    id: UUID
    version: int
    issue_version: int
    evaluation_id: UUID
    edition: int
    plan_id: UUID | None
    revision: int | None
    unit_ids: tuple[UUID, ...]
    wording: Wording
    issued_on: date
    answer: Answer | None = None
    follow_up: FollowUp | None = None

    def state(self, today: date) -> State:
        """Return where it stands; a promise that was kept in part may still be late."""
        done = self.follow_up is not None and self.follow_up.fulfilment is Fulfilment.FULFILLED
        if done or (self.answer is not None and self.answer.answer is RecommendationAnswer.REJECTED):
            return State.CLOSED
        if self.answer is None:
            return State.OVERDUE if self.wording.response_due_on < today else State.OPEN
        if self.answer.fulfilled_on is not None and self.follow_up is None:
            return State.REPORTED
        late = self.answer.due_on is not None and self.answer.due_on < today
        return State.LATE if late else State.ANSWERED

    def issued(self) -> RecommendationIssued | None:
        """Return what planning is told; nothing where no plan was evaluated."""
        if self.plan_id is None or self.revision is None:
            return None
        return RecommendationIssued(
            version=self.issue_version,
            recommendation_id=self.id,
            evaluation_id=self.evaluation_id,
            plan_id=self.plan_id,
            revision=self.revision,
            unit_ids=self.unit_ids,
            number=self.wording.number,
            text=self.wording.text,
            addressee=self.wording.addressee,
            priority=self.wording.priority,
            issued_on=self.issued_on,
            response_due_on=self.wording.response_due_on,
            node_ids=self.wording.node_ids,
        )


def reissue(known: Recommendation, wording: Wording, *, edition: int) -> Recommendation:
    """Take the wording of a later edition; the answer that was given stays."""
    changed = known.wording != wording
    return replace(
        known,
        version=known.version + 1,
        issue_version=known.issue_version + int(changed),
        edition=edition,
        wording=wording,
    )


def note_answer(known: Recommendation, told: RecommendationAnswered) -> Recommendation | None:
    """Take planning's word; None for one that is older than what is known."""
    if known.answer is not None and known.answer.version >= told.version:
        return None
    answer = Answer(
        version=told.version,
        answer=told.answer,
        reasons=told.reasons,
        responsible=told.responsible,
        due_on=told.due_on,
        node_ids=told.node_ids,
        fulfilled_on=told.fulfilled_on,
    )
    return replace(known, version=known.version + 1, answer=answer)


def follow_up(known: Recommendation, found: FollowUp, *, today: date) -> Recommendation:
    """Say what became of it; also without an answer, when its day has passed.

    Raises `FollowedUpInFuture`, `FollowedUpBeforeIssued`, `NotAnsweredYet`.
    """
    if found.followed_up_on > today:
        raise FollowedUpInFuture(pointer="/followed_up_on", followed_up_on=found.followed_up_on)
    if found.followed_up_on < known.issued_on:
        raise FollowedUpBeforeIssued(pointer="/followed_up_on", issued_on=known.issued_on)
    if known.answer is None and known.state(today) is State.OPEN:
        raise NotAnsweredYet(state=State.OPEN.value, due_on=known.wording.response_due_on)
    return replace(known, version=known.version + 1, follow_up=found)
