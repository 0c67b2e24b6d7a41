"""Rows that search finds: one for each version of a document."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class SearchEntryRow(Base):
    """`words`: all of a version, the place of a word is its page; `title_words`: its metadata alone.

    The last four say of which state of the world the row was made.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name="fk_search_entry_document_version",
            ondelete="CASCADE",
        ),
        Index("ix_search_entry_words", "words", postgresql_using="gin"),
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(TSVECTOR)
    title_words: Mapped[str] = mapped_column(TSVECTOR)
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    document_version: Mapped[int]
    units_version: Mapped[int]
    read_at: Mapped[datetime | None]
    analyser: Mapped[int]
