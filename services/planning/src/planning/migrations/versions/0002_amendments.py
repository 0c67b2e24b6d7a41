"""Amendments of plans: what is in force stays beside what is being drafted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_amendment()
    note_closing()
    op.add_column("step", sa.Column("changes", postgresql.JSONB))


def create_amendment() -> None:
    op.create_table(
        "amendment",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("status", "reason", "title", "vision")),
        sa.Column("unit_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("valid_until", DAY, nullable=False),
        sa.Column("submitted_by", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_amendment"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_amendment_plan_id"),
        sa.CheckConstraint("status IN ('draft', 'submitted', 'returned')", name="status"),
        sa.CheckConstraint("valid_from < valid_until", name="validity"),
        sa.CheckConstraint("revision > 1", name="counted"),
    )


def note_closing() -> None:
    """Plans that were closed already: the day of the decision is the nearest that is known."""
    op.add_column("plan", sa.Column("closed_on", DAY))
    op.execute(
        "UPDATE plan SET closed_on = (SELECT max((at AT TIME ZONE 'Europe/Prague')::date) FROM step "
        "WHERE step.plan_id = plan.id AND step.status = 'closed') WHERE status = 'closed'"
    )
