"""Values that are made of others are looked at again when these change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_RULES = {
    "act": "act IN ('reported','approved','returned','corrected','recomputed','upheld')",
    "reported_whole": (
        "(act IN ('reported','corrected','recomputed')) = (num_nulls(measured_on, source) = 0)"
    ),
}


def upgrade() -> None:
    for name, rule in _RULES.items():
        op.drop_constraint(op.f(f"ck_value_act_{name}"), "value_act")
        op.create_check_constraint(op.f(f"ck_value_act_{name}"), "value_act", rule)
    op.create_index(
        "ix_value_act_series",
        "value_act",
        [sa.text("(derivation ->> 'series')")],
        postgresql_where=sa.text("(derivation ->> 'kind') = 'table'"),
    )
    _create_doubted_value()
    op.create_table(
        "series_edition",
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("vintage_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_series_edition"),
    )


def _create_doubted_value() -> None:
    op.create_table(
        "doubted_value",
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("made_version", sa.Integer, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("told", JSONB, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("upheld_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("obligation_id", name="pk_doubted_value"),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.obligation_id"], name="fk_doubted_value_obligation_id"
        ),
        sa.CheckConstraint(
            "because IN ('newer-figures','not-recomputed')", name=op.f("ck_doubted_value_because")
        ),
    )
    op.create_index(
        "ix_doubted_value_due_on", "doubted_value", ["due_on"], postgresql_where=sa.text("upheld_at IS NULL")
    )
