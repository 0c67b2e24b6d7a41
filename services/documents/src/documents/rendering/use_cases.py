"""Render what planning froze, and publish what was rendered."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from documents.files.domain import (
    Accessibility,
    File,
    Language,
    Metadata,
    Rendering,
    plan_document_id,
    rendered_id,
)
from documents.files.kinds import output_of_plan
from documents.files.names import PDF, kept_name
from documents.files.use_cases import publish_rendering
from documents.inspection.domain import Blob, FixityState, ScanState
from documents.inspection.use_cases import keep_blob
from documents.outside import planning_of, store_at
from documents.papers.blocks import Paper
from documents.rendering.design_paper import design_paper
from documents.rendering.difference_paper import difference_paper
from documents.rendering.domain import check_digest
from documents.rendering.plain_paper import plain_paper
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import read_difference, read_settlement, read_snapshot, read_summary
from documents.rendering.settlement_paper import KIND, settlement_paper
from shared.contracts.consultation import SettlementPublished
from shared.contracts.documents import DocumentKind
from shared.contracts.planning import PlanApproved
from shared.settings import Settings
from shared.transaction import Transaction

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DESIGN, PLAIN, CHANGES = "design-part", "plain-language", "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPlan:
    """Each is a PDF and a DOCX of one content; `plain` is by language. `settings` say where they lie.

    `changes` are those from the revision before; the first one has none.
    """

    settings: Settings
    full: tuple[File, ...]
    design: tuple[File, ...]
    plain: dict[Language, tuple[File, ...]]
    changes: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedSettlement:
    settings: Settings
    title: str
    approved_by: str
    files: tuple[File, ...]


def _give_way() -> None:
    """Let decisions and their events go first: rendering takes a processor for a good while."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


BACKSTAGE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rendering", initializer=_give_way)


async def fetch_and_render(event: PlanApproved, settings: Settings) -> RenderedPlan:
    """Fetch what was approved, render it and put it in the store; doing it again changes nothing.

    Raises `DigestDiffers` where planning serves another wording, which may pass, and
    `SnapshotNotAPlan` where what was approved is no plan, which is permanent.
    """
    planning = planning_of(settings)
    body = await planning.revision(event.plan_id, event.revision)
    check_digest(body, event.digest)
    snapshot = read_snapshot(body, revision=event.revision)
    name, digest = f"{event.title} – revize {event.revision}", event.digest
    plain = {}
    for language in (Language.CS, Language.EN):
        told = await planning.summary(event.plan_id, event.revision, language=language)
        summary = read_summary(told, revision=event.revision, language=language)
        paper = plain_paper(snapshot, summary, digest=digest)
        plain[language] = await _stored(paper, f"{name} – {paper.kind}", settings)
    changes: tuple[File, ...] = ()
    if event.revision > 1:
        since = event.revision - 1
        told = await planning.difference(event.plan_id, since, event.revision)
        difference = read_difference(told, plan_id=event.plan_id, since=since, until=event.revision)
        told_apart = partial(difference_paper, snapshot, difference, digest=digest)
        paper = await asyncio.get_running_loop().run_in_executor(BACKSTAGE, told_apart)
        changes = await _stored(paper, f"{name} – změny proti revizi {since}", settings)
    return RenderedPlan(
        settings=settings,
        changes=changes,
        full=await _stored(plan_paper(snapshot, digest=digest), name, settings),
        design=await _stored(design_paper(snapshot, digest=digest), f"{name} – návrhová část", settings),
        plain=plain,
    )


async def fetch_and_render_settlement(event: SettlementPublished, settings: Settings) -> RenderedSettlement:
    """Fetch a published settlement and render it; raises `DigestDiffers`, `NotASettlement`."""
    body = await planning_of(settings).settlement(event.consultation_id)
    check_digest(body, event.digest)
    settlement = read_settlement(body, consultation_id=event.consultation_id)
    title = f"{KIND}: {settlement.title}"
    files = await _stored(settlement_paper(settlement, digest=event.digest), title, settings)
    return RenderedSettlement(settings=settings, title=title, approved_by=settlement.approved_by, files=files)


