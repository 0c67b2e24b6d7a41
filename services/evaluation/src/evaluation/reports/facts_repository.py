"""What neighbours know of what is evaluated, read in one transaction when a draft is handed in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import (
    DescribedCooperationRow,
    EvaluatedCooperationRow,
    EvaluatedPlanRow,
)
from evaluation.measures.repository import measures_of
from evaluation.participants.attendance_repository import activities_held
from evaluation.recommendations.repository import open_recommendations
from evaluation.reports.facts import CooperationFact, Facts, NamedUnit, PlanFact, QualityFact
from evaluation.reports.indicator_repository import indicators_of
from evaluation.shifts.repository import lines_of_units
from evaluation.units.tables import UnitRow


async def gather_facts(
    session: AsyncSession, *, plan_id: UUID | None, unit_ids: Sequence[UUID], on: date, is_exit: bool = False
) -> Facts:
    """Return everything that is known on the day; twelve statements at most for one plan.

    An exit outline without a plan of its own looks at all plans of its units that are not closed.
    """
    plan_ids = [plan_id] if plan_id else await _plans_of(session, unit_ids) if is_exit else []
    return Facts(
        as_of=on,
        units=await _units(session, unit_ids),
        plan=await _plan(session, plan_ids[0]) if plan_ids else None,
        cooperations=await _cooperations(session, unit_ids),
        indicators=tuple([each for plan in plan_ids for each in await indicators_of(session, plan, on=on)]),
        quality=await _quality(session, unit_ids, on=on),
        measures=tuple([each for plan in plan_ids for each in await measures_of(session, plan)]),
        activities=await activities_held(session, unit_ids, until=on),
        recommendations=await open_recommendations(session, unit_ids, plan_ids),
    )


async def _plans_of(session: AsyncSession, unit_ids: Sequence[UUID]) -> list[UUID]:
    """Return the approved plans of the units that nobody closed, the longest valid first."""
    row = EvaluatedPlanRow
    found = await session.scalars(
        select(row.plan_id)
        .where(row.unit_ids.overlap(list(unit_ids)), row.revision.is_not(None), row.closed_on.is_(None))
        .order_by(row.valid_until.desc(), row.plan_id)
    )
    return list(found)


async def _quality(session: AsyncSession, unit_ids: Sequence[UUID], *, on: date) -> tuple[QualityFact, ...]:
    lines = await lines_of_units(session, unit_ids, as_of=on)
    sets = [list(of_set) for _, of_set in groupby(lines, key=lambda each: (each.cooperation_id, each.domain))]
    return tuple(
        QualityFact(
            unit_id=of_set[0].unit_id,
            domain=of_set[0].domain,
            assessed_on=of_set[0].assessed_on,
            criteria=tuple(each.measured for each in of_set),
        )
        for of_set in sets
    )


async def _units(session: AsyncSession, unit_ids: Sequence[UUID]) -> tuple[NamedUnit, ...]:
    rows = await session.execute(select(UnitRow.id, UnitRow.name).where(UnitRow.id.in_(unit_ids)))
    names = dict(iter(rows))
    return tuple(NamedUnit(id=unit_id, name=names.get(unit_id, "")) for unit_id in sorted(unit_ids))


async def _plan(session: AsyncSession, plan_id: UUID) -> PlanFact | None:
    plan = await session.get(EvaluatedPlanRow, plan_id, populate_existing=True)
    if plan is None or plan.revision is None or plan.valid_from is None or plan.valid_until is None:
        return None
    return PlanFact(
        plan_id=plan.plan_id,
        kind=plan.kind or "",
        title=plan.title or "",
        revision=plan.revision,
        valid_from=plan.valid_from,
        valid_until=plan.valid_until,
        closed_on=plan.closed_on,
    )


async def _cooperations(session: AsyncSession, unit_ids: Sequence[UUID]) -> tuple[CooperationFact, ...]:
    described = await session.execute(
        select(DescribedCooperationRow.cooperation_id, DescribedCooperationRow.areas).where(
            DescribedCooperationRow.unit_id.in_(unit_ids)
        )
    )
    areas: dict[UUID, set[str]] = defaultdict(set)
    for cooperation_id, named in described:
        areas[cooperation_id].update(named)
    row = EvaluatedCooperationRow
    held = await session.scalars(select(row).where(row.unit_id.in_(unit_ids)).order_by(row.cooperation_id))
    return tuple(
        CooperationFact(
            unit_id=each.unit_id,
            regime=each.regime,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            ended_on=each.ended_on,
            areas=tuple(sorted(areas[each.cooperation_id])),
        )
        for each in held
    )
