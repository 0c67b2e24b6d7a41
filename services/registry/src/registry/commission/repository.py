"""SQL of commissions and assessments: locks before decisions, who sits and who takes part."""

from collections.abc import Iterable
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import bindparam
from sqlalchemy.types import Boolean, Date, Text

from registry.commission.assessing import Assessment, Assessor
from registry.commission.domain import Commission, Seat
from registry.commission.tables import (
    AssessmentRow,
    AssessorRow,
    CommissionRow,
    CommissionSeatRow,
    ScoreSheetRow,
)
from shared.canonical import plain
from shared.reads import Query, json_object
from shared.stored import from_row

_NEWEST: Final = (CommissionRow.__table__.c.starts_on, CommissionRow.__table__.c.id)
_BY_OPENING: Final = (AssessmentRow.__table__.c.opened_on, AssessmentRow.__table__.c.id)
_SEAT: Final = {
    name: getattr(CommissionSeatRow, name) for name in ("person_name", "body", "duty", "starts_on", "ends_on")
}
_IN_ORDER: Final = (
    *(CommissionSeatRow.duty, CommissionSeatRow.body, CommissionSeatRow.starts_on, CommissionSeatRow.id),
)


@cache
def commissions(*, one: bool, on_a_day: bool, with_persons: bool) -> Query:
    """Return commissions with their seats, the newest first; persons' ids for the Agency alone."""
    shown = {"id": CommissionSeatRow.id, "person": CommissionSeatRow.person} if with_persons else {}
    seats = select(
        func.coalesce(
            func.json_agg(aggregate_order_by(json_object({**shown, **_SEAT}), *_IN_ORDER)),
            literal_column("'[]'::json"),
        )
    ).where(CommissionSeatRow.commission_id == CommissionRow.id)
    if on_a_day:
        day = bindparam("day", type_=Date)
        lasts = or_(CommissionSeatRow.ends_on.is_(None), CommissionSeatRow.ends_on >= day)
        works = or_(CommissionRow.ends_on.is_(None), CommissionRow.ends_on >= day)
        seats = seats.where(CommissionSeatRow.starts_on <= day, lasts, works)
    found = select(*CommissionRow.__table__.c, seats.scalar_subquery().label("seats"))
    if one:
        return Query(found.where(CommissionRow.id == bindparam("id")), version="version")
    return Query(found, keys=_NEWEST, descending=True)


_TAKES_PART: Final = or_(
    bindparam("agency", type_=Boolean),
    AssessmentRow.secretary == bindparam("caller", type_=Text),
    AssessmentRow.id.in_(
        select(AssessorRow.assessment_id).where(AssessorRow.person == bindparam("caller", type_=Text))
    ),
)
ASSESSMENTS: Final = Query(
    select(
        AssessmentRow.id,
        AssessmentRow.version,
        AssessmentRow.call_id,
        AssessmentRow.commission_id,
        AssessmentRow.status,
        AssessmentRow.opened_on,
        AssessmentRow.closed_on,
        select(func.count())
        .where(ScoreSheetRow.assessment_id == AssessmentRow.id, ScoreSheetRow.sealed_at.is_not(None))
        .scalar_subquery()
        .label("sealed"),
    ).where(_TAKES_PART),
    keys=_BY_OPENING,
    descending=True,
)


async def add_commission(session: AsyncSession, commission: Commission) -> None:
    values = {name: getattr(commission, name) for name in ("id", "version", "established_by")}
    days = {"starts_on": commission.starts_on, "ends_on": commission.ends_on}
    await session.execute(insert(CommissionRow).values(**values, **days))


async def lock_commission(session: AsyncSession, commission_id: UUID) -> Commission | None:
    """Load a commission with its seats; whoever decides next on it waits."""
    found = select(*CommissionRow.__table__.c).where(CommissionRow.id == commission_id).with_for_update()
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    seats = select(*CommissionSeatRow.__table__.c).where(CommissionSeatRow.commission_id == commission_id)
    held = await session.execute(seats.order_by(CommissionSeatRow.id))
    return from_row(Commission, {**row._asdict(), "seats": [each._asdict() for each in held]})


