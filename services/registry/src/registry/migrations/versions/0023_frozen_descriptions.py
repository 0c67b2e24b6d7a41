"""Descriptions of cooperation stand frozen too."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_frozen_page_kind"), "frozen_page", type_="check")
    op.create_check_constraint(
        op.f("ck_frozen_page_kind"),
        "frozen_page",
        "kind IN ('unit-profile', 'minutes', 'memorandum', 'description', 'statement')",
    )
