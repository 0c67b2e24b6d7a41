"""The ledger of deliverables: published versions, withdrawals, and the outputs that documents fulfil."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class DeliverableRow(Base):
    """A published version; approver and output as the service of documents told them."""

    __tablename__ = "deliverable"
    __table_args__ = (
        CheckConstraint("size_bytes >= 0", name="size"),
        Index("ix_deliverable_published_at_document_id_version", "published_at", "document_id", "version"),
        Index("ix_deliverable_plan_id", "plan_id"),
        Index("ix_deliverable_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    plan_id: Mapped[UUID | None]
    revision: Mapped[int | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    media_type: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    published_at: Mapped[datetime]
    counted_at: Mapped[datetime]
    approved_by: Mapped[str | None]
    approved_on: Mapped[date | None]
    output_kind: Mapped[str | None]
    output_id: Mapped[UUID | None]


class DocumentWithdrawalRow(Base):
    """What was published under a version up to this one is public no more."""

    __tablename__ = "document_withdrawal"

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    withdrawn_at: Mapped[datetime]
    reason: Mapped[str]


class OutputDocumentRow(Base):
    """The one output that a document fulfils; `per_unit` is the output's, for the index that keeps it."""

    __tablename__ = "output_document"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("NOT per_unit OR unit_id IS NOT NULL", name="unit"),
        CheckConstraint("(approved_by IS NULL) = (approved_on IS NULL)", name="approval"),
        Index("ix_output_document_output_id", "output_id"),
        Index(
            "ix_output_document_once_per_unit",
            "output_id",
            "unit_id",
            unique=True,
            postgresql_where=text("per_unit"),
        ),
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    output_id: Mapped[UUID] = mapped_column(ForeignKey("project_output.id"))
    per_unit: Mapped[bool]
    unit_id: Mapped[UUID | None]
    approved_by: Mapped[str | None]
    approved_on: Mapped[date | None]
    assigned_at: Mapped[datetime]
    assigned_by: Mapped[str]
    affiliation: Mapped[str]
