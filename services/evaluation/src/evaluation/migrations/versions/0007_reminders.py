"""Who is reminded how, mail that waits, private feeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_mail_account()
    _create_mail_message()
    _create_reminder_subscription()
    _create_planned_escalation()
    _create_reminder_item()
    _create_private_feed()
    op.execute("ALTER TABLE obligation SET (fillfactor = 85)")  # a row that is announced stays on its page


def _create_mail_account() -> None:
    op.create_table(
        "mail_account",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("delivery", sa.Text, nullable=False),
        sa.Column("quiet_days", sa.Boolean, nullable=False),
        sa.Column("roles", ARRAY(sa.Text), nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("sees_all", sa.Boolean, nullable=False),
        sa.Column("verified_at", INSTANT),
        sa.Column("code_digest", sa.Text),
        sa.Column("code_sent_at", INSTANT, nullable=False),
        sa.Column("code_tries", sa.Integer, nullable=False),
        sa.Column("last_digest_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_mail_account"),
        sa.CheckConstraint("language IN ('cs','en')", name=op.f("ck_mail_account_language")),
        sa.CheckConstraint(
            "delivery IN ('at-once','daily','weekly','none')", name=op.f("ck_mail_account_delivery")
        ),
        sa.CheckConstraint(
            "(verified_at IS NULL) = (code_digest IS NOT NULL)",
            name=op.f("ck_mail_account_verified_or_asked"),
        ),
    )
    op.create_index("ix_mail_account_unit_ids", "mail_account", ["unit_ids"], postgresql_using="gin")


def _create_mail_message() -> None:
    op.create_table(
        "mail_message",
        sa.Column("message_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("plain", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("last_reply", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_mail_message"),
        sa.UniqueConstraint("key", name="uq_mail_message_key"),
        sa.CheckConstraint("kind IN ('code','digest')", name=op.f("ck_mail_message_kind")),
        sa.CheckConstraint("status IN ('waiting','sent','refused')", name=op.f("ck_mail_message_status")),
        sa.CheckConstraint(
            "(status = 'waiting') = (settled_at IS NULL)", name=op.f("ck_mail_message_settled_whole")
        ),
    )
    op.create_index(
        "ix_mail_message_waiting",
        "mail_message",
        ["next_attempt_at", "message_id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index("ix_mail_message_person_id_created_at", "mail_message", ["person_id", "created_at"])
    op.create_index(
        "ix_mail_message_status_created_at_message_id", "mail_message", ["status", "created_at", "message_id"]
    )


def _create_reminder_subscription() -> None:
    op.create_table(
        "reminder_subscription",
        sa.Column("subscription_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("owner", sa.Text),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", name="pk_reminder_subscription"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["mail_account.person_id"], name="fk_reminder_subscription_person_id"
        ),
        sa.CheckConstraint(
            "num_nonnulls(unit_id, plan_id, owner) = 1", name=op.f("ck_reminder_subscription_of_one_thing")
        ),
        sa.UniqueConstraint(
            "person_id",
            "unit_id",
            "plan_id",
            "owner",
            name="uq_reminder_subscription_person_id_unit_id_plan_id_owner",
            postgresql_nulls_not_distinct=True,
        ),
    )
    for column in ("unit_id", "plan_id", "owner"):
        op.create_index(f"ix_reminder_subscription_{column}", "reminder_subscription", [column])


def _create_planned_escalation() -> None:
    op.create_table(
        "planned_escalation",
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("escalates_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", "due_on", name="pk_planned_escalation"),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.obligation_id"], name="fk_planned_escalation_obligation_id"
        ),
    )
    op.create_index("ix_planned_escalation_escalates_on", "planned_escalation", ["escalates_on"])


def _create_reminder_item() -> None:
    op.create_table(
        "reminder_item",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("message_id", sa.Uuid),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "stage", "subject_id", "due_on", name="pk_reminder_item"),
        sa.ForeignKeyConstraint(["person_id"], ["mail_account.person_id"], name="fk_reminder_item_person_id"),
        sa.CheckConstraint(
            "stage IN ('due-soon','due-today','overdue','escalated','evaluation-due')",
            name=op.f("ck_reminder_item_stage"),
        ),
    )
    op.create_index(
        "ix_reminder_item_waiting",
        "reminder_item",
        ["person_id"],
        postgresql_where=sa.text("message_id IS NULL"),
    )
    op.create_index("ix_reminder_item_message_id", "reminder_item", ["message_id"])


def _create_private_feed() -> None:
    op.create_table(
        "private_feed",
        sa.Column("feed_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("token_digest", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("owner", sa.Text),
        sa.Column("sees_all", sa.Boolean, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name="pk_private_feed"),
        sa.UniqueConstraint("token_digest", name="uq_private_feed_token_digest"),
        sa.CheckConstraint(
            "num_nonnulls(unit_id, plan_id, owner) <= 1", name=op.f("ck_private_feed_of_one_thing")
        ),
    )
    op.create_index(
        "ix_private_feed_person_id_created_at_feed_id", "private_feed", ["person_id", "created_at", "feed_id"]
    )
