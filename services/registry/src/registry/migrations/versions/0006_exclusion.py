"""Methods, computations and results of the Index, chosen donors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "index_method",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("definition", postgresql.JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("first_year", sa.SmallInteger, nullable=False),
        sa.Column("last_year", sa.SmallInteger),
        sa.Column("enacted_by", sa.Text, nullable=False),
        sa.Column("enacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_index_method")),
    )
    op.create_table(
        "index_computation",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("inputs_digest", sa.Text, nullable=False),
        sa.Column("results_digest", sa.Text, nullable=False),
        sa.Column("code_version", sa.Text, nullable=False),
        sa.Column("vintages", postgresql.JSONB, nullable=False),
        sa.Column("municipalities", sa.Integer, nullable=False),
        sa.Column("bands", postgresql.JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["method"], ["index_method.code"], name=op.f("fk_index_computation_method")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_computation")),
        sa.UniqueConstraint(
            "method", "year", "inputs_digest", name=op.f("uq_index_computation_method_year_inputs_digest")
        ),
    )
    op.create_index(
        "ix_index_computation_published_at", "index_computation", ["method", "year", "published_at"]
    )
    op.create_table(
        "index_reference",
        sa.Column("computation_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("numerators", postgresql.ARRAY(sa.BigInteger, dimensions=1), nullable=False),
        sa.Column("denominators", postgresql.ARRAY(sa.BigInteger, dimensions=1), nullable=False),
        sa.ForeignKeyConstraint(
            ["computation_id"], ["index_computation.id"], name=op.f("fk_index_reference_computation_id")
        ),
        sa.PrimaryKeyConstraint("computation_id", "unit_id", name=op.f("pk_index_reference")),
    )
    op.create_table(
        "index_result",
        sa.Column("computation_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("region_id", sa.Uuid, nullable=False),
        sa.Column("index", sa.SmallInteger),
        sa.Column("band", sa.SmallInteger),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("scores", sa.Text, nullable=False),
        sa.Column("numerators", postgresql.ARRAY(sa.BigInteger, dimensions=1), nullable=False),
        sa.Column("denominators", postgresql.ARRAY(sa.BigInteger, dimensions=1), nullable=False),
        sa.Column("population_15_plus", sa.Integer),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("donor_id", sa.Uuid),
        sa.Column("donor_distance_m", sa.Numeric(precision=9, scale=2)),
        sa.Column("published_index", sa.SmallInteger),
        sa.Column("inputs_digest", sa.LargeBinary, nullable=False),
        sa.CheckConstraint(
            "way IN ('own', 'chosen', 'imported', 'nearest', 'published', 'unknown')",
            name=op.f("ck_index_result_way"),
        ),
        sa.PrimaryKeyConstraint("computation_id", "unit_id", name=op.f("pk_index_result")),
    )
    op.create_table(
        "donor_choice",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("from_year", sa.SmallInteger, nullable=False),
        sa.Column("donor_id", sa.Uuid),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('chosen', 'imported')", name=op.f("ck_donor_choice_way")),
        sa.CheckConstraint("unit_id <> donor_id", name=op.f("ck_donor_choice_not_itself")),
        sa.ForeignKeyConstraint(["donor_id"], ["unit.id"], name=op.f("fk_donor_choice_donor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_donor_choice_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "from_year", name=op.f("pk_donor_choice")),
    )


def downgrade() -> None:
    for table in ("donor_choice", "index_result", "index_reference", "index_computation", "index_method"):
        op.drop_table(table)
