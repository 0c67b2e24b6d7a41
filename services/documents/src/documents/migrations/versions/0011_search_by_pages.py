"""Pages are found by their file and by pairs of words; entries come with what ranks them."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The planner takes a vector for a small value and reads all of them; in these functions it may not."""
    op.execute("DROP FUNCTION files_that_say(tsquery)")
    for signature, result, query in (
        (
            "entries_that_say(asked tsquery)",
            "TABLE (document_id uuid, number integer, title_words tsvector, areas text[])",
            "SELECT document_id, number, title_words, areas FROM search_entry WHERE words @@ asked",
        ),
        (
            "pages_that_say(asked tsquery)",
            "TABLE (digest text, number integer)",
            "SELECT digest, number FROM text_page WHERE words @@ asked",
        ),
        (
            "files_that_say(asked tsquery, ordered tsquery)",
            "TABLE (digest text)",
            "SELECT DISTINCT digest FROM text_page WHERE words @@ asked AND coalesce(words @@ ordered, true)",
        ),
    ):
        op.execute(
            f"CREATE FUNCTION {signature} RETURNS {result} LANGUAGE sql STABLE ROWS 500 "
            f"SET enable_seqscan = off SET jit = off AS $$ {query} $$"
        )
