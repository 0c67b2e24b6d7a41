"""What is announced stays on its page; the last approved value of an indicator is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_obligation_to_announce", table_name="obligation")
    op.create_index(
        "ix_obligation_awaited",
        "obligation",
        ["due_on"],
        postgresql_where=sa.text("status IN ('open','returned')"),
    )
    op.create_index(
        "ix_obligation_approved",
        "obligation",
        ["plan_id", "indicator_id", "measured_on", "due_on", "obligation_id"],
        postgresql_where=sa.text("status = 'approved'"),
    )
