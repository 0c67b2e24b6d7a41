"""Units know where they lie; computed values follow their inputs; thresholds and calendars lie in time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_unit_place()
    _follow_inputs()
    _create_value_notice()
    _create_project_threshold()
    op.add_column(
        "obligation", sa.Column("in_calendar", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.add_column("monitored_indicator", sa.Column("periodicity_since", sa.Date))
    op.drop_constraint("fk_planned_escalation_obligation_id", "planned_escalation")  # obligations stay


def _create_unit_place() -> None:
    op.create_table(
        "unit_place",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.PrimaryKeyConstraint("unit_id", "group_id", "valid_from", name="pk_unit_place"),
    )
    op.create_index("ix_unit_place_group_id", "unit_place", ["group_id"])
    op.create_table(
        "placed_unit",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_placed_unit"),
    )


def _follow_inputs() -> None:
    checks = {
        "act": "act IN ('reported','approved','returned','corrected','recomputed')",
        "reported_whole": (
            "(act IN ('reported','corrected','recomputed')) = (num_nulls(measured_on, source) = 0)"
        ),
    }
    for name, rule in checks.items():
        op.drop_constraint(op.f(f"ck_value_act_{name}"), "value_act")
        op.create_check_constraint(op.f(f"ck_value_act_{name}"), "value_act", rule)


def _create_value_notice() -> None:
    op.create_table(
        "value_notice",
        sa.Column("notice_id", sa.Uuid, nullable=False),
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("settled_by", sa.Text),
        sa.Column("settled_reason", sa.Text),
        sa.PrimaryKeyConstraint("notice_id", name="pk_value_notice"),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.obligation_id"], name="fk_value_notice_obligation_id"
        ),
        sa.CheckConstraint("kind IN ('newer-figure','input-corrected')", name=op.f("ck_value_notice_kind")),
        sa.CheckConstraint(
            "num_nonnulls(settled_at, settled_by, settled_reason) IN (0, 3)",
            name=op.f("ck_value_notice_settled_whole"),
        ),
    )
    op.create_index(
        "ix_value_notice_open",
        "value_notice",
        ["obligation_id", "kind"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_value_notice_obligation_id", "value_notice", ["obligation_id"])


def _create_project_threshold() -> None:
    op.create_table(
        "project_threshold",
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("hours", sa.Integer, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("credit", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("project_id", "valid_from", name="pk_project_threshold"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_project_threshold_project_id"),
        sa.CheckConstraint(
            "operator IN ('at-least', 'more-than')", name=op.f("ck_project_threshold_operator")
        ),
        sa.CheckConstraint("hours > 0 AND credit > 0", name=op.f("ck_project_threshold_threshold")),
    )
    op.execute(
        "INSERT INTO project_threshold (project_id, valid_from, hours, operator, credit) "
        "SELECT id, DATE '0001-01-01', threshold_hours, operator, threshold_credit FROM project"
    )
