"""SQL of documents; who sees which is decided here."""

from dataclasses import asdict
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    ScalarSelect,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by, array
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.domain import Document, DocumentState, Origin, Version
from documents.files.tables import DocumentRow, VersionRow
from documents.units.tables import UnitRow
from shared.auth import Actor
from shared.contracts.documents import DocumentKind
from shared.names import search_text
from shared.reads import Query, json_object


class ChangedMeanwhile(Exception):  # noqa: N818 - the fact that stopped us
    """Another worker saved the same new document first; trying again will find it."""


async def lock_document(
    session: AsyncSession, document_id: UUID, *, actor: Actor | None = None
) -> Document | None:
    """Lock a document; with an actor only one that he may add to, another is not there for him."""
    everything = actor is None or actor.is_agency
    own = true() if everything else DocumentRow.unit_ids.overlap(list(actor.units if actor else ()))
    statement = select(DocumentRow).where(DocumentRow.id == document_id, own).with_for_update()
    row = await session.scalar(statement)
    return _document(row) if row else None


def _document(row: DocumentRow) -> Document:
    return Document(
        id=row.id,
        kind=DocumentKind(row.kind),
        title=row.title,
        plan_id=row.plan_id,
        unit_ids=tuple(row.unit_ids),
        state=DocumentState(row.state),
        origin=Origin(row.origin),
        version=row.version,
        latest=row.latest,
    )


async def source_of(session: AsyncSession, document_id: UUID, number: int) -> str | None:
    """Return the digest of the wording that a version was rendered from; None where there is no such."""
    statement = select(VersionRow.source_digest).where(
        VersionRow.document_id == document_id, VersionRow.number == number
    )
    return await session.scalar(statement)


async def save(session: AsyncSession, document: Document, added: Version) -> None:
    """Save a document that grew by one version; raises `ChangedMeanwhile`."""
    values = asdict(document) | {
        "title_folded": search_text(document.title),
        "unit_ids": list(document.unit_ids),
        "created_at": added.created_at,
    }
    statement = upsert(DocumentRow).values(values)
    new = statement.excluded
    names = ("title", "title_folded", "unit_ids", "state", "version", "latest")
    statement = statement.on_conflict_do_update(
        index_elements=[DocumentRow.id],
        set_={name: new[name] for name in names},
        where=DocumentRow.version == new.version - 1,
    )
    if await session.scalar(statement.returning(DocumentRow.id)) is None:
        raise ChangedMeanwhile(document.id)
    await session.execute(insert(VersionRow).values(_version(added)))


def _version(version: Version) -> dict[str, str | int | UUID | datetime | None]:
    file = version.file
    return {
        "document_id": version.document_id,
        "number": version.number,
        "label": version.label,
        "digest": file.digest,
        "size_bytes": file.size_bytes,
        "media_type": file.media_type,
        "file_name": file.name,
        "source_digest": version.source_digest,
        "created_at": version.created_at,
        "created_by": version.created_by,
        "published_at": version.published_at,
    }


_MAY_SEE = or_(
    bindparam("agency", type_=Boolean),
    DocumentRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid))),
)
"""Drafts are for the Agency and for the people of the document's units."""

_VISIBLE = or_(DocumentRow.state == DocumentState.PUBLISHED.value, _MAY_SEE)
_VISIBLE_VERSION = or_(VersionRow.published_at.is_not(None), _MAY_SEE)
_OWN_VERSION = VersionRow.document_id == DocumentRow.id

_VERSION = json_object(
    {
        name: VersionRow.__table__.c[name]
        for name in (
            "number",
            "label",
            "file_name",
            "media_type",
            "size_bytes",
            "digest",
            "source_digest",
            "created_at",
            "published_at",
        )
    }
)
_NOTHING = literal_column("'[]'::json", type_=JSON)


def _units() -> ScalarSelect[object]:
    unit = json_object({"id": UnitRow.id, "name": UnitRow.name})
    listed = func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id), type_=JSON)
    known = select(func.coalesce(listed, _NOTHING)).where(UnitRow.id == any_(DocumentRow.unit_ids))
    return known.correlate(DocumentRow).scalar_subquery()


def _versions() -> ScalarSelect[object]:
    listed = func.json_agg(aggregate_order_by(_VERSION, VersionRow.number.desc()), type_=JSON)
    visible = select(func.coalesce(listed, _NOTHING)).where(_OWN_VERSION, _VISIBLE_VERSION)
    return visible.correlate(DocumentRow).scalar_subquery()


def _latest_version() -> ScalarSelect[object]:
    visible = select(_VERSION).where(_OWN_VERSION, _VISIBLE_VERSION)
    latest = visible.order_by(VersionRow.number.desc()).limit(1)
    return latest.correlate(DocumentRow).scalar_subquery()


_COLUMNS = (
    DocumentRow.id,
    DocumentRow.kind,
    DocumentRow.title,
    DocumentRow.plan_id,
    _units().label("units"),
    DocumentRow.state,
    DocumentRow.origin,
    DocumentRow.version,
    DocumentRow.created_at,
)
_THIS = DocumentRow.id == bindparam("id", type_=Uuid)

ONE = Query(
    select(*_COLUMNS, _versions().label("versions")).where(_THIS, _VISIBLE),
    version="version",
)

FILE = Query(
    select(
        VersionRow.digest,
        VersionRow.size_bytes,
        VersionRow.media_type,
        VersionRow.file_name,
        VersionRow.published_at.is_not(None).label("published"),
    )
    .join(DocumentRow, _OWN_VERSION)
    .where(_THIS, VersionRow.number == bindparam("number", type_=Integer), _VISIBLE_VERSION)
)

_FILTERS: dict[str, ColumnElement[bool]] = {
    "kind": DocumentRow.kind == bindparam("kind", type_=Text),
    "plan": DocumentRow.plan_id == bindparam("plan", type_=Uuid),
    "unit": DocumentRow.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    "words": DocumentRow.title_folded.like(bindparam("words", type_=Text)),
}


@cache
def documents(*filters: str) -> Query:
    """Return the query for the documents that the caller may see, the newest first, by these filters."""
    listed = select(*_COLUMNS, _latest_version().label("latest_version")).where(_VISIBLE)
    return Query(
        listed.where(*(_FILTERS[name] for name in filters)),
        keys=(DocumentRow.__table__.c.created_at, DocumentRow.__table__.c.id),
        descending=True,
    )
