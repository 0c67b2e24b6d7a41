"""Forecasts and their errors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ERROR = sa.Numeric(14, 4)
PERCENT = sa.Numeric(5, 2)
SHARE = sa.Numeric(9, 6)
ENDS = ("", "_low_80", "_high_80", "_low_95", "_high_95")


def upgrade() -> None:
    op.create_table(
        "forecast_run",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("first_year", sa.SmallInteger, nullable=False),
        sa.Column("last_year", sa.SmallInteger, nullable=False),
        sa.Column("horizon", sa.SmallInteger, nullable=False),
        sa.Column("editions", postgresql.JSONB, nullable=False),
        sa.Column("computation_ids", postgresql.ARRAY(sa.Integer, dimensions=1), nullable=False),
        sa.Column("inputs_digest", sa.Text, nullable=False),
        sa.Column("results_digest", sa.Text, nullable=False),
        sa.Column("code_version", sa.Text, nullable=False),
        sa.Column("municipalities", sa.Integer, nullable=False),
        sa.Column("forecast", sa.Integer, nullable=False),
        sa.Column("computed_by", sa.Text, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["method"], ["index_method.code"], name=op.f("fk_forecast_run_method")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_run")),
        sa.UniqueConstraint("inputs_digest", name=op.f("uq_forecast_run_inputs_digest")),
    )
    op.create_index("ix_forecast_run_computed_at", "forecast_run", ["computed_at", "id"])
    _belonging(
        "forecast_trial",
        ("indicator", "quantity", "horizon", "size_class"),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("quantity", sa.Text, nullable=False),
        sa.Column("horizon", sa.SmallInteger, nullable=False),
        sa.Column("size_class", sa.SmallInteger, nullable=False),
        sa.Column("series", sa.Integer, nullable=False),
        sa.Column("unchanging", sa.Integer, nullable=False),
        sa.Column("mase", ERROR),
        sa.Column("mase_of_last_year", ERROR),
        sa.Column("mae", ERROR),
        sa.Column("mae_of_last_year", ERROR),
        sa.Column("bias", ERROR),
        sa.Column("coverage_80", PERCENT),
        sa.Column("coverage_95", PERCENT),
        sa.Column("beats_last_year", sa.Boolean, nullable=False),
        sa.Column("tested", postgresql.JSONB),
        sa.Column("published", postgresql.JSONB),
    )
    _belonging(
        "forecast_unit",
        ("unit_id",),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("region_id", sa.Uuid, nullable=False),
        sa.Column("size_class", sa.SmallInteger, nullable=False),
    )
    op.create_index("ix_forecast_unit_unit_id", "forecast_unit", ["unit_id", "run_id"])
    _belonging(
        "forecast_value",
        ("unit_id", "indicator", "year"),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        *(sa.Column(f"numerator{end}", sa.BigInteger, nullable=False) for end in ENDS),
        *(sa.Column(f"denominator{end}", sa.Integer, nullable=False) for end in ENDS),
        *(sa.Column(f"share{end}", SHARE, nullable=False) for end in ENDS),
    )
    _belonging(
        "forecast_index",
        ("unit_id", "year"),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("index", sa.SmallInteger, nullable=False),
        sa.Column("band", sa.SmallInteger, nullable=False),
        *(sa.Column(f"index{end}", sa.SmallInteger, nullable=False) for end in ENDS[1:]),
        sa.Column("odds", postgresql.ARRAY(sa.SmallInteger, dimensions=1), nullable=False),
        sa.Column("draws", sa.SmallInteger, nullable=False),
        sa.Column("by_model", sa.Boolean, nullable=False),
        sa.CheckConstraint("draws > 0", name=op.f("ck_forecast_index_draws")),
    )
    _belonging(
        "forecast_gap",
        ("unit_id", "indicator"),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("years", sa.SmallInteger, nullable=False),
    )


def _belonging(name: str, key: tuple[str, ...], *columns: sa.Column) -> None:
    """Create a table of what belongs to a run."""
    op.create_table(
        name,
        sa.Column("run_id", sa.Uuid, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["run_id"], ["forecast_run.id"], name=op.f(f"fk_{name}_run_id")),
        sa.PrimaryKeyConstraint("run_id", *key, name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for table in ("gap", "index", "value", "unit", "trial", "run"):
        op.drop_table(f"forecast_{table}")
