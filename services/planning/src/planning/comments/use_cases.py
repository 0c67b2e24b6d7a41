"""What is done with comments: sent, entered, joined, withdrawn; a number is taken as late as can be."""

import os
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from planning.comments import domain, repository
from planning.comments.domain import Comment, CommentKind, ErasureGround, Sent
from planning.comments.flood import Limits, expect_room
from planning.comments.refusals import (
    ChannelNotOffered,
    CommentUnknown,
    NodeNotConsulted,
    SubmitterKeptYet,
)
from planning.consultations import repository as consultations
from planning.consultations.domain import Channel, Consultation, ConsultationMove, expect_allows
from planning.consultations.refusals import ConsultationUnknown
from planning.consultations.use_cases import expect_own, load_own
from shared.clients import client_key
from shared.days import day_of
from shared.errors import expect_version
from shared.transaction import Transaction

RETENTION: Final = timedelta(days=int(os.environ.get("PLANNING_SUBMITTER_RETENTION_DAYS") or 365))
"""So long after the publication of the settlement the data of submitters are kept."""
LIMITS: Final = Limits(
    of_client=int(os.environ.get("PLANNING_COMMENTS_OF_CLIENT") or 60),
    of_all=int(os.environ.get("PLANNING_COMMENTS_OF_ALL") or 6_000),
)
"""Comments on the web in an hour: of one client (an office may share an address), of one consultation."""
_SECRET_BYTES: Final = 24


async def send_comment(
    tx: Transaction, consultation_id: UUID, sent: Sent, *, address: str
) -> tuple[Comment, str]:
    """Take a comment from the web; return it with the secret of its receipt.

    Raises ConsultationUnknown, ChannelNotOffered, SubmitterRequired, NodeNotConsulted, TooManyComments.
    """
    consultation = await consultations.read(tx.session, consultation_id)
    if consultation is None or not consultation.is_public:
        raise ConsultationUnknown
    expect_allows(consultation, ConsultationMove.COMMENTING, now=tx.now)
    if Channel.WEB not in consultation.channels:
        raise ChannelNotOffered(channels=sorted(consultation.channels))
    salt, place = await consultations.place_in_draft(tx.session, consultation_id, sent.node_id)
    client = client_key(address, salt)
    await _expect_room(tx, consultation_id, client)
    secret = token_urlsafe(_SECRET_BYTES)
    comment = await _number(tx, consultation, sent, place=place, receipt=receipt_key(secret), client=client)
    return comment, secret


async def enter_comment(tx: Transaction, consultation_id: UUID, sent: Sent) -> Comment:
    """Enter a comment that came on paper, by post, by e-mail or was said; late ones are kept too."""
    consultation = expect_own(tx, await consultations.read(tx.session, consultation_id))
    expect_allows(consultation, ConsultationMove.ENTRY, now=tx.now)
    _, place = await consultations.place_in_draft(tx.session, consultation_id, sent.node_id)
    return await _number(tx, consultation, sent, place=place)


async def join_comment(tx: Transaction, comment_id: UUID, *, main_id: UUID, expected: int) -> Comment:
    """Join a comment with one that says the same: the main one is settled for both."""
    before = await _load(tx, comment_id, expected, move=ConsultationMove.SORTING)
    main = await repository.lock_comment(tx.session, main_id)
    joined = await repository.duplicates_of(tx.session, comment_id)
    return await _keep(tx, domain.join(before, main, joined))


async def separate_comment(tx: Transaction, comment_id: UUID, *, expected: int) -> Comment:
    before = await _load(tx, comment_id, expected, move=ConsultationMove.SORTING)
    return await _keep(tx, domain.separate(before))


async def classify_comment(tx: Transaction, comment_id: UUID, *, kind: CommentKind, expected: int) -> Comment:
    before = await _load(tx, comment_id, expected, move=ConsultationMove.SORTING)
    return await _keep(tx, domain.classify(before, kind))


async def withdraw_comment(tx: Transaction, comment_id: UUID, *, reason: str, expected: int) -> Comment:
    """Withdraw for the submitter, who asked for it in another way than on the web."""
    before = await _load(tx, comment_id, expected, move=ConsultationMove.WITHDRAWAL)
    return await _withdraw(tx, before, reason)


