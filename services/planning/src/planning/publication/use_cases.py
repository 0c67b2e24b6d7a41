"""What is done before everybody may read a settlement: texts are checked, then all is frozen."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from planning.comments.refusals import CommentUnknown
from planning.consultations import repository as consultations
from planning.consultations.domain import Consultation, ConsultationMove, expect_allows, moved
from planning.consultations.use_cases import expect_own, load_own
from planning.publication import domain, repository
from planning.publication.annex import Annex, annex_of
from planning.publication.domain import Material, Release, Texts
from planning.publication.refusals import ReleasedAlready
from planning.settlement.domain import Outcome
from shared.contracts.consultation import SettlementPublished
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """Texts as they may be read; None stays as it was written."""

    text: str | None = None
    proposed_wording: str | None = None
    reasons: str | None = None
    justification: str | None = None
    despite: str = ""


async def look_at(tx: Transaction, consultation_id: UUID, number: int) -> Material:
    """Return a comment with what was decided and released; nobody waits for who looks."""
    expect_own(tx, await consultations.read(tx.session, consultation_id))
    found = await repository.material(tx.session, consultation_id, [number])
    if not found:
        raise CommentUnknown
    return found[0]


async def release_comment(
    tx: Transaction, consultation_id: UUID, number: int, redacted: Redacted, *, expected: int
) -> Release:
    """Check a comment for personal data and let it out, as it is or redacted."""
    await _load_to_release(tx, consultation_id)
    found = await repository.material(tx.session, consultation_id, [number])
    if not found:
        raise CommentUnknown
    expect_version(expected, found[0].release.version)
    released = _release(tx, found[0], redacted)
    await repository.save(tx, [released])
    return released


async def release_many(
    tx: Transaction, consultation_id: UUID, numbers: Sequence[int], *, expected: int
) -> list[Outcome]:
    """Let comments out as they are, those in which nothing was found and that nobody checked yet."""
    await _load_to_release(tx, consultation_id, expected)
    found = {each.number: each for each in await repository.material(tx.session, consultation_id, numbers)}
    released, outcomes = [], []
    for number in numbers:
        try:
            done = _release_unchecked(tx, found.get(number))
        except Refusal as refusal:
            outcomes.append(Outcome(number=number, refusal=refusal))
        else:
            released.append(done)
            outcomes.append(Outcome(number=number, refusal=None))
    await repository.save(tx, released)
    return outcomes


async def publish_settlement(tx: Transaction, consultation_id: UUID, *, expected: int) -> Consultation:
    """Freeze the table of all comments and put it before everybody; not by whoever checked the texts."""
    consultation = await load_own(tx, consultation_id, expected)
    published = replace(moved(consultation, ConsultationMove.PUBLICATION, now=tx.now), published_at=tx.now)
    material = await repository.material(tx.session, consultation_id)
    domain.expect_released(material, by=tx.actor.id)
    approval, counts = await repository.approval_of(tx.session, consultation_id)
    head = {
        "consultation_id": consultation.id,
        "plan_id": consultation.plan_id,
        "revision": consultation.revision,
        "title": consultation.title,
        "draft_digest": consultation.digest,
        "first_day": consultation.first_day,
        "last_day": consultation.last_day,
        "approved_by": approval.body,
        "approved_on": approval.approved_on,
        "published_on": tx.today,
    }
    lines = [domain.line_of(each) for each in material]
    annex = await asyncio.to_thread(annex_of, head, counts, lines)
    await repository.add_annex(tx, published, annex)
    await consultations.save(tx.session, published, now=tx.now)
    tx.emit(_told(published, annex, on=tx.today))
    return published


def _told(published: Consultation, annex: Annex, *, on: date) -> SettlementPublished:
    return SettlementPublished(
        version=published.version,
        consultation_id=published.id,
        plan_id=published.plan_id,
        revision=published.revision,
        unit_ids=published.unit_ids,
        published_on=on,
        comments=annex.comments,
        digest=annex.digest,
    )


async def _load_to_release(tx: Transaction, consultation_id: UUID, expected: int | None = None) -> None:
    consultation = await load_own(tx, consultation_id, expected)
    expect_allows(consultation, ConsultationMove.RELEASE, now=tx.now)


def _release(tx: Transaction, material: Material, redacted: Redacted) -> Release:
    sent = {name: getattr(redacted, name) for name in domain.NAMES_OF_TEXTS}
    shown = {name: text for name, text in sent.items() if text is not None}
    public: Texts = replace(material.texts, **shown)
    return domain.release(material, public, despite=redacted.despite, by=tx.actor.id)


def _release_unchecked(tx: Transaction, material: Material | None) -> Release:
    if material is None:
        raise CommentUnknown
    if material.release.version:
        raise ReleasedAlready(number=material.number)
    return _release(tx, material, Redacted())
