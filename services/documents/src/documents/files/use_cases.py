"""File documents, add versions, publish what was rendered."""

from uuid import UUID

from documents.files import domain, repository
from documents.files.domain import Document, File, Revision, Version
from documents.units.repository import known_units
from shared.transaction import Transaction


async def file_document(
    tx: Transaction, document: Document, file: File, *, label: str | None
) -> tuple[Document, Version]:
    """File an uploaded document as a draft; raises `UnitNotYours`, `UnitUnknown`."""
    known = await known_units(tx.session, document.unit_ids)
    own = None if tx.actor.is_agency else tx.actor.units
    domain.check_filing(document.unit_ids, known=known, own=own)
    grown, added = domain.add_upload(document, file, label=label, by=tx.actor.id, now=tx.now)
    await repository.save(tx.session, grown, added)
    return grown, added


async def add_version(
    tx: Transaction, document_id: UUID, file: File, *, label: str | None
) -> tuple[Document, Version]:
    """Add an uploaded version; raises `DocumentUnknown`, `DocumentIsRendered`."""
    document = await repository.lock_document(tx.session, document_id, actor=tx.actor)
    if document is None:
        raise domain.DocumentUnknown
    grown, added = domain.add_upload(document, file, label=label, by=tx.actor.id, now=tx.now)
    await repository.save(tx.session, grown, added)
    return grown, added


async def publish_plan_revision(tx: Transaction, revision: Revision, file: File) -> None:
    """Publish a rendered revision once; raises `RevisionDiffers` where it was made of another wording."""
    document = domain.plan_document(revision)
    known = await repository.lock_document(tx.session, document.id)
    if known:
        source = await repository.source_of(tx.session, document.id, revision.number)
        if source == revision.digest:
            return
        if source is not None:
            raise domain.RevisionDiffers(revision=revision.number)
    grown, added, published = domain.publish_revision(
        known or document, revision, file, by=tx.actor.id, now=tx.now
    )
    await repository.save(tx.session, grown, added)
    tx.emit(published)
