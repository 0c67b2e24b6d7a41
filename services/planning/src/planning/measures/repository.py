"""Every statement on the states of measures."""

from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from planning.measures.domain import Said, StateWord
from planning.measures.tables import MeasureStateRow
from planning.plans.repository import P, own
from planning.plans.tree_repository import PLAN_ID
from shared.contracts.measures import MeasureState
from shared.reads import Query
from shared.transaction import Transaction

M: Final = MeasureStateRow.__table__.c


async def last_words(session: AsyncSession, plan_id: UUID) -> dict[UUID, StateWord]:
    """Return the last word on each measure of a plan."""
    rows = await session.scalars(
        select(MeasureStateRow)
        .where(M.plan_id == plan_id)
        .ext(distinct_on(M.measure_id))
        .order_by(M.measure_id, M.version.desc())
    )
    return {row.measure_id: _word(row) for row in rows}


def _word(row: MeasureStateRow) -> StateWord:
    return StateWord(
        measure_id=row.measure_id,
        version=row.version,
        said=Said(state=MeasureState(row.state), state_on=row.state_on, note=row.note),
        decided_by=row.decided_by,
        affiliation=row.affiliation,
    )


async def add(tx: Transaction, plan_id: UUID, word: StateWord) -> None:
    await tx.session.execute(
        insert(MeasureStateRow).values(
            plan_id=plan_id,
            measure_id=word.measure_id,
            version=word.version,
            state=word.said.state,
            state_on=word.said.state_on,
            note=word.said.note,
            decided_by=word.decided_by,
            affiliation=word.affiliation,
            recorded_at=tx.now,
        )
    )


WORDS: Final = Query(
    select(M.measure_id, M.version, M.state, M.state_on, M.note, M.affiliation, M.recorded_at)
    .select_from(MeasureStateRow)
    .join(P, P.c.id == M.plan_id)
    .where(M.plan_id == PLAN_ID, M.measure_id == bindparam("measure_id", type_=Uuid()), own()),
    keys=(M.version,),
    descending=True,
)
"""All that was said of a measure, the newest first: for units of the plan and the Agency."""
