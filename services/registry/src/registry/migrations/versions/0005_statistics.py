"""Sources, series, vintages, figures and findings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name_cs", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("suppress_below", sa.SmallInteger),
        sa.Column("in_parts", sa.Boolean, nullable=False),
        sa.CheckConstraint("suppress_below BETWEEN 2 AND 100", name=op.f("ck_source_suppress_below")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_source")),
    )
    op.create_table(
        "series",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name_cs", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("definition_cs", sa.Text, nullable=False),
        sa.Column("definition_en", sa.Text, nullable=False),
        sa.Column("unit_of_measure", sa.Text, nullable=False),
        sa.Column("periodicity", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("denominator", sa.Text),
        sa.CheckConstraint(
            "periodicity IN ('year', 'month', 'school-year')", name=op.f("ck_series_periodicity")
        ),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_series_source")),
        sa.ForeignKeyConstraint(["denominator"], ["series.code"], name=op.f("fk_series_denominator")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_series")),
    )
    op.create_table(
        "vintage",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text),
        sa.Column("file_digest", sa.Text, nullable=False),
        sa.Column("figure_count", sa.Integer, nullable=False),
        sa.Column("imported_by", sa.Text, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.code"], name=op.f("fk_vintage_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vintage")),
    )
    op.create_index("ix_vintage_imported_at", "vintage", ["imported_at"])
    op.create_table(
        "vintage_part",
        sa.Column("vintage_id", sa.Integer, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("figure_count", sa.Integer, nullable=False),
        sa.Column("of_own_source", sa.Boolean, nullable=False),
        sa.Column("in_parts", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["vintage_id"], ["vintage.id"], name=op.f("fk_vintage_part_vintage_id")),
        sa.ForeignKeyConstraint(["series"], ["series.code"], name=op.f("fk_vintage_part_series")),
        sa.PrimaryKeyConstraint("vintage_id", "series", "period", name=op.f("pk_vintage_part")),
    )
    op.create_index("ix_vintage_part_series", "vintage_part", ["series", "period"])
    op.create_table(
        "figure",
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("vintage_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("value", sa.Numeric),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.CheckConstraint("(value IS NOT NULL) = (status = 'given')", name=op.f("ck_figure_value")),
        sa.CheckConstraint(
            "status IN ('given', 'confidential', 'not-applicable')", name=op.f("ck_figure_status")
        ),
        sa.PrimaryKeyConstraint("series", "period", "vintage_id", "unit_id", name=op.f("pk_figure")),
    )
    op.create_index("ix_figure_unit_id", "figure", ["unit_id", "series", "period"])
    op.create_table(
        "finding",
        sa.Column("vintage_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("facts", postgresql.JSONB, nullable=False),
        sa.CheckConstraint(
            "kind IN ('own-history', 'peers', 'published-total', 'implausible', 'contradiction')",
            name=op.f("ck_finding_kind"),
        ),
        sa.ForeignKeyConstraint(["vintage_id"], ["vintage.id"], name=op.f("fk_finding_vintage_id")),
        sa.PrimaryKeyConstraint("vintage_id", "number", name=op.f("pk_finding")),
    )


def downgrade() -> None:
    for table in ("finding", "figure", "vintage_part", "vintage", "series", "source"):
        op.drop_table(table)
