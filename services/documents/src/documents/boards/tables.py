"""Rows of official boards and of what is posted on them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class BoardRow(Base):
    """The board of a unit, or of the Agency; `code` stands in its address."""

    __tablename__ = "board"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index("ix_board_code", "code", unique=True),
        Index("ix_board_unit_id", "unit_id", unique=True, postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    unit_id: Mapped[UUID | None]
    title: Mapped[str]
    operator: Mapped[str]
    operator_ico: Mapped[str]
    page: Mapped[str | None]
    version: Mapped[int]


class PostingRow(Base):
    """A version of a document on a board; `remove_on` is planned, `taken_down_on` what was done."""

    __tablename__ = "posting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "number"], ["document_version.document_id", "document_version.number"]
        ),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("remove_on >= posted_on", name="remove_on"),
        CheckConstraint("taken_down_on >= posted_on", name="taken_down_on"),
        Index("ix_posting_board_id_posted_on", "board_id", "posted_on", "id"),
        Index(
            "ix_posting_hanging",
            "board_id",
            "document_id",
            "number",
            postgresql_where=text("taken_down_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id"))
    document_id: Mapped[UUID]
    number: Mapped[int]
    posted_on: Mapped[date]
    remove_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    reason: Mapped[str | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
