"""How acts, bundles and keys are read; what is sealed shows its place and its digest alone."""

from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array

from documents.record.tables import ActRow, BundleRow, RecordKeyRow
from shared.reads import Query

_SHOWN = or_(ActRow.disclosed, bindparam("agency", type_=Boolean))


def _shown(column: ColumnElement[object], name: str) -> ColumnElement[object]:
    return case((_SHOWN, column), else_=null()).label(name)


_BUNDLE = select(BundleRow.number).where(BundleRow.day == ActRow.received_on).scalar_subquery()
_COLUMNS = (
    ActRow.position,
    ActRow.disclosed,
    _shown(ActRow.__table__.c.type, "type"),
    _shown(ActRow.__table__.c.subject_id, "subject_id"),
    _shown(ActRow.__table__.c.unit_ids, "unit_ids"),
    ActRow.received_at,
    ActRow.received_on,
    ActRow.digest,
    _BUNDLE.label("bundle"),
    ActRow.version,
    ActRow.withheld_at,
    ActRow.withheld_reason,
)
ACT = Query(
    select(*_COLUMNS, _shown(ActRow.__table__.c.body, "body")).where(
        ActRow.position == bindparam("position", type_=BigInteger)
    ),
    version="version",
    moves_on=True,
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "type": ActRow.type == bindparam("type", type_=Text),
    "subject": ActRow.subject_id == bindparam("subject", type_=Uuid),
    "unit": ActRow.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    "day": ActRow.received_on == bindparam("day", type_=Date),
}


@cache
def acts(*filters: str) -> Query:
    """Return the query for acts, the latest first; whoever asks for a type finds no sealed ones by it."""
    told = [_SHOWN] if {"type", "subject", "unit"}.intersection(filters) else []
    return Query(
        select(*_COLUMNS).where(*(_FILTERS[name] for name in filters), *told),
        keys=(ActRow.__table__.c.position,),
        descending=True,
    )


_OF_BUNDLE = (
    BundleRow.number,
    BundleRow.day,
    BundleRow.first,
    BundleRow.count,
    BundleRow.head,
    BundleRow.head_digest,
    BundleRow.key_id,
    BundleRow.signature,
    BundleRow.digest,
    BundleRow.size_bytes,
    BundleRow.signed_at,
    BundleRow.stamped_at,
)
BUNDLE = Query(select(*_OF_BUNDLE).where(BundleRow.number == bindparam("number", type_=Integer)))
BUNDLES = Query(select(*_OF_BUNDLE), keys=(BundleRow.__table__.c.number,), descending=True)
STAMP = Query(select(BundleRow.stamp).where(BundleRow.number == bindparam("number", type_=Integer)))
KEYS = Query(
    select(RecordKeyRow.id, RecordKeyRow.public_key, RecordKeyRow.first_used_at).order_by(
        RecordKeyRow.first_used_at
    )
)

_SIGNED = select(func.coalesce(func.max(BundleRow.first + BundleRow.count - 1), 0)).scalar_subquery()
_LAST = select(func.max(BundleRow.number)).scalar_subquery()
_LAST_DIGEST = select(BundleRow.head_digest).order_by(BundleRow.number.desc()).limit(1).scalar_subquery()
_NOT_STAMPED = select(func.count()).where(BundleRow.stamp.is_(None)).scalar_subquery()
SUMMARY = Query(
    select(
        func.coalesce(func.max(ActRow.position), 0).label("acts"),
        (func.coalesce(func.max(ActRow.position), 0) - _SIGNED).label("not_signed"),
        func.coalesce(_LAST, 0).label("bundles"),
        _LAST_DIGEST.label("head_digest"),
        _NOT_STAMPED.label("not_stamped"),
    )
)
