"""Chains of approval, their rounds and steps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_chains()
    create_rounds()
    create_steps()
    create_parties()


def create_chains() -> None:
    op.create_table(
        "approval_chain",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("starts_on", DAY, nullable=False),
        sa.Column("ends_on", DAY),
        sa.Column("quiet_days", sa.SmallInteger, nullable=False),
        sa.Column("steps", postgresql.JSONB, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "set_by", "affiliation")),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval_chain"),
        sa.CheckConstraint(
            "kind IN ('PSZ', 'SPSZ', 'TAP', 'PP', 'EXIT', 'KPSS', 'SPRSS', 'KOM')", name="kind"
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
        sa.CheckConstraint("version > 0 AND quiet_days >= 0", name="counted"),
    )
    nobody = "'00000000-0000-0000-0000-000000000000'::uuid"
    op.execute(
        "ALTER TABLE approval_chain ADD CONSTRAINT ex_approval_chain_one_on_a_day EXCLUDE USING gist "
        f"(kind WITH =, (coalesce(unit_id, {nobody})) WITH =, daterange(starts_on, ends_on, '[]') WITH &&)"
    )


def create_rounds() -> None:
    op.create_table(
        "approval_round",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("number", sa.SmallInteger, nullable=False),
        sa.Column("unit_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("opened_on", DAY, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("due_on", DAY),
        sa.Column("quiet_days", sa.SmallInteger, nullable=False),
        sa.Column("quiet_until", DAY),
        sa.Column("ended_on", DAY),
        sa.Column("ended_by", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "hindered_by")),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval_round"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_approval_round_plan_id"),
        sa.UniqueConstraint(
            "plan_id", "revision", "number", name="uq_approval_round_plan_id_revision_number"
        ),
        sa.CheckConstraint(
            "status IN ('running', 'quiet', 'approved', 'returned', 'stopped', 'withdrawn')", name="status"
        ),
        sa.CheckConstraint(
            "version > 0 AND number > 0 AND position >= 0 AND quiet_days >= 0", name="counted"
        ),
        sa.CheckConstraint("(status IN ('running', 'quiet')) = (ended_on IS NULL)", name="ended"),
        sa.CheckConstraint("status <> 'quiet' OR quiet_until IS NOT NULL", name="quiet"),
    )
    live = sa.text("status IN ('running', 'quiet')")
    op.create_index(
        "ix_approval_round_live", "approval_round", ["plan_id"], unique=True, postgresql_where=live
    )
    op.create_index("ix_approval_round_status", "approval_round", ["status", "due_on", "id"])


def create_steps() -> None:
    op.create_table(
        "approval_step",
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("level", "label_cs", "label_en")),
        sa.Column("body_id", sa.Uuid),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("working_days", sa.SmallInteger),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("escalates_to", "state")),
        *(sa.Column(name, DAY) for name in ("opened_on", "due_on", "closed_on")),
        *(sa.Column(name, INSTANT) for name in ("reminded_at", "escalated_at")),
        sa.PrimaryKeyConstraint("round_id", "position", name="pk_approval_step"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["approval_round.id"], name="fk_approval_step_round_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_approval_step_body_id"),
        sa.CheckConstraint("level IN ('working-group', 'partnership', 'council', 'agency')", name="level"),
        sa.CheckConstraint("state IN ('waiting', 'pending', 'approved', 'returned')", name="state"),
        sa.CheckConstraint("position >= 0 AND working_days > 0", name="counted"),
    )


def create_parties() -> None:
    op.create_table(
        "approval_party",
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("ordinal", sa.SmallInteger, nullable=False),
        sa.Column("unit_id", sa.Uuid),
        sa.Column("decided_by", sa.Text),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("decided_on", DAY),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("body", "reference")),
        sa.Column("decision_id", sa.Uuid),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT),
        sa.PrimaryKeyConstraint("round_id", "position", "ordinal", name="pk_approval_party"),
        sa.ForeignKeyConstraint(
            ["round_id", "position"],
            ["approval_step.round_id", "approval_step.position"],
            name="fk_approval_party_round_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_approval_party_decision_id"),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decided"),
    )
    op.create_index("ix_approval_party_decided_by", "approval_party", ["decided_by"])
