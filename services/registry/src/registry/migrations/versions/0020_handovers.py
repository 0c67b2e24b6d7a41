"""Capacity of people, one local consultant at a time, elections and handovers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATUSES = "'open', 'prepared', 'handed-over', 'not-needed'"


def upgrade() -> None:
    restrict_assignments()
    create_capacity()
    create_election()
    create_handover()


def restrict_assignments() -> None:
    op.execute(
        "ALTER TABLE assignment ADD CONSTRAINT ex_assignment_one_consultant EXCLUDE USING gist "
        "(unit_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (duty = 'local-consultant')"
    )
    op.create_check_constraint(
        op.f("ck_assignment_substitute"), "assignment", "duty <> 'substitute' OR ends_on IS NOT NULL"
    )


def create_capacity() -> None:
    op.create_table(
        "capacity",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_capacity_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity")),
    )
    op.create_index("ix_capacity_person", "capacity", ["person", "starts_on", "id"])
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON capacity "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def create_election() -> None:
    op.create_table(
        "election",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        sa.Column("unit_kinds", postgresql.ARRAY(sa.Text, dimensions=1), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("kind IN ('municipal', 'regional')", name=op.f("ck_election_kind")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_election_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("code", name=op.f("uq_election_code")),
    )


def create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("election_id", sa.Uuid, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("prepare_until", sa.Date, nullable=False),
        sa.Column("items", postgresql.JSONB, nullable=False),
        sa.Column("meeting", postgresql.JSONB),
        sa.Column("signatures", postgresql.JSONB, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("pack", postgresql.JSONB),
        sa.Column("pack_digest", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_handover_status")),
        sa.CheckConstraint(
            "(status = 'handed-over') = (pack_digest IS NOT NULL)", name=op.f("ck_handover_pack")
        ),
        sa.CheckConstraint("(pack IS NULL) = (pack_digest IS NULL)", name=op.f("ck_handover_digest")),
        sa.CheckConstraint(
            "(status IN ('handed-over', 'not-needed')) = (closed_on IS NOT NULL)",
            name=op.f("ck_handover_closed"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_handover_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_handover_election_id_election")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("unit_id", "election_id", name=op.f("uq_handover_unit_id_election_id")),
    )
    op.create_index("ix_handover_due_on", "handover", ["due_on", "id"])
    op.create_index("ix_handover_election_id", "handover", ["election_id"])


def downgrade() -> None:
    op.drop_table("handover")
    op.drop_table("election")
    op.drop_table("capacity")
    op.drop_constraint("ck_assignment_substitute", "assignment")
    op.drop_constraint("ex_assignment_one_consultant", "assignment")
