"""Plumbing, units, monitoring and its values."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from shared.migrations import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_plumbing()
    _create_unit()
    _create_monitored_plan()
    _create_monitored_indicator()
    _create_obligation()
    _create_value_act()


def _create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )


def _create_monitored_plan() -> None:
    op.create_table(
        "monitored_plan",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("kind", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("digest", sa.Text),
        sa.Column("set_up_at", INSTANT),
        sa.Column("closed_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_monitored_plan"),
        sa.CheckConstraint(
            "revision IS NULL OR num_nulls(kind, title, valid_from, valid_until, digest, set_up_at) = 0",
            name=op.f("ck_monitored_plan_revision_whole"),
        ),
        sa.CheckConstraint(
            "revision IS NOT NULL OR closed_on IS NOT NULL",
            name=op.f("ck_monitored_plan_known_by_something"),
        ),
    )
    op.create_index("ix_monitored_plan_unit_ids", "monitored_plan", ["unit_ids"], postgresql_using="gin")


def _create_monitored_indicator() -> None:
    op.create_table(
        "monitored_indicator",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("indicator_id", sa.Uuid, nullable=False),
        sa.Column("measures", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("periodicity", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("baseline", sa.Numeric, nullable=False),
        sa.Column("baseline_on", sa.Date, nullable=False),
        sa.Column("target", sa.Numeric, nullable=False),
        sa.Column("target_on", sa.Date, nullable=False),
        sa.Column("removed_in", sa.Integer),
        sa.PrimaryKeyConstraint("plan_id", "indicator_id", name="pk_monitored_indicator"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["monitored_plan.plan_id"], name="fk_monitored_indicator_plan_id"
        ),
    )


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("indicator_id", sa.Uuid, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("cancelled_reason", sa.Text),
        sa.Column("value", sa.Numeric),
        sa.Column("measured_on", sa.Date),
        sa.Column("reported_by", sa.Text),
        sa.Column("due_announced_at", INSTANT),
        sa.Column("overdue_announced_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", name="pk_obligation"),
        sa.ForeignKeyConstraint(
            ["plan_id", "indicator_id"],
            ["monitored_indicator.plan_id", "monitored_indicator.indicator_id"],
            name="fk_obligation_plan_id_indicator_id",
        ),
        *_obligation_checks(),
    )
    for column in ("plan_id", "owner"):
        op.create_index(
            f"ix_obligation_{column}_due_on_obligation_id", "obligation", [column, "due_on", "obligation_id"]
        )
    op.create_index("ix_obligation_indicator_id", "obligation", ["indicator_id"])
    op.create_index("ix_obligation_due_on_obligation_id", "obligation", ["due_on", "obligation_id"])
    op.create_index(
        "ix_obligation_to_announce",
        "obligation",
        ["due_on"],
        postgresql_where=sa.text("overdue_announced_at IS NULL AND status IN ('open','returned')"),
    )


def _obligation_checks() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "status IN ('open','submitted','approved','returned','cancelled')",
            name=op.f("ck_obligation_status"),
        ),
        sa.CheckConstraint(
            "starts_on <= ends_on AND ends_on < due_on", name=op.f("ck_obligation_dates_in_order")
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)",
            name=op.f("ck_obligation_cancelled_for_reason"),
        ),
        sa.CheckConstraint(
            "num_nulls(value, measured_on, reported_by) = "
            "CASE WHEN status IN ('open','cancelled') THEN 3 ELSE 0 END",
            name=op.f("ck_obligation_reported_whole"),
        ),
    )


def _create_value_act() -> None:
    op.create_table(
        "value_act",
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("value", sa.Numeric, nullable=False),
        sa.Column("measured_on", sa.Date),
        sa.Column("source", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_affiliation", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", "version", name="pk_value_act"),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.obligation_id"], name="fk_value_act_obligation_id"
        ),
        sa.CheckConstraint("act IN ('reported','approved','returned')", name=op.f("ck_value_act_act")),
        sa.CheckConstraint(
            "(act = 'reported') = (num_nulls(measured_on, source) = 0)",
            name=op.f("ck_value_act_reported_whole"),
        ),
        sa.CheckConstraint(
            "(act = 'returned') = (reason IS NOT NULL)", name=op.f("ck_value_act_returned_for_reason")
        ),
    )
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON value_act "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
