"""The text of files, found by Czech words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STATES = (
    "'waiting', 'extracted', 'empty', 'encrypted', 'unreadable', 'too-large', 'timed-out', 'unsupported', "
    "'lost'"
)


def upgrade() -> None:
    _create_extraction()
    _create_text_page()
    _create_search_entry()
    _create_functions()


def _create_extraction() -> None:
    op.create_table(
        "extraction",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("reader", sa.Integer, nullable=False),
        sa.Column("has_pages", sa.Boolean, nullable=False),
        sa.Column("is_cut", sa.Boolean, nullable=False),
        sa.Column("page_count", sa.Integer, nullable=False),
        sa.Column("read_at", INSTANT),
        sa.PrimaryKeyConstraint("digest", name="pk_extraction"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_extraction_digest")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_extraction_state")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_extraction_attempts")),
    )
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index("ix_extraction_due_at", "extraction", ["due_at"], postgresql_where=waiting)


def _create_text_page() -> None:
    op.create_table(
        "text_page",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.PrimaryKeyConstraint("digest", "number", name="pk_text_page"),
        sa.ForeignKeyConstraint(
            ["digest"], ["extraction.digest"], name=op.f("fk_text_page_digest"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_text_page_number")),
    )
    op.create_index("ix_text_page_words", "text_page", ["words"], postgresql_using="gin")


def _create_search_entry() -> None:
    op.create_table(
        "search_entry",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.Column("title_words", TSVECTOR, nullable=False),
        sa.Column("areas", ARRAY(sa.Text), nullable=False),
        sa.Column("document_version", sa.Integer, nullable=False),
        sa.Column("units_version", sa.Integer, nullable=False),
        sa.Column("read_at", INSTANT),
        sa.Column("analyser", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_search_entry"),
        sa.ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name=op.f("fk_search_entry_document_version"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_search_entry_words", "search_entry", ["words"], postgresql_using="gin")
    op.execute("ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL")


def _create_functions() -> None:
    """The planner takes a vector for a small value and reads all of them; in here it may not."""
    for name, result, query in (
        (
            "versions_that_say",
            "TABLE (document_id uuid, number integer)",
            "SELECT e.document_id, e.number FROM search_entry e WHERE e.words @@ asked",
        ),
        (
            "files_that_say",
            "TABLE (digest text)",
            "SELECT DISTINCT p.digest FROM text_page p WHERE p.words @@ asked",
        ),
    ):
        op.execute(
            f"CREATE FUNCTION {name}(asked tsquery) RETURNS {result} LANGUAGE sql STABLE ROWS 500 "
            f"SET enable_seqscan = off SET jit = off AS $$ {query} $$"
        )
