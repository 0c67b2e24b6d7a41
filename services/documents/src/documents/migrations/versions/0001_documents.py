"""Documents with their versions, and the copy of units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from shared.migrations import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_plumbing()
    _create_unit()
    _create_document()
    _create_document_version()


def _create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("title_folded", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("latest", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.CheckConstraint("kind IN ('PLAN', 'OTHER')", name=op.f("ck_document_kind")),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_document_state")),
        sa.CheckConstraint("origin IN ('uploaded', 'rendered')", name=op.f("ck_document_origin")),
        sa.CheckConstraint("version > 0", name=op.f("ck_document_version")),
        sa.CheckConstraint("latest > 0", name=op.f("ck_document_latest")),
    )
    op.create_index("ix_document_created_at_id", "document", ["created_at", "id"])
    op.create_index("ix_document_kind_created_at_id", "document", ["kind", "created_at", "id"])
    op.create_index("ix_document_plan_id_created_at_id", "document", ["plan_id", "created_at", "id"])
    op.create_index("ix_document_unit_ids", "document", ["unit_ids"], postgresql_using="gin")


def _create_document_version() -> None:
    op.create_table(
        "document_version",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("source_digest", sa.Text),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_document_version"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_version_document_id")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_version_number")),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_document_version_size_bytes")),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_document_version_digest")),
    )
    op.create_index("ix_document_version_digest", "document_version", ["digest"])
