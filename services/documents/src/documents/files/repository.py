"""How documents are written; `list_repository` reads them."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, insert, select, true, union_all, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.acts import Act
from documents.files.domain import Document, File, Metadata, Origin, Version
from documents.files.states import DocumentState
from documents.files.tables import ActRow, DocumentRow, OtherFormatRow, VersionRow
from shared.auth import Actor
from shared.contracts.documents import DocumentKind
from shared.names import search_text, sort_key
from shared.stored import from_row
from shared.transaction import Transaction

D = DocumentRow.__table__.c
V = VersionRow.__table__.c
F = OtherFormatRow.__table__.c
_ABOUT = tuple(Metadata.__dataclass_fields__)


class ChangedMeanwhile(Exception):  # noqa: N818 - the fact that stopped us
    """Another worker saved the same new document first; trying again will find it."""


async def lock_document(
    session: AsyncSession, document_id: UUID, *, actor: Actor | None = None
) -> Document | None:
    """Lock a document; with an actor only one that he may add to, another is not there for him."""
    everything = actor is None or actor.is_agency
    own = true() if everything else D.unit_ids.overlap(list(actor.units if actor else ()))
    statement = select(DocumentRow.__table__).where(D.id == document_id, own).with_for_update()
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        return None
    return Document(
        id=row["id"],
        kind=DocumentKind(row["kind"]),
        title=row["title"],
        unit_ids=tuple(row["unit_ids"]),
        state=DocumentState(row["state"]),
        origin=Origin(row["origin"]),
        about=from_row(Metadata, {name: row[name] for name in _ABOUT}),
        version=row["version"],
        latest=row["latest"],
        public_number=row["public_number"],
    )


async def version_of(session: AsyncSession, document_id: UUID, number: int) -> Version | None:
    """Read one version with all its formats."""
    row = (
        await session.execute(
            select(VersionRow.__table__).where(V.document_id == document_id, V.number == number)
        )
    ).one_or_none()
    if row is None:
        return None
    others = await session.execute(
        select(F.digest, F.size_bytes, F.media_type, F.file_name.label("name"))
        .where(F.document_id == document_id, F.number == number)
        .order_by(F.media_type)
    )
    return Version(
        document_id=document_id,
        number=number,
        label=row.label,
        file=File(
            digest=row.digest, size_bytes=row.size_bytes, media_type=row.media_type, name=row.file_name
        ),
        others=tuple(File(**each) for each in others.mappings()),
        created_at=row.created_at,
        created_by=row.created_by,
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        source_digest=row.source_digest,
        restored_from=row.restored_from,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
    )


async def source_of(session: AsyncSession, document_id: UUID, number: int) -> str | None:
    """Return the digest of the wording that a version was rendered from; None where there is no such."""
    statement = select(V.source_digest).where(V.document_id == document_id, V.number == number)
    return await session.scalar(statement)


async def has_source(session: AsyncSession, document_id: UUID, source_digest: str) -> bool:
    """Whether the newest version was rendered from this wording."""
    statement = select(V.source_digest).where(V.document_id == document_id).order_by(V.number.desc()).limit(1)
    return await session.scalar(statement) == source_digest


async def newest_public(session: AsyncSession, document_id: UUID, *, but: int) -> int | None:
    """Return the newest version that everybody may read, leaving one out."""
    newest = select(func.max(V.number)).where(V.document_id == document_id, V.number != but, is_public())
    found: int | None = await session.scalar(newest)
    return found


def is_public() -> ColumnElement[bool]:
    """Whether everybody may read the version."""
    return V.published_at.is_not(None) & V.withdrawn_at.is_(None)


async def save(tx: Transaction, act: Act, added: Version | None = None) -> None:
    """Save a document after an act, and the version that it grew by; raises `ChangedMeanwhile`."""
    document = act.document
    values: dict[str, object] = {
        "kind": document.kind.value,
        "title": document.title,
        "title_folded": search_text(document.title),
        "title_key": sort_key(document.title),
        "unit_ids": list(document.unit_ids),
        "state": document.state.value,
        "version": document.version,
        "latest": document.latest,
        "public_number": document.public_number,
        **_columns(replace(document.about, dated_on=document.about.dated_on or tx.today)),
    }
    statement = upsert(DocumentRow).values(
        id=document.id, origin=document.origin.value, created_at=tx.now, **values
    )
    statement = statement.on_conflict_do_update(
        index_elements=[D.id], set_=values, where=D.version == statement.excluded.version - 1
    )
    if await tx.session.scalar(statement.returning(D.id)) is None:
        raise ChangedMeanwhile(document.id)
    if added is not None:
        await _add_version(tx.session, added)
    await add_act(tx, act)


def _columns(about: Metadata) -> dict[str, object]:
    return {name: getattr(about, name) for name in _ABOUT}


async def _add_version(session: AsyncSession, version: Version) -> None:
    file = version.file
    key = {"document_id": version.document_id, "number": version.number}
    row = {
        "label": version.label,
        "digest": file.digest,
        "size_bytes": file.size_bytes,
        "media_type": file.media_type,
        "file_name": file.name,
        "source_digest": version.source_digest,
        "restored_from": version.restored_from,
        "approved_by": version.approved_by,
        "approved_on": version.approved_on,
        "created_at": version.created_at,
        "created_by": version.created_by,
        "published_at": version.published_at,
    }
    await session.execute(insert(VersionRow).values(**key, **row))
    if version.others:
        rows = [
            {
                **key,
                "media_type": each.media_type,
                "digest": each.digest,
                "size_bytes": each.size_bytes,
                "file_name": each.name,
            }
            for each in version.others
        ]
        await session.execute(insert(OtherFormatRow), rows)


async def save_version(session: AsyncSession, version: Version, *, reason: str | None = None) -> None:
    """Save what decisions change of a version: its approval, publication and withdrawal."""
    await session.execute(
        update(VersionRow)
        .where(V.document_id == version.document_id, V.number == version.number)
        .values(
            approved_by=version.approved_by,
            approved_on=version.approved_on,
            published_at=version.published_at,
            withdrawn_at=version.withdrawn_at,
            withdrawal_reason=reason,
        )
    )


async def add_act(tx: Transaction, act: Act) -> None:
    """Append a step to the history of a document."""
    await tx.session.execute(
        insert(ActRow).values(
            document_id=act.document.id,
            version=act.document.version,
            action=act.action.value,
            number=act.number,
            state=act.document.state.value,
            reason=act.reason,
            actor_id=tx.actor.id,
            actor_name=tx.actor.name,
            affiliation=tx.actor.affiliation,
            at=tx.now,
        )
    )


def files_of_versions() -> Select[tuple[UUID, int, str, str]]:
    """Return every file of every version: document, number, digest, media type; for joins of neighbours."""
    main = select(V.document_id, V.number, V.digest, V.media_type)
    other = select(F.document_id, F.number, F.digest, F.media_type)
    every = union_all(main, other).subquery("file")
    return select(every.c.document_id, every.c.number, every.c.digest, every.c.media_type)


async def digests_in_use(session: AsyncSession, digests: Collection[str]) -> frozenset[str]:
    """Return those of the digests that any version still names."""
    every = files_of_versions().subquery()
    found = await session.scalars(select(every.c.digest).where(every.c.digest.in_(digests)).distinct())
    return frozenset(found)
