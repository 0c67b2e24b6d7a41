"""Render an approved plan, and publish what was rendered."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor

from documents.files.domain import Accessibility, File, Metadata, Rendering, plan_document_id
from documents.files.kinds import output_of_plan
from documents.files.names import PDF, kept_name
from documents.files.use_cases import publish_rendering
from documents.outside import planning_of, store_at
from documents.rendering.domain import Snapshot, check_digest, file_name
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import read_snapshot
from documents.typesetting import pdf_of
from shared.contracts.documents import DocumentKind
from shared.contracts.planning import PlanApproved
from shared.settings import Settings
from shared.transaction import Transaction


def _give_way() -> None:
    """Let decisions and their events go first: rendering takes a processor for a good while."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


BACKSTAGE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rendering", initializer=_give_way)


def render(snapshot: Snapshot, *, digest: str) -> bytes:
    """Equal snapshots give equal bytes; takes long, so call it in a thread."""
    return pdf_of(plan_paper(snapshot, digest=digest))


async def fetch_and_render(event: PlanApproved, settings: Settings) -> File:
    """Fetch what was approved, render it and put it in the store; doing it again changes nothing.

    Raises `DigestDiffers` where planning serves another wording, which may pass, and
    `SnapshotNotAPlan` where what was approved is no plan, which is permanent.
    """
    body = await planning_of(settings).revision(event.plan_id, event.revision)
    check_digest(body, event.digest)
    loop = asyncio.get_running_loop()
    pdf = await loop.run_in_executor(
        BACKSTAGE, lambda: render(read_snapshot(body, revision=event.revision), digest=event.digest)
    )
    digest = await store_at(settings.files_url).put_bytes(pdf)
    return File(digest=digest, size_bytes=len(pdf), media_type=PDF, name=kept_name(file_name(event)))


async def publish(tx: Transaction, event: PlanApproved, file: File) -> None:
    rendering = Rendering(
        document_id=plan_document_id(event.plan_id),
        kind=DocumentKind.PLAN,
        title=event.title,
        unit_ids=event.unit_ids,
        files=(file,),
        source_digest=event.digest,
        published=True,
        number=event.revision,
        label=f"Revize {event.revision}",
        about=Metadata(
            author=event.body,
            approved_by=event.body,
            approved_on=event.approved_on,
            dated_on=event.approved_on,
            holds_personal_data=False,
            accessibility=Accessibility.VERIFIED,
            output_kind=output_of_plan(event.kind),
            plan_id=event.plan_id,
        ),
    )
    await publish_rendering(tx, rendering)
