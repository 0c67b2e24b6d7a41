"""Recommendations and replies, absences of owners and alarms, and since when a unit is as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_recommendations()
    create_replies()
    create_absences()
    op.add_column("unit", sa.Column("heard_at", INSTANT))
    op.drop_constraint(op.f("ck_commitment_word"), "commitment")
    words = "word IN ('accepted', 'declined', 'withdrawn', 'ended')"
    op.create_check_constraint(op.f("ck_commitment_word"), "commitment", words)


def create_recommendations() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("issue_version", sa.Integer, nullable=False),
        sa.Column("evaluation_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("unit_ids", sa.ARRAY(sa.Uuid), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("number", "text", "addressee", "priority")),
        sa.Column("issued_on", DAY, nullable=False),
        sa.Column("response_due_on", DAY, nullable=False),
        sa.Column("node_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("reply_version", sa.Integer),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_recommendation_plan_id"),
        sa.CheckConstraint("priority IN ('high', 'medium', 'low')", name="priority"),
        sa.CheckConstraint("version > 0 AND issue_version > 0 AND revision > 0", name="counted"),
        sa.CheckConstraint("reply_version <= version", name="replied"),
    )
    op.create_index("ix_recommendation_plan_id", "recommendation", ["plan_id", "revision"])
    op.create_index("ix_recommendation_response_due_on", "recommendation", ["response_due_on", "id"])


def create_replies() -> None:
    texts = ("evidence", "replied_by", "affiliation")
    op.create_table(
        "reply",
        sa.Column("recommendation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("answer", "reasons", "responsible")),
        sa.Column("due_on", DAY),
        sa.Column("node_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("fulfilled_on", DAY),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("replied_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("recommendation_id", "version", name="pk_reply"),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name="fk_reply_recommendation_id"
        ),
        sa.CheckConstraint("answer IN ('accepted', 'partly', 'rejected')", name="answer"),
        sa.CheckConstraint(
            "answer = 'rejected' OR (due_on IS NOT NULL AND responsible <> '')", name="promise"
        ),
        sa.CheckConstraint("answer <> 'rejected' OR fulfilled_on IS NULL", name="fulfilled"),
    )
    op.execute(
        "CREATE FUNCTION refuse_change_of_reply() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'a reply is immutable' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON reply "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_reply()"
    )


def create_absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("party", "deputy", "reason")),
        sa.Column("starts_on", DAY, nullable=False),
        sa.Column("ends_on", DAY, nullable=False),
        sa.Column("is_called_off", sa.Boolean, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_absence_plan_id", ondelete="CASCADE"),
        sa.CheckConstraint("ends_on >= starts_on", name="order"),
        sa.CheckConstraint("party <> deputy", name="deputy"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.execute(
        "ALTER TABLE absence ADD CONSTRAINT ex_absence_once EXCLUDE USING gist (plan_id WITH =, "
        "party WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (NOT is_called_off)"
    )
    op.create_table(
        "owner_alarm",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("measure_id", sa.Uuid, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("word_version", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "measure_id", "owner", "word_version", name="pk_owner_alarm"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_owner_alarm_plan_id", ondelete="CASCADE"),
        sa.CheckConstraint("reason IN ('silent', 'declined', 'lapsed')", name="reason"),
        sa.CheckConstraint("word_version >= 0", name="counted"),
    )
