"""Bodies, mandates in them, their meetings, minutes and decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    create_bodies()
    create_mandates()
    create_meetings()
    create_attendance()
    create_minutes()
    create_decisions()


def create_bodies() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "sort_key", "search_text")),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("areas", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("statutes", sa.Text, nullable=False),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.Column("quorum_percent", sa.SmallInteger, nullable=False),
        sa.Column("quorum_more_than", sa.Boolean, nullable=False),
        sa.Column("starts_on", DAY, nullable=False),
        sa.Column("ends_on", DAY),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_body_plan_id"),
        sa.CheckConstraint(
            "kind IN ('local-partnership', 'management-team', 'working-group', 'coordination-group', "
            "'other')",
            name="kind",
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
        sa.CheckConstraint("quorum_percent BETWEEN 0 AND 100", name="quorum"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index("ix_body_sort_key", "body", ["sort_key", "id"])
    op.create_index("ix_body_plan_id", "body", ["plan_id"])
    op.create_table(
        "body_unit",
        sa.Column("body_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("body_id", "unit_id", name="pk_body_unit"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_body_unit_body_id"),
    )
    op.create_index("ix_body_unit_unit_id", "body_unit", ["unit_id"])


def create_mandates() -> None:
    texts = ("person_key", "name", "sort_key", "search_text", "organisation", "role", "email", "phone")
    op.create_table(
        "mandate",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("alternate_for", sa.Uuid),
        sa.Column("starts_on", DAY, nullable=False),
        sa.Column("ends_on", DAY),
        sa.Column("end_reason", sa.Text, nullable=False),
        sa.Column("is_erased", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mandate"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_mandate_body_id"),
        sa.ForeignKeyConstraint(["alternate_for"], ["mandate.id"], name="fk_mandate_alternate_for"),
        sa.CheckConstraint(
            "role IN ('chair', 'manager', 'member', 'contact', 'secretary', 'guest')", name="role"
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
        sa.CheckConstraint("version > 0", name="counted"),
        sa.CheckConstraint(
            "NOT is_erased OR (name = '' AND email = '' AND phone = '' AND person IS NULL)", name="erased"
        ),
    )
    op.execute(
        "ALTER TABLE mandate ADD CONSTRAINT ex_mandate_once EXCLUDE USING gist (body_id WITH =, "
        "person_key WITH =, role WITH =, daterange(starts_on, ends_on, '[]') WITH &&)"
    )
    op.execute(
        "ALTER TABLE mandate ADD CONSTRAINT ex_mandate_one_chair EXCLUDE USING gist (body_id WITH =, "
        "daterange(starts_on, ends_on, '[]') WITH &&) WHERE (role = 'chair' AND alternate_for IS NULL)"
    )
    op.create_index("ix_mandate_body_id", "mandate", ["body_id", "sort_key", "id"])
    op.create_index("ix_mandate_person", "mandate", ["person"])
    op.create_index("ix_mandate_sort_key", "mandate", ["sort_key", "id"])


def create_meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("body_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("minutes_planned", sa.SmallInteger, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("online_url", sa.Text, nullable=False),
        sa.Column("is_training", sa.Boolean, nullable=False),
        sa.Column("agenda", postgresql.JSONB, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("cancelled_because", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("notes", postgresql.JSONB, nullable=False),
        sa.Column("guests", postgresql.JSONB, nullable=False),
        sa.Column("members", sa.Integer),
        sa.Column("present", sa.Integer),
        sa.Column("quorate", sa.Boolean),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_meeting_body_id"),
        sa.CheckConstraint("status IN ('planned', 'held', 'approved', 'cancelled')", name="status"),
        sa.CheckConstraint("minutes_planned BETWEEN 1 AND 1440", name="length"),
        sa.CheckConstraint("version > 0 AND sequence >= 0", name="counted"),
        sa.CheckConstraint("(status = 'cancelled') = (cancelled_because <> '')", name="cancelled"),
        sa.CheckConstraint("(status IN ('held', 'approved')) = (quorate IS NOT NULL)", name="recorded"),
    )
    op.create_index("ix_meeting_body_id", "meeting", ["body_id", "planned_at"])
    op.create_index("ix_meeting_planned_at", "meeting", ["planned_at", "id"])


def create_attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Uuid, nullable=False),
        sa.Column("mandate_id", sa.Uuid, nullable=False),
        sa.Column("presence", sa.Text, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "mandate_id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_attendance_meeting_id"),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_attendance_mandate_id"),
        sa.CheckConstraint("presence IN ('present', 'online', 'excused', 'absent')", name="presence"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
        sa.CheckConstraint("presence IN ('present', 'online') OR minutes = 0", name="there"),
    )
    op.create_index("ix_attendance_mandate_id", "attendance", ["mandate_id"])


def create_minutes() -> None:
    texts = ("content", "digest", "text_cs", "text_en", "approved_by", "recorded_by")
    op.create_table(
        "protocol",
        sa.Column("meeting_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("approved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_protocol"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_protocol_meeting_id"),
    )
    op.execute(
        "CREATE FUNCTION refuse_change_of_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'approved minutes are immutable' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON protocol "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_minutes()"
    )


def create_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("meeting_id", sa.Uuid, nullable=False),
        sa.Column("body_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *(sa.Column(name, sa.SmallInteger) for name in ("votes_for", "votes_against", "abstained")),
        sa.Column("responsible", sa.Text, nullable=False),
        sa.Column("due_on", DAY),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("settled_on", DAY),
        sa.Column("settlement_note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("body_id", "year", "ordinal", name="uq_decision_body_id_year_ordinal"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_decision_meeting_id"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_decision_body_id"),
        sa.CheckConstraint("status IN ('open', 'done', 'dropped')", name="status"),
        sa.CheckConstraint("(status = 'open') = (settled_on IS NULL)", name="settled"),
        sa.CheckConstraint(
            "(votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (abstained IS NULL)",
            name="votes",
        ),
        sa.CheckConstraint("version > 0 AND ordinal > 0", name="counted"),
    )
    op.create_index("ix_decision_meeting_id", "decision", ["meeting_id", "ordinal"])
    op.create_index("ix_decision_status", "decision", ["status", "due_on", "id"])
    op.create_table(
        "decision_counter",
        sa.Column("body_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("body_id", "year", name="pk_decision_counter"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_decision_counter_body_id"),
    )
