"""Kinds, metadata and states of documents; their release."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "'PLAN', 'OTHER', 'PRIHL', 'MEMO', 'POPIS', 'VANAL', 'VYZK', 'PSZ', 'SPSZ', 'TAP', 'EXIT', 'KPSS', "
    "'ZAPIS', 'MONIT', 'EVAL', 'VYJ', 'VYPOR', 'METOD', 'VYROC', 'KOMPL', 'PRISP'"
)
STATES = "'draft', 'for-comment', 'approved', 'signed', 'published', 'withdrawn', 'discarded'"
OUTPUTS = (
    "'plan', 'action-plan', 'communication-plan', 'methodology', 'analysis', 'evaluation', "
    "'counselling-report', 'report', 'recommendations', 'measure', 'media', 'event', 'other'"
)
ACTIONS = (
    "'filing', 'version', 'restoration', 'rendering', 'description', 'comments', 'return', 'approval', "
    "'signature', 'release', 'withdrawal', 'discarding'"
)


def upgrade() -> None:
    _describe_documents()
    _widen_versions()
    _create_document_format()
    _create_document_act()


def _describe_documents() -> None:
    for column in (
        sa.Column("title_key", sa.Text),
        sa.Column("cooperation_id", sa.Uuid),
        sa.Column("public_number", sa.Integer),
        sa.Column("reference_number", sa.Text),
        sa.Column("file_mark", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("signed_on", sa.Date),
        sa.Column("dated_on", sa.Date),
        sa.Column("language", sa.Text),
        sa.Column("licence", sa.Text),
        sa.Column("holds_personal_data", sa.Boolean),
        sa.Column("accessibility", sa.Text),
        sa.Column("accessibility_note", sa.Text),
        sa.Column("output_kind", sa.Text),
        sa.Column("output_id", sa.Uuid),
    ):
        op.add_column("document", column)
    op.execute(
        "UPDATE document d SET title_key = title_folded, language = 'cs', "
        "dated_on = (created_at AT TIME ZONE 'Europe/Prague')::date, "
        "accessibility = CASE WHEN origin = 'rendered' THEN 'verified' ELSE 'unverified' END, "
        "holds_personal_data = CASE WHEN origin = 'rendered' THEN false END, "
        "output_kind = CASE WHEN kind = 'PLAN' AND origin = 'rendered' THEN 'plan' END, "
        "public_number = (SELECT max(number) FROM document_version v "
        "WHERE v.document_id = d.id AND v.published_at IS NOT NULL)"
    )
    for name in ("title_key", "dated_on", "language", "accessibility"):
        op.alter_column("document", name, nullable=False)
    op.create_index(
        "ix_document_cooperation_id_created_at_id", "document", ["cooperation_id", "created_at", "id"]
    )
    for name in ("kind", "state"):
        op.drop_constraint(f"ck_document_{name}", "document")
    for name, rule in (
        ("kind", f"kind IN ({KINDS})"),
        ("state", f"state IN ({STATES})"),
        ("language", "language IN ('cs', 'en', 'sk', 'rom', 'uk')"),
        ("accessibility", "accessibility IN ('verified', 'unverified', 'exception')"),
        ("output_kind", f"output_kind IN ({OUTPUTS})"),
        ("public_number", "public_number BETWEEN 1 AND latest"),
    ):
        op.create_check_constraint(op.f(f"ck_document_{name}"), "document", rule)


def _widen_versions() -> None:
    for column in (
        sa.Column("restored_from", sa.Integer),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawal_reason", sa.Text),
    ):
        op.add_column("document_version", column)
    op.create_check_constraint(
        op.f("ck_document_version_withdrawn_at"),
        "document_version",
        "withdrawn_at IS NULL OR published_at IS NOT NULL",
    )


def _create_document_format() -> None:
    op.create_table(
        "document_format",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", "media_type", name="pk_document_format"),
        sa.ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name=op.f("fk_document_format_document_id_number"),
        ),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_document_format_size_bytes")),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_document_format_digest")),
    )
    op.create_index("ix_document_format_digest", "document_format", ["digest"])


def _create_document_act() -> None:
    op.create_table(
        "document_act",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_document_act"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_act_document_id")),
        sa.CheckConstraint(f"action IN ({ACTIONS})", name=op.f("ck_document_act_action")),
    )
