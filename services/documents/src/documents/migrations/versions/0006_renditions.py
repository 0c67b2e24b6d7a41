"""What is rendered on request."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "rendition_source",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_rendition_source"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_rendition_source_digest")),
    )
    op.create_table(
        "rendition",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("source_digest", sa.Text, nullable=False),
        sa.Column("template", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_ends_at", INSTANT),
        sa.Column("failure", sa.Text),
        sa.Column("document_id", sa.Uuid),
        sa.Column("number", sa.Integer),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_rendition"),
        sa.UniqueConstraint(
            "source_digest", "template", "asked_by", name="uq_rendition_source_digest_template_asked_by"
        ),
        sa.ForeignKeyConstraint(
            ["source_digest"], ["rendition_source.digest"], name=op.f("fk_rendition_source_digest")
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name=op.f("fk_rendition_document_id_number"),
        ),
        sa.CheckConstraint(
            "source IN ('evaluation-report', 'minutes', 'memorandum', 'statement', 'unit-profile', "
            "'programme-report')",
            name=op.f("ck_rendition_source"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'rendering', 'done', 'failed')", name=op.f("ck_rendition_state")
        ),
        sa.CheckConstraint("failure IN ('unreadable', 'given-up')", name=op.f("ck_rendition_failure")),
        sa.CheckConstraint("(state = 'done') = (number IS NOT NULL)", name=op.f("ck_rendition_done")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_rendition_failed")),
    )
    op.create_index("ix_rendition_asked_by_id", "rendition", ["asked_by", "id"])
    op.create_index(
        "ix_rendition_open",
        "rendition",
        ["id"],
        postgresql_where=sa.text("state IN ('waiting', 'rendering')"),
    )
