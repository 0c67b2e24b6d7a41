"""Citable confirmations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("applicant_id", sa.Uuid, nullable=False),
        sa.Column("computation_ids", postgresql.ARRAY(sa.Integer, dimensions=1), nullable=False),
        sa.Column("content", postgresql.JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text_cs", sa.Text, nullable=False),
        sa.Column("text_en", sa.Text, nullable=False),
        sa.Column("issued_by", sa.Text, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_confirmation_ordinal")),
        sa.ForeignKeyConstraint(["applicant_id"], ["unit.id"], name=op.f("fk_confirmation_applicant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("year", "ordinal", name=op.f("uq_confirmation_year_ordinal")),
    )
    op.create_index("ix_confirmation_applicant_id", "confirmation", ["applicant_id"])
    op.execute(
        "CREATE FUNCTION refuse_change_of_confirmation() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a confirmation is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON confirmation "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_confirmation()"
    )


def downgrade() -> None:
    op.drop_table("confirmation")
    op.execute("DROP FUNCTION refuse_change_of_confirmation()")
