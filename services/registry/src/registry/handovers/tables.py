"""Rows of handovers and of the elections that they belong to."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.handovers.domain import Status
from registry.handovers.elections import ElectionKind
from registry.tables import Base

_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_KINDS = ", ".join(f"'{kind.value}'" for kind in ElectionKind)


class ElectionRow(Base):
    """`unit_kinds` are the kinds of unit whose leadership the election may change."""

    __tablename__ = "election"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("last_on >= first_on", name="order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    kind: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    unit_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    source: Mapped[str]
    version: Mapped[int]


class HandoverRow(Base):
    """`pack` is what was handed over, frozen; `pack_digest` is the SHA-256 of its canonical JSON."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("unit_id", "election_id"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("(status = 'handed-over') = (pack_digest IS NOT NULL)", name="pack"),
        CheckConstraint("(pack IS NULL) = (pack_digest IS NULL)", name="digest"),
        CheckConstraint("(status IN ('handed-over', 'not-needed')) = (closed_on IS NOT NULL)", name="closed"),
        Index("ix_handover_due_on", "due_on", "id"),
        Index("ix_handover_election_id", "election_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"))
    status: Mapped[str]
    opened_on: Mapped[date]
    due_on: Mapped[date]
    prepare_until: Mapped[date]
    items: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    meeting: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    signatures: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    reason: Mapped[str]
    closed_on: Mapped[date | None]
    pack: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    pack_digest: Mapped[str | None]
    version: Mapped[int]
