"""Links of problems to statistics and analyses, and the steps in their life."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

MEASURES = "'figure', 'index', 'band', 'component', 'analysis'"
STATES = "'fresh', 'newer', 'amber', 'withdrawn', 'unknown'"
KINDS = "'linked', 'cited-anew', 'upheld', 'checked', 'removed'"


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("node_id", sa.Uuid, nullable=False),
        *_cited(),
        *_judged(),
        sa.Column("removed_on", sa.Date),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_evidence_plan_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(f"measure IN ({MEASURES})", name=op.f("ck_evidence_measure")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_evidence_state")),
        sa.CheckConstraint("version > 0", name=op.f("ck_evidence_counted")),
        sa.CheckConstraint(
            "(measure = 'analysis') = (unit_id IS NULL) AND (unit_id IS NULL) = (period IS NULL) "
            "AND (unit_id IS NULL) = (value IS NULL)",
            name=op.f("ck_evidence_cited"),
        ),
    )
    op.create_index("ix_evidence_plan_id", "evidence", ["plan_id", "node_id"])
    op.create_index("ix_evidence_unit_id", "evidence", ["unit_id", "series", "period"])
    op.create_index("ix_evidence_state", "evidence", ["state", "id"])
    _create_steps()
    op.create_table(
        "heard_edition",
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_heard_edition")),
    )


def _cited() -> tuple[sa.Column, ...]:
    return (
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("series", sa.Text),
        sa.Column("period", sa.Date),
        sa.Column("vintage", sa.Integer),
        sa.Column("method", sa.Text),
        sa.Column("value", sa.Numeric),
        sa.Column("url", sa.Text),
        sa.Column("document_id", sa.Uuid),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("at_least", sa.Numeric),
        sa.Column("at_most", sa.Numeric),
        sa.Column("tolerance_percent", sa.Numeric),
    )


def _judged() -> tuple[sa.Column, ...]:
    return (
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason_cs", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text, nullable=False),
        sa.Column("current_value", sa.Numeric),
        sa.Column("current_from", sa.Date),
        sa.Column("current_vintage", sa.Integer),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("upheld", JSONB),
    )


def _create_steps() -> None:
    op.create_table(
        "evidence_step",
        sa.Column("evidence_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason_cs", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text, nullable=False),
        sa.Column("citation", JSONB, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", "version", name=op.f("pk_evidence_step")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_step_evidence_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_evidence_step_kind")),
    )
