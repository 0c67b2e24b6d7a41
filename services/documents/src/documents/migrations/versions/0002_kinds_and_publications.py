"""Kinds, metadata and states of documents; their release."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "'PLAN', 'OTHER', 'PRIHL', 'MEMO', 'POPIS', 'VANAL', 'VYZK', 'PSZ', 'SPSZ', 'TAP', 'EXIT', 'KPSS', "
    "'ZAPIS', 'MONIT', 'EVAL', 'VYJ', 'VYPOR', 'METOD', 'VYROC', 'KOMPL', 'PRISP'"
)
STATES = "'draft', 'for-comment', 'approved', 'signed', 'published', 'withdrawn', 'discarded'"
OUTPUTS = (
    "'plan', 'action-plan', 'communication-plan', 'methodology', 'analysis', 'evaluation', "
    "'counselling-report', 'report', 'recommendations', 'measure', 'media', 'event', 'other'"
)
ACTIONS = (
    "'filing', 'version', 'restoration', 'rendering', 'description', 'comments', 'return', 'approval', "
    "'signature', 'release', 'withdrawal', 'fallback', 'discarding'"
)
REQUEST_STATES = "'checking', 'open', 'released', 'refused', 'superseded'"
FINDINGS = (
    "'birth-number', 'date-of-birth', 'phone', 'e-mail', 'iban', 'bank-account', 'address', 'data-box', "
    "'unreadable', 'not-all-read'"
)
VERDICTS = "'false-alarm', 'public-contact', 'consented', 'read-by-eye'"
SUBJECTS = "'cooperation', 'plan'"
MILESTONES = "'beginning', 'memorandum', 'description', 'planned-end', 'end'"


def upgrade() -> None:
    _describe_documents()
    _widen_versions()
    _create_document_format()
    _create_document_act()
    _create_release_request()
    _create_release_finding()
    _create_requirements()
    _create_requiring_subjects()
    _require_what_the_field_does()


def _describe_documents() -> None:
    for column in (
        sa.Column("title_key", sa.Text),
        sa.Column("cooperation_id", sa.Uuid),
        sa.Column("public_number", sa.Integer),
        sa.Column("reference_number", sa.Text),
        sa.Column("file_mark", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("signed_on", sa.Date),
        sa.Column("dated_on", sa.Date),
        sa.Column("language", sa.Text),
        sa.Column("licence", sa.Text),
        sa.Column("holds_personal_data", sa.Boolean),
        sa.Column("accessibility", sa.Text),
        sa.Column("accessibility_note", sa.Text),
        sa.Column("output_kind", sa.Text),
        sa.Column("output_id", sa.Uuid),
    ):
        op.add_column("document", column)
    op.execute(
        "UPDATE document d SET title_key = title_folded, language = 'cs', "
        "dated_on = (created_at AT TIME ZONE 'Europe/Prague')::date, "
        "accessibility = CASE WHEN origin = 'rendered' THEN 'verified' ELSE 'unverified' END, "
        "holds_personal_data = CASE WHEN origin = 'rendered' THEN false END, "
        "output_kind = CASE WHEN kind = 'PLAN' AND origin = 'rendered' THEN 'plan' END, "
        "public_number = (SELECT max(number) FROM document_version v "
        "WHERE v.document_id = d.id AND v.published_at IS NOT NULL)"
    )
    for name in ("title_key", "dated_on", "language", "accessibility"):
        op.alter_column("document", name, nullable=False)
    op.create_index(
        "ix_document_cooperation_id_created_at_id", "document", ["cooperation_id", "created_at", "id"]
    )
    for name in ("kind", "state"):
        op.drop_constraint(f"ck_document_{name}", "document")
    for name, rule in (
        ("kind", f"kind IN ({KINDS})"),
        ("state", f"state IN ({STATES})"),
        ("language", "language IN ('cs', 'en', 'sk', 'rom', 'uk')"),
        ("accessibility", "accessibility IN ('verified', 'unverified', 'exception')"),
        ("output_kind", f"output_kind IN ({OUTPUTS})"),
        ("public_number", "public_number BETWEEN 1 AND latest"),
    ):
        op.create_check_constraint(op.f(f"ck_document_{name}"), "document", rule)


def _widen_versions() -> None:
    for column in (
        sa.Column("restored_from", sa.Integer),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_on", sa.Date),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawal_reason", sa.Text),
    ):
        op.add_column("document_version", column)
    op.create_check_constraint(
        op.f("ck_document_version_withdrawn_at"),
        "document_version",
        "withdrawn_at IS NULL OR published_at IS NOT NULL",
    )


def _create_document_format() -> None:
    op.create_table(
        "document_format",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", "media_type", name="pk_document_format"),
        sa.ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name=op.f("fk_document_format_document_id_number"),
        ),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_document_format_size_bytes")),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_document_format_digest")),
    )
    op.create_index("ix_document_format_digest", "document_format", ["digest"])


def _create_document_act() -> None:
    op.create_table(
        "document_act",
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "version", name="pk_document_act"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_act_document_id")),
        sa.CheckConstraint(f"action IN ({ACTIONS})", name=op.f("ck_document_act_action")),
    )


def _create_release_request() -> None:
    op.create_table(
        "release_request",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("requested_by", sa.Text, nullable=False),
        sa.Column("requester", sa.Text, nullable=False),
        sa.Column("requester_affiliation", sa.Text, nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("checked_at", INSTANT),
        sa.Column("decided_by", sa.Text),
        sa.Column("decider", sa.Text),
        sa.Column("decided_at", INSTANT),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_release_request"),
        sa.ForeignKeyConstraint(
            ["document_id", "number"],
            ["document_version.document_id", "document_version.number"],
            name=op.f("fk_release_request_document_id_number"),
        ),
        sa.CheckConstraint(f"state IN ({REQUEST_STATES})", name=op.f("ck_release_request_state")),
        sa.CheckConstraint("version > 0", name=op.f("ck_release_request_version")),
    )
    op.create_index(
        "uq_release_request_open",
        "release_request",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('checking', 'open')"),
    )
    op.create_index("ix_release_request_requested_at_id", "release_request", ["requested_at", "id"])
    checking = sa.text("state = 'checking'")
    op.create_index("ix_release_request_checking", "release_request", ["id"], postgresql_where=checking)


def _create_release_finding() -> None:
    op.create_table(
        "release_finding",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("page_label", sa.Text),
        sa.Column("excerpt", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("settled_by", sa.Text),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("request_id", "position", name="pk_release_finding"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["release_request.id"], name=op.f("fk_release_finding_request_id")
        ),
        sa.CheckConstraint(f"kind IN ({FINDINGS})", name=op.f("ck_release_finding_kind")),
        sa.CheckConstraint(f"verdict IN ({VERDICTS})", name=op.f("ck_release_finding_verdict")),
        sa.CheckConstraint("position > 0", name=op.f("ck_release_finding_position")),
        sa.CheckConstraint(
            "(verdict IS NULL) = (settled_at IS NULL)", name=op.f("ck_release_finding_settled")
        ),
    )


def _create_requirements() -> None:
    op.create_table(
        "requirement_edition",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_requirement_edition"),
        sa.UniqueConstraint("valid_from", name=op.f("uq_requirement_edition_valid_from")),
        sa.CheckConstraint("number > 0", name=op.f("ck_requirement_edition_number")),
    )
    op.create_table(
        "requirement",
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("milestone", sa.Text, nullable=False),
        sa.Column("due_days", sa.Integer, nullable=False),
        sa.Column("need", sa.Text, nullable=False),
        sa.Column("applies_to", ARRAY(sa.Text), nullable=False),
        sa.PrimaryKeyConstraint("edition", "subject", "kind", "milestone", name="pk_requirement"),
        sa.ForeignKeyConstraint(
            ["edition"], ["requirement_edition.number"], name=op.f("fk_requirement_edition")
        ),
        sa.CheckConstraint(f"subject IN ({SUBJECTS})", name=op.f("ck_requirement_subject")),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_requirement_kind")),
        sa.CheckConstraint(f"milestone IN ({MILESTONES})", name=op.f("ck_requirement_milestone")),
        sa.CheckConstraint(
            "need IN ('filed', 'approved', 'signed', 'published')", name=op.f("ck_requirement_need")
        ),
    )


def _create_requiring_subjects() -> None:
    op.create_table(
        "requiring_subject",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("variant", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("begins_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("ended_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_requiring_subject"),
        sa.CheckConstraint(f"kind IN ({SUBJECTS})", name=op.f("ck_requiring_subject_kind")),
    )
    op.create_index("ix_requiring_subject_begins_on_id", "requiring_subject", ["begins_on", "id"])
    op.create_index(
        "ix_requiring_subject_unit_ids", "requiring_subject", ["unit_ids"], postgresql_using="gin"
    )
    op.create_table(
        "requirement_milestone",
        sa.Column("of_id", sa.Uuid, nullable=False),
        sa.Column("milestone", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reached_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("of_id", "milestone", name="pk_requirement_milestone"),
        sa.CheckConstraint(f"milestone IN ({MILESTONES})", name=op.f("ck_requirement_milestone_milestone")),
    )


def _require_what_the_field_does() -> None:
    """Fill the first edition; the terms are inferred and the Agency sets its own by a new edition."""
    op.execute(
        "INSERT INTO requirement_edition VALUES (1, '2016-01-01', 'Výchozí sada', 'system:documents', now())"
    )
    op.execute(
        "INSERT INTO requirement VALUES "
        "(1, 'cooperation', 'PRIHL', 'beginning', 0, 'filed', '{}'),"
        "(1, 'cooperation', 'MEMO', 'beginning', 90, 'signed', '{}'),"
        "(1, 'cooperation', 'POPIS', 'memorandum', 180, 'signed', '{}'),"
        "(1, 'cooperation', 'VANAL', 'beginning', 270, 'published', '{}'),"
        "(1, 'cooperation', 'PLAN', 'beginning', 365, 'published', '{IKP,VIP,KPSV21}'),"
        "(1, 'cooperation', 'EVAL', 'end', 180, 'published', '{}'),"
        "(1, 'plan', 'PLAN', 'beginning', 30, 'published', '{}'),"
        "(1, 'plan', 'VYPOR', 'beginning', 30, 'published', '{}'),"
        "(1, 'plan', 'MONIT', 'beginning', 395, 'published', '{}'),"
        "(1, 'plan', 'EVAL', 'planned-end', 180, 'published', '{}')"
    )
