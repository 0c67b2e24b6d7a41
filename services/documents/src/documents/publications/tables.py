"""Rows of requests for release and of what looked like personal data in them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from documents.publications.domain import RequestState
from documents.publications.findings import FindingKind, Verdict
from documents.tables import Base


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class ReleaseRequestRow(Base):
    """One version on its way to the public; of one document only one request is open."""

    __tablename__ = "release_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "number"], ["document_version.document_id", "document_version.number"]
        ),
        _one_of("state", RequestState),
        CheckConstraint("version > 0", name="version"),
        Index(
            "uq_release_request_open",
            "document_id",
            unique=True,
            postgresql_where=text("state IN ('checking', 'open')"),
        ),
        Index("ix_release_request_requested_at_id", "requested_at", "id"),
        Index("ix_release_request_checking", "id", postgresql_where=text("state = 'checking'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID]
    number: Mapped[int]
    version: Mapped[int]
    state: Mapped[str]
    note: Mapped[str]
    requested_by: Mapped[str]
    requester: Mapped[str]
    requester_affiliation: Mapped[str]
    requested_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decider: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class ReleaseFindingRow(Base):
    """What looked like personal data: where, masked, and what the releaser said to it."""

    __tablename__ = "release_finding"
    __table_args__ = (
        _one_of("kind", FindingKind),
        _one_of("verdict", Verdict),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("(verdict IS NULL) = (settled_at IS NULL)", name="settled"),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("release_request.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    page: Mapped[int | None]
    page_label: Mapped[str | None]
    excerpt: Mapped[str]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
