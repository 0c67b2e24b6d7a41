"""What owners and coordinators say of the states of measures."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure_state",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("measure_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("note", "decided_by", "affiliation")),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "measure_id", "version", name="pk_measure_state"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name="fk_measure_state_plan_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("state IN ('not-begun', 'running', 'delayed', 'done', 'abandoned')", name="state"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
