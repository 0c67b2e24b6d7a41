"""Rows of frozen pages."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from registry.frozen_pages.domain import Audience, PageKind
from registry.tables import Base
from shared.frozen import FrozenPageMixin

_KINDS = ", ".join(f"'{each.value}'" for each in PageKind)
_AUDIENCES = ", ".join(f"'{each.value}'" for each in Audience)


class FrozenPageRow(FrozenPageMixin, Base):
    """`unit_ids`: whose people may read it where the audience is theirs."""

    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"audience IN ({_AUDIENCES})", name="audience"),
    )

    audience: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
