"""How documents are read; who sees which is decided here."""

from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by, array
from sqlalchemy.sql.elements import SQLCoreOperations

from documents.files.states import DocumentState
from documents.files.tables import ActRow, DocumentRow, OtherFormatRow, VersionRow
from documents.retention.tables import DisposedVersionRow
from documents.units.tables import UnitRow
from shared.reads import Query, json_object

D: Final = DocumentRow.__table__.c
V: Final = VersionRow.__table__.c
F: Final = OtherFormatRow.__table__.c
A: Final = ActRow.__table__.c

MAY_SEE: Final = or_(
    bindparam("agency", type_=Boolean),
    D.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid))),
)
"""Drafts are for the Agency and for the people of the document's units."""
VISIBLE: Final = or_(D.public_number.is_not(None), MAY_SEE)
"""Documents of which the caller may see something."""
IS_PUBLIC: Final = and_(V.published_at.is_not(None), V.withdrawn_at.is_(None))
VISIBLE_VERSION: Final = or_(IS_PUBLIC, MAY_SEE)
"""Versions that the caller may see, where `document` is joined."""
_OWN_VERSION: Final = V.document_id == D.id
KIND_NAMES: Final = cast(bindparam("kind_names", type_=Text), JSON)
"""Names of kinds by code, in the language of the caller (see `documents.showing`)."""
_ADDRESS: Final = bindparam("addresses", type_=Text).concat("/").concat(cast(D.id, Text))
ADDRESS: Final = case((D.public_number.is_not(None), _ADDRESS))
"""Where the newest public version is, as long as there is one."""
ADDRESS_OF_VERSION: Final = case(
    (V.published_at.is_not(None), _ADDRESS.concat("/versions/").concat(cast(V.number, Text)))
)
"""The address that lasts; of a version that was withdrawn it says so."""
IS_DISPOSED: Final = exists().where(
    DisposedVersionRow.document_id == V.document_id, DisposedVersionRow.number == V.number
)
_CONTENT: Final = (
    bindparam("contents", type_=Text)
    .concat("/")
    .concat(cast(V.document_id, Text))
    .concat("/versions/")
    .concat(cast(V.number, Text))
    .concat("/content")
)
CONTENT: Final = case((~IS_DISPOSED, _CONTENT))
"""Where the file of a version is."""
STATE_SEEN: Final = case((MAY_SEE, D.state), else_=DocumentState.PUBLISHED.value)
"""The state of the work; to who sees only what is public, it is published."""
_NOTHING = literal_column("'[]'::json", type_=JSON)


def kind_name(kind: ColumnElement[str]) -> ColumnElement[str]:
    """Return the name of a kind, in the language of the caller."""
    return func.json_extract_path_text(KIND_NAMES, kind)


def _in_query(media_type: ColumnElement[str]) -> ColumnElement[str]:
    """Return a media type as a parameter of an address carries it."""
    text = media_type
    for sign in "+#&":
        text = func.replace(text, sign, f"%{ord(sign):X}")
    return text


def _version_object() -> ColumnElement[object]:
    file: dict[str, SQLCoreOperations[object]] = {
        name: F[name] for name in ("media_type", "file_name", "size_bytes", "digest")
    }
    file["content"] = CONTENT.concat("?media_type=").concat(_in_query(F.media_type))
    others = (
        select(func.coalesce(func.json_agg(aggregate_order_by(json_object(file), F.media_type)), _NOTHING))
        .where(F.document_id == V.document_id, F.number == V.number)
        .correlate(VersionRow)
        .scalar_subquery()
    )
    names = (
        *("number", "label", "file_name", "media_type", "size_bytes", "digest", "source_digest"),
        *("created_at", "published_at", "withdrawn_at", "restored_from", "approved_by", "approved_on"),
    )
    found = {name: V[name] for name in names}
    return json_object({**found, "address": ADDRESS_OF_VERSION, "content": CONTENT, "formats": others})


_VERSION: Final = _version_object()


def _units() -> ScalarSelect[object]:
    unit = json_object({"id": UnitRow.id, "name": UnitRow.name})
    listed = func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id), type_=JSON)
    known = select(func.coalesce(listed, _NOTHING)).where(UnitRow.id == any_(D.unit_ids))
    return known.correlate(DocumentRow).scalar_subquery()


