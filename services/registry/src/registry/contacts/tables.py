"""Rows of contacts, and of who read them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.contacts.domain import ContactRole, ContactStatus
from registry.tables import Base

_ROLES = ", ".join(f"'{role.value}'" for role in ContactRole)
_STATUSES = ", ".join(f"'{status.value}'" for status in ContactStatus)


class ContactRow(Base):
    """A person at a unit; what is personal is empty once it was erased."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLES})", name="role"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("(status = 'current') = (valid_until IS NULL)", name="end"),
        CheckConstraint(
            "status <> 'erased' OR (name = '' AND function = '' AND email = '' AND phone = '' AND note = '')",
            name="erased",
        ),
        CheckConstraint("version > 0", name="version"),
        Index("ix_contact_sort_key", "sort_key", "id"),
        Index("ix_contact_unit_id_sort_key", "unit_id", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[str]
    role: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    function: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    note: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class ContactReadRow(Base):
    """Append-only: who of the Agency read which personal data; a list of all has no unit."""

    __tablename__ = "contact_read"
    __table_args__ = (
        Index("ix_contact_read_at", "at", "id"),
        Index("ix_contact_read_unit_id", "unit_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    affiliation: Mapped[str]
    unit_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    as_of: Mapped[date | None]
    correlation_id: Mapped[str]
