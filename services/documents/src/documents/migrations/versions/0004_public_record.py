"""The signed public record, official boards, and what is handed over to records management."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
HEX = "~ '^[0-9a-f]{64}$'"


def upgrade() -> None:
    _create_acts()
    _create_bundles()
    _create_boards()
    _create_filings()


def _create_acts() -> None:
    op.create_table(
        "record_state",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last_position", sa.BigInteger, nullable=False),
        sa.Column("latest_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_state"),
        sa.CheckConstraint("id = 1", name=op.f("ck_record_state_id")),
    )
    op.create_table(
        "record_act",
        sa.Column("position", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("disclosed", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_record_act"),
        sa.CheckConstraint("position > 0", name=op.f("ck_record_act_position")),
        sa.CheckConstraint(f"digest {HEX}", name=op.f("ck_record_act_digest")),
    )
    op.create_index("ix_record_act_event_id", "record_act", ["event_id"], unique=True)
    op.create_index("ix_record_act_received_on", "record_act", ["received_on", "position"])
    op.create_index("ix_record_act_type", "record_act", ["type", "position"])
    op.create_index("ix_record_act_subject_id", "record_act", ["subject_id", "position"])
    op.create_index("ix_record_act_unit_ids", "record_act", ["unit_ids"], postgresql_using="gin")


def _create_bundles() -> None:
    op.create_table(
        "record_key",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("first_used_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_key"),
    )
    op.create_table(
        "record_bundle",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("head_digest", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("stamp", sa.LargeBinary),
        sa.Column("stamped_at", INSTANT),
        sa.Column("stamp_attempts", sa.Integer, nullable=False),
        sa.Column("stamp_due_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_record_bundle"),
        sa.ForeignKeyConstraint(["key_id"], ["record_key.id"], name=op.f("fk_record_bundle_key_id")),
        sa.CheckConstraint("number > 0", name=op.f("ck_record_bundle_number")),
        sa.CheckConstraint("count > 0", name=op.f("ck_record_bundle_count")),
    )
    op.create_index("ix_record_bundle_day", "record_bundle", ["day"], unique=True)
    op.create_index("ix_record_bundle_first", "record_bundle", ["first"], unique=True)
    op.create_index(
        "ix_record_bundle_not_stamped",
        "record_bundle",
        ["stamp_due_at"],
        postgresql_where=sa.text("stamp IS NULL"),
    )


def _create_boards() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("operator_ico", sa.Text, nullable=False),
        sa.Column("page", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_board"),
        sa.CheckConstraint("version > 0", name=op.f("ck_board_version")),
    )
    op.create_index("ix_board_code", "board", ["code"], unique=True)
    op.create_index("ix_board_unit_id", "board", ["unit_id"], unique=True, postgresql_nulls_not_distinct=True)
    op.create_table(
        "posting",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("board_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("remove_on", sa.Date),
        sa.Column("taken_down_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posting"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_posting_board_id")),
        _of_a_version("posting"),
        sa.CheckConstraint("version > 0", name=op.f("ck_posting_version")),
        sa.CheckConstraint("remove_on >= posted_on", name=op.f("ck_posting_remove_on")),
        sa.CheckConstraint("taken_down_on >= posted_on", name=op.f("ck_posting_taken_down_on")),
    )
    op.create_index("ix_posting_board_id_posted_on", "posting", ["board_id", "posted_on", "id"])
    op.create_index(
        "ix_posting_hanging",
        "posting",
        ["board_id", "document_id", "number"],
        postgresql_where=sa.text("taken_down_on IS NULL"),
    )


def _of_a_version(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document_id", "number"],
        ["document_version.document_id", "document_version.number"],
        name=op.f(f"fk_{table}_document_id"),
    )


def _create_filings() -> None:
    op.create_table(
        "filing",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("published_from", sa.Date),
        sa.Column("published_until", sa.Date),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("item_count", sa.Integer, nullable=False),
        sa.Column("acknowledged", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_filing"),
        sa.CheckConstraint("version > 0", name=op.f("ck_filing_version")),
        sa.CheckConstraint(f"digest {HEX}", name=op.f("ck_filing_digest")),
    )
    op.create_index("ix_filing_created_at_id", "filing", ["created_at", "id"])
    op.create_table(
        "filing_item",
        sa.Column("filing_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("records_identifier", sa.Text),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("acknowledged_by", sa.Text),
        sa.PrimaryKeyConstraint("filing_id", "document_id", "number", name="pk_filing_item"),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_filing_item_filing_id")),
        _of_a_version("filing_item"),
    )
    op.create_index("ix_filing_item_document_id", "filing_item", ["document_id", "number"])
    op.create_index("ix_filing_item_records_identifier", "filing_item", ["records_identifier"])
