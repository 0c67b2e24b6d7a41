"""What a plan holds beside its tree of old: money, projects, links, risks, areas, chapters, commitments."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The columns follow with the slice."""
