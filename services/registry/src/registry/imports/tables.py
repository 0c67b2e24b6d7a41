"""Rows of import runs: append-only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class ImportRunRow(Base):
    """One import that was carried out; a dry run leaves none. `problems` names rows and columns."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("accepted_rows >= 0 AND refused_rows >= 0", name="rows"),
        Index("ix_import_run_imported_at", "imported_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str | None]
    file_digest: Mapped[str]
    size_bytes: Mapped[int]
    accepted_rows: Mapped[int]
    refused_rows: Mapped[int]
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    outcome: Mapped[dict[str, int]] = mapped_column(JSONB)
    imported_by: Mapped[str]
    imported_at: Mapped[datetime]
