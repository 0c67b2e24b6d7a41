"""Files as they were received: their type, their checks, how long they are kept."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
