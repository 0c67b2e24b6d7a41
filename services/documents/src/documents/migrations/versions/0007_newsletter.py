"""Newsletter and communication plans."""

from datetime import datetime
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

T = TypeVar("T")
INSTANT = sa.DateTime(timezone=True)
IS_KIND = (
    "kind IN ('media-output', 'press-release', 'meeting', 'conference', 'newsletter', 'social-network', "
    "'website', 'leaflet', 'communication-plan', 'other')"
)
IS_ACT = (
    "act IN ('cooperation-started', 'memorandum-concluded', 'consultation-opened', 'settlement-published', "
    "'plan-approved', 'evaluation-completed', 'call-announced')"
)
RULES = (
    ("cooperation-started", "press-release", "Zpráva o zahájení spolupráce", "místní tisk, web", 10),
    ("memorandum-concluded", "media-output", "Mediální výstup k memorandu", "místní tisk, web", 10),
    ("consultation-opened", "website", "Oznámení o připomínkování plánu", "web, úřední deska", 3),
    ("settlement-published", "website", "Zpráva o vypořádání připomínek", "web", 5),
    ("plan-approved", "press-release", "Zpráva o schválení plánu", "místní tisk, web", 10),
    ("plan-approved", "meeting", "Setkání s veřejností ke schválenému plánu", "setkání", 60),
    ("evaluation-completed", "website", "Zveřejnění závěrů evaluace", "web", 20),
)


RULE = ("id", "act", "kind", "title", "channel", "working_days", "target_group", "is_active", "version")


def _rules() -> list[tuple[object, ...]]:
    ids = [uuid5(NAMESPACE_URL, f"urn:pospolu:communication-rule:{act}:{kind}") for act, kind, *_ in RULES]
    return [(id_, *row, "veřejnost", True, 1) for id_, row in zip(ids, RULES, strict=True)]


def _needed(kind: type[sa.types.TypeEngine[T]], *names: str) -> list[sa.Column[T]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: type[sa.types.TypeEngine[T]], *names: str) -> list[sa.Column[T]]:
    return [sa.Column(name, kind) for name in names]


def _instants(*names: str) -> list[sa.Column[datetime]]:
    return [sa.Column(name, INSTANT) for name in names]


