"""Ask for a paper, make it, file it as a draft; an evaluation that ends asks for its own."""

import asyncio
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from documents.files.domain import File, Rendering
from documents.files.names import PDF, kept_name
from documents.files.repository import lock_document
from documents.files.use_cases import publish_rendering
from documents.inspection.domain import Blob, FixityState, ScanState
from documents.inspection.use_cases import keep_blob
from documents.outside import sources_of, store_at
from documents.rendering.use_cases import BACKSTAGE
from documents.renditions import repository
from documents.renditions.domain import DOCX, Failure, Rendition, Source, Taken, document_of, taken
from documents.renditions.papers import Filing, filing_of
from shared.canonical import digest
from shared.contracts.intake import CooperationDescribed, MemorandumConcluded
from shared.contracts.reports import EvaluationCompleted
from shared.settings import Settings, load_settings
from shared.transaction import Transaction


class ReportDiffers(Exception):  # noqa: N818 - the fact that stopped us
    """Evaluation served another report than it told of; never rendered, tried again."""


class AgreementDiffers(Exception):  # noqa: N818 - the fact that stopped us
    """Registry served another agreement than it told of; never rendered, tried again."""


async def fetch_report(event: EvaluationCompleted, settings: Settings) -> Taken:
    """Fetch the report that was frozen; raises `ReportDiffers`, which may pass."""
    body = await sources_of(settings).report(event.evaluation_id, event.edition)
    found = taken(Source.EVALUATION_REPORT, event.evaluation_id, body)
    if found.digest != event.digest:
        raise ReportDiffers(f"evaluation served {found.digest}, told was {event.digest}")
    return found


async def freeze_memorandum(event: MemorandumConcluded, settings: Settings) -> Taken:
    """Freeze the edition as it stands now; raises `AgreementDiffers`, which may pass."""
    return await _frozen(Source.MEMORANDUM, event.memorandum_id, event.digest, settings)


async def freeze_description(event: CooperationDescribed, settings: Settings) -> Taken:
    """Freeze the edition as it stands now; raises `AgreementDiffers`, which may pass."""
    return await _frozen(Source.DESCRIPTION, event.description_id, event.digest, settings)


async def _frozen(source: Source, source_id: UUID, told: str, settings: Settings) -> Taken:
    """Freeze a page; it tells more than what the parties agreed on, whose digest was told: how it went on."""
    body = await sources_of(settings).page(source, source_id)
    served = repository.agreed_digest(source, body)
    if served not in {None, told}:
        raise AgreementDiffers(f"registry served {served}, told was {told}")
    return taken(source, source_id, body)


async def ask(tx: Transaction, source: Taken) -> UUID:
    return await repository.ask(tx, source)


async def take_due(tx: Transaction) -> Sequence[UUID]:
    return await repository.take_due(tx)


async def make_one(tx: Transaction, rendition_id: UUID) -> None:
    """Make a paper that this worker has leased."""
    await make(tx, rendition_id, load_settings("documents"))


async def make(tx: Transaction, rendition_id: UUID, settings: Settings) -> None:
    """Make a paper that this worker has leased; what cannot be read fails for good, the rest passes."""
    found = await repository.lock_leased(tx, rendition_id)
    if found is None:
        return
    rendition, body = found
    try:
        page = repository.read_page(rendition.source, body)
    except ValueError:
        await repository.fail(tx, rendition_id, Failure.UNREADABLE)
        return
    filing = filing_of(page, digest=rendition.source_digest)
    document_id = document_of(rendition.source, rendition.source_id)
    await repository.lock_document(tx, document_id)
    number = await repository.made_before(tx, rendition)
    if number is None:
        files = await _made(tx, filing, settings)
        number = await _file(tx, rendition, filing, files)
    await repository.settle(tx, rendition_id, document_id=document_id, number=number)


async def _file(tx: Transaction, rendition: Rendition, filing: Filing, files: tuple[File, ...]) -> int:
    """File the paper as the next version, a draft; return its number."""
    document_id = document_of(rendition.source, rendition.source_id)
    known = await lock_document(tx.session, document_id)
    number = (known.latest if known else 0) + 1
    rendering = Rendering(
        document_id=document_id,
        kind=filing.kind,
        title=filing.title,
        unit_ids=filing.unit_ids,
        files=files,
        source_digest=rendition.source_digest,
        published=False,
        number=number,
        label=filing.label,
        state=filing.state,
        about=filing.metadata,
    )
    await publish_rendering(tx, rendering)
    return number


async def _made(tx: Transaction, filing: Filing, settings: Settings) -> tuple[File, ...]:
    from documents.papers.typesetting import pdf_of  # 13 MiB that only the worker should hold
    from documents.papers.wordprocessing import docx_of

    run = partial(asyncio.get_running_loop().run_in_executor, BACKSTAGE)
    pdf, docx = await run(pdf_of, filing.paper), await run(docx_of, filing.paper)
    name = f"{filing.title} – {filing.label}".replace("/", "-")
    return (
        await _kept(tx, pdf, settings, media_type=PDF, name=f"{name}.pdf"),
        await _kept(tx, docx, settings, media_type=DOCX, name=f"{name}.docx"),
    )


async def _kept(tx: Transaction, content: bytes, settings: Settings, *, media_type: str, name: str) -> File:
    """Put a file in the store and make it known; made again after a crash it has the same place."""
    store = store_at(settings.files_url)
    await store.put_bytes(content)
    blob = Blob(
        digest=digest(content),
        size_bytes=len(content),
        media_type=media_type,
        traits=(),
        received_at=tx.now,
        scan=ScanState.WAITING if settings.clamav_url else ScanState.NOT_SCANNED,
        signature=None,
        fixity=FixityState.NOT_VERIFIED,
        verified_at=None,
    )
    await keep_blob(tx, blob, store=store)
    return File(digest=blob.digest, size_bytes=len(content), media_type=media_type, name=kept_name(name))
