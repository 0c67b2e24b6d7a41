"""The journal of decisions, and who of the Agency looks after which unit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DUTIES = "'local-consultant', 'researcher', 'evaluator', 'project-adviser', 'thematic-expert', 'substitute'"
REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("before", postgresql.JSONB),
        sa.Column("after", postgresql.JSONB, nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.CheckConstraint("audience IN ('agency', 'parties', 'public')", name=op.f("ck_journal_audience")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_journal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint(
            "subject", "subject_id", "version", name=op.f("uq_journal_subject_subject_id_version")
        ),
    )
    op.create_index("ix_journal_as_of", "journal", ["subject", "subject_id", "decided_on", "version"])
    op.create_index("ix_journal_unit_id", "journal", ["unit_id", "id"])
    op.execute(REFUSE)
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON journal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("duty", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(f"duty IN ({DUTIES})", name=op.f("ck_assignment_duty")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_assignment_order")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.execute(
        "ALTER TABLE assignment ADD CONSTRAINT ex_assignment_once EXCLUDE USING gist (unit_id WITH =, "
        "person WITH =, duty WITH =, daterange(starts_on, ends_on, '[]') WITH &&)"
    )
    op.create_index("ix_assignment_person", "assignment", ["person", "starts_on", "id"])


def downgrade() -> None:
    op.drop_table("assignment")
    op.drop_table("journal")
    op.execute("DROP FUNCTION refuse_change()")
