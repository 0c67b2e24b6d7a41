"""Consultations and the comments sent to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_consultations()
    create_comments()
    create_arrivals()
    keep_what_was_consulted()
    keep_what_was_sent()


def texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def create_consultations() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("unit_ids", sa.ARRAY(sa.Uuid), nullable=False),
        *texts("title", "status"),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        *texts("deadline_rule"),
        sa.Column("channels", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("form_required", sa.Boolean, nullable=False),
        sa.Column("settle_by_on", DAY, nullable=False),
        *texts("contact", "paper_place", "instructions"),
        sa.Column("hearing_at", INSTANT),
        *texts("hearing_place", "hearing_minutes"),
        sa.Column("content", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("nodes", postgresql.JSONB),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("prolongations", postgresql.JSONB, nullable=False),
        *texts("salt", "cancel_reason"),
        *(sa.Column(name, INSTANT) for name in ("opened_at", "settled_at", "published_at")),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("created_at", "changed_at")),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_consultation_plan_id"),
        sa.CheckConstraint(
            "status IN ('preparation', 'open', 'settled', 'published', 'cancelled')", name="status"
        ),
        sa.CheckConstraint("deadline_rule IN ('delivered', 'sent')", name="deadline_rule"),
        sa.CheckConstraint("opens_at < closes_at", name="window"),
        sa.CheckConstraint("version > 0 AND revision > 0 AND last_number >= 0", name="counted"),
        sa.CheckConstraint("(opened_at IS NULL) = (content IS NULL)", name="frozen"),
        sa.CheckConstraint("(content IS NULL) = (digest IS NULL)", name="digest"),
        sa.CheckConstraint("(content IS NULL) = (nodes IS NULL)", name="nodes"),
        sa.CheckConstraint("opened_at IS NOT NULL OR status IN ('preparation', 'cancelled')", name="opened"),
        sa.CheckConstraint("(status = 'cancelled') = (cancel_reason <> '')", name="cancelled"),
        sa.CheckConstraint(
            "hearing_at IS NOT NULL OR (hearing_place = '' AND hearing_minutes = '')", name="hearing"
        ),
    )
    op.create_index(
        "ix_consultation_under_way",
        "consultation",
        ["plan_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('preparation', 'open')"),
    )
    op.create_index("ix_consultation_plan_id", "consultation", ["plan_id", "revision"])
    op.create_index("ix_consultation_unit_ids", "consultation", ["unit_ids"], postgresql_using="gin")
    op.create_index("ix_consultation_closes_at", "consultation", ["closes_at", "id"])


def create_comments() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *texts("channel", "submitter_kind", "submitter_name", "submitter_contact"),
        sa.Column("node_id", sa.Uuid),
        *texts("node_number", "node_title"),
        sa.Column("kind", sa.Text),
        *texts("text", "proposed_wording", "reasons"),
        sa.Column("attachments", postgresql.JSONB, nullable=False),
        sa.Column("sent_on", DAY),
        sa.Column("delivered_at", INSTANT, nullable=False),
        sa.Column("is_timely", sa.Boolean, nullable=False),
        sa.Column("late_reason", sa.Text),
        *texts("text_key", "search_text"),
        sa.Column("duplicate_of", sa.Uuid),
        sa.Column("withdrawn_at", INSTANT),
        *texts("withdrawal_reason"),
        sa.Column("receipt", sa.Text),
        sa.Column("is_erased", sa.Boolean, nullable=False),
        *texts("recorded_by"),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint("consultation_id", "number", name="uq_comment_consultation_id_number"),
        sa.UniqueConstraint("consultation_id", "id", name="uq_comment_consultation_id_id"),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name="fk_comment_consultation_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id", "duplicate_of"],
            ["comment.consultation_id", "comment.id"],
            name="fk_comment_duplicate_of",
        ),
        *comment_checks(),
    )
    op.create_index("ix_comment_text_key", "comment", ["consultation_id", "text_key"])
    op.create_index("ix_comment_node_id", "comment", ["consultation_id", "node_id", "number"])
    op.create_index("ix_comment_duplicate_of", "comment", ["duplicate_of"])
    for name, condition in (("late", "NOT is_timely"), ("withdrawn", "withdrawn_at IS NOT NULL")):
        op.create_index(
            f"ix_comment_{name}", "comment", ["consultation_id"], postgresql_where=sa.text(condition)
        )


def comment_checks() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "channel IN ('web', 'e-mail', 'data-box', 'post', 'in-person', 'paper', 'hearing')",
            name="channel",
        ),
        sa.CheckConstraint("kind IN ('formal', 'substantive', 'out-of-scope')", name="kind"),
        sa.CheckConstraint(
            "submitter_kind IN ('citizen', 'provider', 'municipality', 'ngo', 'authority', 'other')",
            name="submitter_kind",
        ),
        sa.CheckConstraint(
            "late_reason IN ('delivered-late', 'sent-late', 'sending-unknown')", name="late_reason"
        ),
        sa.CheckConstraint("version > 0 AND number > 0", name="counted"),
        sa.CheckConstraint("is_timely = (late_reason IS NULL)", name="timely"),
        sa.CheckConstraint("node_id IS NOT NULL OR (node_number = '' AND node_title = '')", name="node"),
        sa.CheckConstraint("duplicate_of <> id", name="duplicate"),
        sa.CheckConstraint("duplicate_of IS NULL OR withdrawn_at IS NULL", name="withdrawn"),
        sa.CheckConstraint(
            "NOT is_erased OR (submitter_name = '' AND submitter_contact = '' AND receipt IS NULL)",
            name="erased",
        ),
    )


def create_arrivals() -> None:
    op.create_table(
        "comment_arrival",
        sa.Column("comment_id", sa.Uuid, nullable=False),
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        *texts("client"),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_arrival"),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_comment_arrival_comment_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_comment_arrival_consultation_id"
        ),
    )
    op.create_index("ix_comment_arrival_client", "comment_arrival", ["consultation_id", "client", "at"])
    op.create_index("ix_comment_arrival_at", "comment_arrival", ["at"])


def refuse(name: str, table: str, *, when: str, because: str, if_new: str = "") -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{because}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    condition = f"WHEN ({if_new}) " if if_new else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {name}()"
    )


def keep_what_was_consulted() -> None:
    refuse("keep_consultation", "consultation", when="DELETE", because="consultations are not deleted")
    refuse(
        "keep_consulted_text",
        "consultation",
        when="UPDATE",
        because="what was put before the public is immutable, its window is only prolonged",
        if_new="OLD.content IS NOT NULL AND ((OLD.content, OLD.digest, OLD.nodes, OLD.opens_at) "
        "IS DISTINCT FROM (NEW.content, NEW.digest, NEW.nodes, NEW.opens_at) "
        "OR NEW.closes_at < OLD.closes_at OR NEW.last_number < OLD.last_number)",
    )


def keep_what_was_sent() -> None:
    sent = (
        *("consultation_id", "number", "channel", "submitter_kind", "node_id", "node_number", "node_title"),
        *("text", "proposed_wording", "reasons", "attachments", "sent_on", "delivered_at", "is_timely"),
    )
    before = ", ".join(f"OLD.{name}" for name in sent)
    after = ", ".join(f"NEW.{name}" for name in sent)
    refuse("keep_comment", "comment", when="DELETE", because="comments are not deleted")
    refuse(
        "keep_comment_text",
        "comment",
        when="UPDATE",
        because="what was sent is immutable",
        if_new=f"({before}) IS DISTINCT FROM ({after})",
    )