def _sets_of_texts(*names: str) -> list[sa.Column[list[str]]]:
    return [sa.Column(name, postgresql.ARRAY(sa.Text), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "communication_plan",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        *_optional(sa.Uuid, "cooperation_id", "plan_id", "project_id"),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid), nullable=False),
        sa.Column("responsible", sa.Text, nullable=False),
        *_sets_of_texts("channels", "target_groups"),
        *_needed(sa.Date, "valid_from", "valid_until"),
        sa.Column("closed_on", sa.Date),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(cooperation_id, plan_id, project_id) > 0",
            name=op.f("ck_communication_plan_of_something"),
        ),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_communication_plan_valid_until")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_plan")),
    )
    op.create_index("ix_communication_plan_valid_from_id", "communication_plan", ["valid_from", "id"])
    op.create_table(
        "communication_rule",
        sa.Column("id", sa.Uuid, nullable=False),
        *_needed(sa.Text, "act", "kind", "title", "channel", "target_group"),
        sa.Column("working_days", sa.Integer, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(IS_ACT, name=op.f("ck_communication_rule_act")),
        sa.CheckConstraint(IS_KIND, name=op.f("ck_communication_rule_kind")),
        sa.CheckConstraint("working_days > 0", name=op.f("ck_communication_rule_working_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_rule")),
    )
    op.create_table(
        "newsletter_arrival",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_newsletter_arrival")),
    )
    op.create_index("ix_newsletter_arrival_at", "newsletter_arrival", ["at"])
    op.create_index("ix_newsletter_arrival_client_at", "newsletter_arrival", ["client", "at"])
    op.create_table(
        "newsletter_consent",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subscriber_id", sa.Uuid, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        *_needed(sa.Text, "form", "wording"),
        sa.CheckConstraint(
            "fact IN ('asked', 'confirmed', 'changed', 'withdrawn', 'suspended', 'erased')",
            name=op.f("ck_newsletter_consent_fact"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_newsletter_consent")),
    )
    op.create_index(
        "ix_newsletter_consent_subscriber_id", "newsletter_consent", ["subscriber_id", "position"]
    )
    op.create_table(
        "newsletter_issue",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer),
        *_needed(sa.Text, "state", "language", "title", "opening"),
        sa.Column("sections", postgresql.JSONB, nullable=False),
        sa.Column("frozen", postgresql.JSONB),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid), nullable=False),
        *_sets_of_texts("areas", "themes"),
        *_needed(sa.Text, "written_by", "writer"),
        sa.Column("created_at", INSTANT, nullable=False),
        *_optional(sa.Text, "submitted_by", "approved_by", "approver"),
        *_instants("approved_at", "send_at", "started_at", "finished_at"),
        sa.Column("reason", sa.Text),
        *_needed(sa.Integer, "recipients", "version"),
        sa.CheckConstraint("language IN ('cs', 'en')", name=op.f("ck_newsletter_issue_language")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'sending', 'sent', 'stopped')",
            name=op.f("ck_newsletter_issue_state"),
        ),
        sa.CheckConstraint(
            "(started_at IS NULL) = (number IS NULL)", name=op.f("ck_newsletter_issue_numbered")
        ),
        sa.CheckConstraint(
            "approved_by <> submitted_by", name=op.f("ck_newsletter_issue_approved_by_another")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_issue")),
        sa.UniqueConstraint("number", name=op.f("uq_newsletter_issue_number")),
    )
    op.create_index("ix_newsletter_issue_created_at_id", "newsletter_issue", ["created_at", "id"])
    op.create_index(
        "ix_newsletter_issue_due",
        "newsletter_issue",
        ["send_at"],
        postgresql_where=sa.text("state IN ('approved', 'sending')"),
    )
    op.create_table(
        "newsletter_salt",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_newsletter_salt")),
    )
    op.create_table(
        "newsletter_subscriber",
        sa.Column("id", sa.Uuid, nullable=False),
        *_needed(sa.Text, "status", "address", "address_key", "language"),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid), nullable=False),
        *_sets_of_texts("areas", "themes"),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("confirmation", sa.Text),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("letter", sa.Text),
        sa.Column("letter_next_at", INSTANT),
        sa.Column("letter_attempts", sa.Integer, nullable=False),
        sa.Column("letters_on", sa.Date),
        sa.Column("letters_of_day", sa.Integer, nullable=False),
        *_instants("last_letter_at", "confirmed_at", "ended_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("language IN ('cs', 'en')", name=op.f("ck_newsletter_subscriber_language")),
        sa.CheckConstraint(
            "letter IN ('confirmation', 'reminder')", name=op.f("ck_newsletter_subscriber_letter")
        ),
        sa.CheckConstraint(
            "status <> 'active' OR confirmed_at IS NOT NULL", name=op.f("ck_newsletter_subscriber_confirmed")
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'active', 'unsubscribed', 'suspended')",
            name=op.f("ck_newsletter_subscriber_status"),
        ),
        sa.CheckConstraint(
            "(letter IS NULL) = (letter_next_at IS NULL)", name=op.f("ck_newsletter_subscriber_letter_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_subscriber")),
        sa.UniqueConstraint("address_key", name=op.f("uq_newsletter_subscriber_address_key")),
        sa.UniqueConstraint("confirmation", name=op.f("uq_newsletter_subscriber_confirmation")),
        sa.UniqueConstraint("secret", name=op.f("uq_newsletter_subscriber_secret")),
    )
    op.create_index(
        "ix_newsletter_subscriber_letter",
        "newsletter_subscriber",
        ["letter_next_at", "id"],
        postgresql_where=sa.text("letter IS NOT NULL"),
    )
    op.create_index("ix_newsletter_subscriber_status_id", "newsletter_subscriber", ["status", "id"])
    op.create_table(
        "communication_output",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("communication_plan_id", sa.Uuid),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid), nullable=False),
        *_needed(sa.Text, "kind", "title", "channel", "target_group", "responsible"),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("proof_url", sa.Text),
        sa.Column("document_id", sa.Uuid),
        sa.Column("note", sa.Text),
        sa.Column("rule_id", sa.Uuid),
        sa.Column("act_key", sa.Text),
        sa.Column("about_id", sa.Uuid),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_communication_output_done")
        ),
        sa.CheckConstraint(IS_KIND, name=op.f("ck_communication_output_kind")),
        sa.CheckConstraint(
            "state IN ('planned', 'done', 'cancelled')", name=op.f("ck_communication_output_state")
        ),
        sa.CheckConstraint(
            "(rule_id IS NULL) = (act_key IS NULL)", name=op.f("ck_communication_output_arisen")
        ),
        sa.ForeignKeyConstraint(
            ["communication_plan_id"],
            ["communication_plan.id"],
            name=op.f("fk_communication_output_communication_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_communication_output_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["communication_rule.id"], name=op.f("fk_communication_output_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_output")),
        sa.UniqueConstraint("rule_id", "act_key", name=op.f("uq_communication_output_rule_id_act_key")),
    )
    op.create_index("ix_communication_output_due_on_id", "communication_output", ["due_on", "id"])
    op.create_index("ix_communication_output_plan_id", "communication_output", ["communication_plan_id"])
    op.create_index(
        "ix_communication_output_waiting",
        "communication_output",
        ["due_on"],
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_table(
        "communication_target",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("promised", sa.Integer, nullable=False),
        sa.CheckConstraint(IS_KIND, name=op.f("ck_communication_target_kind")),
        sa.CheckConstraint("promised > 0", name=op.f("ck_communication_target_promised")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["communication_plan.id"], name=op.f("fk_communication_target_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "kind", name=op.f("pk_communication_target")),
    )
    op.create_table(
        "newsletter_delivery",
        *_needed(sa.Uuid, "issue_id", "subscriber_id", "message_id"),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        *_instants("attempted_at", "settled_at"),
        sa.Column("reply", sa.Text),
        sa.CheckConstraint(
            "(status = 'waiting') = (settled_at IS NULL)", name=op.f("ck_newsletter_delivery_settled_whole")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'refused', 'dropped')", name=op.f("ck_newsletter_delivery_status")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["newsletter_issue.id"], name=op.f("fk_newsletter_delivery_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", "subscriber_id", name=op.f("pk_newsletter_delivery")),
        sa.UniqueConstraint("message_id", name=op.f("uq_newsletter_delivery_message_id")),
    )
    op.create_index("ix_newsletter_delivery_attempted_at", "newsletter_delivery", ["attempted_at"])
    op.create_index("ix_newsletter_delivery_subscriber_id", "newsletter_delivery", ["subscriber_id"])
    op.create_index(
        "ix_newsletter_delivery_waiting",
        "newsletter_delivery",
        ["issue_id", "next_attempt_at", "subscriber_id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )
    for table in ("communication_plan", "communication_output"):
        op.create_index(f"ix_{table}_unit_ids", table, ["unit_ids"], postgresql_using="gin")
    rule = sa.table("communication_rule", *(sa.column(name) for name in RULE))
    op.bulk_insert(rule, [dict(zip(RULE, each, strict=True)) for each in _rules()])
