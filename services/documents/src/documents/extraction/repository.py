"""SQL of files' texts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, cast, delete, exists, false, func, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import TSVECTOR, insert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.extraction.analysis import file_lexeme, quoted
from documents.extraction.domain import PATIENCE, READER, FileText, Job, PageText, TextState
from documents.extraction.tables import ExtractionRow, TextPageRow
from documents.files.tables import VersionRow
from documents.inspection.domain import FixityState
from documents.inspection.tables import BlobRow
from documents.retention.tables import DisposedVersionRow

_PAGES_AT_ONCE = 200


async def text_of(session: AsyncSession, digest: str) -> FileText:
    """Return what was read of a file so far; one that nobody has asked for yet is waiting."""
    known = await session.get(ExtractionRow, digest)
    if known is None:
        return FileText(state=TextState.WAITING)
    pages = select(TextPageRow.number, TextPageRow.label, TextPageRow.text).where(
        TextPageRow.digest == digest
    )
    rows = await session.execute(pages.order_by(TextPageRow.number))
    return FileText(
        state=TextState(known.state),
        has_pages=known.has_pages,
        pages=tuple(PageText(number=row.number, label=row.label, text=row.text) for row in rows),
        page_count=known.page_count,
        is_cut=known.is_cut,
    )


async def ask_for_new_files(session: AsyncSession, *, now: datetime) -> None:
    """Put every file that a version names and nobody has asked for among those that wait."""
    asked = (
        select(
            VersionRow.digest,
            func.max(VersionRow.size_bytes),
            func.max(VersionRow.media_type),
            func.max(VersionRow.file_name),
            literal(TextState.WAITING.value),
            literal(0),
            literal(now),
            literal(READER),
            false(),
            false(),
            literal(0),
            null(),
        )
        .where(
            ~select(ExtractionRow.digest).where(ExtractionRow.digest == VersionRow.digest).exists(),
            ~_disposed(),
        )
        .group_by(VersionRow.digest)
    )
    names = [column.name for column in ExtractionRow.__table__.columns]
    await session.execute(insert(ExtractionRow).from_select(names, asked).on_conflict_do_nothing())


async def ask_again(session: AsyncSession, *, now: datetime) -> None:
    """Have what an older reader read be read by this one; its text stays until then."""
    older = ExtractionRow.reader < READER
    await session.execute(update(ExtractionRow).where(older).values(reader=READER, attempts=0, due_at=now))


async def ask_for_returned(session: AsyncSession, *, now: datetime) -> None:
    """Have a file read that was lost and is back: brought again, or found whole in the store."""
    back = or_(
        BlobRow.touched_at > ExtractionRow.read_at,
        (BlobRow.fixity == FixityState.INTACT.value) & (BlobRow.verified_at > ExtractionRow.read_at),
    )
    returned = (
        ExtractionRow.state == TextState.LOST.value,
        ExtractionRow.due_at.is_(None),
        exists().where(BlobRow.digest == ExtractionRow.digest, back),
    )
    await session.execute(update(ExtractionRow).where(*returned).values(attempts=0, due_at=now))


async def forget_texts_of_nothing(session: AsyncSession) -> None:
    """Delete the texts of files that no version names any more, but for those disposed of."""
    named = select(VersionRow.digest).where(VersionRow.digest == ExtractionRow.digest, ~_disposed())
    await session.execute(delete(ExtractionRow).where(~named.exists()))


def _disposed() -> ColumnElement[bool]:
    return exists().where(
        DisposedVersionRow.document_id == VersionRow.document_id,
        DisposedVersionRow.number == VersionRow.number,
    )


async def take_job(session: AsyncSession, *, now: datetime) -> Job | None:
    """Take the file that waits longest; whoever takes it and dies leaves it to another after a while."""
    first = (
        select(ExtractionRow.digest)
        .where(ExtractionRow.due_at <= now)
        .order_by(ExtractionRow.due_at, ExtractionRow.digest)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = ExtractionRow
    taken = (
        update(row)
        .where(row.digest == first.scalar_subquery())
        .values(attempts=row.attempts + 1, due_at=now + PATIENCE)
        .returning(row.digest, row.size_bytes, row.media_type, row.file_name, row.attempts)
    )
    found = (await session.execute(taken)).mappings().one_or_none()
    return None if found is None else Job(**found)


async def put_off(session: AsyncSession, job: Job, *, until: datetime) -> None:
    await session.execute(update(ExtractionRow).where(_still_ours(job)).values(due_at=until))


async def give_back(session: AsyncSession, job: Job, *, until: datetime) -> None:
    """Put a file off for no fault of its own: the attempt does not count."""
    values = {"due_at": until, "attempts": job.attempts - 1}
    await session.execute(update(ExtractionRow).where(_still_ours(job)).values(values))


async def keep_text(
    session: AsyncSession, job: Job, text: FileText, *, vectors: Iterable[str], now: datetime
) -> None:
    """Replace what was known of a file, unless another took it over meanwhile."""
    values = {
        "state": text.state.value,
        "due_at": None,
        "reader": READER,
        "has_pages": text.has_pages,
        "is_cut": text.is_cut,
        "page_count": max(text.page_count, len(text.pages)),
        "read_at": now,
    }
    kept = update(ExtractionRow).where(_still_ours(job)).values(values).returning(ExtractionRow.digest)
    if await session.scalar(kept) is None:
        return
    await session.execute(delete(TextPageRow).where(TextPageRow.digest == job.digest))
    of_file = quoted(file_lexeme(job.digest))
    rows = [
        {"number": page.number, "label": page.label, "text": page.text, "words": f"{words} {of_file}"}
        for page, words in zip(text.pages, vectors, strict=True)
    ]
    for first in range(0, len(rows), _PAGES_AT_ONCE):
        some = [
            row | {"digest": job.digest, "words": cast(row["words"], TSVECTOR)}
            for row in rows[first : first + _PAGES_AT_ONCE]
        ]
        await session.execute(insert(TextPageRow).values(some))


def _still_ours(job: Job) -> ColumnElement[bool]:
    row = ExtractionRow
    return (row.digest == job.digest) & (row.attempts == job.attempts) & row.due_at.is_not(None)
