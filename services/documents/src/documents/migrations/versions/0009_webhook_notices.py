"""A webhook that was disabled by itself tells whom it concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhook", sa.Column("notice_at", sa.DateTime(timezone=True)))
    op.add_column(
        "webhook", sa.Column("notice_attempts", sa.Integer, nullable=False, server_default=sa.text("0"))
    )
    op.create_index(
        "ix_webhook_notice", "webhook", ["notice_at"], postgresql_where=sa.text("notice_at IS NOT NULL")
    )
