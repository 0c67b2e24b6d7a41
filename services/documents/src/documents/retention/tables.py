"""Rows of retention rules, legal holds and disposals."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class RetentionRuleRow(Base):
    """How long documents of a kind are kept, from a day on until the next edition."""

    __tablename__ = "retention_rule"
    __table_args__ = (
        CheckConstraint("mark IN ('A','S','V')", name="mark"),
        CheckConstraint("years BETWEEN 1 AND 100", name="years"),
        CheckConstraint("\"trigger\" IN ('filed','last-version','published','withdrawn')", name="trigger"),
        Index("ux_retention_rule_kind_valid_from", "kind", "valid_from", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    valid_from: Mapped[date]
    mark: Mapped[str]
    years: Mapped[int]
    trigger: Mapped[str]
    source: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    version: Mapped[int]


class LegalHoldRow(Base):
    """Nothing of the document is disposed of until the hold is lifted."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_whole"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_because IS NULL)", name="lifted_because"),
        Index("ix_legal_hold_document_id", "document_id"),
        Index("ix_legal_hold_placed_at_id", "placed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    reason: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    lifted_because: Mapped[str | None]
    version: Mapped[int]


class DisposalRow(Base):
    """One proposal to dispose of a document, its decision by another person, and its record."""

    __tablename__ = "disposal"
    __table_args__ = (
        CheckConstraint("basis IN ('retention','erasure','mistake')", name="basis"),
        CheckConstraint("state IN ('proposed','approved','rejected','carried-out')", name="state"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'carried-out') = (carried_out_at IS NOT NULL)", name="carried_out"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        Index(
            "ux_disposal_document_id_open",
            "document_id",
            unique=True,
            postgresql_where=text("state IN ('proposed','approved')"),
        ),
        Index("ix_disposal_state_proposed_at_id", "state", "proposed_at", "id"),
        Index("ix_disposal_proposed_at_id", "proposed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    kind: Mapped[str]
    basis: Mapped[str]
    reason: Mapped[str]
    mark: Mapped[str | None]
    due_on: Mapped[date | None]
    state: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_because: Mapped[str | None]
    carried_out_at: Mapped[datetime | None]
    version: Mapped[int]


class DisposedVersionRow(Base):
    """The record of one version that was disposed of: what it was, and whether its bytes are gone.

    The bytes stay while another document names them.
    """

    __tablename__ = "disposed_version"
    __table_args__ = (Index("ix_disposed_version_digest", "digest"),)

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    disposal_id: Mapped[UUID] = mapped_column(ForeignKey("disposal.id"))
    digest: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    bytes_removed_at: Mapped[datetime | None]
