"""A recommendation of an evaluation, and what the plan's owner replies to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from planning.recommendations.refusals import (
    FulfilledAlready,
    FulfilledInFuture,
    NothingToFulfil,
    PlaceNotInPlan,
    PromisedBeforeIssued,
    RejectionPromises,
    ReplyWithoutPromise,
    ReplyWithoutReasons,
)
from shared.contracts.evaluation import RecommendationIssued, RecommendationPriority
from shared.contracts.planning import RecommendationAnswer, RecommendationAnswered


class State(StrEnum):
    """Where a recommendation stands on a day; the most pressing first."""

    OVERDUE = "overdue"  # bez odpovědi po termínu
    OPEN = "open"  # čeká na odpověď
    LATE = "late"  # přijato, slíbený den minul
    ANSWERED = "answered"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered; `version` is that of the recommendation after it. A new reply takes its place."""

    version: int
    answer: RecommendationAnswer
    reasons: str
    responsible: str
    due_on: date | None
    node_ids: tuple[UUID, ...]
    fulfilled_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """`issue_version` is evaluation's, `version` ours: it counts new wordings and replies."""

    id: UUID
    version: int
    issue_version: int
    evaluation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    issued_on: date
    response_due_on: date
    node_ids: tuple[UUID, ...]
    reply: Reply | None = None

    def state(self, today: date) -> State:
        if self.reply is None:
            return State.OVERDUE if self.response_due_on < today else State.OPEN
        if self.reply.fulfilled_on is not None:
            return State.FULFILLED
        late = self.reply.due_on is not None and self.reply.due_on < today
        return State.LATE if late else State.ANSWERED


def keep(known: Recommendation | None, told: RecommendationIssued) -> Recommendation | None:
    """Return the recommendation as it was told, with the reply that it has; None for an old word."""
    if known is not None and known.issue_version >= told.version:
        return None
    return Recommendation(
        id=told.recommendation_id,
        version=1 if known is None else known.version + 1,
        issue_version=told.version,
        evaluation_id=told.evaluation_id,
        plan_id=told.plan_id,
        revision=told.revision,
        unit_ids=told.unit_ids,
        number=told.number,
        text=told.text,
        addressee=told.addressee,
        priority=told.priority,
        issued_on=told.issued_on,
        response_due_on=told.response_due_on,
        node_ids=told.node_ids,
        reply=None if known is None else known.reply,
    )


def answer(
    asked: Recommendation, reply: Reply, *, places: Collection[UUID]
) -> tuple[Recommendation, RecommendationAnswered]:
    """Answer, or answer anew; `places` are the nodes of the plan and of its draft.

    Raises `FulfilledAlready`, `ReplyWithoutReasons`, `ReplyWithoutPromise`, `RejectionPromises`,
    `PromisedBeforeIssued`, `PlaceNotInPlan`.
    """
    if asked.reply is not None and asked.reply.fulfilled_on is not None:
        raise FulfilledAlready(fulfilled_on=asked.reply.fulfilled_on)
    if reply.answer is not RecommendationAnswer.ACCEPTED and not reply.reasons:
        raise ReplyWithoutReasons(pointer="/reasons")
    if reply.answer is RecommendationAnswer.REJECTED:
        if reply.due_on or reply.responsible or reply.node_ids:
            raise RejectionPromises(pointer="/answer")
    elif not reply.responsible or reply.due_on is None:
        raise ReplyWithoutPromise(pointer="/due_on" if reply.responsible else "/responsible")
    if reply.due_on is not None and reply.due_on < asked.issued_on:
        raise PromisedBeforeIssued(pointer="/due_on", issued_on=asked.issued_on)
    _expect_places(reply.node_ids, places)
    return _replied(asked, reply)


def fulfil(
    asked: Recommendation,
    *,
    fulfilled_on: date,
    evidence: str,
    node_ids: tuple[UUID, ...],
    places: Collection[UUID],
    today: date,
) -> tuple[Recommendation, RecommendationAnswered]:
    """Report as fulfilled; places named now join those of the answer.

    Raises `NothingToFulfil`, `FulfilledAlready`, `FulfilledInFuture`, `PromisedBeforeIssued`,
    `PlaceNotInPlan`.
    """
    reply = asked.reply
    if reply is None or reply.answer is RecommendationAnswer.REJECTED:
        state = asked.state(today) if reply is None else reply.answer
        raise NothingToFulfil(state=state.value, allowed_moves=["answer"])
    if reply.fulfilled_on is not None:
        raise FulfilledAlready(fulfilled_on=reply.fulfilled_on)
    if fulfilled_on > today:
        raise FulfilledInFuture(pointer="/fulfilled_on", fulfilled_on=fulfilled_on)
    if fulfilled_on < asked.issued_on:
        raise PromisedBeforeIssued(pointer="/fulfilled_on", issued_on=asked.issued_on)
    _expect_places(node_ids, places)
    met = tuple(dict.fromkeys((*reply.node_ids, *node_ids)))
    return _replied(asked, replace(reply, fulfilled_on=fulfilled_on, evidence=evidence, node_ids=met))


def _expect_places(node_ids: tuple[UUID, ...], places: Collection[UUID]) -> None:
    for position, node_id in enumerate(node_ids):
        if node_id not in places:
            raise PlaceNotInPlan(pointer=f"/node_ids/{position}", node_id=node_id)


def _replied(asked: Recommendation, reply: Reply) -> tuple[Recommendation, RecommendationAnswered]:
    version = asked.version + 1
    replied = replace(asked, version=version, reply=replace(reply, version=version))
    return replied, RecommendationAnswered(
        version=version,
        recommendation_id=asked.id,
        evaluation_id=asked.evaluation_id,
        plan_id=asked.plan_id,
        revision=asked.revision,
        unit_ids=asked.unit_ids,
        answer=reply.answer,
        reasons=reply.reasons,
        responsible=reply.responsible,
        due_on=reply.due_on,
        node_ids=reply.node_ids,
        fulfilled_on=reply.fulfilled_on,
    )
