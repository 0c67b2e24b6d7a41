"""What is done with comments that came: decided on one by one or in bulk, and reopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from planning.comments.refusals import CommentUnknown
from planning.consultations import repository as consultations
from planning.consultations.domain import Consultation, ConsultationMove, expect_allows
from planning.consultations.use_cases import expect_own, load_own
from planning.plans import repository as plans
from planning.plans.comparison import compare
from planning.plans.domain import Plan
from planning.plans.node_use_cases import Reword, change_node
from planning.plans.revision_use_cases import edition_of_work
from planning.settlement import domain, repository
from planning.settlement.changes import change_made
from planning.settlement.domain import ChangeMade, Disposition, How, InHand, Outcome, Result, Settled
from planning.settlement.refusals import (
    AcceptedWithoutChange,
    ChangeNotMade,
    DraftConsultedDiscarded,
    DraftConsultedGone,
    DraftMovedOn,
    SettledAlready,
    SettlingBodyUnknown,
)
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNode:
    """Change a node now; without an id the one that the comment is on."""

    node_id: UUID | None
    reword: Reword
    plan_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyChanged:
    """Point to what was changed since the consultation; None is the head of the plan."""

    node_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    result: Result
    justification: str
    settled_on: date
    body_id: UUID | None
    change: ChangeNode | AlreadyChanged | None = None


async def settle_comment(
    tx: Transaction, consultation_id: UUID, number: int, wanted: Wanted, *, expected: int
) -> Disposition:
    """Decide on a comment, or correct what was decided; a change of the draft happens in the same breath."""
    domain.expect_change(wanted.result, is_named=wanted.change is not None)
    standing = expect_own(tx, await consultations.read(tx.session, consultation_id))
    plan = await plans.load(tx.session, standing.plan_id) if wanted.change else None
    consultation = await _load_to_settle(tx, consultation_id)
    [comment] = await _in_hand(tx, consultation_id, [number])
    domain.expect_in_hand(comment)
    known = await repository.dispositions(tx.session, consultation_id, [comment.comment_id])
    before = known.get(comment.comment_id) or _nothing_yet(comment, consultation_id)
    expect_version(expected, before.version)
    await _expect_body(tx, consultation, wanted)
    change = await _change(tx, consultation, comment, wanted, plan) if plan is not None else None
    after = _decided(tx, before, comment, wanted, change)
    await repository.save(tx, [after])
    return after


async def settle_many(
    tx: Transaction, consultation_id: UUID, numbers: Sequence[int], wanted: Wanted, *, expected: int
) -> list[Outcome]:
    """Decide on many at once, where nothing in the draft changes; those decided on stay as they are."""
    domain.expect_change(wanted.result, is_named=False)
    consultation = await _load_to_settle(tx, consultation_id, expected)
    await _expect_body(tx, consultation, wanted)
    found = {
        each.number: each for each in await repository.lock_comments(tx.session, consultation_id, numbers)
    }
    ids = [each.comment_id for each in found.values()]
    known = await repository.dispositions(tx.session, consultation_id, ids)
    decided, outcomes = [], []
    for number in numbers:
        try:
            after = _decided_in_bulk(tx, found.get(number), known, wanted, consultation_id)
        except Refusal as refusal:
            outcomes.append(Outcome(number=number, refusal=refusal))
        else:
            decided.append(after)
            outcomes.append(Outcome(number=number, refusal=None))
    await repository.save(tx, decided)
    return outcomes


async def reopen_comment(
    tx: Transaction, consultation_id: UUID, number: int, *, reason: str, expected: int
) -> Disposition:
    """Take a decision back; what it changed in the draft stays until somebody changes that."""
    await _load_to_settle(tx, consultation_id)
    [comment] = await _in_hand(tx, consultation_id, [number])
    known = await repository.dispositions(tx.session, consultation_id, [comment.comment_id])
    before = known.get(comment.comment_id) or _nothing_yet(comment, consultation_id)
    expect_version(expected, before.version)
    after = domain.reopen(before, by=tx.actor.id, affiliation=tx.actor.affiliation)
    await repository.save(tx, [after], reason=reason)
    return after


async def _load_to_settle(
    tx: Transaction, consultation_id: UUID, expected: int | None = None
) -> Consultation:
    consultation = await load_own(tx, consultation_id, expected)
    expect_allows(consultation, ConsultationMove.DISPOSITION, now=tx.now)
    return consultation


async def _in_hand(tx: Transaction, consultation_id: UUID, numbers: Sequence[int]) -> list[InHand]:
    found = await repository.lock_comments(tx.session, consultation_id, numbers)
    if len(found) < len(numbers):
        raise CommentUnknown
    return found


def _nothing_yet(comment: InHand, consultation_id: UUID) -> Disposition:
    return Disposition(comment_id=comment.comment_id, consultation_id=consultation_id)


async def _expect_body(tx: Transaction, consultation: Consultation, wanted: Wanted) -> None:
    if wanted.body_id is None:
        return
    if not await repository.is_body_of(tx.session, wanted.body_id, consultation.unit_ids):
        raise SettlingBodyUnknown(pointer="/body_id")


def _decided(
    tx: Transaction, before: Disposition, comment: InHand, wanted: Wanted, change: ChangeMade | None
) -> Disposition:
    settled = Settled(
        result=wanted.result,
        justification=wanted.justification,
        settled_on=wanted.settled_on,
        body_id=wanted.body_id,
        change=change,
    )
    days = (comment.delivered_on, tx.today)
    return domain.settle(before, settled, by=tx.actor.id, affiliation=tx.actor.affiliation, days=days)


def _decided_in_bulk(
    tx: Transaction,
    comment: InHand | None,
    known: dict[UUID, Disposition],
    wanted: Wanted,
    consultation_id: UUID,
) -> Disposition:
    if comment is None:
        raise CommentUnknown
    before = known.get(domain.expect_in_hand(comment).comment_id) or _nothing_yet(comment, consultation_id)
    if before.settled is not None:
        raise SettledAlready(number=comment.number)
    return _decided(tx, before, comment, wanted, None)


async def _change(
    tx: Transaction, consultation: Consultation, comment: InHand, wanted: Wanted, plan: Plan
) -> ChangeMade:
    """Change the draft, or look up what was changed; it must differ from what was consulted."""
    if await repository.is_draft_discarded(tx.session, consultation.id):
        raise DraftConsultedDiscarded
    if plan.working.revision != consultation.revision:
        raise DraftConsultedGone(consulted=consultation.revision, revision=plan.working.revision)
    changed: ChangeMade | None = None
    if isinstance(wanted.change, ChangeNode):
        node_id = wanted.change.node_id or comment.node_id
        if node_id is None:
            raise AcceptedWithoutChange(pointer="/change/node_id")
        read = wanted.change.plan_version
        if read != plan.version:
            raise DraftMovedOn(pointer="/change/plan_version", expected=read, current=plan.version)
        made = await change_node(tx, plan.id, node_id, wanted.change.reword, expected=read)
        plan = made.plan
        if made.change is None:
            raise ChangeNotMade(pointer="/change/values")
        changed = ChangeMade(
            node_id=node_id,
            kind=made.change.kind,
            number=made.change.number,
            title=made.change.title,
            how=How.CHANGED,
            fields=made.change.changes,
        )
    else:
        node_id = wanted.change.node_id if wanted.change else None
    now = await edition_of_work(tx, plan)
    since = change_made(compare(await repository.consulted(tx.session, consultation.id), now), node_id)
    if since is None:
        raise ChangeNotMade(pointer="/change")
    return changed or since
