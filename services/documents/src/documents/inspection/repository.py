"""SQL of files as bytes."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from documents.inspection.domain import Blob, FixityState, ScanState, Trait
from documents.inspection.tables import BlobRow
from shared.reads import Query


def _counted(column: InstrumentedAttribute[str], state: str) -> ColumnElement[int]:
    return func.count().filter(column == state)


def _blob(row: BlobRow) -> Blob:
    return Blob(
        digest=row.digest,
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        traits=tuple(Trait(each) for each in row.traits),
        received_at=row.received_at,
        scan=ScanState(row.scan),
        signature=row.signature,
        fixity=FixityState(row.fixity),
        verified_at=row.verified_at,
        touched_at=row.touched_at,
    )


async def blobs(session: AsyncSession, digests: Iterable[str]) -> dict[str, Blob]:
    """Return what is known of the bytes, by digest; what was never received is missing."""
    rows = await session.scalars(select(BlobRow).where(BlobRow.digest.in_(set(digests))))
    return {row.digest: _blob(row) for row in rows}


async def touch(session: AsyncSession, blob: Blob, *, now: datetime) -> Blob:
    """Note that somebody brings these bytes, before they are in the store; return what was known of them.

    Waits for a removal at work, after which the bytes are as unknown as if they had never been here.
    """
    statement = upsert(BlobRow).values(
        digest=blob.digest,
        size_bytes=blob.size_bytes,
        media_type=blob.media_type,
        traits=[trait.value for trait in blob.traits if trait is not Trait.WRONG_EXTENSION],
        received_at=now,
        touched_at=now,
        scan=blob.scan.value,
        scan_attempts=0,
        scan_next_at=now if blob.scan is ScanState.WAITING else None,
        fixity=FixityState.NOT_VERIFIED.value,
    )
    statement = statement.on_conflict_do_update(
        index_elements=[BlobRow.digest],
        set_={
            "touched_at": now,
            "media_type": statement.excluded.media_type,
            "traits": statement.excluded.traits,
        },
    )
    row = await session.scalar(statement.returning(BlobRow))
    if row is None:
        raise LookupError(blob.digest)
    return _blob(row)


async def touch_again(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Note that bytes known already are about to be named."""
    await session.execute(update(BlobRow).where(BlobRow.digest == digest).values(touched_at=now))


async def ask_for_scan(session: AsyncSession, *, now: datetime) -> None:
    """Let what nobody scanned wait for the scanner, for one because there was none then."""
    await session.execute(
        update(BlobRow)
        .where(BlobRow.scan == ScanState.NOT_SCANNED.value)
        .values(scan=ScanState.WAITING.value, scan_attempts=0, scan_next_at=now)
    )


async def take_waiting(session: AsyncSession, *, now: datetime, until: datetime) -> tuple[Blob, int] | None:
    """Return a file whose scan is due and how often it was tried; no other worker gets it before `until`."""
    due = (
        select(BlobRow.digest)
        .where(BlobRow.scan == ScanState.WAITING.value, BlobRow.scan_next_at <= now)
        .order_by(BlobRow.scan_next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = await session.scalar(
        update(BlobRow)
        .where(BlobRow.digest == due.scalar_subquery())
        .values(scan_next_at=until, scan_attempts=BlobRow.scan_attempts + 1)
        .returning(BlobRow)
    )
    return None if row is None else (_blob(row), row.scan_attempts)


async def put_off_scan(session: AsyncSession, digest: str, *, until: datetime) -> None:
    await session.execute(
        update(BlobRow)
        .where(BlobRow.digest == digest, BlobRow.scan == ScanState.WAITING.value)
        .values(scan_next_at=until)
    )


async def note_scan(
    session: AsyncSession, digest: str, scan: ScanState, *, signature: str | None, now: datetime
) -> None:
    await session.execute(
        update(BlobRow)
        .where(BlobRow.digest == digest)
        .values(scan=scan.value, signature=signature, scan_next_at=None, scanned_at=now)
    )


async def oldest_verified(session: AsyncSession, *, before: datetime, limit: int) -> list[Blob]:
    """Return the files that were verified longest ago, those never verified first."""
    rows = await session.scalars(
        select(BlobRow)
        .where(or_(BlobRow.verified_at.is_(None), BlobRow.verified_at < before), BlobRow.received_at < before)
        .order_by(BlobRow.verified_at.asc().nulls_first(), BlobRow.digest)
        .limit(limit)
    )
    return [_blob(row) for row in rows]


async def note_fixity(session: AsyncSession, read: Blob, fixity: FixityState, *, now: datetime) -> bool:
    """Note how the bytes were found; False where somebody brought them anew while they were read."""
    noted = await session.scalar(
        update(BlobRow)
        .where(BlobRow.digest == read.digest, BlobRow.touched_at == read.touched_at)
        .values(fixity=fixity.value, verified_at=now)
        .returning(BlobRow.digest)
    )
    return noted is not None


async def note_healed(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Note that the bytes were put into the store anew; who began to read before read the old ones."""
    await session.execute(
        update(BlobRow)
        .where(BlobRow.digest == digest)
        .values(fixity=FixityState.NOT_VERIFIED.value, verified_at=None, touched_at=now)
    )


_CHECKS = (
    BlobRow.digest,
    BlobRow.size_bytes,
    BlobRow.media_type,
    BlobRow.traits,
    BlobRow.received_at,
    BlobRow.scan,
    BlobRow.signature,
    BlobRow.scanned_at,
    BlobRow.fixity,
    BlobRow.verified_at,
)
_TRAITS = case(
    (
        bindparam("misleads", type_=Boolean),
        func.array_append(BlobRow.traits, Trait.WRONG_EXTENSION.value),
    ),
    else_=BlobRow.traits,
)
CHECKS = Query(
    select(
        *(each for each in _CHECKS if each.key not in {"media_type", "traits"}),
        bindparam("media_type", type_=Text).label("media_type"),
        _TRAITS.label("traits"),
    ).where(BlobRow.digest == bindparam("digest", type_=Text))
)
"""What is known of the bytes, and of the name and type that a version gives them."""
SERVED = Query(
    select(BlobRow.scan, BlobRow.signature).where(BlobRow.digest == bindparam("digest", type_=Text))
)
_FILTERS = {
    "scan": BlobRow.scan == bindparam("scan", type_=Text),
    "fixity": BlobRow.fixity == bindparam("fixity", type_=Text),
}


@cache
def checked_files(*filters: str) -> Query:
    """Return the query for files by these filters, the newest first."""
    return Query(
        select(*_CHECKS).where(*(_FILTERS[name] for name in filters)),
        keys=(BlobRow.__table__.c.received_at, BlobRow.__table__.c.digest),
        descending=True,
    )


SUMMARY = Query(
    select(
        func.count().label("files"),
        func.coalesce(func.sum(BlobRow.size_bytes), 0).cast(BigInteger).label("size_bytes"),
        *(_counted(BlobRow.scan, state.value).label(f"scan_{state.name.lower()}") for state in ScanState),
        *(
            _counted(BlobRow.fixity, state.value).label(f"fixity_{state.name.lower()}")
            for state in FixityState
        ),
        func.min(BlobRow.verified_at).label("oldest_verification_at"),
    )
)
