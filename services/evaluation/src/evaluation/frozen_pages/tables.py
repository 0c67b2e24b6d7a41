"""Rows of frozen pages."""

from sqlalchemy import CheckConstraint

from evaluation.frozen_pages.domain import PageKind
from evaluation.tables import Base
from shared.frozen import FrozenPageMixin

_KINDS = ", ".join(f"'{each.value}'" for each in PageKind)


class FrozenPageRow(FrozenPageMixin, Base):
    """Everybody reads it: what a project has come to is public."""

    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
    )
