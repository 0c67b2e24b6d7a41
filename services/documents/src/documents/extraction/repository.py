"""SQL of files' texts."""

from datetime import datetime

from sqlalchemy import false, func, literal, null, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.extraction.domain import READER, FileText, PageText, TextState
from documents.extraction.tables import ExtractionRow, TextPageRow
from documents.files.tables import VersionRow


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
        .where(~select(ExtractionRow.digest).where(ExtractionRow.digest == VersionRow.digest).exists())
        .group_by(VersionRow.digest)
    )
    names = [column.name for column in ExtractionRow.__table__.columns]
    await session.execute(insert(ExtractionRow).from_select(names, asked).on_conflict_do_nothing())
