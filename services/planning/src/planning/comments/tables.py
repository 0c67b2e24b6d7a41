"""Rows of comments. A trigger refuses to delete one and to change what was sent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.comments.domain import CommentKind, LateReason, SubmitterKind
from planning.consultations.domain import Channel
from planning.tables import Base


def _one_of(column: str, values: type[Channel | CommentKind | LateReason | SubmitterKind]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class CommentRow(Base):
    """`number` runs from 1 in each consultation; `receipt` is the SHA-256 of the submitter's secret."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(_one_of("channel", Channel), name="channel"),
        CheckConstraint(_one_of("kind", CommentKind), name="kind"),
        CheckConstraint(_one_of("submitter_kind", SubmitterKind), name="submitter_kind"),
        CheckConstraint(_one_of("late_reason", LateReason), name="late_reason"),
        CheckConstraint("version > 0 AND number > 0", name="counted"),
        CheckConstraint("is_timely = (late_reason IS NULL)", name="timely"),
        CheckConstraint("node_id IS NOT NULL OR (node_number = '' AND node_title = '')", name="node"),
        CheckConstraint("duplicate_of <> id", name="duplicate"),
        CheckConstraint("duplicate_of IS NULL OR withdrawn_at IS NULL", name="withdrawn"),
        CheckConstraint(
            "NOT is_erased OR (submitter_name = '' AND submitter_contact = '' AND receipt IS NULL)",
            name="erased",
        ),
        UniqueConstraint("consultation_id", "number", name="uq_comment_consultation_id_number"),
        UniqueConstraint("consultation_id", "id", name="uq_comment_consultation_id_id"),
        ForeignKeyConstraint(
            ["consultation_id", "duplicate_of"],
            ["comment.consultation_id", "comment.id"],
            name="fk_comment_duplicate_of",
        ),
        Index("ix_comment_text_key", "consultation_id", "text_key"),
        Index("ix_comment_node_id", "consultation_id", "node_id", "number"),
        Index("ix_comment_duplicate_of", "duplicate_of"),
        Index("ix_comment_late", "consultation_id", postgresql_where=sql("NOT is_timely")),
        Index("ix_comment_withdrawn", "consultation_id", postgresql_where=sql("withdrawn_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    channel: Mapped[str]
    submitter_kind: Mapped[str]
    submitter_name: Mapped[str]
    submitter_contact: Mapped[str]
    node_id: Mapped[UUID | None]
    node_number: Mapped[str]
    node_title: Mapped[str]
    kind: Mapped[str | None]
    text: Mapped[str]
    proposed_wording: Mapped[str]
    reasons: Mapped[str]
    attachments: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    sent_on: Mapped[date | None]
    delivered_at: Mapped[datetime]
    is_timely: Mapped[bool]
    late_reason: Mapped[str | None]
    text_key: Mapped[str]
    search_text: Mapped[str]
    duplicate_of: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str]
    receipt: Mapped[str | None]
    is_erased: Mapped[bool]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class ArrivalRow(Base):
    """Who sent how much in the last hour; `client` is a salted hash, and the row goes when it is old."""

    __tablename__ = "comment_arrival"
    __table_args__ = (
        Index("ix_comment_arrival_client", "consultation_id", "client", "at"),
        Index("ix_comment_arrival_at", "at"),
    )

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    client: Mapped[str]
    at: Mapped[datetime]
