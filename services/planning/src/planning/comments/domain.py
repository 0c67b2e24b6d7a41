"""Comments: in time or late, joined with one that says the same, withdrawn, and later without a name."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from planning.comments.refusals import (
    CommentErased,
    CommentJoined,
    CommentWithdrawn,
    DeliveredBeforeSent,
    DeliveredInFuture,
    DuplicateOfItself,
    DuplicateOfLate,
    MainCommentUnknown,
    NotJoined,
    SubmitterKeptYet,
    SubmitterRequired,
)
from planning.consultations.domain import Channel, Consultation, DeadlineRule
from shared.contracts.documents import DocumentRef
from shared.days import day_of
from shared.names import search_text


class SubmitterKind(StrEnum):
    CITIZEN = "citizen"  # občan
    PROVIDER = "provider"  # poskytovatel služeb
    MUNICIPALITY = "municipality"  # obec
    NGO = "ngo"  # nestátní nezisková organizace
    AUTHORITY = "authority"  # orgán veřejné moci
    OTHER = "other"


class CommentKind(StrEnum):
    FORMAL = "formal"  # formální
    SUBSTANTIVE = "substantive"  # věcná
    OUT_OF_SCOPE = "out-of-scope"  # nad rámec


class LateReason(StrEnum):
    DELIVERED_LATE = "delivered-late"  # doručeno po lhůtě
    SENT_LATE = "sent-late"  # odesláno po lhůtě
    SENDING_UNKNOWN = "sending-unknown"  # doručeno po lhůtě, den odeslání není doložen


class ErasureGround(StrEnum):
    RETENTION_OVER = "retention-over"  # uplynula doba uchování
    REQUEST = "request"  # žádost osoby (čl. 17 GDPR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sends. `node_id` is a node of the frozen draft, None the plan as a whole.

    `sent_on` is known of what came by post or e-mail; what comes by the web is sent when delivered.
    """

    channel: Channel
    submitter_kind: SubmitterKind
    submitter_name: str
    submitter_contact: str
    node_id: UUID | None
    text: str
    proposed_wording: str
    reasons: str
    sent_on: date | None
    delivered_at: datetime
    kind: CommentKind | None = None
    attachments: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Sent):
    """A comment with its number; what was sent never changes, `receipt` is a hash of the secret."""

    id: UUID
    version: int
    consultation_id: UUID
    number: int
    node_number: str
    node_title: str
    late_reason: LateReason | None
    receipt: str | None
    recorded_by: str
    recorded_at: datetime
    duplicate_of: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""
    is_erased: bool = False

    @property
    def is_timely(self) -> bool:
        return self.late_reason is None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a settlement of its own."""
        return self.withdrawn_at is None and self.duplicate_of is None


_YEARS_BACK: Final = timedelta(days=2 * 366)


def expect_sendable(sent: Sent, *, form_required: bool, now: datetime) -> None:
    """Raise SubmitterRequired, DeliveredInFuture, DeliveredBeforeSent."""
    if form_required and not (sent.submitter_name and sent.submitter_contact):
        missing = "submitter_contact" if sent.submitter_name else "submitter_name"
        raise SubmitterRequired(pointer=f"/{missing}")
    if not now - _YEARS_BACK <= sent.delivered_at <= now:
        raise DeliveredInFuture(pointer="/delivered_at", delivered_at=sent.delivered_at)
    if sent.sent_on is not None and sent.sent_on > day_of(sent.delivered_at):
        raise DeliveredBeforeSent(pointer="/sent_on", sent_on=sent.sent_on, delivered_at=sent.delivered_at)


def late_reason(sent: Sent, consultation: Consultation) -> LateReason | None:
    """Say why it is late, None where it came in time."""
    if sent.delivered_at < consultation.closes_at:
        return None
    if consultation.deadline_rule is DeadlineRule.DELIVERED or sent.channel is Channel.WEB:
        return LateReason.DELIVERED_LATE
    if sent.sent_on is None:
        return LateReason.SENDING_UNKNOWN
    return None if sent.sent_on <= consultation.last_day else LateReason.SENT_LATE


def numbered(  # noqa: PLR0913
    sent: Sent,
    standing: Consultation,
    *,
    comment_id: UUID,
    place: tuple[str, str],
    receipt: str | None,
    by: str,
    now: datetime,
) -> Comment:
    """Return the comment with the number that was just taken, in time or late as things stand."""
    return Comment(
        **{field.name: getattr(sent, field.name) for field in fields(Sent)},
        id=comment_id,
        version=1,
        consultation_id=standing.id,
        number=standing.last_number,
        node_number=place[0],
        node_title=place[1],
        late_reason=late_reason(sent, standing),
        receipt=receipt,
        recorded_by=by,
        recorded_at=now,
    )


def text_key(text: str) -> str:
    """Return what texts have in common that differ in case, diacritics and spaces alone."""
    return sha256(search_text(text).encode()).hexdigest()[:32]


def join(comment: Comment, main: Comment | None, duplicates: Sequence[UUID]) -> Comment:
    """Join with the main one, which is settled for both; `duplicates` are joined with the comment itself."""
    _expect_there(comment)
    if main is None or main.consultation_id != comment.consultation_id or main.withdrawn_at is not None:
        raise MainCommentUnknown(pointer="/main_id")
    if main.id == comment.id:
        raise DuplicateOfItself(pointer="/main_id")
    if main.duplicate_of is not None or duplicates:
        raise CommentJoined(number=main.number if main.duplicate_of else comment.number)
    if comment.is_timely and not main.is_timely:
        raise DuplicateOfLate(number=main.number)
    return replace(comment, duplicate_of=main.id, version=comment.version + 1)


def separate(comment: Comment) -> Comment:
    if comment.duplicate_of is None:
        raise NotJoined(number=comment.number)
    return replace(comment, duplicate_of=None, version=comment.version + 1)


def classify(comment: Comment, kind: CommentKind) -> Comment:
    _expect_there(comment)
    return replace(comment, kind=kind, version=comment.version + 1)


def withdraw(comment: Comment, *, now: datetime, reason: str) -> Comment:
    """Take back; the number and the text stay."""
    _expect_there(comment)
    return replace(
        comment,
        withdrawn_at=now,
        withdrawal_reason=reason,
        duplicate_of=None,
        version=comment.version + 1,
    )


def erase(comment: Comment, ground: ErasureGround, *, today: date, kept_until: date | None) -> Comment:
    """Forget the submitter; `kept_until` is None while the settlement is not published."""
    if comment.is_erased:
        raise CommentErased(number=comment.number)
    if ground is ErasureGround.RETENTION_OVER and (kept_until is None or today <= kept_until):
        raise SubmitterKeptYet(kept_until=kept_until or "–")
    gone = replace(comment, submitter_name="", submitter_contact="", receipt=None, is_erased=True)
    return replace(gone, version=comment.version + 1)


def _expect_there(comment: Comment) -> None:
    if comment.withdrawn_at is not None:
        raise CommentWithdrawn(number=comment.number, withdrawn_on=day_of(comment.withdrawn_at))
