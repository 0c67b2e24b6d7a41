"""What leads to a release: a request, a check by rules, findings settled, another person's decision."""

import asyncio
from collections.abc import Collection, Sequence
from uuid import UUID

from documents.extraction.domain import TextState
from documents.extraction.repository import text_of
from documents.files import decisions
from documents.files import repository as files
from documents.files.acts import Act, Action
from documents.files.domain import Document, Version, expect_latest, words_of
from documents.files.growth import published_event
from documents.files.use_cases import load_own, load_version
from documents.inspection.domain import Blob, expect_name_fits, expect_releasable
from documents.inspection.repository import blobs
from documents.publications import domain, findings, repository
from documents.publications.domain import REQUESTS, Request, RequestState
from documents.publications.findings import Verdict
from documents.publications.refusals import FileNotReceived, ReleaseRequested, ReleaseRequestUnknown
from shared.errors import expect_version
from shared.transaction import Transaction


async def request_release(
    tx: Transaction, document_id: UUID, number: int, *, note: str, expected: int
) -> Request:
    """Ask that the latest version be let out; a request about an older version gives way."""
    document = await load_own(tx, document_id, expected=expected)
    expect_latest(document, number)
    domain.expect_publishable(document)
    await _expect_sound(tx, await load_version(tx, document, number))
    before = await repository.lock_open(tx.session, document_id)
    if before is not None:
        await _supersede(tx, before, number)
    request = Request(
        id=tx.new_id(),
        document_id=document_id,
        number=number,
        version=1,
        state=RequestState.CHECKING,
        requested_by=tx.actor.id,
    )
    await repository.add(tx, request, note=note)
    return await _check(tx, document, request)


async def _supersede(tx: Transaction, before: Request, number: int) -> None:
    if before.number == number:
        raise ReleaseRequested(REQUESTS.facts(before.state), number=number)
    gone = domain.superseded(before)
    await repository.save(tx, gone)


async def _expect_sound(tx: Transaction, version: Version) -> tuple[Blob, ...]:
    """Raise unless every file of the version passed its checks; return what is known of each."""
    known = await _known(tx, version)
    for file in (version.file, *version.others):
        if file.digest not in known:
            raise FileNotReceived(number=version.number)
        expect_releasable(known[file.digest])
        expect_name_fits(file.name, file.media_type)
    return tuple(known.values())


async def _known(tx: Transaction, version: Version) -> dict[str, Blob]:
    return await blobs(tx.session, {each.digest for each in (version.file, *version.others)})


async def due_checks(tx: Transaction) -> Sequence[UUID]:
    return await repository.waiting_for_check(tx.session)


async def finish_check(tx: Transaction, request_id: UUID) -> None:
    """Look through the text of a version once it is read; until then nothing happens."""
    document_id = await repository.document_of(tx.session, request_id)
    document = document_id and await files.lock_document(tx.session, document_id)
    request = await repository.lock(tx.session, request_id)
    if document and request is not None and request.state is RequestState.CHECKING:
        await _check(tx, document, request)


async def _check(tx: Transaction, document: Document, request: Request) -> Request:
    version = await files.version_of(tx.session, request.document_id, request.number)
    if version is None:
        return request
    text = await text_of(tx.session, version.file.digest)
    if text.state is TextState.WAITING:
        return request
    known = await _known(tx, version)
    found = await asyncio.to_thread(
        findings.findings_in, text, words=_words(document, version), blobs=tuple(known.values())
    )
    done = domain.checked(request, now=tx.now)
    await repository.add_findings(tx.session, request.id, found)
    await repository.save(tx, done)
    return done


def _words(document: Document, version: Version) -> dict[str, str]:
    """Return what is read beside the file, by field."""
    return words_of(document) | {"label": version.label or "", "file_name": version.file.name}


async def settle_findings(
    tx: Transaction,
    request_id: UUID,
    positions: Collection[int],
    verdict: Verdict,
    *,
    reason: str,
    expected: int,
) -> Request:
    """Say to findings why they may stay; what must go is taken out in a new version."""
    document, request = await _load(tx, request_id, expected)
    version = await load_version(tx, document, request.number)
    found = await repository.findings_of(tx.session, request_id)
    after, said = domain.settled(
        request, found, positions, verdict, by=tx.actor.id, filed_by=version.created_by
    )
    await repository.settle(tx, request_id, said, reason=reason)
    await repository.save(tx, after)
    return after


async def release(tx: Transaction, request_id: UUID, *, expected: int) -> tuple[Request, Document]:
    """Let a version out to everybody; raises what any of the checks says, at the moment of release."""
    document, request = await _load(tx, request_id, expected)
    version = await load_version(tx, document, request.number)
    found = await repository.findings_of(tx.session, request_id)
    after = domain.released(request, found, by=tx.actor.id, filed_by=version.created_by)
    standing = REQUESTS.facts(request.state)
    findings.expect_as_checked(found, _words(document, version), standing)
    domain.expect_publishable(document)
    findings.expect_scan_as_checked(found, await _expect_sound(tx, version), standing)
    out, public = decisions.published(document, version, now=tx.now)
    act = Act(document=out, action=Action.RELEASE, number=version.number)
    await files.save(tx, act)
    await files.save_version(tx.session, public)
    await repository.save(tx, after, **_decided(tx))
    tx.emit(published_event(out, public))
    return after, out


async def refuse(tx: Transaction, request_id: UUID, *, reason: str, expected: int) -> Request:
    """Send the request back; the document stays where it is."""
    _, request = await _load(tx, request_id, expected)
    after = domain.refused(request)
    await repository.save(tx, after, reason=reason, **_decided(tx))
    return after


def _decided(tx: Transaction) -> dict[str, object]:
    return {"decided_by": tx.actor.id, "decider": tx.actor.name, "decided_at": tx.now}


async def _load(tx: Transaction, request_id: UUID, expected: int) -> tuple[Document, Request]:
    """Lock the document, then the request, as everybody does. Raises `ReleaseRequestUnknown`."""
    document_id = await repository.document_of(tx.session, request_id)
    document = document_id and await files.lock_document(tx.session, document_id, actor=tx.actor)
    request = await repository.lock(tx.session, request_id)
    if not document or request is None:
        raise ReleaseRequestUnknown
    expect_version(expected, request.version)
    return document, request
