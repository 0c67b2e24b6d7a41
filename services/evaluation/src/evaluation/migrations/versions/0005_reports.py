"""Evaluations of all kinds, their reports, findings and recommendations."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
