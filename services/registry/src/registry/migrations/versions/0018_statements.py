"""Statements and confirmations for EU calls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KINDS = "'recommending-statement', 'map-confirmation'"
STATUSES = "'received', 'returned', 'drafted', 'issued', 'withdrawn', 'refused'"


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("applicant_name", sa.Text, nullable=False),
        sa.Column("applicant_ico", sa.Text, nullable=False),
        sa.Column("applicant_data_box", sa.Text),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid, dimensions=1), nullable=False),
        sa.Column("project_title", sa.Text, nullable=False),
        sa.Column("call_code", sa.Text, nullable=False),
        sa.Column("requested_amount_czk", sa.Numeric(14, 2)),
        sa.Column("selected_on", sa.Date),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("form", postgresql.JSONB, nullable=False),
        sa.Column("replaces", sa.Uuid),
        sa.Column("working_days", sa.SmallInteger, nullable=False),
        sa.Column("alarm_days", sa.SmallInteger, nullable=False),
        sa.Column("pauses", postgresql.JSONB, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("alarm_on", sa.Date),
        sa.Column("clock_on", sa.Date, nullable=False),
        sa.Column("clock_left", sa.SmallInteger, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("ordered_on", sa.Date, nullable=False),
        sa.Column("soon_told", sa.Boolean, nullable=False),
        sa.Column("overdue_told", sa.Boolean, nullable=False),
        sa.Column("draft", postgresql.JSONB),
        sa.Column("drafted_by", sa.Text),
        sa.Column("drafted_findings", postgresql.JSONB),
        sa.Column("year", sa.SmallInteger),
        sa.Column("ordinal", sa.Integer),
        sa.Column("issued_on", sa.Date),
        sa.Column("signed_by", sa.Text),
        sa.Column("signatory_function", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("content", postgresql.JSONB),
        sa.Column("text_cs", sa.Text),
        sa.Column("text_en", sa.Text),
        sa.Column("registered_by", sa.Text, nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_statement_kind")),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_statement_status")),
        sa.CheckConstraint("cardinality(unit_ids) BETWEEN 1 AND 200", name=op.f("ck_statement_unit_ids")),
        sa.CheckConstraint("(status = 'issued') = (digest IS NOT NULL)", name=op.f("ck_statement_issued")),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_statement_ordinal")),
        sa.ForeignKeyConstraint(["replaces"], ["statement.id"], name=op.f("fk_statement_replaces_statement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("kind", "year", "ordinal", name=op.f("uq_statement_kind_year_ordinal")),
        sa.UniqueConstraint("message_id", name=op.f("uq_statement_message_id")),
    )
    op.create_index("ix_statement_unit_ids", "statement", ["unit_ids"], postgresql_using="gin")
    op.create_index("ix_statement_ordered_on", "statement", ["closed", "ordered_on", "id"])
    op.create_index(
        "uq_statement_replaces",
        "statement",
        ["replaces"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('withdrawn', 'refused')"),
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON statement FOR EACH ROW "
        "WHEN (OLD.status = 'issued') EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "statement_rule",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("working_days", sa.SmallInteger, nullable=False),
        sa.Column("alarm_days", sa.SmallInteger, nullable=False),
        sa.Column("index_years", postgresql.ARRAY(sa.SmallInteger, dimensions=1), nullable=False),
        sa.Column("index_threshold", sa.Numeric(6, 2), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_statement_rule_kind")),
        sa.CheckConstraint("working_days BETWEEN 1 AND 60", name=op.f("ck_statement_rule_working_days")),
        sa.CheckConstraint("alarm_days BETWEEN 0 AND 60", name=op.f("ck_statement_rule_alarm_days")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_statement_rule")),
    )


def downgrade() -> None:
    op.drop_table("statement_rule")
    op.drop_table("statement")
