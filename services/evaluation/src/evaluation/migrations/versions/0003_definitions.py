"""Versioned definitions of indicators, and values with their parts and trail."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
