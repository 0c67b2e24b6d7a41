"""SQL of uploads in pieces."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.uploads.domain import KEPT, Part, Refused, Upload, UploadState
from documents.uploads.tables import UploadPartRow, UploadRow

_OPEN = (UploadState.RECEIVING.value, UploadState.RECEIVED.value, UploadState.READY.value)


def _upload(row: UploadRow) -> Upload:
    refused = (
        Refused(code=row.refusal, cs=row.refusal_cs or "", en=row.refusal_en or "") if row.refusal else None
    )
    return Upload(
        id=row.id,
        owner=row.owner,
        file_name=row.file_name,
        kind=row.kind,
        size_bytes=row.size_bytes,
        offset_bytes=row.offset_bytes,
        state=UploadState(row.state),
        digest=row.digest,
        media_type=row.media_type,
        refused=refused,
        created_at=row.created_at,
        expires_at=row.expires_at,
        version=row.version,
    )


async def count_open(session: AsyncSession, owner: str, *, now: datetime) -> int:
    """Count under a lock of the owner: nobody opens two at once."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await session.execute(lock, {"name": f"uploads\n{owner}"})
    statement = (
        select(func.count())
        .select_from(UploadRow)
        .where(UploadRow.owner == owner, UploadRow.state.in_(_OPEN), UploadRow.expires_at > now)
    )
    return await session.scalar(statement) or 0


async def insert_upload(session: AsyncSession, upload: Upload) -> None:
    await session.execute(
        insert(UploadRow).values(
            id=upload.id,
            owner=upload.owner,
            file_name=upload.file_name,
            kind=upload.kind,
            size_bytes=upload.size_bytes,
            offset_bytes=upload.offset_bytes,
            state=upload.state.value,
            created_at=upload.created_at,
            expires_at=upload.expires_at,
            version=upload.version,
        )
    )


async def find_upload(
    session: AsyncSession, upload_id: UUID, *, owner: str | None, now: datetime, lock: bool = False
) -> Upload | None:
    """Return an upload that has not expired, of this owner where one is given."""
    statement = select(UploadRow).where(UploadRow.id == upload_id, UploadRow.expires_at > now)
    if owner is not None:
        statement = statement.where(UploadRow.owner == owner)
    row = await session.scalar(statement.with_for_update() if lock else statement)
    return None if row is None else _upload(row)


async def add_parts(
    session: AsyncSession, upload_id: UUID, parts: Sequence[Part], *, now: datetime
) -> Upload | None:
    """Note pieces that follow each other; None where the upload does not stand at the first one's start."""
    end = parts[-1].start + parts[-1].size_bytes
    row = await session.scalar(
        update(UploadRow)
        .where(
            UploadRow.id == upload_id,
            UploadRow.offset_bytes == parts[0].start,
            UploadRow.state == UploadState.RECEIVING.value,
            UploadRow.expires_at > now,
        )
        .values(
            offset_bytes=end,
            expires_at=now + KEPT,
            version=UploadRow.version + 1,
            state=case(
                (UploadRow.size_bytes == end, UploadState.RECEIVED.value), else_=UploadState.RECEIVING.value
            ),
        )
        .returning(UploadRow)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    rows = [
        {"upload_id": upload_id, "start": part.start, "size_bytes": part.size_bytes, "key": part.key}
        for part in parts
    ]
    await session.execute(insert(UploadPartRow), rows)
    return _upload(row)


async def parts_of(session: AsyncSession, upload_id: UUID) -> list[Part]:
    rows = await session.scalars(
        select(UploadPartRow).where(UploadPartRow.upload_id == upload_id).order_by(UploadPartRow.start)
    )
    return [Part(start=row.start, size_bytes=row.size_bytes, key=row.key) for row in rows]


async def settle(
    session: AsyncSession,
    upload_id: UUID,
    outcome: tuple[str, str] | Refused,
) -> Upload | None:
    """Note digest and type of the whole file, or why it was refused; None where that was done meanwhile."""
    values: dict[str, str] = (
        {
            "state": UploadState.REFUSED.value,
            "refusal": outcome.code,
            "refusal_cs": outcome.cs,
            "refusal_en": outcome.en,
        }
        if isinstance(outcome, Refused)
        else {"state": UploadState.READY.value, "digest": outcome[0], "media_type": outcome[1]}
    )
    row = await session.scalar(
        update(UploadRow)
        .where(UploadRow.id == upload_id, UploadRow.state == UploadState.RECEIVED.value)
        .values(version=UploadRow.version + 1, **values)
        .returning(UploadRow)
        .execution_options(populate_existing=True)
    )
    await session.execute(delete(UploadPartRow).where(UploadPartRow.upload_id == upload_id))
    return None if row is None else _upload(row)


async def mark_taken(session: AsyncSession, upload_id: UUID) -> None:
    await session.execute(
        update(UploadRow)
        .where(UploadRow.id == upload_id)
        .values(state=UploadState.TAKEN.value, version=UploadRow.version + 1)
    )


async def delete_upload(session: AsyncSession, upload_id: UUID) -> None:
    await session.execute(delete(UploadRow).where(UploadRow.id == upload_id))


async def expired(session: AsyncSession, *, now: datetime, limit: int) -> list[UUID]:
    statement = (
        select(UploadRow.id)
        .where(UploadRow.expires_at <= now)
        .order_by(UploadRow.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(statement))


async def left_unfinished(session: AsyncSession, *, now: datetime, since: timedelta) -> list[Upload]:
    """Return uploads that have all their bytes for longer and are not put together."""
    rows = await session.scalars(
        select(UploadRow)
        .where(UploadRow.state == UploadState.RECEIVED.value, UploadRow.expires_at < now + KEPT - since)
        .limit(50)
    )
    return [_upload(row) for row in rows]


async def unknown_keys(session: AsyncSession, keys: Collection[str]) -> list[str]:
    """Return the keys that no piece of an upload has."""
    known = set(await session.scalars(select(UploadPartRow.key).where(UploadPartRow.key.in_(keys))))
    return [key for key in keys if key not in known]
