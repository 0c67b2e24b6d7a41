"""What a plan holds beside its tree of old: money, projects, links, risks, areas, chapters, commitments."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

PLAN_KINDS = "'PSZ', 'SPSZ', 'TAP', 'PP', 'EXIT', 'KPSS', 'SPRSS', 'KOM'"
NODE_KINDS = (
    "'problem', 'goal', 'measure', 'activity', 'indicator', 'budget-line', 'project', 'strategy', "
    "'risk', 'area', 'chapter'"
)
TEXTS = (
    "funder",
    "category",
    "note",
    "programme",
    "registration_number",
    "call",
    "applicant",
    "state",
    "strategy_code",
    "goal_code",
    "response",
    "code",
)


def upgrade() -> None:
    _change("plan", "kind", f"kind IN ({PLAN_KINDS})")
    _change("node", "kind", f"kind IN ({NODE_KINDS})")
    _change("node", "root", "(kind IN ('problem', 'risk', 'area', 'chapter')) = (parent_id IS NULL)")
    for name in TEXTS:
        op.add_column("node", sa.Column(name, sa.Text))
    for name in ("year", "probability", "impact"):
        op.add_column("node", sa.Column(name, sa.Integer))
    for name in ("amount_czk", "budget_czk"):
        op.add_column("node", sa.Column(name, sa.Numeric(14, 2)))
    op.add_column("node", sa.Column("managers", sa.ARRAY(sa.Text)))
    create_commitments()


def create_commitments() -> None:
    op.create_table(
        "commitment",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("measure_id", sa.Uuid, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "plan_id", "measure_id", "side", "party", "version", name=op.f("pk_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_commitment_plan_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("side IN ('owner', 'partner')", name=op.f("ck_commitment_side")),
        sa.CheckConstraint("word IN ('accepted', 'declined', 'withdrawn')", name=op.f("ck_commitment_word")),
        sa.CheckConstraint("version > 0", name=op.f("ck_commitment_counted")),
    )


def _change(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
