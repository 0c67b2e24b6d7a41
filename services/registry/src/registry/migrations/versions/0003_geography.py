"""Definition points and boundaries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_point",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("longitude", sa.Numeric(precision=10, scale=7), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=10, scale=7), nullable=False),
        sa.Column("x", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("y", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "longitude BETWEEN 12 AND 19 AND latitude BETWEEN 48 AND 52",
            name=op.f("ck_unit_point_in_the_country"),
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_point")),
    )
    op.create_table(
        "unit_boundary",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("geometry", postgresql.JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_boundary")),
    )


def downgrade() -> None:
    for table in ("unit_boundary", "unit_point"):
        op.drop_table(table)
