"""Commissions, assessments and scores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BODIES = "body IN ('MSMT', 'MPSV', 'URAD_VLADY', 'SMO_CR', 'AK_CR', 'SMS_CR', 'MMR')"
INSTANT = sa.DateTime(timezone=True)
DAYS = "daterange(starts_on, ends_on, '[]') WITH &&"
REFUSE = """
CREATE FUNCTION refuse_after_closure() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF (SELECT status FROM assessment WHERE id = OLD.assessment_id) <> 'open' THEN
        RAISE EXCEPTION 'rows of % are not changed after the assessment was closed', TG_TABLE_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "commission",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("established_by", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_commission_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission")),
    )
    create_seats()
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("commission_id", sa.Uuid, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("quorum", sa.SmallInteger, nullable=False),
        sa.Column("spread_alarm", sa.Numeric, nullable=False),
        sa.Column("criteria", postgresql.JSONB, nullable=False),
        sa.Column("minimum_points", sa.Numeric, nullable=False),
        sa.Column("capacity", sa.Integer),
        sa.Column("secretary", sa.Text, nullable=False),
        sa.Column("secretary_name", sa.Text, nullable=False),
        sa.CheckConstraint("status IN ('open', 'closed', 'signed')", name=op.f("ck_assessment_status")),
        sa.CheckConstraint("(status = 'open') = (closed_on IS NULL)", name=op.f("ck_assessment_closure")),
        sa.CheckConstraint("quorum > 0", name=op.f("ck_assessment_quorum")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_assessment_call_id_call")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commission.id"], name=op.f("fk_assessment_commission_id_commission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("call_id", name=op.f("uq_assessment_call_id")),
    )
    op.create_table(
        "assessor",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("is_chair", sa.Boolean, nullable=False),
        sa.CheckConstraint(BODIES, name=op.f("ck_assessor_body")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessor_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "person", name=op.f("pk_assessor")),
    )
    op.create_index(
        "uq_assessor_chair", "assessor", ["assessment_id"], unique=True, postgresql_where=sa.text("is_chair")
    )
    op.create_index("ix_assessor_person", "assessor", ["person"])
    create_applications()
    create_scores()
    create_protocols()
    op.execute(REFUSE)
    for table in ("assessed_application", "score_sheet"):
        op.execute(
            f"CREATE TRIGGER refuse_after_closure BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_after_closure()"
        )
    for table in ("sealed_score", "commission_protocol", "protocol_signature"):
        op.execute(
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def create_seats() -> None:
    op.create_table(
        "commission_seat",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("commission_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("duty", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.CheckConstraint(BODIES, name=op.f("ck_commission_seat_body")),
        sa.CheckConstraint("duty IN ('member', 'chair', 'secretary')", name=op.f("ck_commission_seat_duty")),
        sa.CheckConstraint("duty <> 'secretary' OR body = 'MMR'", name=op.f("ck_commission_seat_secretary")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_commission_seat_order")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commission.id"], name=op.f("fk_commission_seat_commission_id_commission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission_seat")),
    )
    op.execute(
        "ALTER TABLE commission_seat ADD CONSTRAINT ex_commission_seat_person_once "
        f"EXCLUDE USING gist (commission_id WITH =, person WITH =, {DAYS})"
    )
    op.execute(
        "ALTER TABLE commission_seat ADD CONSTRAINT ex_commission_seat_one_at_a_time "
        f"EXCLUDE USING gist (commission_id WITH =, duty WITH =, {DAYS}) WHERE (duty <> 'member')"
    )


def create_applications() -> None:
    op.create_table(
        "assessed_application",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("index_exact", sa.Text),
        sa.Column("index_year", sa.SmallInteger),
        sa.Column("discussion", sa.Text),
        sa.Column("discussed_by", sa.Text),
        sa.Column("discussed_at", INSTANT),
        sa.Column("result_exact", sa.Text),
        sa.Column("rank", sa.Integer),
        sa.Column("recommendation", sa.Text),
        sa.CheckConstraint(
            "recommendation IN ('recommended', 'reserve', 'not-recommended')",
            name=op.f("ck_assessed_application_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_assessed_application_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessed_application_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assessed_application_unit_id_unit")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_assessed_application")),
    )
    op.create_index("ix_assessed_application_rank", "assessed_application", ["assessment_id", "rank"])


def create_scores() -> None:
    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("declaration", sa.Text),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("declared_at", INSTANT),
        sa.Column("recusal", sa.Text),
        sa.Column("recused_at", INSTANT),
        sa.Column("absence", sa.Text),
        sa.Column("draft", postgresql.JSONB),
        sa.Column("sealed_at", INSTANT),
        sa.CheckConstraint("declaration IN ('none', 'conflict')", name=op.f("ck_score_sheet_declaration")),
        sa.CheckConstraint(
            "recusal IN ('declared', 'unit', 'affiliation', 'chair')", name=op.f("ck_score_sheet_recusal")
        ),
        sa.CheckConstraint("sealed_at IS NULL OR declaration = 'none'", name=op.f("ck_score_sheet_seal")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_score_sheet_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["assessed_application.application_id"],
            name=op.f("fk_score_sheet_application_id_assessed_application"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id", "person"],
            ["assessor.assessment_id", "assessor.person"],
            name=op.f("fk_score_sheet_assessment_id_assessor"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("application_id", "person", name=op.f("uq_score_sheet_application_id_person")),
    )
    op.create_index("ix_score_sheet_of_member", "score_sheet", ["assessment_id", "person"])
    op.create_table(
        "sealed_score",
        sa.Column("sheet_id", sa.Uuid, nullable=False),
        sa.Column("round", sa.SmallInteger, nullable=False),
        sa.Column("score", postgresql.JSONB, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("round IN (1, 2)", name=op.f("ck_sealed_score_round")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["score_sheet.id"], name=op.f("fk_sealed_score_sheet_id_score_sheet")
        ),
        sa.PrimaryKeyConstraint("sheet_id", "round", name=op.f("pk_sealed_score")),
    )


def create_protocols() -> None:
    op.create_table(
        "commission_protocol",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("content", postgresql.JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text_cs", sa.Text, nullable=False),
        sa.Column("text_en", sa.Text, nullable=False),
        sa.Column("drawn_up_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_commission_protocol_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_commission_protocol")),
        sa.UniqueConstraint("year", "ordinal", name=op.f("uq_commission_protocol_year_ordinal")),
    )
    op.create_table(
        "protocol_signature",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("duty", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("duty IN ('chair', 'secretary')", name=op.f("ck_protocol_signature_duty")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["commission_protocol.assessment_id"],
            name=op.f("fk_protocol_signature_assessment_id_commission_protocol"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", "duty", name=op.f("pk_protocol_signature")),
        sa.UniqueConstraint(
            "assessment_id", "person", name=op.f("uq_protocol_signature_assessment_id_person")
        ),
    )


def downgrade() -> None:
    for table in (
        "protocol_signature",
        "commission_protocol",
        "sealed_score",
        "score_sheet",
        "assessed_application",
        "assessor",
        "assessment",
        "commission_seat",
        "commission",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_after_closure()")
