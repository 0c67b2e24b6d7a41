"""Memberships in time and successions of units; the status of municipalities, parts of municipalities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = (
    "'state', 'region', 'district', 'orp', 'pou', 'municipality', 'city-part', "
    "'municipality-association', 'local-action-group', 'other-association'"
)
KINDS_NOW = KINDS.replace("'city-part', ", "'city-part', 'municipality-part', ")
STATUSES = "'municipality', 'town', 'market-town', 'statutory-city', 'capital-city', 'military-area'"
CODE_OF_KIND = "(md5(kind || ':' || code)::uuid) WITH ="
"""Texts are slow in such an index: as 128 bits thousands of new units take half the time."""


def upgrade() -> None:
    _change_units()
    _create_memberships()


def _change_units() -> None:
    op.drop_constraint("ck_unit_kind", "unit")
    op.create_check_constraint(op.f("ck_unit_kind"), "unit", f"kind IN ({KINDS_NOW})")
    op.add_column("unit_state", sa.Column("status", sa.Text))
    op.create_check_constraint(op.f("ck_unit_state_status"), "unit_state", f"status IN ({STATUSES})")
    _one_owner("code", CODE_OF_KIND)
    _one_owner("ico", "ico WITH =, kind WITH =", where="WHERE (ico IS NOT NULL)")


def _one_owner(identifier: str, columns: str, *, where: str = "") -> None:
    op.drop_constraint(f"ex_unit_state_one_{identifier}", "unit_state")
    op.execute(
        f"ALTER TABLE unit_state ADD CONSTRAINT ex_unit_state_one_{identifier} EXCLUDE USING gist "
        f"({columns}, daterange(valid_from, valid_until, '[]') WITH &&) {where}"
    )


def _create_memberships() -> None:
    op.create_table(
        "membership",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("group_kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("unit_id"), "="),
            (sa.column("group_id"), "="),
            (sa.text("daterange(valid_from, valid_until, '[]')"), "&&"),
            where=sa.text("group_kind <> 'pou'"),
            using="gist",
            name="ex_membership_once",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("unit_id"), "="),
            (sa.text("daterange(valid_from, valid_until, '[]')"), "&&"),
            where=sa.text("group_kind = 'pou'"),
            using="gist",
            name="ex_membership_one_pou",
        ),
        sa.CheckConstraint("unit_id <> group_id", name=op.f("ck_membership_not_itself")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_membership_validity")),
        sa.ForeignKeyConstraint(["group_id"], ["unit.id"], name=op.f("fk_membership_group_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "group_id", "valid_from", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_group_id", "membership", ["group_id", "unit_id"])
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Uuid, nullable=False),
        sa.Column("successor_id", sa.Uuid, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("manner", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("manner IN ('merge', 'split', 'transfer')", name=op.f("ck_succession_manner")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_succession_not_itself")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["unit.id"], name=op.f("fk_succession_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_succession_successor_id")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", "happened_on", name=op.f("pk_succession")),
    )
    op.create_index("ix_succession_successor_id", "succession", ["successor_id", "happened_on"])


def downgrade() -> None:
    for table in ("succession", "membership"):
        op.drop_table(table)
    for identifier in ("code", "ico"):
        _one_owner(identifier, f"kind WITH =, {identifier} WITH =")
    op.drop_column("unit_state", "status")
    op.drop_constraint("ck_unit_kind", "unit")
    op.create_check_constraint(op.f("ck_unit_kind"), "unit", f"kind IN ({KINDS})")