def _versions() -> ScalarSelect[object]:
    listed = func.json_agg(aggregate_order_by(_VERSION, V.number.desc()), type_=JSON)
    visible = select(func.coalesce(listed, _NOTHING)).where(_OWN_VERSION, VISIBLE_VERSION)
    return visible.correlate(DocumentRow).scalar_subquery()


def _latest_version() -> ScalarSelect[object]:
    visible = select(_VERSION).where(_OWN_VERSION, VISIBLE_VERSION)
    latest = visible.order_by(V.number.desc()).limit(1)
    return latest.correlate(DocumentRow).scalar_subquery()


_COLUMNS: Final = (
    D.id,
    D.kind,
    kind_name(D.kind).label("kind_name"),
    ADDRESS.label("address"),
    D.title,
    D.plan_id,
    D.cooperation_id,
    _units().label("units"),
    STATE_SEEN.label("state"),
    D.origin,
    D.version,
    D.public_number,
    D.created_at,
    *(
        D[name]
        for name in (
            *("reference_number", "file_mark", "author", "approved_by", "approved_on", "signed_on"),
            *("dated_on", "language", "licence", "holds_personal_data", "accessibility"),
            *("accessibility_note", "output_kind", "output_id"),
        )
    ),
)
_THIS: Final = D.id == bindparam("id", type_=Uuid)

ONE: Final = Query(
    select(*_COLUMNS, _versions().label("versions")).where(_THIS, VISIBLE),
    version="version",
    moves_on=True,  # names of units, and what is seen by whom
)

_DISPOSED: Final = IS_DISPOSED.label("disposed")

FILE: Final = Query(
    select(V.digest, V.size_bytes, V.media_type, V.file_name, IS_PUBLIC.label("published"), _DISPOSED)
    .join_from(VersionRow, DocumentRow, _OWN_VERSION)
    .where(_THIS, V.number == bindparam("number", type_=Integer), VISIBLE_VERSION)
)

OTHER_FILE: Final = Query(
    select(F.digest, F.size_bytes, F.media_type, F.file_name, IS_PUBLIC.label("published"), _DISPOSED)
    .join_from(OtherFormatRow, VersionRow, and_(F.document_id == V.document_id, F.number == V.number))
    .join(DocumentRow, _OWN_VERSION)
    .where(
        _THIS,
        V.number == bindparam("number", type_=Integer),
        F.media_type == bindparam("media_type", type_=Text),
        VISIBLE_VERSION,
    )
)

WITHDRAWN: Final = Query(
    select(V.number).where(
        V.document_id == bindparam("id", type_=Uuid),
        V.number == bindparam("number", type_=Integer),
        V.withdrawn_at.is_not(None),
    )
)

HISTORY: Final = Query(
    select(A.version, A.action, A.number, A.state, A.reason, A.actor_name, A.affiliation, A.at)
    .join_from(ActRow, DocumentRow, A.document_id == D.id)
    .where(_THIS, MAY_SEE),
    keys=(A.version,),
    descending=True,
)

KNOWN: Final = Query(select(D.id).where(_THIS, MAY_SEE))

_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "kind": D.kind == bindparam("kind", type_=Text),
    "plan": D.plan_id == bindparam("plan", type_=Uuid),
    "cooperation": D.cooperation_id == bindparam("cooperation", type_=Uuid),
    "unit": D.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    "state": bindparam("state", type_=Text) == STATE_SEEN,
    "output": D.output_id == bindparam("output", type_=Uuid),
    "output_kind": D.output_kind == bindparam("output_kind", type_=Text),
    "year": and_(
        D.dated_on >= bindparam("year_from", type_=Date), D.dated_on <= bindparam("year_until", type_=Date)
    ),
    "words": or_(
        D.title_folded.like(bindparam("words", type_=Text)),
        func.lower(D.reference_number).like(bindparam("words", type_=Text)),
    ),
}


@cache
def documents(*filters: str) -> Query:
    """Return the query for the documents that the caller may see, the newest first, by these filters."""
    listed = select(*_COLUMNS, _latest_version().label("latest_version")).where(VISIBLE)
    return Query(
        listed.where(*(_FILTERS[name] for name in filters)),
        keys=(D.created_at, D.id),
        descending=True,
    )
