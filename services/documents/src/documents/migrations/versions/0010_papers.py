"""Parts of a plan have a kind of their own; each memorandum and description counts by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = (
    "'PLAN', 'OTHER', 'CAST', 'PRIHL', 'MEMO', 'POPIS', 'VANAL', 'VYZK', 'PSZ', 'SPSZ', 'TAP', 'EXIT', "
    "'KPSS', 'ZAPIS', 'MONIT', 'EVAL', 'VYJ', 'VYPOR', 'METOD', 'VYROC', 'KOMPL', 'PRISP'"
)
SOURCES = (
    "'evaluation-report', 'minutes', 'memorandum', 'description', 'statement', 'unit-profile', "
    "'programme-report'"
)


def upgrade() -> None:
    for table, name, rule in (
        ("document", "kind", f"kind IN ({KINDS})"),
        ("requirement", "kind", f"kind IN ({KINDS})"),
        ("rendition", "source", f"source IN ({SOURCES})"),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    op.execute(
        "UPDATE document SET kind = 'CAST' "
        "WHERE kind = 'OTHER' AND origin = 'rendered' AND plan_id IS NOT NULL"
    )
    _milestones_by_source()


def _milestones_by_source() -> None:
    """What was noted until now keeps its day: which edition brought it is not known any more."""
    op.add_column("requirement_milestone", sa.Column("source_id", sa.Uuid))
    op.execute("UPDATE requirement_milestone SET source_id = of_id")
    op.execute(
        "INSERT INTO requirement_milestone (source_id, of_id, milestone, version, reached_on) "
        "SELECT id, id, 'end', version, ended_on FROM requiring_subject WHERE ended_on IS NOT NULL"
    )
    op.alter_column("requirement_milestone", "source_id", nullable=False)
    op.drop_constraint("pk_requirement_milestone", "requirement_milestone", type_="primary")
    op.create_primary_key("pk_requirement_milestone", "requirement_milestone", ["source_id", "milestone"])
    op.create_index(
        "ix_requirement_milestone_of_id_milestone", "requirement_milestone", ["of_id", "milestone"]
    )
