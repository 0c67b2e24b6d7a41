"""A consultation knows that the draft which was consulted was discarded."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("consultation", sa.Column("draft_discarded_at", sa.DateTime(timezone=True)))
    op.drop_index("ix_consultation_under_way", "consultation")
    op.create_index(
        "ix_consultation_under_way",
        "consultation",
        ["plan_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('preparation', 'open') AND draft_discarded_at IS NULL"),
    )
