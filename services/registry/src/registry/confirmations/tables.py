"""Rows of confirmations: append-only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class ConfirmationRow(Base):
    """A confirmation as it was issued; `digest` is the SHA-256 of the canonical JSON of `content`."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("year", "ordinal"), CheckConstraint("ordinal > 0", name="ordinal"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    ordinal: Mapped[int]
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    computation_ids: Mapped[list[int]] = mapped_column(ARRAY(Integer, dimensions=1))
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    digest: Mapped[str]
    text_cs: Mapped[str]
    text_en: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
