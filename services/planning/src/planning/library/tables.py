"""Rows of the library."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.library.content import EntrySort
from planning.library.domain import EntryStatus
from planning.library.patterns import PatternKind
from planning.tables import Base

_SORTS = ", ".join(f"'{each.value}'" for each in EntrySort)
_KINDS = ", ".join(f"'{each.value}'" for each in PatternKind)
_STATUSES = ", ".join(f"'{each.value}'" for each in EntryStatus)


class LibraryEntryRow(Base):
    """One edition of an entry. A trigger refuses changes of the content of what was ever published."""

    __tablename__ = "library_entry"
    __table_args__ = (
        CheckConstraint(f"sort IN ({_SORTS})", name="sort"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("version > 0 AND edition > 0", name="counted"),
        CheckConstraint(
            "status NOT IN ('published', 'superseded') OR published_on IS NOT NULL", name="published"
        ),
        CheckConstraint("status <> 'published' OR sort = 'template' OR verified_by <> ''", name="verified"),
        UniqueConstraint("lineage_id", "edition"),
        UniqueConstraint("code"),
        Index(
            "uq_library_entry_in_work",
            "lineage_id",
            unique=True,
            postgresql_where=text("status IN ('draft', 'proposed')"),
        ),
        Index(
            "uq_library_entry_published",
            "lineage_id",
            unique=True,
            postgresql_where=text("status = 'published'"),
        ),
        Index("ix_library_entry_sort_key", "status", "sort_key", "id"),
        Index("ix_library_entry_plan_id", "plan_id", "node_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    lineage_id: Mapped[UUID]
    edition: Mapped[int]
    code: Mapped[str | None]
    sort: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    title: Mapped[str]
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    plan_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    sort_key: Mapped[str]
    title_text: Mapped[str]
    group_text: Mapped[str]
    search_text: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(index=True)
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    node_id: Mapped[UUID | None]
    author: Mapped[str]
    affiliation: Mapped[str]
    edited_by: Mapped[str]
    published_on: Mapped[date | None]
    verified_by: Mapped[str | None]
    review_on: Mapped[date | None]
    reason: Mapped[str]
    superseded_by: Mapped[UUID | None]
    changed_at: Mapped[datetime]
