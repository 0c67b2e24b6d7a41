"""File documents, add versions, file what was rendered."""

from dataclasses import replace
from uuid import UUID

from documents.files import domain, growth, repository
from documents.files.acts import Act, Action
from documents.files.domain import Document, File, Rendering, Version
from documents.files.refusals import DocumentUnknown, RevisionDiffers, VersionUnknown
from documents.inspection.limits import check_fits
from documents.units.repository import known_units
from shared.errors import expect_version
from shared.transaction import Transaction


async def file_document(
    tx: Transaction, document: Document, file: File, *, label: str | None
) -> tuple[Document, Version]:
    """File an uploaded document as a draft; raises `UnitNotYours`, `UnitUnknown`."""
    await check_units(tx, document.unit_ids)
    grown, added = growth.add_upload(document, file, label=label, by=tx.actor.id, now=tx.now)
    act = Act(document=grown, action=Action.FILING, number=added.number)
    await repository.save(tx, act, added)
    return grown, added


async def check_units(tx: Transaction, unit_ids: tuple[UUID, ...]) -> None:
    """Raise `UnitUnknown`, `UnitNotYours`."""
    known = await known_units(tx.session, unit_ids)
    own = None if tx.actor.is_agency else tx.actor.units
    domain.check_filing(unit_ids, known=known, own=own)


async def load_own(tx: Transaction, document_id: UUID, *, expected: int | None = None) -> Document:
    """Lock a document to decide on; raises `DocumentUnknown` for one of another town, `VersionIsStale`."""
    document = await repository.lock_document(tx.session, document_id, actor=tx.actor)
    if document is None:
        raise DocumentUnknown
    if expected is not None:
        expect_version(expected, document.version)
    return document


async def load_version(tx: Transaction, document: Document, number: int) -> Version:
    version = await repository.version_of(tx.session, document.id, number)
    if version is None:
        raise VersionUnknown
    return version


async def add_version(
    tx: Transaction, document_id: UUID, file: File, *, label: str | None
) -> tuple[Document, Version]:
    """Add an uploaded version; raises `DocumentUnknown`, `DocumentIsRendered`, what its kind refuses."""
    document = await load_own(tx, document_id)
    check_fits(document.kind.value, media_type=file.media_type, size_bytes=file.size_bytes)
    grown, added = growth.add_upload(document, file, label=label, by=tx.actor.id, now=tx.now)
    await repository.save(tx, Act(document=grown, action=Action.VERSION, number=added.number), added)
    return grown, added


async def publish_rendering(tx: Transaction, rendering: Rendering) -> Document:
    """File what the platform made, once; public at once where it says so, else a draft.

    The same wording again changes nothing. Raises `RevisionDiffers` where that number of the version was
    made of another wording.
    """
    known = await repository.lock_document(tx.session, rendering.document_id)
    if known is not None and await _is_there(tx, rendering):
        return known
    grown, added, told = growth.add_rendering(
        known or growth.new_rendered(rendering), rendering, by=tx.actor.id, now=tx.now
    )
    await repository.save(tx, Act(document=grown, action=Action.RENDERING, number=added.number), added)
    if told is None:
        return grown
    tx.emit(told)
    return grown if grown.public_number == added.number else await _tell_newest_again(tx, grown)


async def _tell_newest_again(tx: Transaction, document: Document) -> Document:
    """Tell once more what everybody reads: an older revision came late, and the last word counts."""
    number = document.public_number or document.latest
    newest = await load_version(tx, document, number)
    after = replace(document, version=document.version + 1)
    await repository.save(tx, Act(document=after, action=Action.RENDERING, number=number))
    tx.emit(growth.published_event(after, newest))
    return after


async def _is_there(tx: Transaction, rendering: Rendering) -> bool:
    if rendering.number is None:
        return await repository.has_source(tx.session, rendering.document_id, rendering.source_digest)
    source = await repository.source_of(tx.session, rendering.document_id, rendering.number)
    if source is not None and source != rendering.source_digest:
        raise RevisionDiffers(revision=rendering.number)
    return source is not None
