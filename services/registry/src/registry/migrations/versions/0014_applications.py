"""Applications, and the counter that numbers them within a call."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATUSES = (
    "'draft', 'submitted', 'returned', 'formally-correct', 'in-evaluation', 'recommended', "
    "'not-recommended', 'reserve', 'approved', 'memorandum-signed', 'rejected', 'withdrawn'"
)
LIVING = sa.text("status NOT IN ('rejected', 'withdrawn')")


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("methodology", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer),
        sa.Column("number", sa.Text),
        sa.Column("form", postgresql.JSONB, nullable=False),
        sa.Column("areas", postgresql.ARRAY(sa.Text, dimensions=1), nullable=False),
        sa.Column("contact", postgresql.JSONB),
        sa.Column("attachments", postgresql.JSONB, nullable=False),
        sa.Column("resolution", postgresql.JSONB),
        sa.Column("received_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("submitters", postgresql.ARRAY(sa.Text, dimensions=1), nullable=False),
        sa.Column("clock", postgresql.JSONB),
        sa.Column("completion", postgresql.JSONB),
        sa.Column("due_on", sa.Date),
        sa.Column("checklist", postgresql.JSONB, nullable=False),
        sa.Column("checkers", postgresql.ARRAY(sa.Text, dimensions=1), nullable=False),
        sa.Column("evaluation_note", sa.Text, nullable=False),
        sa.Column("verdict", postgresql.JSONB),
        sa.Column("withdrawal_reason", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_application_status")),
        sa.CheckConstraint("version > 0", name=op.f("ck_application_version")),
        sa.CheckConstraint("(ordinal IS NULL) = (number IS NULL)", name=op.f("ck_application_number")),
        sa.CheckConstraint("(ordinal IS NULL) = (received_at IS NULL)", name=op.f("ck_application_receipt")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id_call")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_application_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
        sa.UniqueConstraint("call_id", "ordinal", name=op.f("uq_application_call_id_ordinal")),
    )
    op.create_index(
        "uq_application_living", "application", ["call_id", "unit_id"], unique=True, postgresql_where=LIVING
    )
    op.create_index("ix_application_unit_id", "application", ["unit_id"])
    op.create_index(
        "ix_application_due_on", "application", ["due_on"], postgresql_where=sa.text("due_on IS NOT NULL")
    )
    op.create_table(
        "application_counter",
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_counter_call_id_call")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_application_counter")),
    )


def downgrade() -> None:
    op.drop_table("application_counter")
    op.drop_table("application")
