"""SQL of elections."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.handovers.elections import Election
from registry.handovers.tables import ElectionRow, HandoverRow
from shared.reads import Query
from shared.stored import from_row

_ELECTION: Final = ElectionRow.__table__.c
ELECTIONS: Final = Query(select(*_ELECTION), keys=(_ELECTION.first_on, _ELECTION.id), descending=True)
ONE: Final = Query(select(*_ELECTION).where(ElectionRow.id == bindparam("id", type_=Uuid)), version="version")


async def add(session: AsyncSession, elections: Collection[Election]) -> set[UUID]:
    """Insert those that are not there yet and return their ids."""
    rows = [{**_plain(each), "id": each.id} for each in elections]
    statement = insert(ElectionRow).on_conflict_do_nothing().returning(ElectionRow.id)
    return set(await session.scalars(statement, rows))


async def save(session: AsyncSession, election: Election) -> None:
    await session.execute(update(ElectionRow).where(ElectionRow.id == election.id).values(_plain(election)))


async def load(session: AsyncSession, election_id: UUID, *, lock: bool = False) -> Election | None:
    """Load an election; with `lock`, whoever changes it or opens handovers for it waits."""
    statement = select(*_ELECTION).where(ElectionRow.id == election_id)
    row = (await session.execute(statement.with_for_update() if lock else statement)).one_or_none()
    return from_row(Election, row._asdict()) if row else None


async def lock_all(session: AsyncSession) -> list[Election]:
    """Load all elections so that nobody changes their days meanwhile."""
    rows = await session.execute(select(*_ELECTION).order_by(ElectionRow.id).with_for_update(read=True))
    return [from_row(Election, row._asdict()) for row in rows]


async def has_handovers(session: AsyncSession, election_id: UUID) -> bool:
    return bool(await session.scalar(select(exists().where(HandoverRow.election_id == election_id))))


def _plain(election: Election) -> dict[str, object]:
    return {
        "code": election.code,
        "kind": election.kind.value,
        "first_on": election.first_on,
        "last_on": election.last_on,
        "unit_kinds": sorted(kind.value for kind in election.unit_kinds),
        "source": election.source,
        "version": election.version,
    }
