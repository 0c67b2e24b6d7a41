"""SQL of the ledger of deliverables."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Text, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by, array, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.programmes.tables import DeliverableRow
from shared.contracts.documents import DocumentPublished
from shared.reads import Query, json_object


async def add_deliverable(session: AsyncSession, event: DocumentPublished, *, now: datetime) -> None:
    """Add a version of a document, once."""
    statement = insert(DeliverableRow).values(
        document_id=event.document_id,
        version=event.version,
        kind=event.kind.value,
        title=event.title,
        plan_id=event.plan_id,
        revision=event.revision,
        unit_ids=list(event.unit_ids),
        media_type=event.media_type,
        size_bytes=event.size_bytes,
        digest=event.digest,
        published_at=event.published_at,
        counted_at=now,
    )
    await session.execute(statement.on_conflict_do_nothing())


_KEY = DeliverableRow.__table__.c
_BY_PUBLICATION = (_KEY.published_at, _KEY.document_id, _KEY.version)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": DeliverableRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": DeliverableRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "kind": DeliverableRow.kind == bindparam("kind", type_=Text()),
}


@cache
def deliverables(filters: frozenset[str]) -> Query:
    """Return the list, the newest first, with those of `_FILTERS`."""
    return Query(
        select(
            DeliverableRow.document_id,
            DeliverableRow.version,
            DeliverableRow.kind,
            DeliverableRow.title,
            DeliverableRow.plan_id,
            DeliverableRow.revision,
            DeliverableRow.unit_ids,
            DeliverableRow.media_type,
            DeliverableRow.size_bytes,
            DeliverableRow.digest,
            DeliverableRow.published_at,
        ).where(*(_FILTERS[name] for name in sorted(filters))),
        keys=_BY_PUBLICATION,
        descending=True,
    )


@cache
def totals() -> Query:
    """Return one row: a document counts once, however many versions were published."""
    by_kind = (
        select(
            DeliverableRow.kind,
            func.count(DeliverableRow.document_id.distinct()).label("documents"),
            func.count().label("versions"),
        )
        .group_by(DeliverableRow.kind)
        .subquery("by_kind")
    )
    total = json_object({name: by_kind.c[name] for name in ("kind", "documents", "versions")})
    items = func.coalesce(func.json_agg(aggregate_order_by(total, by_kind.c.kind)), text("'[]'::json"))
    return Query(
        select(
            items.label("items"),
            func.coalesce(func.sum(by_kind.c.documents), 0).label("documents"),
            func.coalesce(func.sum(by_kind.c.versions), 0).label("versions"),
        )
    )
