"""Named scenarios of what-if."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("visibility", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("computation_id", sa.Integer, nullable=False),
        sa.Column("other_computation_id", sa.Integer, nullable=False),
        sa.Column("results_digest", sa.Text, nullable=False),
        sa.Column("question", postgresql.JSONB, nullable=False),
        sa.Column("areas", postgresql.JSONB, nullable=False),
        sa.Column("summary", postgresql.JSONB, nullable=False),
        sa.Column("outcome_digest", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("visibility IN ('private', 'shared')", name=op.f("ck_scenario_visibility")),
        sa.ForeignKeyConstraint(
            ["computation_id"], ["index_computation.id"], name=op.f("fk_scenario_computation_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_computation_id"], ["index_computation.id"], name=op.f("fk_scenario_other_computation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_scenario_owner_name")),
    )
    op.create_index("ix_scenario_created_at", "scenario", ["created_at", "id"])


def downgrade() -> None:
    op.drop_table("scenario")
