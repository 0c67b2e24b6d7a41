"""Values that are made of others are looked at again when these change; thresholds hold in time."""

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
    _create_project_threshold()


def _create_project_threshold() -> None:
    op.create_table(
        "project_threshold",
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("hours", sa.Integer, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("credit", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("project_id", "valid_from", name="pk_project_threshold"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_project_threshold_project_id"),
        sa.CheckConstraint("hours > 0 AND credit > 0", name=op.f("ck_project_threshold_sizes")),
        sa.CheckConstraint(
            "operator IN ('at-least', 'more-than')", name=op.f("ck_project_threshold_operator")
        ),
    )
    op.execute(
        "INSERT INTO project_threshold (project_id, valid_from, hours, operator, credit) "
        "SELECT id, DATE '0001-01-01', threshold_hours, operator, threshold_credit FROM project"
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