async def save_commission(session: AsyncSession, commission: Commission, seat: Seat) -> None:
    """Store the version and one seat, new or ended."""
    values = {
        "commission_id": commission.id,
        "id": seat.id,
        "person": seat.person,
        "person_name": seat.person_name,
        "body": seat.body.value,
        "duty": seat.duty.value,
        "starts_on": seat.starts_on,
        "ends_on": seat.ends_on,
    }
    stored = upsert(CommissionSeatRow).values(values)
    await session.execute(
        stored.on_conflict_do_update(index_elements=[CommissionSeatRow.id], set_={"ends_on": seat.ends_on})
    )
    changed = update(CommissionRow).where(CommissionRow.id == commission.id)
    await session.execute(changed.values(version=commission.version))


async def lock(session: AsyncSession, assessment_id: UUID, *, share: bool = False) -> Assessment | None:
    """Load an assessment for a decision; `share` lets other members work in it, and nobody close it."""
    held = select(AssessmentRow.id).where(AssessmentRow.id == assessment_id).with_for_update(read=share)
    if await session.scalar(held) is None:
        return None
    return await load(session, assessment_id)


async def load(session: AsyncSession, assessment_id: UUID) -> Assessment | None:
    """Load an assessment with those who take part: one statement."""
    rows = (
        await session.execute(
            select(*AssessmentRow.__table__.c, AssessorRow.person, AssessorRow.person_name)
            .add_columns(AssessorRow.body, AssessorRow.is_chair)
            .join(AssessorRow, AssessorRow.assessment_id == AssessmentRow.id)
            .where(AssessmentRow.id == assessment_id)
            .order_by(AssessorRow.body, AssessorRow.person)
        )
    ).all()
    if not rows:
        return None
    return from_row(Assessment, {**rows[0]._asdict(), "assessors": [row._asdict() for row in rows]})


async def add(session: AsyncSession, assessment: Assessment) -> bool:
    """Add an assessment with its members; return whether the call had none."""
    values = {
        **{name: getattr(assessment, name) for name in _AS_THEY_ARE},
        "status": assessment.status.value,
        "criteria": plain(assessment.criteria),
    }
    stored = upsert(AssessmentRow).values(values)
    once = stored.on_conflict_do_nothing(index_elements=[AssessmentRow.call_id]).returning(AssessmentRow.id)
    if await session.scalar(once) is None:
        return False
    await add_assessors(session, assessment.id, assessment.assessors)
    return True


async def add_assessors(session: AsyncSession, assessment_id: UUID, assessors: Iterable[Assessor]) -> None:
    rows = [
        {
            "assessment_id": assessment_id,
            "person": each.person,
            "person_name": each.person_name,
            "body": each.body.value,
            "is_chair": each.is_chair,
        }
        for each in assessors
    ]
    await session.execute(insert(AssessorRow), rows)


async def save_chair(session: AsyncSession, assessment: Assessment) -> None:
    """Let the chair pass to another; two statements, there is never more than one."""
    changed = update(AssessorRow).where(AssessorRow.assessment_id == assessment.id)
    await session.execute(changed.values(is_chair=False))
    await session.execute(changed.where(AssessorRow.person == assessment.chair).values(is_chair=True))


async def save(session: AsyncSession, assessment: Assessment) -> None:
    changed = update(AssessmentRow).where(AssessmentRow.id == assessment.id)
    await session.execute(
        changed.values(
            version=assessment.version,
            status=assessment.status.value,
            closed_on=assessment.closed_on,
            secretary=assessment.secretary,
            secretary_name=assessment.secretary_name,
        )
    )


async def assessment_of(session: AsyncSession, call_id: UUID) -> UUID | None:
    return await session.scalar(select(AssessmentRow.id).where(AssessmentRow.call_id == call_id))


async def involved_in(session: AsyncSession, application_id: UUID) -> frozenset[str]:
    """Return who sealed a score of the application or was recused from it: they decide nothing about it."""
    involved = select(ScoreSheetRow.person).where(
        ScoreSheetRow.application_id == application_id,
        or_(ScoreSheetRow.sealed_at.is_not(None), ScoreSheetRow.recusal.is_not(None)),
    )
    return frozenset((await session.scalars(involved)).all())


_AS_THEY_ARE: Final = (
    *("id", "version", "call_id", "commission_id", "opened_on", "closed_on", "quorum", "spread_alarm"),
    *("minimum_points", "capacity", "secretary", "secretary_name"),
)
