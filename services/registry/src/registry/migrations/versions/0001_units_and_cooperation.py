"""Units with their states in time, and cooperation."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import create_plumbing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KINDS = (
    "'state', 'region', 'district', 'orp', 'pou', 'municipality', 'city-part', "
    "'municipality-association', 'local-action-group', 'other-association'"
)
REGIMES = "'IKP', 'VIP', 'VDP', 'VEX', 'KPSV21'"


def upgrade() -> None:
    create_plumbing()
    # a trusted extension: the owner of the database may create it
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    _create_unit()
    _create_unit_state()
    _create_cooperation()


def _create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_unit_kind")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_unit_validity")),
        sa.CheckConstraint("version > 0", name=op.f("ck_unit_version")),
    )


def _create_unit_state() -> None:
    op.create_table(
        "unit_state",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("parent_id", sa.Uuid),
        sa.Column("csu_code", sa.Text),
        sa.Column("ruian_code", sa.Text),
        sa.Column("ico", sa.Text),
        sa.Column("data_box", sa.Text),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("unit_id", "valid_from", name="pk_unit_state"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_state_unit_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_state_parent_id"),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_unit_state_validity")),
    )
    for name, columns in (
        ("ex_unit_state_one_at_a_time", "unit_id WITH ="),
        ("ex_unit_state_one_code", "kind WITH =, code WITH ="),
        ("ex_unit_state_one_ico", "kind WITH =, ico WITH ="),
    ):
        op.execute(
            f"ALTER TABLE unit_state ADD CONSTRAINT {name} "
            f"EXCLUDE USING gist ({columns}, daterange(valid_from, valid_until, '[]') WITH &&)"
        )
    op.create_index("ix_unit_state_sort_key", "unit_state", ["sort_key", "unit_id"])
    op.create_index("ix_unit_state_kind_sort_key", "unit_state", ["kind", "sort_key", "unit_id"])
    op.create_index("ix_unit_state_parent_id_sort_key", "unit_state", ["parent_id", "sort_key", "unit_id"])
    op.create_index(
        "ix_unit_state_untold", "unit_state", ["valid_from"], postgresql_where=sa.text("told_at IS NULL")
    )


def _create_cooperation() -> None:
    op.create_table(
        "cooperation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("regime", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_cooperation"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_cooperation_unit_id"),
        sa.CheckConstraint(f"regime IN ({REGIMES})", name=op.f("ck_cooperation_regime")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_cooperation_order")),
        sa.CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name=op.f("ck_cooperation_end")),
        sa.CheckConstraint("version > 0", name=op.f("ck_cooperation_version")),
    )
    for name, columns, where in (
        ("ex_cooperation_once", "unit_id WITH =, regime WITH =", ""),
        (
            "ex_cooperation_partial_alone",
            "unit_id WITH =, ((regime = 'VDP')::int) WITH <>",
            "WHERE (regime IN ('IKP', 'VIP', 'VDP', 'VEX'))",
        ),
    ):
        op.execute(
            f"ALTER TABLE cooperation ADD CONSTRAINT {name} "
            f"EXCLUDE USING gist ({columns}, daterange(starts_on, ends_on, '[]') WITH &&) {where}"
        )
    op.create_index("ix_cooperation_starts_on", "cooperation", ["starts_on", "id"])
    op.create_index("ix_cooperation_unit_id", "cooperation", ["unit_id", "starts_on", "id"])
    op.create_index(
        "ix_cooperation_running", "cooperation", ["ends_on"], postgresql_where=sa.text("ended_at IS NULL")
    )


def downgrade() -> None:
    for table in ("cooperation", "unit_state", "unit"):
        op.drop_table(table)
