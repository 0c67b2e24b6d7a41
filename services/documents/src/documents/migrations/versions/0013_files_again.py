"""A document is disposed of again when it was rendered anew; a release tells of what no scanner read."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FINDINGS = (
    "'birth-number', 'date-of-birth', 'phone', 'e-mail', 'iban', 'bank-account', 'address', 'data-box', "
    "'unreadable', 'not-all-read', 'not-scanned'"
)
VERDICTS = "'false-alarm', 'public-contact', 'consented', 'read-by-eye', 'trusted-source'"


def upgrade() -> None:
    op.drop_index("ux_disposal_document_id_open", "disposal")
    op.create_index(
        "ux_disposal_document_id_open",
        "disposal",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed','approved')"),
    )
    for column, values in (("kind", FINDINGS), ("verdict", VERDICTS)):
        name = op.f(f"ck_release_finding_{column}")
        op.drop_constraint(name, "release_finding")
        op.create_check_constraint(name, "release_finding", f"{column} IN ({values})")
