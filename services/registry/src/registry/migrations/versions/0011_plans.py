"""Copies of the headlines of approved plans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("told_version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("approved_version", sa.Integer, nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid, dimensions=1), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("body", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("resolution_number", sa.Text),
        sa.CheckConstraint(
            "state IN ('approved', 'in-implementation', 'closed')", name=op.f("ck_plan_state")
        ),
        sa.CheckConstraint("(approved_version = 0) = (title IS NULL)", name=op.f("ck_plan_approval")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_unit_ids", "plan", ["unit_ids"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("plan")
