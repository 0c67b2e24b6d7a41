"""Others are told where units lie."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_place",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_told_place"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_told_place_unit_id"),
    )