async def _stored(paper: Paper, name: str, settings: Settings) -> tuple[File, ...]:
    """Set a paper as PDF and DOCX and put both in the store."""
    from documents.papers.typesetting import pdf_of  # 13 MiB that only the worker should hold
    from documents.papers.wordprocessing import docx_of

    loop, store = asyncio.get_running_loop(), store_at(settings.files_url)
    files = []
    for write, media_type, ending in ((pdf_of, PDF, "pdf"), (docx_of, DOCX, "docx")):
        content = await loop.run_in_executor(BACKSTAGE, write, paper)
        digest = await store.put_bytes(content)
        called = kept_name(f"{name}.{ending}")
        files.append(File(digest=digest, size_bytes=len(content), media_type=media_type, name=called))
    return tuple(files)


async def publish_plan(tx: Transaction, event: PlanApproved, rendered: RenderedPlan) -> None:
    """Publish the plan in full, its design part and its summaries, each a document of its own."""
    await _publish(tx, rendered.settings, _of_plan(event, rendered.full))
    await _publish(
        tx, rendered.settings, _of_plan(event, rendered.design, part=DESIGN, called="Návrhová část")
    )
    if rendered.changes:
        changes = _of_plan(event, rendered.changes, part=CHANGES, called="Změny plánu")
        await _publish(tx, rendered.settings, changes)
    for language, files in rendered.plain.items():
        part = PLAIN if language is Language.CS else f"{PLAIN}-{language}"
        called = "Srozumitelné shrnutí" if language is Language.CS else "Plain-language summary"
        await _publish(
            tx, rendered.settings, _of_plan(event, files, part=part, called=called, language=language)
        )


def _of_plan(
    event: PlanApproved,
    files: tuple[File, ...],
    *,
    part: str = "",
    called: str = "",
    language: Language = Language.CS,
) -> Rendering:
    """Return a version of the plan itself, or of a part that is no output of a project."""
    revision = f"Revision {event.revision}" if language is Language.EN else f"Revize {event.revision}"
    return Rendering(
        document_id=rendered_id(event.plan_id, part) if part else plan_document_id(event.plan_id),
        kind=DocumentKind.CAST if part else DocumentKind.PLAN,
        title=f"{called}: {event.title}" if part else event.title,
        unit_ids=event.unit_ids,
        files=files,
        source_digest=event.digest,
        published=True,
        number=event.revision,
        label=revision,
        about=Metadata(
            author=event.body,
            approved_by=event.body,
            approved_on=event.approved_on,
            dated_on=event.approved_on,
            language=language,
            holds_personal_data=False,
            accessibility=Accessibility.VERIFIED,
            output_kind=None if part else output_of_plan(event.kind),
            plan_id=event.plan_id,
        ),
    )


async def publish_settlement(
    tx: Transaction, event: SettlementPublished, rendered: RenderedSettlement
) -> None:
    await _publish(
        tx,
        rendered.settings,
        Rendering(
            document_id=rendered_id(event.consultation_id, "settlement"),
            kind=DocumentKind.VYPOR,
            title=rendered.title,
            unit_ids=event.unit_ids,
            files=rendered.files,
            source_digest=event.digest,
            published=True,
            about=Metadata(
                author=rendered.approved_by,
                dated_on=event.published_on,
                holds_personal_data=False,
                accessibility=Accessibility.VERIFIED,
                plan_id=event.plan_id,
            ),
        ),
    )


async def _publish(tx: Transaction, settings: Settings, rendering: Rendering) -> None:
    for file in rendering.files:
        blob = Blob(
            digest=file.digest,
            size_bytes=file.size_bytes,
            media_type=file.media_type,
            traits=(),
            received_at=tx.now,
            scan=ScanState.WAITING if settings.clamav_url else ScanState.NOT_SCANNED,
            signature=None,
            fixity=FixityState.NOT_VERIFIED,
            verified_at=None,
        )
        await keep_blob(tx, blob, store=store_at(settings.files_url))
    await publish_rendering(tx, rendering)
