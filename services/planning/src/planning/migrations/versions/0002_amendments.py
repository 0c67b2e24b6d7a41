"""Amendments of plans: what is in force stays beside what is being drafted."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The columns follow with the slice."""
