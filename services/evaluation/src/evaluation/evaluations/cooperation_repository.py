"""SQL of what cooperations put into the calendar, apart from what plans put there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, null, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.domain import CancelReason, Origin
from evaluation.evaluations.repository import CANCELLED, NOTHING_YET, PLANNED
from evaluation.evaluations.schedule import PlannedStudy
from evaluation.evaluations.tables import DescribedCooperationRow, EvaluatedCooperationRow, EvaluationRow
from shared.contracts.intake import CooperationDescribed
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """What is known by now, in whatever order it came."""

    cooperation_id: UUID
    unit_id: UUID
    starts_on: date | None
    last_on: date | None
    ended_on: date | None


async def take_cooperation(
    session: AsyncSession, event: CooperationStarted | CooperationChanged | CooperationEnded
) -> Cooperation | None:
    """Note and lock the cooperation; return None where newer words are known. An end is never forgotten."""
    row = EvaluatedCooperationRow
    told: dict[str, object] = {"version": event.version}
    if isinstance(event, CooperationEnded):
        told["ended_on"] = event.ended_on
    else:
        told |= {"regime": event.regime.value, "starts_on": event.starts_on, "ends_on": event.ends_on}
    statement = insert(row).values(cooperation_id=event.cooperation_id, unit_id=event.unit_id, **told)
    changes: dict[str, ColumnElement[object]] = {name: statement.excluded[name] for name in told}
    changes["version"] = func.greatest(row.version, statement.excluded.version)
    is_news = or_(row.version < statement.excluded.version, row.starts_on.is_(None))
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[row.cooperation_id], set_=changes, where=is_news
        ).returning(row.unit_id, row.starts_on, row.ends_on, row.ended_on)
    )
    found = taken.one_or_none()
    if found is None:
        return None
    unit_id, starts_on, ends_on, ended_on = found
    return Cooperation(
        cooperation_id=event.cooperation_id,
        unit_id=unit_id,
        starts_on=starts_on,
        last_on=ended_on or ends_on,
        ended_on=ended_on,
    )


async def keep_studies(
    session: AsyncSession, cooperation: Cooperation, studies: Sequence[PlannedStudy]
) -> None:
    """Insert what is asked for; move and reopen what has not begun, touch nothing else."""
    if not studies:
        return
    statement = insert(EvaluationRow)
    due_on = statement.excluded.due_on
    was_cancelled = (EvaluationRow.status == CANCELLED) & (
        EvaluationRow.cancelled_reason == CancelReason.COOPERATION_ENDED.value
    )
    moves = (EvaluationRow.status == PLANNED) & (EvaluationRow.due_on != due_on)
    statement = statement.on_conflict_do_update(
        index_elements=[EvaluationRow.evaluation_id],
        set_={
            "due_on": due_on,
            "status": PLANNED,
            "cancelled_reason": null(),
            "version": EvaluationRow.version + 1,
        },
        where=or_(was_cancelled, moves),
    )
    rows = [
        {
            **NOTHING_YET,
            "evaluation_id": study.evaluation_id,
            "type": study.type.value,
            "origin": Origin.COOPERATION.value,
            "cooperation_id": cooperation.cooperation_id,
            "unit_ids": [cooperation.unit_id],
            "due_on": study.due_on,
        }
        for study in studies
    ]
    await session.execute(statement.values(rows))


async def cancel_studies(session: AsyncSession, cooperation_id: UUID, *, except_ids: Sequence[UUID]) -> None:
    """Cancel what the cooperation no longer asks for and nobody has begun."""
    await session.execute(
        update(EvaluationRow)
        .where(
            EvaluationRow.cooperation_id == cooperation_id,
            EvaluationRow.status == PLANNED,
            EvaluationRow.origin == Origin.COOPERATION.value,
            EvaluationRow.evaluation_id.not_in(except_ids),
        )
        .values(
            status=CANCELLED,
            cancelled_reason=CancelReason.COOPERATION_ENDED.value,
            version=EvaluationRow.version + 1,
        )
    )


async def keep_description(session: AsyncSession, event: CooperationDescribed) -> None:
    """Keep the newest edition of a description."""
    row = DescribedCooperationRow
    told = {
        "version": event.version,
        "edition": event.edition,
        "areas": [area.value for area in event.areas],
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
    }
    statement = insert(row).values(
        description_id=event.description_id,
        cooperation_id=event.cooperation_id,
        unit_id=event.unit_id,
        domain=event.domain.value,
        **told,
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[row.description_id],
            set_={name: statement.excluded[name] for name in told},
            where=or_(
                row.edition < statement.excluded.edition,
                (row.edition == statement.excluded.edition) & (row.version < statement.excluded.version),
            ),
        )
    )
