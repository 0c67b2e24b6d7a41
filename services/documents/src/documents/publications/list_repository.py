"""What is read of requests for release, and of what is public."""

from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Integer, Text, Uuid, and_, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by

from documents.files.list_repository import IS_PUBLIC, MAY_SEE
from documents.files.tables import DocumentRow, OtherFormatRow, VersionRow
from documents.publications.tables import ReleaseFindingRow, ReleaseRequestRow
from shared.reads import Query, json_object

D: Final = DocumentRow.__table__.c
V: Final = VersionRow.__table__.c
O: Final = OtherFormatRow.__table__.c  # noqa: E741 - the first letter, as of the others
R: Final = ReleaseRequestRow.__table__.c
F: Final = ReleaseFindingRow.__table__.c
_NOTHING: Final = literal_column("'[]'::json", type_=JSON)
_COLUMNS: Final = (
    R.id,
    R.document_id,
    D.title,
    D.kind,
    R.number,
    R.version,
    R.state,
    R.note,
    R.requester,
    R.requester_affiliation,
    R.requested_at,
    R.checked_at,
    R.decider,
    R.decided_at,
    R.reason,
    select(func.count())
    .where(F.request_id == R.id)
    .correlate(ReleaseRequestRow)
    .scalar_subquery()
    .label("findings"),
    select(func.count())
    .where(F.request_id == R.id, F.verdict.is_(None))
    .correlate(ReleaseRequestRow)
    .scalar_subquery()
    .label("unsettled"),
)
_FINDING_NAMES: Final = (
    "position",
    "kind",
    "page",
    "page_label",
    "excerpt",
    "verdict",
    "reason",
    "settled_at",
)
_FINDINGS: Final = (
    select(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(json_object({name: F[name] for name in _FINDING_NAMES}), F.position),
                type_=JSON,
            ),
            _NOTHING,
        )
    )
    .where(F.request_id == R.id)
    .correlate(ReleaseRequestRow)
    .scalar_subquery()
)
_OF_DOCUMENT: Final = R.document_id == D.id

ONE: Final = Query(
    select(*_COLUMNS, _FINDINGS.label("found"))
    .join_from(ReleaseRequestRow, DocumentRow, _OF_DOCUMENT)
    .where(R.id == bindparam("id", type_=Uuid), MAY_SEE),
    version="version",
    moves_on=True,  # the title of the document
)
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "state": R.state == bindparam("state", type_=Text),
    "document": R.document_id == bindparam("document", type_=Uuid),
}


@cache
def requests(*filters: str) -> Query:
    """Return the query for requests that the caller may see, the newest first."""
    listed = select(*_COLUMNS).join_from(ReleaseRequestRow, DocumentRow, _OF_DOCUMENT).where(MAY_SEE)
    return Query(
        listed.where(*(_FILTERS[name] for name in filters)), keys=(R.requested_at, R.id), descending=True
    )


_FORMATS: Final = (
    select(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(
                    json_object(
                        {name: O[name] for name in ("media_type", "file_name", "size_bytes", "digest")}
                    ),
                    O.media_type,
                ),
                type_=JSON,
            ),
            _NOTHING,
        )
    )
    .where(O.document_id == V.document_id, O.number == V.number)
    .correlate(VersionRow)
    .scalar_subquery()
)
_EVER_PUBLIC: Final = V.published_at.is_not(None)
_ADDRESSED: Final = (
    select(
        D.id,
        D.title,
        D.kind,
        D.author,
        D.reference_number,
        D.language,
        D.licence,
        D.accessibility,
        D.accessibility_note,
        D.public_number,
        V.number,
        V.label,
        V.digest,
        V.size_bytes,
        V.media_type,
        V.file_name,
        V.published_at,
        V.withdrawn_at,
        V.withdrawal_reason,
        V.approved_by,
        V.approved_on,
        _FORMATS.label("formats"),
    )
    .join_from(VersionRow, DocumentRow, V.document_id == D.id)
    .where(D.id == bindparam("id", type_=Uuid), _EVER_PUBLIC)
)
NEWEST: Final = Query(
    _ADDRESSED.order_by(IS_PUBLIC.desc(), V.number.desc()).limit(1),
)
"""The newest public version; where all were withdrawn, the newest of those."""
NUMBERED: Final = Query(_ADDRESSED.where(V.number == bindparam("number", type_=Integer)))
VERSIONS: Final = Query(
    select(V.number, V.label, V.digest, V.published_at, V.withdrawn_at)
    .where(and_(V.document_id == bindparam("id", type_=Uuid), _EVER_PUBLIC))
    .order_by(V.number.desc())
)
