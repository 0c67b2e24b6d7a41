"""Rows of frozen pages."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from registry.frozen_pages.domain import Audience, PageKind
from registry.tables import Base

_KINDS = ", ".join(f"'{each.value}'" for each in PageKind)
_AUDIENCES = ", ".join(f"'{each.value}'" for each in Audience)


class FrozenPageRow(Base):
    """A page, which a trigger refuses to change; `unit_ids`: who reads it where the audience is theirs."""

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
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
