"""Rows of files' texts: one for each digest, and their pages."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from documents.extraction.domain import TextState
from documents.tables import Base

_STATES = ", ".join(f"'{state}'" for state in TextState)


class ExtractionRow(Base):
    """`taken_until`: a worker reads the file; `reader` is the version of what read it."""

    __tablename__ = "extraction"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_extraction_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    file_name: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime | None]
    reader: Mapped[int]
    has_pages: Mapped[bool]
    is_cut: Mapped[bool]
    page_count: Mapped[int]
    read_at: Mapped[datetime | None]


class TextPageRow(Base):
    """`words` holds folded forms and lemmas with their places; the table is kept narrow for scans."""

    __tablename__ = "text_page"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        Index("ix_text_page_words", "words", postgresql_using="gin"),
    )

    digest: Mapped[str] = mapped_column(ForeignKey("extraction.digest", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str | None]
    text: Mapped[str]
    words: Mapped[str] = mapped_column(TSVECTOR)
