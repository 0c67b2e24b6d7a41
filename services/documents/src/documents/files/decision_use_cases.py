"""What people decide on documents: describe, comment on, approve, sign, withdraw, restore, discard."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from documents.files import decisions, domain, growth, repository
from documents.files.acts import Act, Action
from documents.files.decisions import Description
from documents.files.domain import Document, Version
from documents.files.states import DocumentMove
from documents.files.use_cases import check_units, load_own, load_version
from documents.inspection.limits import check_fits
from shared.contracts.documents import DocumentWithdrawn
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`body` is a council, an office, a commission; never a person."""

    body: str
    approved_on: date
    resolution: str | None = None


async def describe_document(
    tx: Transaction, document_id: UUID, said: Description, *, expected: int
) -> Document:
    """Say what a document is; whoever counts what is public hears of it again."""
    document = await load_own(tx, document_id, expected=expected)
    if said.unit_ids != document.unit_ids:
        await check_units(tx, said.unit_ids)
    described = decisions.describe(document, said)
    if said.kind is not document.kind:
        _expect_fits(described, await load_version(tx, document, document.latest))
    await repository.save(tx, Act(document=described, action=Action.DESCRIPTION))
    await tell_public(tx, described)
    return described


def _expect_fits(document: Document, version: Version) -> None:
    """Raise unless a document of its kind may have the files of the version."""
    for file in (version.file, *version.others):
        check_fits(document.kind.value, media_type=file.media_type, size_bytes=file.size_bytes)


async def tell_public(tx: Transaction, document: Document) -> None:
    """Tell of the version that everybody reads, where there is one."""
    if document.public_number is not None:
        version = await load_version(tx, document, document.public_number)
        tx.emit(growth.published_event(document, version))


async def open_to_comments(
    tx: Transaction, document_id: UUID, number: int, *, reason: str | None, expected: int
) -> Document:
    document = await load_own(tx, document_id, expected=expected)
    after = decisions.moved(document, DocumentMove.COMMENTS, number=number)
    await repository.save(tx, Act(document=after, action=Action.COMMENTS, number=number, reason=reason))
    return after


async def return_document(
    tx: Transaction, document_id: UUID, number: int, *, reason: str, expected: int
) -> Document:
    document = await load_own(tx, document_id, expected=expected)
    after = decisions.returned(document, number=number)
    version = await load_version(tx, document, number)
    await repository.save(tx, Act(document=after, action=Action.RETURN, number=number, reason=reason))
    await repository.save_version(tx.session, replace(version, approved_by=None, approved_on=None))
    return after


async def approve_document(
    tx: Transaction, document_id: UUID, number: int, approval: Approval, *, expected: int
) -> Document:
    """Note who approved the version and when; raises `ApprovedByAuthor` to who filed it."""
    document = await load_own(tx, document_id, expected=expected)
    domain.expect_latest(document, number)
    version = await load_version(tx, document, number)
    after, known = decisions.approved(
        document, version, body=approval.body, on=approval.approved_on, by=tx.actor.id, today=tx.today
    )
    act = Act(document=after, action=Action.APPROVAL, number=number, reason=approval.resolution)
    await repository.save(tx, act)
    await repository.save_version(tx.session, known)
    return after


async def sign_document(
    tx: Transaction, document_id: UUID, number: int, *, signed_on: date, expected: int
) -> Document:
    document = await load_own(tx, document_id, expected=expected)
    after = decisions.signed(document, number=number, on=signed_on, today=tx.today)
    await repository.save(tx, Act(document=after, action=Action.SIGNATURE, number=number))
    return after


async def withdraw_version(
    tx: Transaction, document_id: UUID, number: int, *, reason: str, expected: int
) -> Document:
    """Take a public version back; its address tells from now on why, and what replaces it."""
    document = await load_own(tx, document_id, expected=expected)
    version = await load_version(tx, document, number)
    remaining = await repository.newest_public(tx.session, document.id, but=number)
    after, gone = decisions.withdrawn(document, version, remaining=remaining, now=tx.now)
    await repository.save(tx, Act(document=after, action=Action.WITHDRAWAL, number=number, reason=reason))
    await repository.save_version(tx.session, gone, reason=reason)
    if document.public_number != number:
        return after
    tx.emit(
        DocumentWithdrawn(version=after.version, document_id=after.id, withdrawn_at=tx.now, reason=reason)
    )
    return after if remaining is None else await _fall_back(tx, after, remaining)


async def _fall_back(tx: Transaction, document: Document, number: int) -> Document:
    """Tell that an older version is what is public now: with the newest all were told to be gone."""
    after = replace(document, version=document.version + 1)
    await repository.save(tx, Act(document=after, action=Action.FALLBACK, number=number))
    await tell_public(tx, after)
    return after


async def restore_version(
    tx: Transaction, document_id: UUID, number: int, *, expected: int
) -> tuple[Document, Version]:
    """Make an older version the newest one, under a number of its own."""
    document = await load_own(tx, document_id, expected=expected)
    old = await load_version(tx, document, number)
    _expect_fits(document, old)
    grown, added = growth.restore(document, old, by=tx.actor.id, now=tx.now)
    await repository.save(tx, Act(document=grown, action=Action.RESTORATION, number=added.number), added)
    return grown, added


async def discard_document(
    tx: Transaction, document_id: UUID, number: int, *, reason: str, expected: int
) -> Document:
    document = await load_own(tx, document_id, expected=expected)
    after = decisions.discarded(document, number=number)
    await repository.save(tx, Act(document=after, action=Action.DISCARDING, number=number, reason=reason))
    return after