async def withdraw_own_comment(
    tx: Transaction, consultation_id: UUID, number: int, *, secret: str, expected: int
) -> Comment:
    """Withdraw with the receipt. Raises CommentUnknown where it is of another comment."""
    consultation = await consultations.lock(tx.session, consultation_id)
    before = await repository.by_receipt(tx.session, consultation_id, number, receipt_key(secret))
    if consultation is None or before is None:
        raise CommentUnknown
    expect_version(expected, before.version)
    expect_allows(consultation, ConsultationMove.WITHDRAWAL, now=tx.now)
    return await _withdraw(tx, before, "")


async def erase_submitter(
    tx: Transaction, comment_id: UUID, *, ground: ErasureGround, expected: int
) -> Comment:
    """Forget who sent a comment, after the time of retention or when the person asks for it."""
    consultation, before = await _load_both(tx, comment_id, expected)
    published_at = consultation.published_at
    kept_until = day_of(published_at + RETENTION) if published_at else None
    return await _keep(tx, domain.erase(before, ground, today=tx.today, kept_until=kept_until))


async def erase_submitters(tx: Transaction, consultation_id: UUID, *, expected: int) -> int:
    """Forget all who sent comments, after the time of retention; return how many."""
    consultation = await load_own(tx, consultation_id, expected)
    published_at = consultation.published_at
    kept_until = day_of(published_at + RETENTION) if published_at else None
    if kept_until is None or tx.today <= kept_until:
        raise SubmitterKeptYet(kept_until=kept_until or "–")
    return await repository.erase_all(tx.session, consultation_id)


async def forget_arrivals(tx: Transaction) -> None:
    """Forget where comments came from, also in consultations to which no more come."""
    await repository.forget_arrivals(tx.session, now=tx.now)


def receipt_key(secret: str) -> str:
    """Return the hash under which a receipt is kept."""
    return sha256(secret.encode(errors="replace")).hexdigest()


async def _number(
    tx: Transaction,
    consultation: Consultation,
    sent: Sent,
    *,
    place: tuple[str, str] | None,
    receipt: str | None = None,
    client: str | None = None,
) -> Comment:
    """Give the comment its number and store it. From the number on nobody else gets one: little follows."""
    domain.expect_sendable(sent, form_required=consultation.form_required, now=tx.now)
    if sent.node_id is not None and place is None:
        raise NodeNotConsulted(pointer="/node_id")
    standing = await consultations.take_number(tx.session, consultation)
    move = ConsultationMove.ENTRY if client is None else ConsultationMove.COMMENTING
    expect_allows(standing, move, now=tx.now)
    if client is not None:
        await _expect_room(tx, consultation.id, client)
    comment = domain.numbered(
        sent,
        standing,
        comment_id=tx.new_id(),
        place=place or ("", ""),
        receipt=receipt,
        by=tx.actor.id,
        now=tx.now,
    )
    await repository.add(tx.session, comment)
    if client is not None:
        await repository.note_arrival(tx.session, comment, client, now=tx.now)
    return comment


async def _expect_room(tx: Transaction, consultation_id: UUID, client: str) -> None:
    arrived = await repository.arrived(tx.session, consultation_id, client, now=tx.now)
    expect_room(arrived, LIMITS, now=tx.now)


async def _withdraw(tx: Transaction, before: Comment, reason: str) -> Comment:
    await repository.separate_from(tx.session, before.id)
    return await _keep(tx, domain.withdraw(before, now=tx.now, reason=reason))


async def _load(tx: Transaction, comment_id: UUID, expected: int, *, move: ConsultationMove) -> Comment:
    consultation, comment = await _load_both(tx, comment_id, expected)
    expect_allows(consultation, move, now=tx.now)
    return comment


async def _load_both(tx: Transaction, comment_id: UUID, expected: int) -> tuple[Consultation, Comment]:
    """Lock the consultation, then the comment; what is of another town does not exist."""
    consultation_id = await repository.consultation_of(tx.session, comment_id)
    if consultation_id is None:
        raise CommentUnknown
    consultation = await consultations.lock(tx.session, consultation_id)
    comment = await repository.lock_comment(tx.session, comment_id)
    if consultation is None or comment is None or not tx.actor.may_see(consultation.unit_ids):
        raise CommentUnknown
    expect_version(expected, comment.version)
    return consultation, comment


async def _keep(tx: Transaction, comment: Comment) -> Comment:
    await repository.save(tx.session, comment)
    return comment
