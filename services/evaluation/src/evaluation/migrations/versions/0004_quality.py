"""Criteria of quality, their readings and what was agreed."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
