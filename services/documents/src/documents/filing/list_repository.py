"""How packages are read, by whom they are for."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by

from documents.filing.domain import Packed
from documents.filing.tables import FilingItemRow, FilingRow
from shared.reads import Query, Row, json_object
from shared.stored import from_json

G: Final = FilingRow.__table__.c
I: Final = FilingItemRow.__table__.c  # noqa: E741 - the items
_MAY_READ: Final = or_(
    bindparam("all_offices", type_=Boolean), G.office_id == any_(bindparam("offices", type_=ARRAY(Uuid)))
)
_COLUMNS: Final = (
    *(
        G.id,
        G.office_id,
        G.unit_id,
        G.published_from,
        G.published_until,
        G.digest,
        G.size_bytes,
        G.item_count,
    ),
    *(G.acknowledged, G.version, G.created_at),
)
_ITEM: Final = json_object(
    {
        "document_id": I.document_id,
        "number": I.number,
        "title": cast(I.facts, JSON)["title"],
        "records_identifier": I.records_identifier,
        "acknowledged_at": I.acknowledged_at,
    }
)
_ITEMS: Final = (
    select(func.json_agg(aggregate_order_by(_ITEM, I.place)))
    .where(I.filing_id == G.id)
    .correlate(FilingRow)
    .scalar_subquery()
)
ONE: Final = Query(
    select(*_COLUMNS, _ITEMS.label("contents")).where(G.id == bindparam("id", type_=Uuid), _MAY_READ),
    version="version",
)
ITEMS: Final = Query(
    select(G.created_at, I.facts)
    .join_from(FilingRow, FilingItemRow, I.filing_id == G.id)
    .where(G.id == bindparam("id", type_=Uuid), _MAY_READ)
    .order_by(I.place)
)
"""What a package holds, and when it was made."""


def items_of(rows: Sequence[Row]) -> list[Packed]:
    return [from_json(Packed, row["facts"]) for row in rows]


@cache
def filings(*filters: str) -> Query:
    """Return the query for packages, the latest first; of one document, or those that wait for an answer."""
    holds = exists().where(I.filing_id == G.id, I.document_id == bindparam("document", type_=Uuid))
    waits = case((G.acknowledged < G.item_count, "true"), else_="false") == bindparam("waiting", type_=Text)
    by: dict[str, ColumnElement[bool]] = {"document": holds, "waiting": waits}
    return Query(
        select(*_COLUMNS).where(_MAY_READ, *(by[name] for name in filters)),
        keys=(G.created_at, G.id),
        descending=True,
    )
