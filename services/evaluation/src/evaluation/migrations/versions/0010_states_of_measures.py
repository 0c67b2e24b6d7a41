"""What planning tells of measures, and what reports and letters need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STAGES = (
    *("due-soon", "due-today", "overdue", "escalated", "evaluation-due"),
    *("recommendation-issued", "answer-overdue", "reading-due", "approval-overdue", "owner-lapsed"),
)


def upgrade() -> None:
    _create_measures()
    _widen_types()
    _create_notices()
    _date_rights()
    op.add_column("attended_activity", sa.Column("minutes", sa.Integer, nullable=False, server_default="0"))
    op.drop_constraint(op.f("ck_reminder_item_stage"), "reminder_item")
    stages = ",".join(f"'{stage}'" for stage in STAGES)
    op.create_check_constraint(op.f("ck_reminder_item_stage"), "reminder_item", f"stage IN ({stages})")


def _create_measures() -> None:
    op.create_table(
        "planned_measure",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("measure_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("number", "name", "owner")),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("funded_until", sa.Integer),
        sa.Column("funders", ARRAY(sa.Text), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "measure_id", name="pk_planned_measure"),
        sa.CheckConstraint("revision > 0 AND position >= 0", name=op.f("ck_planned_measure_counted")),
    )
    op.create_table(
        "measure_word",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("measure_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_on", sa.Date, nullable=False),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "measure_id", name="pk_measure_word"),
        sa.CheckConstraint(
            "state IN ('not-begun', 'running', 'delayed', 'done', 'abandoned')",
            name=op.f("ck_measure_word_state"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_measure_word_counted")),
    )


def _create_notices() -> None:
    op.create_table(
        "plan_notice",
        sa.Column("notice_id", sa.Uuid, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("number", "label", "owner")),
        sa.Column("heard_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name="pk_plan_notice"),
        sa.CheckConstraint(
            "stage IN ('approval-overdue', 'owner-lapsed')", name=op.f("ck_plan_notice_stage")
        ),
    )
    op.create_index("ix_plan_notice_heard_at", "plan_notice", ["heard_at"])


def _date_rights() -> None:
    """Since when rights stood nobody knows of what is there already: it is trusted for one term more."""
    for table in ("mail_account", "private_feed"):
        op.add_column(table, sa.Column("rights_at", INSTANT, nullable=False, server_default=sa.text("now()")))
        op.alter_column(table, "rights_at", server_default=None)


def _widen_types() -> None:
    types = (
        *("entry-analysis", "situational-analysis", "thematic-research", "cross-thematic-research"),
        *("cross-sectional-research", "project-evaluation", "plan-entry", "plan-mid-term", "plan-final"),
        *("centre-interim", "centre-final", "evaluation-plan", "unit-reports", "external-entry"),
        *("external-final", "expert-support-final", "exit-outline"),
    )
    op.drop_constraint(op.f("ck_evaluation_type"), "evaluation")
    listed = ",".join(f"'{type_}'" for type_ in types)
    op.create_check_constraint(op.f("ck_evaluation_type"), "evaluation", f"type IN ({listed})")
