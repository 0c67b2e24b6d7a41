"""What is rendered from registry stands frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frozen_page",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("unit_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_frozen_page"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_frozen_page_digest")),
        sa.CheckConstraint(
            "kind IN ('unit-profile', 'minutes', 'memorandum', 'statement')",
            name=op.f("ck_frozen_page_kind"),
        ),
        sa.CheckConstraint(
            "audience IN ('public', 'units', 'commission')", name=op.f("ck_frozen_page_audience")
        ),
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON frozen_page "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
