"""The ledger of deliverables: one row for each published version of a document."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class DeliverableRow(Base):
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
