"""Files as they were received: their type, their checks, how long they are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

KNOWN_ALREADY = """
INSERT INTO blob
    (digest, size_bytes, media_type, traits, received_at, touched_at, scan, scan_attempts, fixity)
SELECT digest, max(size_bytes), max(media_type), '{}', min(created_at), max(created_at), 'not-scanned', 0,
       'not-verified'
FROM document_version GROUP BY digest
"""


def upgrade() -> None:
    _create_blob()
    _create_upload()
    _create_upload_part()
    _create_retention_rule()
    _create_legal_hold()
    _create_disposal()
    _create_disposed_version()
    op.execute(KNOWN_ALREADY)


def _create_blob() -> None:
    op.create_table(
        "blob",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("traits", ARRAY(sa.Text), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.Column("scan", sa.Text, nullable=False),
        sa.Column("signature", sa.Text),
        sa.Column("scan_attempts", sa.Integer, nullable=False),
        sa.Column("scan_next_at", INSTANT),
        sa.Column("scanned_at", INSTANT),
        sa.Column("fixity", sa.Text, nullable=False),
        sa.Column("verified_at", INSTANT),
        sa.PrimaryKeyConstraint("digest", name="pk_blob"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_blob_digest")),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_blob_size_bytes")),
        sa.CheckConstraint(
            "scan IN ('not-scanned','waiting','clean','infected','not-scannable')", name=op.f("ck_blob_scan")
        ),
        sa.CheckConstraint(
            "fixity IN ('not-verified','intact','damaged','lost')", name=op.f("ck_blob_fixity")
        ),
        sa.CheckConstraint(
            "(scan = 'waiting') = (scan_next_at IS NOT NULL)", name=op.f("ck_blob_waiting_for_scan")
        ),
        sa.CheckConstraint("(scan = 'infected') = (signature IS NOT NULL)", name=op.f("ck_blob_signature")),
    )
    op.create_index(
        "ix_blob_scan_next_at", "blob", ["scan_next_at"], postgresql_where=sa.text("scan = 'waiting'")
    )
    op.create_index("ix_blob_verified_at_digest", "blob", [sa.text("verified_at NULLS FIRST"), "digest"])
    op.create_index("ix_blob_touched_at", "blob", ["touched_at"])
    op.create_index("ix_blob_received_at_digest", "blob", ["received_at", "digest"])


def _create_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("offset_bytes", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("media_type", sa.Text),
        sa.Column("refusal", sa.Text),
        sa.Column("refusal_cs", sa.Text),
        sa.Column("refusal_en", sa.Text),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.CheckConstraint(
            "state IN ('receiving','received','ready','refused','taken')", name=op.f("ck_upload_state")
        ),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_upload_size_bytes")),
        sa.CheckConstraint("offset_bytes BETWEEN 0 AND size_bytes", name=op.f("ck_upload_offset_bytes")),
        sa.CheckConstraint(
            "(state IN ('ready','taken')) = (digest IS NOT NULL)", name=op.f("ck_upload_digest")
        ),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_upload_refusal")),
    )
    op.create_index("ix_upload_owner_state", "upload", ["owner", "state"])
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"])


def _create_upload_part() -> None:
    op.create_table(
        "upload_part",
        sa.Column("upload_id", sa.Uuid, nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("upload_id", "start", name="pk_upload_part"),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_upload_part_upload_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_upload_part_size_bytes")),
    )


def _create_retention_rule() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("years", sa.Integer, nullable=False),
        sa.Column("trigger", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_rule"),
        sa.CheckConstraint("mark IN ('A','S','V')", name=op.f("ck_retention_rule_mark")),
        sa.CheckConstraint("years BETWEEN 1 AND 100", name=op.f("ck_retention_rule_years")),
        sa.CheckConstraint(
            "\"trigger\" IN ('filed','last-version','published','withdrawn')",
            name=op.f("ck_retention_rule_trigger"),
        ),
    )
    op.create_index(
        "ux_retention_rule_kind_valid_from", "retention_rule", ["kind", "valid_from"], unique=True
    )


def _create_legal_hold() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("placed_by", sa.Text, nullable=False),
        sa.Column("lifted_at", INSTANT),
        sa.Column("lifted_by", sa.Text),
        sa.Column("lifted_because", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_legal_hold_document_id")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)", name=op.f("ck_legal_hold_lifted_whole")
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_because IS NULL)", name=op.f("ck_legal_hold_lifted_because")
        ),
    )
    op.create_index("ix_legal_hold_document_id", "legal_hold", ["document_id"])
    op.create_index("ix_legal_hold_placed_at_id", "legal_hold", ["placed_at", "id"])


def _create_disposal() -> None:
    op.create_table(
        "disposal",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("mark", sa.Text),
        sa.Column("due_on", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("decided_at", INSTANT),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_because", sa.Text),
        sa.Column("carried_out_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disposal"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_disposal_document_id")),
        sa.CheckConstraint("basis IN ('retention','erasure','mistake')", name=op.f("ck_disposal_basis")),
        sa.CheckConstraint(
            "state IN ('proposed','approved','rejected','carried-out')", name=op.f("ck_disposal_state")
        ),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_disposal_decided")),
        sa.CheckConstraint(
            "(state = 'carried-out') = (carried_out_at IS NOT NULL)", name=op.f("ck_disposal_carried_out")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_disposal_two_people")),
    )
    op.create_index(
        "ux_disposal_document_id_open",
        "disposal",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed','approved','carried-out')"),
    )
    op.create_index("ix_disposal_state_proposed_at_id", "disposal", ["state", "proposed_at", "id"])
    op.create_index("ix_disposal_proposed_at_id", "disposal", ["proposed_at", "id"])


def _create_disposed_version() -> None:
    op.create_table(
        "disposed_version",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("disposal_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("bytes_removed_at", INSTANT),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_disposed_version"),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_disposed_version_disposal_id")
        ),
    )
    op.create_index("ix_disposed_version_digest", "disposed_version", ["digest"])
