"""Plans, their trees and approved revisions; the copy of registry's units."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import create_plumbing

revision = "0001"
down_revision = None

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_plumbing()
    create_units()
    create_plans()
    create_nodes()
    create_revisions()


def create_units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("valid_until", DAY),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    op.create_table(
        "cooperation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", DAY, nullable=False),
        sa.Column("ends_on", DAY),
        sa.PrimaryKeyConstraint("id", name="pk_cooperation"),
    )
    op.create_index("ix_cooperation_unit_id", "cooperation", ["unit_id"])


def create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("vision", sa.Text, nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("valid_until", DAY, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("submitted_by", sa.Text),
        sa.Column("monitored_revision", sa.Integer, nullable=False),
        sa.Column("evaluated_revision", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.CheckConstraint("kind IN ('PSZ', 'SPSZ', 'TAP', 'PP', 'EXIT', 'KPSS', 'SPRSS')", name="kind"),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'in-implementation', 'closed')",
            name="status",
        ),
        sa.CheckConstraint("valid_from < valid_until", name="validity"),
        sa.CheckConstraint("revision > 0 AND version > 0", name="counted"),
    )
    op.create_index("ix_plan_status", "plan", ["status", "id"])
    op.create_table(
        "plan_unit",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "unit_id", name="pk_plan_unit"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_unit_plan_id", ondelete="CASCADE"),
    )
    op.create_index("ix_plan_unit_unit_id", "plan_unit", ["unit_id"])
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_step_plan_id", ondelete="CASCADE"),
    )
    op.create_index("ix_step_plan_id", "step", ["plan_id", "id"])


def create_nodes() -> None:
    texts = ("description", "area", "causes", "consequences", "affected_group", "target_state", "owner")
    more_texts = ("funding_source", "source", "unit", "direction", "periodicity")
    op.create_table(
        "node",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in (*texts, *more_texts)),
        sa.Column("estimated_people", sa.Integer),
        sa.Column("partners", sa.ARRAY(sa.Text)),
        *(sa.Column(name, DAY) for name in ("starts_on", "ends_on", "due_on", "baseline_on", "target_on")),
        sa.Column("cost_czk", sa.Numeric(14, 2)),
        sa.Column("baseline", sa.Numeric),
        sa.Column("target", sa.Numeric),
        sa.PrimaryKeyConstraint("plan_id", "id", name="pk_node"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_node_plan_id", ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('problem', 'goal', 'measure', 'activity', 'indicator')", name="kind"),
        sa.CheckConstraint("(kind = 'problem') = (parent_id IS NULL)", name="root"),
    )
    op.create_index("ix_node_parent_id", "node", ["plan_id", "parent_id", "position"])


def create_revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("approved_on", DAY, nullable=False),
        sa.Column("resolution_number", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_revision"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_revision_plan_id"),
    )
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'an approved revision is immutable' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON revision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
