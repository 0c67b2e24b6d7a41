"""Phases of cooperation: preparation, active, suspended, exit, ex-post, ended, cancelled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATUSES = "'preparation', 'active', 'suspended', 'exit', 'ex-post', 'ended', 'cancelled'"
GROUNDS = "'xenophobic-tension', 'new-hostel', 'closing-employer', 'sudden-migration', 'other'"
CHECKS = {
    "status": f"status IN ({STATUSES})",
    "form": "form IN ('pre-entry', 'standard')",
    "grounds": f"grounds IN ({GROUNDS})",
    "end_kind": "end_kind IN ('as-agreed', 'by-unit', 'by-agency', 'not-fulfilled')",
    "start": "starts_on IS NOT NULL OR status IN ('preparation', 'cancelled')",
    "ended": "(status = 'ended') = (ended_at IS NOT NULL)",
}
EXCLUSIONS = {
    "ex_cooperation_once": ("unit_id WITH =, regime WITH =", None),
    "ex_cooperation_partial_alone": (
        "unit_id WITH =, ((regime = 'VDP')::int) WITH <>",
        "regime IN ('IKP', 'VIP', 'VDP', 'VEX')",
    ),
}
PREPARED = """
SELECT id, least((started_at AT TIME ZONE 'Europe/Prague')::date, starts_on - 1), starts_on - 1, 'preparation'
FROM cooperation WHERE status = 'preparation'
"""
ACTIVE = "SELECT id, starts_on, ends_on, 'active' FROM cooperation"
ENDED = "SELECT id, ends_on + 1, NULL, 'ended' FROM cooperation WHERE ends_on < date '9999-12-31'"


def upgrade() -> None:
    op.add_column("cooperation", sa.Column("form", sa.Text))
    op.add_column("cooperation", sa.Column("grounds", sa.Text))
    op.add_column("cooperation", sa.Column("grounds_note", sa.Text, nullable=False, server_default=""))
    op.add_column("cooperation", sa.Column("approval", postgresql.JSONB))
    op.add_column("cooperation", sa.Column("status", sa.Text, nullable=False, server_default="active"))
    op.add_column("cooperation", sa.Column("end_kind", sa.Text))
    op.add_column("cooperation", sa.Column("exit_strategy", postgresql.JSONB))
    op.add_column("cooperation", sa.Column("exit_note", sa.Text, nullable=False, server_default=""))
    for name in ("grounds_note", "status", "exit_note"):
        op.alter_column("cooperation", name, server_default=None)
    op.execute(
        "UPDATE cooperation SET status = CASE WHEN ended_at IS NOT NULL THEN 'ended' "
        "WHEN starts_on > CURRENT_DATE THEN 'preparation' ELSE 'active' END, "
        "end_kind = CASE WHEN ended_at IS NOT NULL THEN 'as-agreed' END"
    )
    _create_phase()
    op.execute("UPDATE cooperation SET started_at = NULL WHERE status = 'preparation'")
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_cooperation_{name}"), "cooperation", check)
    _exclude(only_started=True)
    op.create_index(
        "ix_cooperation_in_preparation",
        "cooperation",
        ["unit_id", "regime"],
        unique=True,
        postgresql_where=sa.text("status = 'preparation' AND starts_on IS NULL"),
    )
    op.create_index(
        "ix_cooperation_awaited",
        "cooperation",
        ["starts_on"],
        postgresql_where=sa.text("status = 'preparation'"),
    )


def _create_phase() -> None:
    op.create_table(
        "cooperation_phase",
        sa.Column("cooperation_id", sa.Uuid, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("until_on", sa.Date),
        sa.Column("status", sa.Text, nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_cooperation_phase_status")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_cooperation_phase_order")),
        sa.ForeignKeyConstraint(
            ["cooperation_id"],
            ["cooperation.id"],
            name=op.f("fk_cooperation_phase_cooperation_id_cooperation"),
        ),
        sa.PrimaryKeyConstraint("cooperation_id", "from_on", name=op.f("pk_cooperation_phase")),
    )
    op.execute(
        "ALTER TABLE cooperation_phase ADD CONSTRAINT ex_cooperation_phase_one_at_a_time EXCLUDE USING gist "
        "(cooperation_id WITH =, daterange(from_on, until_on, '[]') WITH &&)"
    )
    for rows in (PREPARED, ACTIVE, ENDED):
        op.execute(f"INSERT INTO cooperation_phase (cooperation_id, from_on, until_on, status) {rows}")
    op.alter_column("cooperation", "starts_on", nullable=True)
    op.alter_column("cooperation", "started_at", nullable=True)


def _exclude(*, only_started: bool) -> None:
    for name, (columns, where) in EXCLUSIONS.items():
        conditions = [*([where] if where else []), *(["starts_on IS NOT NULL"] if only_started else [])]
        clause = f"WHERE ({' AND '.join(conditions)})" if conditions else ""
        op.execute(f"ALTER TABLE cooperation DROP CONSTRAINT {name}")
        op.execute(
            f"ALTER TABLE cooperation ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({columns}, daterange(starts_on, ends_on, '[]') WITH &&) {clause}"
        )


def downgrade() -> None:
    op.drop_table("cooperation_phase")
    op.execute("DELETE FROM cooperation WHERE starts_on IS NULL")
    op.execute("UPDATE cooperation SET started_at = now() WHERE started_at IS NULL")
    op.drop_index("ix_cooperation_awaited", "cooperation")
    op.drop_index("ix_cooperation_in_preparation", "cooperation")
    _exclude(only_started=False)
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_cooperation_{name}"), "cooperation")
    for name in ("started_at", "starts_on"):
        op.alter_column("cooperation", name, nullable=False)
    for name in ("form", "grounds", "grounds_note", "approval", "status", "end_kind"):
        op.drop_column("cooperation", name)
    op.drop_column("cooperation", "exit_strategy")
    op.drop_column("cooperation", "exit_note")
