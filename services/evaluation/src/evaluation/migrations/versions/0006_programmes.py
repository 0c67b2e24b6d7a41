"""Projects, key activities, deliverables and participants' hours."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass
