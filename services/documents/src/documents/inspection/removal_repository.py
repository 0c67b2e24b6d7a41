"""SQL of files that nobody names any more."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.tables import OtherFormatRow, VersionRow
from documents.inspection.domain import ORPHANS_KEPT, FixityState, ScanState
from documents.inspection.tables import BlobRow
from documents.retention.tables import DisposedVersionRow
from documents.uploads.tables import UploadRow


def _disposed(row: type[VersionRow | OtherFormatRow]) -> ColumnElement[bool]:
    return exists().where(
        DisposedVersionRow.document_id == row.document_id, DisposedVersionRow.number == row.number
    )


def _named() -> ColumnElement[bool]:
    """Whether a version names it that was not disposed of, or an upload that waits for its document."""
    by_version = exists().where(VersionRow.digest == BlobRow.digest, ~_disposed(VersionRow))
    by_upload = exists().where(UploadRow.digest == BlobRow.digest, UploadRow.state == "ready")
    by_format = exists().where(OtherFormatRow.digest == BlobRow.digest, ~_disposed(OtherFormatRow))
    return or_(by_version, by_format, by_upload)


async def note_named(session: AsyncSession, *, now: datetime) -> None:
    """Note what versions name and nobody received: what the platform rendered itself."""
    for row in (VersionRow, OtherFormatRow):
        unknown: Select[*tuple[object, ...]] = (
            select(
                row.digest,
                func.max(row.size_bytes),
                func.max(row.media_type),
                literal_column("'{}'::text[]"),
                literal(now),
                literal(now),
                literal_column(f"'{ScanState.NOT_SCANNED.value}'"),
                literal_column("0"),
                literal_column(f"'{FixityState.NOT_VERIFIED.value}'"),
            )
            .where(~exists().where(BlobRow.digest == row.digest), ~_disposed(row))
            .group_by(row.digest)
        )
        names = ("digest", "size_bytes", "media_type", "traits", "received_at", "touched_at")
        noted = upsert(BlobRow).from_select([*names, "scan", "scan_attempts", "fixity"], unknown)
        await session.execute(noted.on_conflict_do_nothing())


async def orphans(session: AsyncSession, *, now: datetime, limit: int) -> list[str]:
    """Return digests that nothing names and that nobody brought for a day."""
    statement = (
        select(BlobRow.digest)
        .where(BlobRow.touched_at < now - ORPHANS_KEPT, ~_named())
        .order_by(BlobRow.touched_at)
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def lock_orphan(session: AsyncSession, digest: str, *, now: datetime) -> bool:
    """Lock what is still an orphan; who brings these bytes meanwhile waits, and then brings them anew."""
    locked = await session.scalar(
        select(BlobRow.touched_at).where(BlobRow.digest == digest).with_for_update(skip_locked=True)
    )
    if locked is None or locked >= now - ORPHANS_KEPT:
        return False
    still = select(BlobRow.digest).where(and_(BlobRow.digest == digest, ~_named()))
    return await session.scalar(still) is not None


async def forget(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Delete the row; the record of disposals says since when the bytes are gone."""
    await session.execute(delete(BlobRow).where(BlobRow.digest == digest))
    await session.execute(
        update(DisposedVersionRow)
        .where(DisposedVersionRow.digest == digest, DisposedVersionRow.bytes_removed_at.is_(None))
        .values(bytes_removed_at=now)
    )


async def adopt(session: AsyncSession, found: dict[str, int], *, now: datetime) -> int:
    """Note files that lie in the store unknown, to be verified or removed; return how many there were."""
    if not found:
        return 0
    statement = upsert(BlobRow).values(
        [
            {
                "digest": digest,
                "size_bytes": size,
                "media_type": "application/octet-stream",
                "traits": [],
                "received_at": now,
                "touched_at": now,
                "scan": ScanState.NOT_SCANNED.value,
                "scan_attempts": 0,
                "fixity": FixityState.NOT_VERIFIED.value,
            }
            for digest, size in found.items()
        ]
    )
    adopted = await session.scalars(statement.on_conflict_do_nothing().returning(BlobRow.digest))
    return len(adopted.all())
