"""The metadata of the registry's database, and the tables that plumbing needs."""

from sqlalchemy import MetaData

from shared.database import (
    NAMING,
    AuditMixin,
    DeadLetterMixin,
    IdempotencyMixin,
    InboxMixin,
    Mapping,
    OutboxMixin,
)


class Base(Mapping):
    __abstract__ = True
    metadata = MetaData(naming_convention=NAMING)


class OutboxRow(OutboxMixin, Base):
    pass


class InboxRow(InboxMixin, Base):
    pass


class DeadLetterRow(DeadLetterMixin, Base):
    pass


class IdempotencyRow(IdempotencyMixin, Base):
    pass


class AuditRow(AuditMixin, Base):
    pass
