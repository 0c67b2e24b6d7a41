"""Memoranda and descriptions of cooperation: editions, of which what was agreed is never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MEMORANDUM_STATUSES = "'draft', 'approved', 'signed', 'concluded', 'superseded', 'terminated', 'discarded'"
REASONS = "'first', 'party-changed', 'content-changed', 'renewed'"
AGENCY_PARTIES = "'office-of-government', 'ministry'"
DESCRIPTION_STATUSES = "'draft', 'proposed', 'agreed', 'superseded', 'ended', 'discarded'"
DOMAINS = "'social-inclusion', 'inclusive-education'"
KEEP = """
CREATE FUNCTION keep_what_was_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
        RAISE EXCEPTION 'what the parties agreed on in a % is never changed', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""
"""The arguments are the columns that still may change."""


def upgrade() -> None:
    op.execute(KEEP)
    _create_memorandum()
    _create_description()
    _keep("memorandum", "'status', 'version', 'in_force_until', 'termination'")
    _keep("description", "'status', 'version', 'in_force_until', 'end_reason'")


def _keep(table: str, changing: str) -> None:
    op.execute(
        f"CREATE TRIGGER keep_what_was_agreed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"WHEN (OLD.digest IS NOT NULL) EXECUTE FUNCTION keep_what_was_agreed({changing})"
    )


def _create_memorandum() -> None:
    op.create_table(
        "memorandum",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("edition", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("agency_party", sa.Text, nullable=False),
        sa.Column("application_id", sa.Uuid),
        sa.Column("document", postgresql.JSONB),
        sa.Column("resolution", postgresql.JSONB),
        sa.Column("unit_party", postgresql.JSONB),
        sa.Column("signatures", postgresql.JSONB, nullable=False),
        sa.Column("concluded_on", sa.Date),
        sa.Column("in_force_until", sa.Date),
        sa.Column("termination", postgresql.JSONB),
        sa.Column("digest", sa.Text),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"status IN ({MEMORANDUM_STATUSES})", name=op.f("ck_memorandum_status")),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_memorandum_reason")),
        sa.CheckConstraint(f"agency_party IN ({AGENCY_PARTIES})", name=op.f("ck_memorandum_agency_party")),
        sa.CheckConstraint("in_force_until >= concluded_on", name=op.f("ck_memorandum_order")),
        sa.CheckConstraint("(concluded_on IS NULL) = (digest IS NULL)", name=op.f("ck_memorandum_digest")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_memorandum_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_memorandum_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum")),
    )
    op.execute(
        "ALTER TABLE memorandum ADD CONSTRAINT ex_memorandum_one_in_force EXCLUDE USING gist "
        "(unit_id WITH =, daterange(concluded_on, in_force_until, '[]') WITH &&) "
        "WHERE (concluded_on IS NOT NULL)"
    )
    op.create_index(
        "ix_memorandum_edition",
        "memorandum",
        ["unit_id", "edition"],
        unique=True,
        postgresql_where=sa.text("status <> 'discarded'"),
    )
    op.create_index(
        "ix_memorandum_in_the_making",
        "memorandum",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('draft', 'approved', 'signed')"),
    )


def _create_description() -> None:
    op.create_table(
        "description",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("cooperation_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("domain", sa.Text, nullable=False),
        sa.Column("edition", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("memorandum_id", sa.Uuid),
        sa.Column("methodology", sa.Text),
        sa.Column("areas", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("content", postgresql.JSONB, nullable=False),
        sa.Column("baseline", postgresql.JSONB, nullable=False),
        sa.Column("authors", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("agreements", postgresql.JSONB, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("in_force_from", sa.Date),
        sa.Column("in_force_until", sa.Date),
        sa.Column("end_reason", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"status IN ({DESCRIPTION_STATUSES})", name=op.f("ck_description_status")),
        sa.CheckConstraint(f"domain IN ({DOMAINS})", name=op.f("ck_description_domain")),
        sa.CheckConstraint("in_force_until >= in_force_from - 1", name=op.f("ck_description_order")),
        sa.CheckConstraint("(agreed_on IS NULL) = (digest IS NULL)", name=op.f("ck_description_digest")),
        sa.CheckConstraint(
            "agreed_on IS NULL OR (memorandum_id IS NOT NULL AND in_force_from IS NOT NULL "
            "AND in_force_until IS NOT NULL)",
            name=op.f("ck_description_agreed"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperation_id"], ["cooperation.id"], name=op.f("fk_description_cooperation_id_cooperation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_description_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_description_memorandum_id_memorandum")
        ),
        sa.ForeignKeyConstraint(
            ["methodology"], ["methodology.code"], name=op.f("fk_description_methodology_methodology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_description")),
    )
    op.execute(
        "ALTER TABLE description ADD CONSTRAINT ex_description_one_in_force EXCLUDE USING gist "
        "(cooperation_id WITH =, domain WITH =, daterange(in_force_from, in_force_until, '[]') WITH &&) "
        "WHERE (agreed_on IS NOT NULL AND in_force_until >= in_force_from)"
    )
    op.create_index(
        "ix_description_edition",
        "description",
        ["cooperation_id", "domain", "edition"],
        unique=True,
        postgresql_where=sa.text("status <> 'discarded'"),
    )
    op.create_index(
        "ix_description_in_the_making",
        "description",
        ["cooperation_id", "domain"],
        unique=True,
        postgresql_where=sa.text("status IN ('draft', 'proposed')"),
    )
    op.create_index("ix_description_unit_id", "description", ["unit_id", "id"])


def downgrade() -> None:
    op.drop_table("description")
    op.drop_table("memorandum")
    op.execute("DROP FUNCTION keep_what_was_agreed()")
