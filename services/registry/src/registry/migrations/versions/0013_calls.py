"""Calls, methodologies and outages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ANNOUNCED = "status = 'draft' OR announced_on IS NOT NULL AND opens_at IS NOT NULL AND closes_at IS NOT NULL"


def upgrade() -> None:
    _create_methodology()
    _create_call()
    _create_outage()
    _create_call_extension()


def _create_methodology() -> None:
    op.create_table(
        "methodology",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("title_cs", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("rules", postgresql.JSONB, nullable=False),
        sa.CheckConstraint("code = name || '/' || edition", name=op.f("ck_methodology_code")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_methodology_validity")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_methodology")),
        sa.UniqueConstraint("name", "edition", name=op.f("uq_methodology_name_edition")),
    )
    op.execute(
        "ALTER TABLE methodology ADD CONSTRAINT ex_methodology_one_edition EXCLUDE USING gist "
        "(name WITH =, daterange(valid_from, valid_until, '[]') WITH &&)"
    )
    op.create_index("ix_methodology_valid_from", "methodology", ["valid_from", "code"])


def _create_call() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("methodology", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("listed_on", sa.Date, nullable=False),
        sa.Column("announced_on", sa.Date),
        sa.Column("opens_on", sa.Date),
        sa.Column("closes_on", sa.Date),
        sa.Column("opens_at", sa.DateTime(timezone=True)),
        sa.Column("closes_at", sa.DateTime(timezone=True)),
        sa.Column("eligible_kinds", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("areas", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("form", postgresql.JSONB, nullable=False),
        sa.Column("attachments", postgresql.JSONB, nullable=False),
        sa.Column("criteria", postgresql.JSONB, nullable=False),
        sa.Column("minimum_points", sa.Numeric),
        sa.Column("capacity", sa.Integer),
        sa.Column("formal_check_days", sa.SmallInteger, nullable=False),
        sa.Column("completion_days", sa.SmallInteger, nullable=False),
        sa.Column("cancelled_on", sa.Date),
        sa.Column("cancellation_cs", sa.Text),
        sa.Column("cancellation_en", sa.Text),
        sa.CheckConstraint("status IN ('draft', 'announced', 'cancelled')", name=op.f("ck_call_status")),
        sa.CheckConstraint("closes_on >= opens_on OR status = 'draft'", name=op.f("ck_call_order")),
        sa.CheckConstraint(ANNOUNCED, name=op.f("ck_call_announced")),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_on IS NOT NULL)", name=op.f("ck_call_cancelled")
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_call_capacity")),
        sa.CheckConstraint("version > 0", name=op.f("ck_call_version")),
        sa.ForeignKeyConstraint(
            ["methodology"], ["methodology.code"], name=op.f("fk_call_methodology_methodology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("code", name=op.f("uq_call_code")),
    )
    op.create_index("ix_call_listed", "call", ["listed_on", "id"])
    op.create_index("ix_call_intake", "call", ["closes_at"], postgresql_where=sa.text("status = 'announced'"))


def _create_outage() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_at", sa.DateTime(timezone=True)),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_heartbeat_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_outage_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.execute(
        "ALTER TABLE outage ADD CONSTRAINT ex_outage_once EXCLUDE USING gist "
        "(tstzrange(from_at, until_at) WITH &&)"
    )
    op.create_index("ix_outage_from_at", "outage", ["from_at", "id"])


def _create_call_extension() -> None:
    op.create_table(
        "call_extension",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("outage_id", sa.Uuid),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("previous_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_cs", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text, nullable=False),
        sa.CheckConstraint("cause IN ('decision', 'outage')", name=op.f("ck_call_extension_cause")),
        sa.CheckConstraint(
            "(cause = 'outage') = (outage_id IS NOT NULL)", name=op.f("ck_call_extension_outage")
        ),
        sa.CheckConstraint("new_closes_at > previous_closes_at", name=op.f("ck_call_extension_order")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_extension_call_id_call")),
        sa.ForeignKeyConstraint(
            ["outage_id"], ["outage.id"], name=op.f("fk_call_extension_outage_id_outage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_extension")),
        sa.UniqueConstraint("call_id", "outage_id", name=op.f("uq_call_extension_call_id_outage_id")),
    )
    op.create_index("ix_call_extension_call_id", "call_extension", ["call_id", "version"])


def downgrade() -> None:
    for table in ("call_extension", "outage", "heartbeat", "call", "methodology"):
        op.drop_table(table)
