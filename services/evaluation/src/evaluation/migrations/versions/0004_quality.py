"""Criteria of quality, their readings and what was agreed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
DEFAULT_LEVELS = (
    ("chybí", "missing"),
    ("nahodilé", "by chance"),
    ("nastaveno", "set up"),
    ("nastaveno a používáno", "set up and used"),
    ("používáno, vyhodnocováno a zlepšováno", "used, evaluated and improved"),
)


def upgrade() -> None:
    create_criteria()
    create_sets()
    create_readings()
    create_agreements()
    keep_what_was_said()


def texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def create_criteria() -> None:
    scale = op.create_table(
        "quality_scale",
        *texts("code", "name"),
        sa.Column("levels", JSONB, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_quality_scale"),
        sa.CheckConstraint("jsonb_array_length(levels) > 1", name="levels"),
    )
    levels = [
        {"level": at, "name_cs": cs, "name_en": en, "description": ""}
        for at, (cs, en) in enumerate(DEFAULT_LEVELS)
    ]
    op.execute(
        scale.insert().values(
            code="0-4", name="Vyspělost řešení, 0 až 4", levels=levels, added_at=sa.func.now()
        )
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *texts("area", "code", "sort_key", "search_text"),
        sa.PrimaryKeyConstraint("id", name="pk_criterion"),
        sa.UniqueConstraint("area", "code", name="uq_criterion_area_code"),
        sa.CheckConstraint("version > 0", name="version"),
    )
    op.create_index("ix_criterion_sort_key", "criterion", ["sort_key", "id"])
    op.create_table(
        "criterion_edition",
        sa.Column("criterion_id", sa.Uuid, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        *texts("name", "description", "scale"),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("is_described", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("criterion_id", "edition", name="pk_criterion_edition"),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name="fk_criterion_edition_criterion_id"),
        sa.ForeignKeyConstraint(["scale"], ["quality_scale.code"], name="fk_criterion_edition_scale"),
        sa.CheckConstraint("edition > 0", name="edition"),
        sa.CheckConstraint("valid_until >= valid_from", name="validity"),
    )


def create_sets() -> None:
    op.create_table(
        "criteria_set",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "cooperation_id", "unit_id")),
        sa.Column("description_id", sa.Uuid, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("version", "described_edition", "described_version")
        ),
        *texts("domain", "digest"),
        sa.Column("areas", ARRAY(sa.Text), nullable=False),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts_on", "ends_on")),
        sa.PrimaryKeyConstraint("id", name="pk_criteria_set"),
        sa.UniqueConstraint("cooperation_id", "domain", name="uq_criteria_set_cooperation_id_domain"),
        sa.CheckConstraint("version > 0 AND described_edition > 0 AND described_version > 0", name="counted"),
    )
    op.create_index("ix_criteria_set_unit_id", "criteria_set", ["unit_id"])
    op.create_table(
        "quality_baseline",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("set_id", "criterion_id")),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer),
        sa.PrimaryKeyConstraint("set_id", "criterion_id", name="pk_quality_baseline"),
        sa.ForeignKeyConstraint(["set_id"], ["criteria_set.id"], name="fk_quality_baseline_set_id"),
        sa.ForeignKeyConstraint(
            ["criterion_id", "edition"],
            ["criterion_edition.criterion_id", "criterion_edition.edition"],
            name="fk_quality_baseline_criterion_id_edition",
        ),
    )


def create_readings() -> None:
    op.create_table(
        "quality_reading",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "set_id")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "raters", "entries")),
        *texts("phase", "status", "cancel_reason", "opened_by"),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_quality_reading"),
        sa.ForeignKeyConstraint(["set_id"], ["criteria_set.id"], name="fk_quality_reading_set_id"),
        sa.CheckConstraint("phase IN ('entry', 'mid-term', 'final')", name="phase"),
        sa.CheckConstraint("status IN ('open', 'closed', 'agreed', 'cancelled')", name="status"),
        sa.CheckConstraint("version > 0 AND raters > 0 AND entries >= 0", name="counted"),
        sa.CheckConstraint("(status = 'agreed') = (entries > 0)", name="agreed"),
        sa.CheckConstraint("(status = 'cancelled') = (cancel_reason <> '')", name="cancelled"),
    )
    op.create_index(
        "ix_quality_reading_under_way",
        "quality_reading",
        ["set_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('open', 'closed')"),
    )
    op.create_index("ix_quality_reading_assessed_on", "quality_reading", ["assessed_on", "id"])
    op.create_index("ix_quality_reading_set_id", "quality_reading", ["set_id", "assessed_on"])
    op.create_table(
        "rating_sheet",
        sa.Column("reading_id", sa.Uuid, nullable=False),
        *texts("rater", "affiliation"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ratings", JSONB, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("sealed_at", INSTANT),
        sa.PrimaryKeyConstraint("reading_id", "rater", name="pk_rating_sheet"),
        sa.ForeignKeyConstraint(["reading_id"], ["quality_reading.id"], name="fk_rating_sheet_reading_id"),
        sa.CheckConstraint("version > 0", name="version"),
    )


def create_agreements() -> None:
    op.create_table(
        "reading_agreement",
        sa.Column("reading_id", sa.Uuid, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("agreed_by", ARRAY(sa.Text), nullable=False),
        *texts("reason", "recorded_by"),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("reading_id", "entry", name="pk_reading_agreement"),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["quality_reading.id"], name="fk_reading_agreement_reading_id"
        ),
        sa.CheckConstraint("entry > 0", name="entry"),
        sa.CheckConstraint("(entry > 1) = (reason <> '')", name="corrected_for_reason"),
    )
    op.create_table(
        "agreed_level",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("reading_id", "criterion_id")),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer),
        *texts("not_assessed_reason", "justification", "minority_note"),
        sa.Column("evidence", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("reading_id", "entry", "criterion_id", name="pk_agreed_level"),
        sa.ForeignKeyConstraint(
            ["reading_id", "entry"],
            ["reading_agreement.reading_id", "reading_agreement.entry"],
            name="fk_agreed_level_reading_id_entry",
        ),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name="fk_agreed_level_criterion_id"),
        sa.CheckConstraint("(level IS NULL) = (not_assessed_reason <> '')", name="assessed_or_told_why"),
    )


def keep_what_was_said() -> None:
    op.execute(
        "CREATE FUNCTION keep_quality() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'what was said of quality is immutable (%)', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for table in ("quality_scale", "quality_baseline", "reading_agreement", "agreed_level"):
        refuse(table, "UPDATE OR DELETE")
    refuse("criterion_edition", "DELETE")
    refuse(
        "criterion_edition",
        "UPDATE",
        when="(OLD.scale, OLD.valid_from) IS DISTINCT FROM (NEW.scale, NEW.valid_from) OR OLD.is_described "
        "AND (OLD.name, OLD.description) IS DISTINCT FROM (NEW.name, NEW.description)",
    )
    refuse("rating_sheet", "UPDATE", when="OLD.sealed_at IS NOT NULL")
    refuse("rating_sheet", "DELETE", when="OLD.sealed_at IS NOT NULL")
    refuse("quality_reading", "DELETE")


def refuse(table: str, act: str, *, when: str = "true") -> None:
    name = f"keep_{table}_{act.partition(' ')[0].lower()}"
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW WHEN ({when}) "
        "EXECUTE FUNCTION keep_quality()"
    )
