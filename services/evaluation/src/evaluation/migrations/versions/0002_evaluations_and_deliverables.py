"""Evaluations, and the ledger of deliverables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_evaluated_plan()
    _create_evaluation()
    _create_deliverable()


def _create_evaluated_plan() -> None:
    op.create_table(
        "evaluated_plan",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("kind", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_evaluated_plan"),
        sa.CheckConstraint(
            "revision IS NULL OR num_nulls(kind, title, valid_from, valid_until) = 0",
            name=op.f("ck_evaluated_plan_revision_whole"),
        ),
        sa.CheckConstraint(
            "revision IS NOT NULL OR closed_on IS NOT NULL",
            name=op.f("ck_evaluated_plan_known_by_something"),
        ),
    )
    op.create_index("ix_evaluated_plan_unit_ids", "evaluated_plan", ["unit_ids"], postgresql_using="gin")


def _create_evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("cancelled_reason", sa.Text),
        sa.Column("due_announced_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", name="pk_evaluation"),
        sa.ForeignKeyConstraint(["plan_id"], ["evaluated_plan.plan_id"], name="fk_evaluation_plan_id"),
        sa.CheckConstraint("kind IN ('entry','mid-term','final')", name=op.f("ck_evaluation_kind")),
        sa.CheckConstraint(
            "status IN ('planned','begun','completed','cancelled')", name=op.f("ck_evaluation_status")
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)",
            name=op.f("ck_evaluation_cancelled_for_reason"),
        ),
    )
    op.create_index("ix_evaluation_due_on_evaluation_id", "evaluation", ["due_on", "evaluation_id"])
    op.create_index(
        "ix_evaluation_plan_id_due_on_evaluation_id", "evaluation", ["plan_id", "due_on", "evaluation_id"]
    )
    op.create_index(
        "ix_evaluation_to_announce",
        "evaluation",
        ["due_on"],
        postgresql_where=sa.text("due_announced_at IS NULL AND status = 'planned'"),
    )


def _create_deliverable() -> None:
    op.create_table(
        "deliverable",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("revision", sa.Integer),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("counted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_deliverable"),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_deliverable_size")),
    )
    op.create_index(
        "ix_deliverable_published_at_document_id_version",
        "deliverable",
        ["published_at", "document_id", "version"],
    )
    op.create_index("ix_deliverable_plan_id", "deliverable", ["plan_id"])
    op.create_index("ix_deliverable_unit_ids", "deliverable", ["unit_ids"], postgresql_using="gin")
