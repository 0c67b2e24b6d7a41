"""Webhooks of other systems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _sources_and_events()
    _webhooks()
    _deliveries()


def _sources_and_events() -> None:
    op.create_table(
        "webhook_source",
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("service", name="pk_webhook_source"),
    )
    op.create_table(
        "webhook_event",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_webhook_event"),
    )
    op.create_index("ix_webhook_event_event_id", "webhook_event", ["event_id"], unique=True)
    op.create_index("ix_webhook_event_noted_at", "webhook_event", ["noted_at"])


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("types", ARRAY(sa.Text), nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("previous_secret", sa.Text),
        sa.Column("previous_ends_at", INSTANT),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_failed_at", INSTANT),
        sa.Column("delivered_at", INSTANT),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease", sa.Uuid),
        sa.Column("lease_ends_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
        sa.CheckConstraint("state IN ('active', 'paused', 'disabled')", name=op.f("ck_webhook_state")),
        sa.CheckConstraint("reason IN ('gone', 'failing')", name=op.f("ck_webhook_reason")),
        sa.CheckConstraint("(state = 'disabled') = (reason IS NOT NULL)", name=op.f("ck_webhook_disabled")),
        sa.CheckConstraint(
            "(previous_secret IS NULL) = (previous_ends_at IS NULL)", name=op.f("ck_webhook_previous_secret")
        ),
        sa.CheckConstraint(
            "(attempts > 0) = (first_failed_at IS NOT NULL)", name=op.f("ck_webhook_attempts")
        ),
    )
    op.create_index("ix_webhook_created_by_id", "webhook", ["created_by", "id"])
    op.create_index("ix_webhook_due", "webhook", ["due_at"], postgresql_where=sa.text("state = 'active'"))


def _deliveries() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("webhook_id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("fault", sa.Text),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("duration_ms", sa.Integer),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("lease_ends_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhook.id"],
            name=op.f("fk_webhook_delivery_webhook_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("cause IN ('event', 'retry', 'ping')", name=op.f("ck_webhook_delivery_cause")),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'delivered', 'failed', 'skipped')",
            name=op.f("ck_webhook_delivery_outcome"),
        ),
    )
    op.create_index("ix_webhook_delivery_webhook_id_id", "webhook_delivery", ["webhook_id", "id"])
    op.create_index("ix_webhook_delivery_asked_at", "webhook_delivery", ["asked_at"])
    op.create_index(
        "ix_webhook_delivery_waiting",
        "webhook_delivery",
        ["id"],
        postgresql_where=sa.text("outcome = 'waiting'"),
    )
