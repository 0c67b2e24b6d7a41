"""Rows of uploads in pieces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class UploadRow(Base):
    """`digest` names the whole file in the store once it is there; `refusal` says why it is not."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("state IN ('receiving','received','ready','refused','taken')", name="state"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("offset_bytes BETWEEN 0 AND size_bytes", name="offset_bytes"),
        CheckConstraint("(state IN ('ready','taken')) = (digest IS NOT NULL)", name="digest"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refusal"),
        Index("ix_upload_owner_state", "owner", "state"),
        Index("ix_upload_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[str]
    file_name: Mapped[str]
    kind: Mapped[str | None]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    offset_bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    digest: Mapped[str | None]
    media_type: Mapped[str | None]
    refusal: Mapped[str | None]
    refusal_cs: Mapped[str | None]
    refusal_en: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    version: Mapped[int]


class UploadPartRow(Base):
    """A piece of an upload in the store, under a key that no other piece has."""

    __tablename__ = "upload_part"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="size_bytes"),)

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str]
