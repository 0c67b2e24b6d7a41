"""Releases of protected figures, and what of them is hidden."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("vintage_id", sa.Integer, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("suppress_below", sa.SmallInteger, nullable=False),
        sa.Column("summed", sa.Boolean, nullable=False),
        sa.Column("cells", sa.Integer, nullable=False),
        sa.Column("small", sa.Integer, nullable=False),
        sa.Column("complementary", sa.Integer, nullable=False),
        sa.Column("exposed", sa.Integer, nullable=False),
        sa.Column("loss_percent", sa.Numeric(5, 2), nullable=False),
        sa.Column("released_by", sa.Text, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("suppress_below BETWEEN 2 AND 100", name=op.f("ck_release_suppress_below")),
        sa.ForeignKeyConstraint(["vintage_id"], ["vintage.id"], name=op.f("fk_release_vintage_id")),
        sa.ForeignKeyConstraint(["series"], ["series.code"], name=op.f("fk_release_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index("ix_release_series", "release", ["series", "period", "id"])
    op.create_index("ix_release_vintage_id", "release", ["vintage_id", "series", "period"])
    op.create_table(
        "composition",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("members", postgresql.ARRAY(sa.Uuid, dimensions=1), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_composition")),
    )
    op.create_table(
        "released_sum",
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("composition", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_released_sum_release_id")),
        sa.ForeignKeyConstraint(
            ["composition"], ["composition.digest"], name=op.f("fk_released_sum_composition")
        ),
        sa.PrimaryKeyConstraint("release_id", "unit_id", name=op.f("pk_released_sum")),
    )
    op.create_table(
        "suppressed_cell",
        sa.Column("vintage_id", sa.Integer, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("release_id", sa.Integer, nullable=False),
        sa.CheckConstraint("mark IN ('below', 'hidden')", name=op.f("ck_suppressed_cell_mark")),
        sa.CheckConstraint("reason IN ('primary', 'complementary')", name=op.f("ck_suppressed_cell_reason")),
        sa.ForeignKeyConstraint(["vintage_id"], ["vintage.id"], name=op.f("fk_suppressed_cell_vintage_id")),
        sa.ForeignKeyConstraint(["series"], ["series.code"], name=op.f("fk_suppressed_cell_series")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_suppressed_cell_release_id")),
        sa.PrimaryKeyConstraint("vintage_id", "series", "period", "unit_id", name=op.f("pk_suppressed_cell")),
    )
    op.create_index("ix_suppressed_cell_release_id", "suppressed_cell", ["release_id"])


def downgrade() -> None:
    for table in ("suppressed_cell", "released_sum", "composition", "release"):
        op.drop_table(table)
