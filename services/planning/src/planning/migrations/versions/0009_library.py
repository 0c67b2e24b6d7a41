"""Templates and practices of the library, what was put into plans, and offers of peers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

DAY = sa.Date()
INSTANT = sa.DateTime(timezone=True)
FORMS = "'{visit,online,document,mentoring}'::text[]"


def upgrade() -> None:
    create_entries()
    create_insertions()
    create_offers()
    create_needs()
    create_exchanges()


def create_entries() -> None:
    op.create_table(
        "library_entry",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "lineage_id")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "edition")),
        sa.Column("code", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("sort", "kind", "status", "title")),
        *(sa.Column(name, sa.ARRAY(sa.Text), nullable=False) for name in ("areas", "plan_kinds")),
        sa.Column("content", postgresql.JSONB, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("sort_key", "title_text", "group_text", "search_text")
        ),
        *(sa.Column(name, sa.Uuid) for name in ("unit_id", "plan_id", "node_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("author", "affiliation", "edited_by")),
        sa.Column("published_on", DAY),
        sa.Column("verified_by", sa.Text),
        sa.Column("review_on", DAY),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("superseded_by", sa.Uuid),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_library_entry"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_library_entry_plan_id"),
        sa.UniqueConstraint("lineage_id", "edition", name="uq_library_entry_lineage_id_edition"),
        sa.UniqueConstraint("code", name="uq_library_entry_code"),
        sa.CheckConstraint("sort IN ('template', 'practice')", name="sort"),
        sa.CheckConstraint("kind IN ('problem', 'goal', 'measure')", name="kind"),
        sa.CheckConstraint(
            "status IN ('draft', 'proposed', 'published', 'superseded', 'retired')", name="status"
        ),
        sa.CheckConstraint("version > 0 AND edition > 0", name="counted"),
        sa.CheckConstraint(
            "status NOT IN ('published', 'superseded') OR published_on IS NOT NULL", name="published"
        ),
        sa.CheckConstraint(
            "status <> 'published' OR sort = 'template' OR verified_by <> ''", name="verified"
        ),
    )
    of_lineage = {"in_work": "status IN ('draft', 'proposed')", "published": "status = 'published'"}
    for name, where in of_lineage.items():
        op.create_index(
            f"uq_library_entry_{name}",
            "library_entry",
            ["lineage_id"],
            unique=True,
            postgresql_where=sa.text(where),
        )
    op.create_index("ix_library_entry_sort_key", "library_entry", ["status", "sort_key", "id"])
    op.create_index("ix_library_entry_plan_id", "library_entry", ["plan_id", "node_id"])
    op.create_index("ix_library_entry_unit_id", "library_entry", ["unit_id"])
    op.execute(
        "CREATE FUNCTION refuse_change_of_published_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'a published entry of the library is immutable' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER immutable BEFORE UPDATE ON library_entry FOR EACH ROW "
        "WHEN (OLD.published_on IS NOT NULL AND "
        "(NEW.content, NEW.title, NEW.areas, NEW.plan_kinds, NEW.lineage_id, NEW.edition) IS DISTINCT FROM "
        "(OLD.content, OLD.title, OLD.areas, OLD.plan_kinds, OLD.lineage_id, OLD.edition)) "
        "EXECUTE FUNCTION refuse_change_of_published_entry()"
    )


def create_insertions() -> None:
    op.create_table(
        "insertion",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "plan_id", "node_id", "entry_id")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("inserted_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("inserted_by", "affiliation")),
        sa.PrimaryKeyConstraint("id", name="pk_insertion"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_insertion_plan_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["library_entry.id"], name="fk_insertion_entry_id"),
    )
    op.create_index("ix_insertion_plan_id", "insertion", ["plan_id", "id"])
    op.create_index("ix_insertion_entry_id", "insertion", ["entry_id", "plan_id"])


def create_offers() -> None:
    op.create_table(
        "peer_offer",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "unit_id")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("version", "capacity_per_year")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("area", "title", "description")),
        sa.Column("forms", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("valid_until", DAY, nullable=False),
        sa.Column("people_concerned", sa.Integer),
        *(sa.Column(name, sa.Uuid) for name in ("entry_id", "plan_id", "node_id")),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("contact_office", "status", "reason", "sort_key", "search_text")
        ),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_peer_offer"),
        sa.ForeignKeyConstraint(["entry_id"], ["library_entry.id"], name="fk_peer_offer_entry_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_peer_offer_plan_id"),
        sa.CheckConstraint(f"forms <@ {FORMS} AND cardinality(forms) > 0", name="forms"),
        sa.CheckConstraint("capacity_per_year BETWEEN 1 AND 1000", name="capacity"),
        sa.CheckConstraint("status IN ('open', 'withdrawn')", name="status"),
        sa.CheckConstraint("people_concerned > 0", name="people"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index("ix_peer_offer_area", "peer_offer", ["area", "sort_key", "id"])
    op.create_index("ix_peer_offer_sort_key", "peer_offer", ["sort_key", "id"])
    op.create_index("ix_peer_offer_unit_id", "peer_offer", ["unit_id"])


def create_needs() -> None:
    op.create_table(
        "peer_need",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("id", "unit_id")),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("area", "title", "description")),
        sa.Column("forms", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("people_concerned", sa.Integer),
        *(sa.Column(name, sa.Uuid) for name in ("plan_id", "node_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("status", "reason", "sort_key")),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_peer_need"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_peer_need_plan_id"),
        sa.CheckConstraint(f"forms <@ {FORMS}", name="forms"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="status"),
        sa.CheckConstraint("people_concerned > 0", name="people"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index("ix_peer_need_sort_key", "peer_need", ["sort_key", "id"])
    op.create_index("ix_peer_need_unit_id", "peer_need", ["unit_id"])


def create_exchanges() -> None:
    ids = ("id", "offer_id", "need_id", "from_unit_id", "to_unit_id")
    op.create_table(
        "peer_exchange",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ids),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("area", "form", "status", "note", "reason")),
        *(sa.Column(name, sa.SmallInteger) for name in ("year", "usefulness")),
        *(sa.Column(name, DAY) for name in ("planned_on", "held_on")),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_peer_exchange"),
        sa.ForeignKeyConstraint(["offer_id"], ["peer_offer.id"], name="fk_peer_exchange_offer_id"),
        sa.ForeignKeyConstraint(["need_id"], ["peer_need.id"], name="fk_peer_exchange_need_id"),
        sa.CheckConstraint("form IN ('visit', 'online', 'document', 'mentoring')", name="form"),
        sa.CheckConstraint("status IN ('proposed', 'agreed', 'dated', 'done', 'cancelled')", name="status"),
        sa.CheckConstraint("from_unit_id <> to_unit_id", name="two"),
        sa.CheckConstraint("usefulness BETWEEN 1 AND 5", name="usefulness"),
        sa.CheckConstraint("(status = 'done') = (held_on IS NOT NULL)", name="held"),
        sa.CheckConstraint("(status = 'done') = (usefulness IS NOT NULL)", name="judged"),
        sa.CheckConstraint("(status = 'cancelled') = (reason <> '')", name="cancelled"),
        sa.CheckConstraint("version > 0", name="counted"),
    )
    op.create_index(
        "uq_peer_exchange_running",
        "peer_exchange",
        ["offer_id", "need_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed', 'agreed', 'dated')"),
    )
    op.create_index("ix_peer_exchange_offer_id", "peer_exchange", ["offer_id", "year"])
    for column in ("need_id", "from_unit_id", "to_unit_id"):
        op.create_index(f"ix_peer_exchange_{column}", "peer_exchange", [column])
