"""What becomes of comments: settlement, checks for personal data, publication."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)
IMMUTABLE = ("disposition_step", "settlement", "published_settlement")


def upgrade() -> None:
    create_dispositions()
    create_steps()
    create_settlements()
    create_releases()
    create_publications()
    forbid_changes()


def create_dispositions() -> None:
    op.create_table(
        "disposition",
        sa.Column("comment_id", sa.Uuid, nullable=False),
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("justification", sa.Text, nullable=False),
        sa.Column("change", postgresql.JSONB),
        sa.Column("body_id", sa.Uuid),
        sa.Column("settled_by", sa.Text, nullable=False),
        sa.Column("settled_for", sa.Text, nullable=False),
        sa.Column("settled_on", DAY),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_disposition"),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_disposition_comment_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_disposition_consultation_id"
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_disposition_body_id"),
        sa.CheckConstraint("result IN ('accepted', 'partly', 'rejected', 'noted')", name="result"),
        sa.CheckConstraint("result NOT IN ('partly', 'rejected') OR justification <> ''", name="justified"),
        sa.CheckConstraint(
            "coalesce(result IN ('accepted', 'partly'), false) = (change IS NOT NULL)", name="change"
        ),
        sa.CheckConstraint("(result IS NULL) = (settled_on IS NULL)", name="settled"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index("ix_disposition_consultation_id", "disposition", ["consultation_id", "result"])


def create_steps() -> None:
    op.create_table(
        "disposition_step",
        sa.Column("comment_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("justification", sa.Text, nullable=False),
        sa.Column("change", postgresql.JSONB),
        sa.Column("body_id", sa.Uuid),
        sa.Column("settled_on", DAY),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "actor", "affiliation")),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "version", name="pk_disposition_step"),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_disposition_step_comment_id"),
    )


def create_settlements() -> None:
    op.create_table(
        "settlement",
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("approved_on", DAY, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("counts", postgresql.JSONB, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_for", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_settlement"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_settlement_consultation_id"
        ),
    )


def create_releases() -> None:
    texts = ("text", "wording", "reasons", "justification", "despite", "released_by")
    op.create_table(
        "release",
        sa.Column("comment_id", sa.Uuid, nullable=False),
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("released_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_release"),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_release_comment_id"),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name="fk_release_consultation_id"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index("ix_release_consultation_id", "release", ["consultation_id"])


def create_publications() -> None:
    op.create_table(
        "published_settlement",
        sa.Column("consultation_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("comments", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("content", "digest", "published_by", "published_for")
        ),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_published_settlement"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_published_settlement_consultation_id"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_published_settlement_plan_id"),
    )
    op.create_index("ix_published_settlement_plan_id", "published_settlement", ["plan_id", "revision"])


def forbid_changes() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change_of_settlement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'what was settled or published is immutable' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for table in IMMUTABLE:
        op.execute(
            f"CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_settlement()"
        )
