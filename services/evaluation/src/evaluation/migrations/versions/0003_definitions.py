"""Versioned definitions of indicators, and values with their parts and trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
DEFINED = ["definition_code", "definition_edition"]


def upgrade() -> None:
    _create_definition()
    _create_definition_edition()
    _define_indicators()
    _widen_obligation()
    _widen_value_act()
    _create_value_draft()
    _create_period_lock()


def _create_definition() -> None:
    op.create_table(
        "definition",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("name_text", sa.Text, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("sort_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_definition"),
    )
    op.create_index("ix_definition_sort_key", "definition", ["sort_key", "code"])
    op.create_index("ix_definition_name_text", "definition", ["name_text"])


def _create_definition_edition() -> None:
    texts = ("name_cs", "name_en", "area", "kind", "accumulation", "unit", "direction", "level")
    op.create_table(
        "definition_edition",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("periodicity", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("source", "method", "value_source")),
        sa.Column("formula", sa.Text),
        sa.Column("series", sa.Text),
        sa.Column("levels", JSONB),
        sa.Column("dimensions", ARRAY(sa.Text), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("bridge", sa.Text),
        sa.Column("bridge_factor", sa.Numeric),
        sa.Column("bridge_offset", sa.Numeric),
        *_by_whom(),
        sa.PrimaryKeyConstraint("code", "edition", name="pk_definition_edition"),
        sa.ForeignKeyConstraint(["code"], ["definition.code"], name="fk_definition_edition_code"),
        *_edition_checks(),
    )
    _make_append_only("definition_edition")


def _by_whom() -> tuple[sa.Column[str], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_affiliation", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _edition_checks() -> tuple[sa.CheckConstraint, ...]:
    checks = {
        "kind": "kind IN ('count','share','ratio','money','ordinal','qualitative')",
        "accumulation": "accumulation IN ('state','cumulative','incremental')",
        "value_source": "value_source IN ('direct','table','formula')",
        "formula": "(value_source = 'formula') = (formula IS NOT NULL)",
        "series": "(value_source = 'table') = (series IS NOT NULL)",
        "levels": "(kind = 'ordinal') = (levels IS NOT NULL)",
        "bridge": "bridge IN ('same','linear','not-comparable')",
        "bridged": "(edition = 1) = (bridge IS NULL)",
        "bridge_whole": "num_nonnulls(bridge_factor, bridge_offset) = "
        "CASE WHEN bridge = 'linear' THEN 2 ELSE 0 END",
    }
    return tuple(
        sa.CheckConstraint(rule, name=op.f(f"ck_definition_edition_{name}")) for name, rule in checks.items()
    )


def _make_append_only(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _define_indicators() -> None:
    table = "monitored_indicator"
    for column in ("definition_code", "defined_by", "accumulation"):
        op.add_column(table, sa.Column(column, sa.Text))
    op.add_column(table, sa.Column("definition_edition", sa.Integer))
    op.add_column(table, sa.Column("part_targets", JSONB))
    op.add_column(table, sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.create_foreign_key(
        "fk_monitored_indicator_definition_code_definition_edition",
        table,
        "definition_edition",
        DEFINED,
        ["code", "edition"],
    )
    checks = {
        "definition_whole": "num_nulls(definition_code, definition_edition, defined_by) IN (0, 3)",
        "defined_by": "defined_by IN ('name','person')",
        "accumulation": "accumulation IN ('state','cumulative','incremental')",
    }
    for name, rule in checks.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    op.create_index("ix_monitored_indicator_definition_code", table, ["definition_code"])


def _widen_obligation() -> None:
    for column in ("wording", "definition_code"):
        op.add_column("obligation", sa.Column(column, sa.Text))
    op.add_column("obligation", sa.Column("definition_edition", sa.Integer))
    op.create_foreign_key(
        "fk_obligation_definition_code_definition_edition",
        "obligation",
        "definition_edition",
        DEFINED,
        ["code", "edition"],
    )
    op.drop_constraint(op.f("ck_obligation_reported_whole"), "obligation")
    op.create_check_constraint(
        op.f("ck_obligation_reported_whole"),
        "obligation",
        "CASE WHEN status IN ('open','cancelled')"
        " THEN num_nonnulls(value, wording, measured_on, reported_by) = 0"
        " ELSE num_nulls(measured_on, reported_by) = 0 AND num_nonnulls(value, wording) = 1 END",
    )


def _widen_value_act() -> None:
    for column in ("wording", "definition_code"):
        op.add_column("value_act", sa.Column(column, sa.Text))
    op.add_column("value_act", sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("value_act", sa.Column("definition_edition", sa.Integer))
    for column in ("breakdown", "evidence", "derivation"):
        op.add_column("value_act", sa.Column(column, JSONB))
    op.alter_column("value_act", "value", nullable=True)
    for name in ("act", "reported_whole", "returned_for_reason"):
        op.drop_constraint(op.f(f"ck_value_act_{name}"), "value_act")
    checks = {
        "act": "act IN ('reported','approved','returned','corrected')",
        "says_one_thing": "num_nonnulls(value, wording) = 1",
        "reported_whole": "(act IN ('reported','corrected')) = (num_nulls(measured_on, source) = 0)",
        "reasoned": "reason IS NOT NULL OR (act IN ('reported','approved') AND NOT late)",
    }
    for name, rule in checks.items():
        op.create_check_constraint(op.f(f"ck_value_act_{name}"), "value_act", rule)


def _create_value_draft() -> None:
    op.create_table(
        "value_draft",
        sa.Column("obligation_id", sa.Uuid, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        *_by_whom(),
        sa.PrimaryKeyConstraint("obligation_id", name="pk_value_draft"),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.obligation_id"], name="fk_value_draft_obligation_id"
        ),
    )


def _create_period_lock() -> None:
    op.add_column("monitored_plan", sa.Column("locked_until", sa.Date))
    op.create_table(
        "period_lock",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        *_by_whom(),
        sa.PrimaryKeyConstraint("plan_id", "version", name="pk_period_lock"),
        sa.ForeignKeyConstraint(["plan_id"], ["monitored_plan.plan_id"], name="fk_period_lock_plan_id"),
    )
    _make_append_only("period_lock")
