"""Packages for records management are of an office; what webhooks may not tell of people is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


WITHOUT_PEOPLE = """
UPDATE webhook_event SET body = (body::jsonb #- '{data,attendance}')::text
WHERE type = 'registry.activity.recorded.v1'
"""


def upgrade() -> None:
    op.add_column("filing", sa.Column("office_id", sa.Uuid))
    op.create_index("ix_filing_office_id", "filing", ["office_id", "created_at", "id"])
    op.execute(WITHOUT_PEOPLE)
