"""Documents are packed for records management, handed over, and acknowledged."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from uuid import UUID

from documents.filing import domain, repository
from documents.filing.domain import Acknowledgement, Filing, Packed, Wanted
from documents.filing.package import Member, manifest_of, package_of, payload_of
from documents.storage.store import FileLost, FileStore
from shared.auth import Actor
from shared.canonical import digest
from shared.contracts.base import Role
from shared.days import day_of
from shared.errors import expect_version
from shared.transaction import Transaction

IN_MEMORY: Final = 8 * 1024 * 1024
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""A fixed time: the same content gives the same archive."""


async def pack(tx: Transaction, wanted: Wanted) -> Filing:
    """Make a package of the oldest versions asked for.

    Raises `NothingToFile`, `OfficeNotYours`, `PeriodBackwards`.
    """
    domain.check_wanted(wanted)
    offices = offices_of(tx.actor)
    if offices is not None and wanted.office_id not in offices:
        raise domain.OfficeNotYours(pointer="/office_id")
    items = await _items_of(tx, wanted)
    payload = payload_of(items)
    filing = Filing(
        id=tx.new_id(),
        wanted=wanted,
        digest=digest(manifest_of(payload)),
        size_bytes=sum(member.size_bytes for member in payload),
        item_count=len(items),
        created_at=tx.now,
        created_by=tx.actor.id,
    )
    await repository.add_filing(tx.session, filing, items)
    return filing


async def _items_of(tx: Transaction, wanted: Wanted) -> list[Packed]:
    """Return what is to be packed; where others packed all of it while we waited, what comes after it."""
    while locked := await repository.lock_wanted(tx.session, wanted, most=domain.MOST_ITEMS):
        if items := await repository.packed(tx.session, wanted, locked):
            return items
    raise domain.NothingToFile


def offices_of(actor: Actor) -> frozenset[UUID] | None:
    """Return the offices whose packages somebody reads; None: all, as the Agency and its own system do."""
    is_whole = actor.is_agency or (actor.has_any({Role.SYSTEM}) and not actor.units)
    return None if is_whole else actor.units


def members_of(filing_id: UUID, *, made_at: datetime, items: Sequence[Packed]) -> list[Member]:
    """Return what the archive of a package holds."""
    return package_of(items, identifier=filing_id.urn, made_on=day_of(made_at))


async def archive_of(members: Sequence[Member], store: FileStore) -> tuple[IO[bytes], int]:
    """Return the ZIP, at its start, and its size; raises `FileGone` where a file was disposed of."""
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(out, "w") as archive:
            for member in members:
                info = zipfile.ZipInfo(member.path, _MADE)
                info.file_size = member.size_bytes  # beyond 2 GiB a member has another form
                with archive.open(info, "w") as entry:
                    await _write(entry, member, store)
    except BaseException:
        out.close()
        raise
    size = out.tell()
    out.seek(0)
    return out, size


async def _write(entry: IO[bytes], member: Member, store: FileStore) -> None:
    file = member.file
    if file is None:
        entry.write(member.content or b"")
        return
    try:
        chunks = await store.open(file.digest, start=0, end=file.size_bytes, size_bytes=file.size_bytes)
    except FileLost:
        raise domain.FileGone(file_name=file.file_name) from None
    async for chunk in chunks:
        entry.write(chunk)


async def acknowledge(
    tx: Transaction, filing_id: UUID, told: Sequence[Acknowledgement], *, expected: int
) -> tuple[int, int]:
    """Note the identifiers that records management gave; return version and acknowledged items.

    Raises `FilingUnknown`, `ItemsNotInPackage`, `AcknowledgedOtherwise`.
    """
    state = await repository.lock_filing(tx.session, filing_id, offices_of(tx.actor))
    if state is None:
        raise domain.FilingUnknown
    version, acknowledged = state
    expect_version(expected, version)
    news = domain.news_of(told, await repository.identifiers_of(tx.session, filing_id))
    if not news:
        return state
    await repository.acknowledge(tx.session, filing_id, news, by=tx.actor.id, now=tx.now)
    return version + 1, acknowledged + len(news)
