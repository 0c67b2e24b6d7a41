"""SQL of renditions: asked for once, taken by one worker, settled."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Text, Uuid, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from documents.files.tables import OtherFormatRow, VersionRow
from documents.renditions.description_content import DescriptionPage
from documents.renditions.domain import (
    DOCX,
    LEASE,
    MOST_ATTEMPTS,
    TEMPLATE,
    Failure,
    Rendition,
    RenditionState,
    Source,
    Taken,
)
from documents.renditions.memorandum_content import MemorandumPage
from documents.renditions.papers import PAGES, Page
from documents.renditions.tables import RenditionRow, SourceRow
from documents.retention.tables import DisposedVersionRow
from shared.reads import Query
from shared.stored import from_json
from shared.transaction import Transaction

_AT_ONCE: Final = 5
"""So many does a tick take; the rest is for the next one, or for another worker."""
R: Final = RenditionRow.__table__.c
_WAITING, _RENDERING = RenditionState.WAITING.value, RenditionState.RENDERING.value
_MINE: Final = or_(bindparam("agency", type_=Boolean), bindparam("caller", type_=Text) == R.asked_by)
_SHOWN: Final = select(
    *(R.id, R.source, R.source_id, R.source_digest, R.template, R.state, R.attempts, R.failure),
    *(R.document_id, R.number, R.asked_at, R.settled_at),
)
ONE: Final = Query(_SHOWN.where(R.id == bindparam("id", type_=Uuid), _MINE))
SOURCE: Final = Query(
    select(SourceRow.digest, SourceRow.body)
    .join(RenditionRow, R.source_digest == SourceRow.digest)
    .where(R.id == bindparam("id", type_=Uuid), _MINE)
)
_IS_DISPOSED: Final = exists().where(
    DisposedVersionRow.document_id == R.document_id, DisposedVersionRow.number == R.number
)
_DISPOSED: Final = _IS_DISPOSED.correlate(RenditionRow).label("disposed")
_MAIN: Final = VersionRow.__table__.c
_OTHER: Final = OtherFormatRow.__table__.c
FILES: Final = {
    "pdf": Query(
        select(_MAIN.digest, _MAIN.size_bytes, _MAIN.media_type, _MAIN.file_name, _DISPOSED)
        .join(RenditionRow, (R.document_id == _MAIN.document_id) & (R.number == _MAIN.number))
        .where(R.id == bindparam("id", type_=Uuid), _MINE)
    ),
    "docx": Query(
        select(_OTHER.digest, _OTHER.size_bytes, _OTHER.media_type, _OTHER.file_name, _DISPOSED)
        .join(RenditionRow, (R.document_id == _OTHER.document_id) & (R.number == _OTHER.number))
        .where(R.id == bindparam("id", type_=Uuid), _MINE, _OTHER.media_type == DOCX)
    ),
}
"""The main format of a version lies with it, the others beside."""
_FILTERS: Final = {
    "source": R.source == bindparam("source", type_=Text),
    "state": R.state == bindparam("state", type_=Text),
}


@cache
def renditions(*filters: str) -> Query:
    """Return what the caller asked for, the newest first; the Agency sees all."""
    found = _SHOWN.where(_MINE, *(_FILTERS[name] for name in filters))
    return Query(found, keys=(R.id,), descending=True)


def read_page(source: Source, body: bytes) -> Page:
    """Read a frozen page; raises ValueError where it is not in a form that we know."""
    return from_json(PAGES[source], body)


def agreed_digest(source: Source, body: bytes) -> str | None:
    """Return the digest of what the parties agreed on; None where the page cannot be read, now or ever."""
    try:
        page = read_page(source, body)
    except ValueError:
        return None
    match page:
        case MemorandumPage():
            return page.content.memorandum.digest
        case DescriptionPage():
            return page.content.description.digest
    return None


async def ask(tx: Transaction, taken: Taken) -> UUID:
    """Note what is asked for; who asks again gets what he has.

    What failed is tried once more, what was disposed of is made anew.
    """
    kept = insert(SourceRow).values(digest=taken.digest, body=taken.body.decode(), taken_at=tx.now)
    await tx.session.execute(kept.on_conflict_do_nothing())
    asked = insert(RenditionRow).values(
        id=tx.new_id(),
        source=taken.source.value,
        source_id=taken.source_id,
        source_digest=taken.digest,
        template=TEMPLATE,
        state=_WAITING,
        attempts=0,
        asked_by=tx.actor.id,
        asked_at=tx.now,
    )
    again: ColumnElement[bool] = or_(R.state == RenditionState.FAILED.value, _IS_DISPOSED)
    found = await tx.session.scalar(
        asked.on_conflict_do_update(
            index_elements=[R.source_digest, R.template, R.asked_by],
            set_={"state": _WAITING, "attempts": 0, "settled_at": None}
            | dict.fromkeys(("failure", "document_id", "number")),
            where=again,
        ).returning(RenditionRow.id)
    )
    return found or await _known(tx, taken)


async def _known(tx: Transaction, taken: Taken) -> UUID:
    statement = select(RenditionRow.id).where(
        R.source_digest == taken.digest, R.template == TEMPLATE, R.asked_by == tx.actor.id
    )
    return (await tx.session.execute(statement)).scalar_one()


async def take_due(tx: Transaction) -> Sequence[UUID]:
    """Lease what waits, and what a worker has held for too long; give up what was tried too often."""
    late = (R.state == _RENDERING) & (R.lease_ends_at < tx.now)
    spent = select(RenditionRow.id).where(late, R.attempts >= MOST_ATTEMPTS)
    given_up = update(RenditionRow).where(RenditionRow.id.in_(spent.with_for_update(skip_locked=True)))
    await tx.session.execute(given_up.values(_failed(Failure.GIVEN_UP, tx.now)))
    due = (
        select(RenditionRow.id)
        .where(or_(R.state == _WAITING, late))
        .order_by(RenditionRow.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    leased = (
        update(RenditionRow)
        .where(RenditionRow.id.in_(due))
        .values(state=_RENDERING, attempts=RenditionRow.attempts + 1, lease_ends_at=tx.now + LEASE)
        .returning(RenditionRow.id)
    )
    return sorted(await tx.session.scalars(leased))


async def lock_leased(tx: Transaction, rendition_id: UUID) -> tuple[Rendition, bytes] | None:
    """Return what is to be made and its source; None where another worker has it or it is settled."""
    statement = (
        select(RenditionRow, SourceRow.body)
        .join(SourceRow, R.source_digest == SourceRow.digest)
        .where(R.id == rendition_id, R.state == _RENDERING)
        .with_for_update(of=RenditionRow, skip_locked=True)
    )
    found = (await tx.session.execute(statement)).one_or_none()
    if found is None:
        return None
    row, body = found
    rendition = Rendition(
        id=row.id,
        source=Source(row.source),
        source_id=row.source_id,
        source_digest=row.source_digest,
        template=row.template,
        attempts=row.attempts,
    )
    return rendition, body.encode()


async def lock_document(tx: Transaction, document_id: UUID) -> None:
    """Let one worker at a time decide which version of a document comes next, before there is any."""
    await tx.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(document_id), 0))))


async def made_before(tx: Transaction, rendition: Rendition) -> int | None:
    """Return the number of the version that was made of the same source with the same template."""
    statement = select(RenditionRow.number).where(
        R.source_digest == rendition.source_digest,
        R.template == rendition.template,
        R.state == RenditionState.DONE.value,
        ~_IS_DISPOSED,
    )
    return await tx.session.scalar(statement.limit(1))


async def settle(tx: Transaction, rendition_id: UUID, *, document_id: UUID, number: int) -> None:
    done = update(RenditionRow).where(RenditionRow.id == rendition_id)
    await tx.session.execute(
        done.values(
            state=RenditionState.DONE.value,
            lease_ends_at=None,
            document_id=document_id,
            number=number,
            settled_at=tx.now,
        )
    )


async def fail(tx: Transaction, rendition_id: UUID, failure: Failure) -> None:
    failed = update(RenditionRow).where(RenditionRow.id == rendition_id)
    await tx.session.execute(failed.values(_failed(failure, tx.now)))


def _failed(failure: Failure, now: datetime) -> dict[str, object]:
    return {
        "state": RenditionState.FAILED.value,
        "failure": failure.value,
        "lease_ends_at": None,
        "settled_at": now,
    }
