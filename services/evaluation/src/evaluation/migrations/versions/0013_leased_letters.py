"""Letters are leased while they travel: nothing is locked until the mail server answers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_message", sa.Column("lease_ends_at", sa.DateTime(timezone=True)))
    op.add_column(
        "mail_message",
        sa.Column("is_taken_back", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_check_constraint(
        op.f("ck_mail_message_leased_waiting"), "mail_message", "lease_ends_at IS NULL OR status = 'waiting'"
    )
