"""Every statement on measures and the words on them."""

from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.measures.domain import MeasureFact
from evaluation.measures.tables import MeasureWordRow, PlannedMeasureRow
from shared.contracts.measures import MeasureState, MeasureStateChanged
from shared.contracts.planning import PlanApproved
from shared.transaction import Transaction

P = PlannedMeasureRow
_WORD = and_(MeasureWordRow.plan_id == P.plan_id, MeasureWordRow.measure_id == P.measure_id)
_TOLD = ("revision", "position", "number", "name", "owner", "starts_on", "ends_on", "funded_until", "funders")


async def keep_measures(session: AsyncSession, event: PlanApproved) -> None:
    """Keep the measures of a revision; those that a later one told already stay as they are."""
    rows = [
        {
            "plan_id": event.plan_id,
            "revision": event.revision,
            "position": position,
            "measure_id": each.measure_id,
            "number": each.number,
            "name": each.name,
            "owner": each.owner,
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
            "funded_until": each.funded_until,
            "funders": list(each.funders),
        }
        for position, each in enumerate(event.measures)
    ]
    if not rows:
        return
    statement = insert(P).values(rows)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[P.plan_id, P.measure_id],
            set_={name: statement.excluded[name] for name in _TOLD},
            where=P.revision < statement.excluded.revision,
        )
    )


async def keep_word(tx: Transaction, event: MeasureStateChanged) -> None:
    """Keep the word unless a newer one is known."""
    statement = insert(MeasureWordRow).values(
        plan_id=event.plan_id,
        measure_id=event.measure_id,
        version=event.version,
        state=event.state.value,
        state_on=event.state_on,
        heard_at=tx.now,
    )
    said = {name: statement.excluded[name] for name in ("version", "state", "state_on", "heard_at")}
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=[MeasureWordRow.plan_id, MeasureWordRow.measure_id],
            set_=said,
            where=MeasureWordRow.version < statement.excluded.version,
        )
    )


async def measures_of(session: AsyncSession, plan_id: UUID) -> tuple[MeasureFact, ...]:
    """Return the measures in force with the last word on each, in the order of reading."""
    newest = select(func.max(P.revision)).where(P.plan_id == plan_id).scalar_subquery()
    rows = await session.execute(
        select(P, MeasureWordRow.state, MeasureWordRow.state_on)
        .outerjoin(MeasureWordRow, _WORD)
        .where(P.plan_id == plan_id, P.revision == newest)
        .order_by(P.position)
    )
    return tuple(
        MeasureFact(
            plan_id=row.plan_id,
            measure_id=row.measure_id,
            number=row.number,
            name=row.name,
            owner=row.owner,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            funded_until=row.funded_until,
            funders=tuple(row.funders),
            state=None if state is None else MeasureState(state),
            state_on=state_on,
        )
        for row, state, state_on in rows
    )
