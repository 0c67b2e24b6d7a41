"""Rows of frozen pages."""

from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from evaluation.frozen_pages.domain import Audience, PageKind
from evaluation.tables import Base
from shared.frozen import FrozenPageMixin

_KINDS = ", ".join(f"'{each.value}'" for each in PageKind)
_AUDIENCES = ", ".join(f"'{each.value}'" for each in Audience)


class FrozenPageRow(FrozenPageMixin, Base):
    """`unit_id`: whose people read what is not for everybody; None: the Agency alone."""

    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"audience IN ({_AUDIENCES})", name="audience"),
    )

    audience: Mapped[str]
    unit_id: Mapped[UUID | None]
