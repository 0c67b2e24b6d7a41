"""Rows of frozen pages."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.frozen_pages.domain import Audience, PageKind
from evaluation.tables import Base

_KINDS = ", ".join(f"'{each.value}'" for each in PageKind)
_AUDIENCES = ", ".join(f"'{each.value}'" for each in Audience)


class FrozenPageRow(Base):
    """A page, which a trigger refuses to change.

    `unit_id`: whose people read what is not for everybody; None: the Agency alone.
    """

    __tablename__ = "frozen_page"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"audience IN ({_AUDIENCES})", name="audience"),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    as_of: Mapped[date]
    body: Mapped[str]
    frozen_at: Mapped[datetime]
    audience: Mapped[str]
    unit_id: Mapped[UUID | None]
