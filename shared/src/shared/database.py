"""One database a service: its engine, and the tables that plumbing needs in each of them."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import TypeEngine

from shared.settings import Settings

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
INSTANT: Final = DateTime(timezone=True)
MONEY: Final = Numeric(14, 2)
COLUMN_TYPES: Final[dict[object, TypeEngine[Any]]] = {str: Text(), datetime: INSTANT, UUID: Uuid()}
"""The `type_annotation_map` of each service's `Base`."""

PLUMBING: Final = MetaData(naming_convention=NAMING)

OUTBOX: Final = Table(
    "outbox",
    PLUMBING,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("aggregate_id", Uuid, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("published_at", INSTANT),
    Index("ix_outbox_waiting", "position", postgresql_where=text("published_at IS NULL")),
    Index("ix_outbox_aggregate_id", "aggregate_id", "position"),
    comment="Events that were decided, in order: the record of what this service ever said",
)
INBOX: Final = Table(
    "inbox",
    PLUMBING,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("handled_at", INSTANT, nullable=False),
    comment="Events that were handled: a second delivery finds its row and does nothing",
)
DEAD_LETTER: Final = Table(
    "dead_letter",
    PLUMBING,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failed_at", INSTANT, nullable=False),
    comment="Events that could not be handled, with the reason; `worker replay` runs them again",
)
IDEMPOTENCY: Final = Table(
    "idempotency",
    PLUMBING,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_digest", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", INSTANT, nullable=False, index=True),
    comment="Answers kept for 24 hours: a repeated POST is answered and not done again",
)
AUDIT: Final = Table(
    "audit",
    PLUMBING,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("at", INSTANT, nullable=False, index=True),
    Column("actor", Text, nullable=False, index=True),
    Column("affiliation", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("path", Text, nullable=False, index=True),
    Column("status", Integer, nullable=False),
    Column("correlation_id", Text, nullable=False),
    comment="Who did what: append-only, never the content",
)


def service_metadata() -> MetaData:
    """Return fresh metadata that already holds the plumbing: one for each service."""
    metadata = MetaData(naming_convention=NAMING)
    for table in PLUMBING.sorted_tables:
        table.to_metadata(metadata)
    return metadata


def async_url(url: str) -> str:
    """Return the URL in SQLAlchemy's asyncpg dialect."""
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql+asyncpg"))


STATEMENT_SECONDS: Final = 60


def create_engine(settings: Settings, *, statement_seconds: float | None = STATEMENT_SECONDS) -> AsyncEngine:
    """Return the engine for decisions; a statement that takes longer is given up (None: never)."""
    return create_async_engine(
        async_url(settings.database_url),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,  # an error is logged, what people wrote is not
        connect_args={
            "timeout": 5,
            "command_timeout": statement_seconds,
            "server_settings": {"timezone": "UTC", "application_name": "pospolu"},
        },
    )
