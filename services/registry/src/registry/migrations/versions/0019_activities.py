"""Expert activities, contacts and correspondence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = "'VYZ', 'ODP', 'PRP', 'KON', 'MON', 'MET', 'KOM', 'PAR', 'KMP', 'VZA', 'FAC', 'VER', 'EVA'"
ROLES = "'mayor', 'deputy-mayor', 'coordinator', 'council-member', 'office', 'partner'"
ERASED = "status <> 'erased' OR (name = '' AND function = '' AND email = '' AND phone = '' AND note = '')"
CHANNELS = "'data-box', 'e-mail', 'phone', 'meeting', 'letter', 'other'"


def upgrade() -> None:
    _create_activities()
    _create_contacts()
    _create_correspondence()
    _create_promises()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _create_activities() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _text("status"),
        _text("kind"),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        _text("place"),
        sa.Column("online", sa.Boolean, nullable=False),
        _text("title"),
        _text("note"),
        sa.Column("areas", sa.ARRAY(sa.Text, dimensions=1), nullable=False),
        sa.Column("documents", postgresql.JSONB, nullable=False),
        sa.Column("staff", postgresql.JSONB, nullable=False),
        sa.Column("people", postgresql.JSONB, nullable=False),
        sa.Column("attendance", postgresql.JSONB, nullable=False),
        _text("recorded_by"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_activity_kind")),
        sa.CheckConstraint("status IN ('recorded', 'struck-out')", name=op.f("ck_activity_status")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_activity_minutes")),
        sa.CheckConstraint("version > 0", name=op.f("ck_activity_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_held_on", "activity", ["held_on", "id"])
    op.create_index(
        "ix_activity_staff",
        "activity",
        ["staff"],
        postgresql_using="gin",
        postgresql_ops={"staff": "jsonb_path_ops"},
    )
    _create_link("activity")


def _create_link(table: str) -> None:
    op.create_table(
        f"{table}_unit",
        sa.Column(f"{table}_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_{table}_unit_{table}_id_{table}")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint(f"{table}_id", "unit_id", name=op.f(f"pk_{table}_unit")),
    )
    op.create_index(f"ix_{table}_unit_unit_id", f"{table}_unit", ["unit_id", f"{table}_id"])


def _create_contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        _text("status"),
        _text("role"),
        _text("name"),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        _text("function"),
        _text("email"),
        _text("phone"),
        _text("note"),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_contact_role")),
        sa.CheckConstraint("status IN ('current', 'ended', 'erased')", name=op.f("ck_contact_status")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_contact_validity")),
        sa.CheckConstraint("(status = 'current') = (valid_until IS NULL)", name=op.f("ck_contact_end")),
        sa.CheckConstraint(ERASED, name=op.f("ck_contact_erased")),
        sa.CheckConstraint("version > 0", name=op.f("ck_contact_version")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_contact_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_sort_key", "contact", ["sort_key", "id"])
    op.create_index("ix_contact_unit_id_sort_key", "contact", ["unit_id", "sort_key", "id"])
    op.create_table(
        "contact_read",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("actor"),
        _text("affiliation"),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("contact_id", sa.Uuid),
        sa.Column("as_of", sa.Date),
        _text("correlation_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_read")),
    )
    op.create_index("ix_contact_read_at", "contact_read", ["at", "id"])
    op.create_index("ix_contact_read_unit_id", "contact_read", ["unit_id", "at"])
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON contact_read "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _create_correspondence() -> None:
    op.create_table(
        "correspondence",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("occurred_on", sa.Date, nullable=False),
        _text("direction"),
        _text("channel"),
        _text("subject"),
        _text("summary"),
        sa.Column("contact_ids", sa.ARRAY(sa.Uuid, dimensions=1), nullable=False),
        _text("others"),
        _text("reference_number"),
        _text("message_id"),
        sa.Column("documents", postgresql.JSONB, nullable=False),
        _text("search_text"),
        _text("recorded_by"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "direction IN ('in', 'out', 'internal')", name=op.f("ck_correspondence_direction")
        ),
        sa.CheckConstraint(f"channel IN ({CHANNELS})", name=op.f("ck_correspondence_channel")),
        sa.CheckConstraint("version > 0", name=op.f("ck_correspondence_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correspondence")),
    )
    op.create_index("ix_correspondence_occurred_on", "correspondence", ["occurred_on", "id"])
    _create_link("correspondence")


def _create_promises() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("correspondence_id", sa.Uuid, nullable=False),
        sa.Column("promised_on", sa.Date, nullable=False),
        _text("what"),
        _text("side"),
        sa.Column("person", sa.Text),
        sa.Column("contact_id", sa.Uuid),
        sa.Column("due_on", sa.Date),
        _text("status"),
        sa.Column("settled_on", sa.Date),
        _text("settlement_note"),
        sa.CheckConstraint("side IN ('agency', 'unit')", name=op.f("ck_promise_side")),
        sa.CheckConstraint("status IN ('open', 'fulfilled', 'abandoned')", name=op.f("ck_promise_status")),
        sa.CheckConstraint("(status = 'open') = (settled_on IS NULL)", name=op.f("ck_promise_settled")),
        sa.CheckConstraint("version > 0", name=op.f("ck_promise_version")),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name=op.f("fk_promise_correspondence_id_correspondence"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_promise_contact_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index("ix_promise_correspondence_id", "promise", ["correspondence_id"])
    op.create_index("ix_promise_status_due_on", "promise", ["status", "due_on"])


def downgrade() -> None:
    op.drop_table("promise")
    op.drop_table("correspondence_unit")
    op.drop_table("correspondence")
    op.drop_table("contact_read")
    op.drop_table("contact")
    op.drop_table("activity_unit")
    op.drop_table("activity")
