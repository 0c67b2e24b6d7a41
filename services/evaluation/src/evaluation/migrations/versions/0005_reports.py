"""Evaluations of all kinds, their reports, findings and recommendations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
UNITS = sa.ARRAY(sa.Uuid, dimensions=1)
TYPES = (
    "'entry-analysis','situational-analysis','thematic-research','cross-thematic-research',"
    "'cross-sectional-research','project-evaluation','plan-entry','plan-mid-term','plan-final',"
    "'centre-interim','centre-final','evaluation-plan','unit-reports','external-entry','external-final',"
    "'expert-support-final'"
)
CRITERIA = (
    "'relevance','coherence','effectiveness','efficiency','impact','sustainability','partnership',"
    "'participation'"
)
CHECKS = {
    "type": f"type IN ({TYPES})",
    "origin": "origin IN ('plan','cooperation','hand')",
    "status": "status IN ('planned','begun','drafted','reviewed','completed','cancelled')",
    "kind_of_plan": "kind IS NULL OR plan_id IS NOT NULL",
    "mode": "mode IN ('internal','external')",
    "completed_whole": "num_nulls(digest, completed_on) = CASE WHEN edition = 0 THEN 2 ELSE 0 END",
}


def upgrade() -> None:
    widen_evaluations()
    create_cooperations()
    create_acts_and_questions()
    create_reports()
    create_judgements()
    create_recommendations()
    create_answers()
    for table in (
        "evaluation_act",
        "evaluation_question",
        "report",
        "judgement",
        "recommendation_answer",
        "recommendation_follow_up",
    ):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def widen_evaluations() -> None:
    op.alter_column("evaluation", "plan_id", nullable=True)
    op.alter_column("evaluation", "kind", nullable=True)
    for name in ("type", "origin", "title", "region", "project", "correction_reason"):
        op.add_column("evaluation", sa.Column(name, sa.Text, nullable=False, server_default=""))
        op.alter_column("evaluation", name, server_default=None)
    lists = {"unit_ids": UNITS, "themes": sa.ARRAY(sa.Text, dimensions=1)}
    for name, kind in {**lists, "authors": lists["themes"]}.items():
        op.add_column("evaluation", sa.Column(name, kind, nullable=False, server_default="{}"))
        op.alter_column("evaluation", name, server_default=None)
    op.add_column("evaluation", sa.Column("edition", sa.Integer, nullable=False, server_default="0"))
    op.alter_column("evaluation", "edition", server_default=None)
    for name in ("mode", "organisation", "contract", "drafted_by", "digest"):
        op.add_column("evaluation", sa.Column(name, sa.Text))
    op.add_column("evaluation", sa.Column("cooperation_id", sa.Uuid))
    op.add_column("evaluation", sa.Column("revision", sa.Integer))
    op.add_column("evaluation", sa.Column("completed_on", sa.Date))
    op.execute("UPDATE evaluation SET type = 'plan-' || kind, origin = 'plan'")
    op.drop_constraint(op.f("ck_evaluation_status"), "evaluation")
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_evaluation_{name}"), "evaluation", check)
    op.create_index("ix_evaluation_unit_ids", "evaluation", ["unit_ids"], postgresql_using="gin")
    op.create_index("ix_evaluation_cooperation_id", "evaluation", ["cooperation_id"])


def create_cooperations() -> None:
    op.create_table(
        "evaluated_cooperation",
        sa.Column("cooperation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("regime", sa.Text),
        *(sa.Column(name, sa.Date) for name in ("starts_on", "ends_on", "ended_on")),
        sa.PrimaryKeyConstraint("cooperation_id", name="pk_evaluated_cooperation"),
    )
    op.create_table(
        "described_cooperation",
        sa.Column("description_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("cooperation_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("domain", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("areas", sa.ARRAY(sa.Text, dimensions=1), nullable=False),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts_on", "ends_on")),
        sa.PrimaryKeyConstraint("description_id", name="pk_described_cooperation"),
    )
    for table in ("evaluated_cooperation", "described_cooperation"):
        op.create_index(f"ix_{table}_unit_id", table, ["unit_id"])


def create_acts_and_questions() -> None:
    texts = ("move", "reason", "actor_id", "actor_affiliation")
    op.create_table(
        "evaluation_act",
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", "version", name="pk_evaluation_act"),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.evaluation_id"], name="fk_evaluation_act_evaluation_id"
        ),
    )
    op.create_table(
        "evaluation_question",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("criterion", "cs", "en")),
        sa.Column("valid_from", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "set_by", "affiliation")),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", "edition", name="pk_evaluation_question"),
        sa.CheckConstraint(f"criterion IN ({CRITERIA})", name=op.f("ck_evaluation_question_criterion")),
        sa.CheckConstraint("edition > 0", name=op.f("ck_evaluation_question_counted")),
    )


def create_reports() -> None:
    of_evaluation = {"columns": ["evaluation_id"], "refcolumns": ["evaluation.evaluation_id"]}
    op.create_table(
        "report_draft",
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("facts", sa.Text),
        sa.Column("facts_on", sa.Date),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", name="pk_report_draft"),
        sa.ForeignKeyConstraint(**of_evaluation, name="fk_report_draft_evaluation_id"),
    )
    op.create_table(
        "report",
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("digest", "body", "inputs", "reason")),
        sa.Column("gaps", sa.Integer, nullable=False),
        sa.Column("completed_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("completed_by", "affiliation")),
        sa.Column("completed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", "edition", name="pk_report"),
        sa.ForeignKeyConstraint(**of_evaluation, name="fk_report_evaluation_id"),
        sa.CheckConstraint("edition > 0", name=op.f("ck_report_counted")),
    )


def create_judgements() -> None:
    op.create_table(
        "judgement",
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("question_edition", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("answer", "verdict", "strength")),
        sa.Column("evidence", sa.Integer, nullable=False),
        sa.Column("completed_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", "edition", "code", name="pk_judgement"),
        sa.ForeignKeyConstraint(
            ["evaluation_id", "edition"],
            ["report.evaluation_id", "report.edition"],
            name="fk_judgement_evaluation_id_edition",
        ),
        sa.CheckConstraint(
            "verdict IN ('yes','rather-yes','rather-no','no','cannot-tell')",
            name=op.f("ck_judgement_verdict"),
        ),
        sa.CheckConstraint("strength IN ('strong','moderate','weak')", name=op.f("ck_judgement_strength")),
    )
    op.create_index("ix_judgement_code", "judgement", ["code", "completed_on", "evaluation_id"])


def create_recommendations() -> None:
    texts = ("number", "text", "addressee", "addressee_text", "priority")
    op.create_table(
        "recommendation",
        sa.Column("recommendation_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "issue_version", "edition")),
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid),
        sa.Column("revision", sa.Integer),
        *(sa.Column(name, UNITS, nullable=False) for name in ("unit_ids", "node_ids")),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("response_due_on", "issued_on")),
        *(sa.Column(name, sa.Integer) for name in ("answer_version", "follow_up_version")),
        sa.PrimaryKeyConstraint("recommendation_id", name="pk_recommendation"),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.evaluation_id"], name="fk_recommendation_evaluation_id"
        ),
        sa.CheckConstraint("priority IN ('high','medium','low')", name=op.f("ck_recommendation_priority")),
        sa.CheckConstraint(
            "version > 0 AND issue_version > 0 AND edition > 0", name=op.f("ck_recommendation_counted")
        ),
    )
    for column in ("evaluation_id", "plan_id"):
        op.create_index(f"ix_recommendation_{column}", "recommendation", [column])
    due = ["response_due_on", "recommendation_id"]
    op.create_index("ix_recommendation_response_due_on", "recommendation", due)
    op.create_index("ix_recommendation_unit_ids", "recommendation", ["unit_ids"], postgresql_using="gin")


def create_answers() -> None:
    of_recommendation = {
        "columns": ["recommendation_id"],
        "refcolumns": ["recommendation.recommendation_id"],
    }
    op.create_table(
        "recommendation_answer",
        sa.Column("recommendation_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "told_version")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("answer", "reasons", "responsible")),
        sa.Column("due_on", sa.Date),
        sa.Column("node_ids", UNITS, nullable=False),
        sa.Column("fulfilled_on", sa.Date),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("recommendation_id", "version", name="pk_recommendation_answer"),
        sa.ForeignKeyConstraint(**of_recommendation, name="fk_recommendation_answer_recommendation_id"),
        sa.CheckConstraint(
            "answer IN ('accepted','partly','rejected')", name=op.f("ck_recommendation_answer_answer")
        ),
        sa.CheckConstraint("told_version >= 0", name=op.f("ck_recommendation_answer_counted")),
    )
    op.create_table(
        "recommendation_follow_up",
        sa.Column("recommendation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("fulfilment", "evidence")),
        sa.Column("followed_up_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("actor_id", "actor_affiliation")),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("recommendation_id", "version", name="pk_recommendation_follow_up"),
        sa.ForeignKeyConstraint(**of_recommendation, name="fk_recommendation_follow_up_recommendation_id"),
        sa.CheckConstraint(
            "fulfilment IN ('fulfilled','partly','not-fulfilled')",
            name=op.f("ck_recommendation_follow_up_fulfilment"),
        ),
    )
