"""Units know where they lie; what left the calendar is collected no more."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_unit_place()
    op.add_column(
        "obligation", sa.Column("in_calendar", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.add_column("monitored_indicator", sa.Column("periodicity_from", sa.Date))
    op.drop_constraint("fk_planned_escalation_obligation_id", "planned_escalation")  # obligations stay


def _create_unit_place() -> None:
    op.create_table(
        "unit_place",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.PrimaryKeyConstraint("unit_id", "group_id", "valid_from", name="pk_unit_place"),
    )
    op.create_index("ix_unit_place_group_id", "unit_place", ["group_id"])
    op.create_table(
        "placed_unit",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_placed_unit"),
    )
