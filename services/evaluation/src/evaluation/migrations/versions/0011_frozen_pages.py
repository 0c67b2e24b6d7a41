"""What a project has come to is frozen for paper."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
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
        sa.Column("unit_id", sa.Uuid),
        sa.PrimaryKeyConstraint("digest", name="pk_frozen_page"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_frozen_page_digest")),
        sa.CheckConstraint("audience IN ('public', 'own')", name=op.f("ck_frozen_page_audience")),
        sa.CheckConstraint("kind IN ('programme-report')", name=op.f("ck_frozen_page_kind")),
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON frozen_page "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
