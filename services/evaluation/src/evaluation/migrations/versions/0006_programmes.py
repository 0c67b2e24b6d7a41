"""Projects, key activities, deliverables and participants' hours."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_project()
    _create_key_activity()
    _create_project_output()
    _extend_deliverable()
    _create_output_document()
    _create_participant()
    _create_support_entry()
    _keep_support_entries()
    _create_attendance()


def _create_project() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("registration_number", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("sort_key", sa.Text, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("beneficiary", sa.Text, nullable=False),
        sa.Column("beneficiary_ico", sa.Text),
        sa.Column("owner_unit_id", sa.Uuid),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("total_czk", sa.Numeric(14, 2)),
        sa.Column("sources", JSONB, nullable=False),
        sa.Column("document_target", sa.Integer),
        sa.Column("participant_target", sa.Integer),
        sa.Column("threshold_hours", sa.Integer, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("threshold_credit", sa.Integer, nullable=False),
        sa.Column("support_units", ARRAY(sa.Text), nullable=False),
        sa.Column("attendance_unit", sa.Text),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
        sa.UniqueConstraint("registration_number", name="uq_project_registration_number"),
        sa.CheckConstraint("version > 0", name=op.f("ck_project_version")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_project_dates")),
        sa.CheckConstraint("programme IN ('OPZ', 'OPZ+')", name=op.f("ck_project_programme")),
        sa.CheckConstraint("operator IN ('at-least', 'more-than')", name=op.f("ck_project_operator")),
        sa.CheckConstraint("threshold_hours > 0 AND threshold_credit > 0", name=op.f("ck_project_threshold")),
        sa.CheckConstraint(
            "document_target >= 0 AND participant_target >= 0", name=op.f("ck_project_targets")
        ),
    )
    op.create_index("ix_project_sort_key_id", "project", ["sort_key", "id"])
    op.create_index("ix_project_unit_ids", "project", ["unit_ids"], postgresql_using="gin")


def _create_key_activity() -> None:
    op.create_table(
        "key_activity",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("activity_kinds", ARRAY(sa.Text), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_key_activity"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_key_activity_project_id"),
        sa.UniqueConstraint("project_id", "number", name="uq_key_activity_project_id_number"),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_key_activity_dates")),
    )


def _create_project_output() -> None:
    op.create_table(
        "project_output",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("key_activity_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target", sa.Integer),
        sa.Column("per_unit", sa.Boolean, nullable=False),
        sa.Column("in_indicator", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project_output"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_project_output_project_id"),
        sa.ForeignKeyConstraint(
            ["key_activity_id"], ["key_activity.id"], name="fk_project_output_key_activity_id"
        ),
        sa.UniqueConstraint("project_id", "code", name="uq_project_output_project_id_code"),
        sa.CheckConstraint("target >= 0", name=op.f("ck_project_output_target")),
    )
    op.create_index("ix_project_output_key_activity_id", "project_output", ["key_activity_id"])


def _extend_deliverable() -> None:
    op.add_column("deliverable", sa.Column("approved_by", sa.Text))
    op.add_column("deliverable", sa.Column("approved_on", sa.Date))
    op.add_column("deliverable", sa.Column("output_kind", sa.Text))
    op.add_column("deliverable", sa.Column("output_id", sa.Uuid))
    op.create_table(
        "document_withdrawal",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_document_withdrawal"),
    )


def _create_output_document() -> None:
    op.create_table(
        "output_document",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("output_id", sa.Uuid, nullable=False),
        sa.Column("per_unit", sa.Boolean, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("assigned_at", INSTANT, nullable=False),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_output_document"),
        sa.ForeignKeyConstraint(["output_id"], ["project_output.id"], name="fk_output_document_output_id"),
        sa.CheckConstraint("version > 0", name=op.f("ck_output_document_version")),
        sa.CheckConstraint("NOT per_unit OR unit_id IS NOT NULL", name=op.f("ck_output_document_unit")),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_on IS NULL)", name=op.f("ck_output_document_approval")
        ),
    )
    op.create_index("ix_output_document_output_id", "output_document", ["output_id"])
    op.create_index(
        "ix_output_document_once_per_unit",
        "output_document",
        ["output_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("per_unit"),
    )


def _create_participant() -> None:
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("key_digest", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("legal_basis", sa.Text),
        sa.Column("same_as", sa.Uuid),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("erased_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_participant_project_id"),
        sa.ForeignKeyConstraint(["same_as"], ["participant.id"], name="fk_participant_same_as"),
        sa.UniqueConstraint("project_id", "key_digest", name="uq_participant_project_id_key_digest"),
        sa.CheckConstraint("version > 0", name=op.f("ck_participant_version")),
        sa.CheckConstraint("same_as <> id", name=op.f("ck_participant_same_as")),
        sa.CheckConstraint("(key IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_participant_erased")),
        sa.CheckConstraint(
            "legal_basis IN ('consent', 'public-task', 'contract')",
            name=op.f("ck_participant_legal_basis"),
        ),
    )
    op.create_index("ix_participant_key", "participant", ["key"])
    op.create_index("ix_participant_same_as", "participant", ["same_as"])


def _create_support_entry() -> None:
    op.create_table(
        "support_entry",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("participant_id", sa.Uuid, nullable=False),
        sa.Column("key_activity_id", sa.Uuid),
        sa.Column("supported_on", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("credit", sa.Integer, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("activity_id", sa.Uuid),
        sa.Column("corrects_id", sa.Uuid),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_support_entry"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_support_entry_project_id"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_support_entry_participant_id"
        ),
        sa.ForeignKeyConstraint(
            ["key_activity_id"], ["key_activity.id"], name="fk_support_entry_key_activity_id"
        ),
        sa.CheckConstraint(
            "unit IN ('hour-60', 'hour-45', 'housing-month')", name=op.f("ck_support_entry_unit")
        ),
        sa.CheckConstraint(
            "origin IN ('entered', 'attendance', 'correction', 'erasure')",
            name=op.f("ck_support_entry_origin"),
        ),
        sa.CheckConstraint(
            "(origin = 'attendance') <= (activity_id IS NOT NULL)", name=op.f("ck_support_entry_activity")
        ),
        sa.CheckConstraint("(origin = 'correction') <= (reason <> '')", name=op.f("ck_support_entry_reason")),
    )
    op.create_index(
        "ix_support_entry_participant_id_supported_on", "support_entry", ["participant_id", "supported_on"]
    )
    op.create_index("ix_support_entry_project_id", "support_entry", ["project_id"])
    op.create_index("ix_support_entry_activity_id", "support_entry", ["activity_id"])


def _keep_support_entries() -> None:
    op.execute(
        "CREATE FUNCTION keep_support_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'support is corrected by another entry, never changed' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER keep_support_entry BEFORE UPDATE ON support_entry "
        "FOR EACH ROW EXECUTE FUNCTION keep_support_entry()"
    )


def _create_attendance() -> None:
    op.create_table(
        "attended_activity",
        sa.Column("activity_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("struck_out", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name="pk_attended_activity"),
    )
    op.create_index("ix_attended_activity_held_on", "attended_activity", ["held_on"])
    op.create_table(
        "attendance",
        sa.Column("activity_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "person", name="pk_attendance"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["attended_activity.activity_id"], name="fk_attendance_activity_id"
        ),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_attendance_minutes")),
    )
    op.create_index("ix_attendance_person", "attendance", ["person"])
