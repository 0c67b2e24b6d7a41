"""The JSON of comments."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.comments.domain import (
    Comment,
    CommentKind,
    ErasureGround,
    LateReason,
    Sent,
    SubmitterKind,
)
from planning.consultations.domain import Channel
from planning.settlement.domain import Result
from shared.contracts.documents import DocumentRef
from shared.http import ApiModel, Day, Digest, Instant, LongText, Reason, Storable, Title

CommentText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), Storable
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]


class CommentIn(ApiModel):
    """What anybody may send. Name and contact are never made public."""

    node_id: UUID | None = Field(default=None, description="A node of the frozen draft; none for the whole")
    text: CommentText = Field(examples=["U opatření 1.2 chybí, kdo bude byty spravovat."])
    proposed_wording: LongText = ""
    reasons: LongText = ""
    submitter_kind: SubmitterKind = SubmitterKind.CITIZEN
    submitter_name: Name = Field(default="", description="Needed only where the form is required")
    submitter_contact: Name = Field(default="", description="Needed only where the form is required")

    def sent(self, now: datetime) -> Sent:
        return Sent(**self.model_dump(), channel=Channel.WEB, sent_on=None, delivered_at=now)


class AttachmentIn(ApiModel):
    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the file, in hexadecimal")


class EntryIn(CommentIn):
    """What an officer enters: a letter, an e-mail, a form from the box, a voice at the hearing."""

    channel: Literal[
        Channel.EMAIL, Channel.DATA_BOX, Channel.POST, Channel.IN_PERSON, Channel.PAPER, Channel.HEARING
    ]
    kind: CommentKind | None = None
    sent_on: Day | None = Field(default=None, description="Of the e-mail or of the postmark")
    delivered_at: Instant
    attachments: Annotated[tuple[AttachmentIn, ...], Field(max_length=20)] = ()

    def sent(self, now: datetime) -> Sent:  # noqa: ARG002 - it came when the officer says
        plain = self.model_dump(exclude={"attachments"})
        attachments = tuple(DocumentRef(**each.model_dump()) for each in self.attachments)
        return Sent(**plain, attachments=attachments)


class ReceiptOut(ApiModel):
    """The answer to who commented. The receipt is told once: with it one reads and withdraws the comment."""

    id: UUID
    version: int
    number: int
    receipt: str
    is_timely: bool
    late_reason: LateReason | None
    delivered_at: datetime

    @classmethod
    def of(cls, comment: Comment, receipt: str) -> Self:
        return cls(
            id=comment.id,
            version=comment.version,
            number=comment.number,
            receipt=receipt,
            is_timely=comment.is_timely,
            late_reason=comment.late_reason,
            delivered_at=comment.delivered_at,
        )


class JoiningIn(ApiModel):
    main_id: UUID = Field(description="The comment of the same consultation that is settled for both")


class ClassificationIn(ApiModel):
    kind: CommentKind


class WithdrawalIn(ApiModel):
    reason: Reason = Field(description="How the submitter asked for it")


class SubmitterErasureIn(ApiModel):
    ground: ErasureGround


class ErasedOut(ApiModel):
    submitters: int


class CommentState(ApiModel):
    """What a change made of the comment."""

    id: UUID
    version: int
    number: int
    kind: CommentKind | None
    is_timely: bool
    late_reason: LateReason | None
    duplicate_of: UUID | None
    withdrawn_at: datetime | None
    is_erased: bool


class OutcomeOut(ApiModel):
    result: Result
    justification: str | None
    settled_on: date


class CommentShown(ApiModel):
    id: UUID
    version: int
    consultation_id: UUID
    number: int
    channel: Channel
    submitter_kind: SubmitterKind
    node_id: UUID | None
    node_number: str
    node_title: str
    kind: CommentKind | None
    text: str
    proposed_wording: str
    reasons: str
    sent_on: date | None
    delivered_at: datetime
    is_timely: bool
    late_reason: LateReason | None
    duplicate_of_number: int | None
    withdrawn_at: datetime | None


class OwnCommentOut(CommentShown):
    """A comment as who sent it reads it."""

    outcome: OutcomeOut | None = Field(description="What became of it, once the settlement is published")


class AttachmentOut(ApiModel):
    document_id: UUID
    file_name: str
    digest: str


class CommentOut(CommentShown):
    """A comment as officers read it: name and contact are personal data."""

    duplicate_of: UUID | None
    submitter_name: str
    submitter_contact: str
    is_erased: bool
    withdrawal_reason: str
    attachments: tuple[AttachmentOut, ...]
    recorded_at: datetime


class CommentDetail(CommentOut):
    same_text: tuple[int, ...] = Field(description="Numbers of comments with the same text, to be joined")
    joined_with_it: tuple[int, ...]


class CommentList(ApiModel):
    items: tuple[CommentOut, ...]
    next: str | None


class NodeCount(ApiModel):
    node_id: UUID | None
    comments: int


class CommentCounts(ApiModel):
    comments: int
    late: int
    withdrawn: int
    by_node: tuple[NodeCount, ...]
