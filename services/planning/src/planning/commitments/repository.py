"""Every statement on commitments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from planning.commitments.domain import Commitment, Party, Side, Word
from planning.commitments.tables import CommitmentRow

C = CommitmentRow


async def last_words(session: AsyncSession, plan_id: UUID) -> dict[Party, Commitment]:
    """Return the last word of each party of a plan."""
    rows = await session.scalars(select(C).where(C.plan_id == plan_id).order_by(C.version))
    words = (_commitment(row) for row in rows)
    return {word.party: word for word in words}


def _commitment(row: CommitmentRow) -> Commitment:
    return Commitment(
        party=Party(measure_id=row.measure_id, side=Side(row.side), name=row.party),
        version=row.version,
        word=Word(row.word),
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        affiliation=row.affiliation,
        note=row.note,
    )


async def add(session: AsyncSession, plan_id: UUID, said: Sequence[Commitment], *, now: datetime) -> None:
    if said:
        await session.execute(insert(C), [_row(plan_id, each) | {"recorded_at": now} for each in said])


def _row(plan_id: UUID, said: Commitment) -> dict[str, object]:
    return {
        "plan_id": plan_id,
        "measure_id": said.party.measure_id,
        "side": said.party.side,
        "party": said.party.name,
        "version": said.version,
        "word": said.word,
        "decided_on": said.decided_on,
        "decided_by": said.decided_by,
        "affiliation": said.affiliation,
        "note": said.note,
    }
