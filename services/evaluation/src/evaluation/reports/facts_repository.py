"""What neighbours know of what is evaluated, read in one transaction when a draft is handed in."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.criteria.tables import CriterionEditionRow, CriterionRow
from evaluation.evaluations.tables import (
    DescribedCooperationRow,
    EvaluatedCooperationRow,
    EvaluatedPlanRow,
)
from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.tables import AgreedLevelRow, ReadingRow
from evaluation.reports.facts import (
    CooperationFact,
    Facts,
    IndicatorFact,
    NamedUnit,
    PlanFact,
    Point,
    QualityFact,
)
from evaluation.shifts.domain import Measured
from evaluation.units.tables import UnitRow
from shared.contracts.planning import Direction, Periodicity
from shared.contracts.registry import ThematicArea

_AGREED: Final = "agreed"
_ENTRY: Final = "entry"


async def gather_facts(
    session: AsyncSession, *, plan_id: UUID | None, unit_ids: Sequence[UUID], on: date
) -> Facts:
    """Return everything that is known on the day; eight statements at most, whatever the size."""
    return Facts(
        as_of=on,
        units=await _units(session, unit_ids),
        plan=await _plan(session, plan_id) if plan_id else None,
        cooperations=await _cooperations(session, unit_ids),
        indicators=await _indicators(session, plan_id, on=on) if plan_id else (),
        quality=await _quality(session, unit_ids, on=on),
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


async def _indicators(session: AsyncSession, plan_id: UUID, *, on: date) -> tuple[IndicatorFact, ...]:
    values = await session.execute(
        select(
            ObligationRow.indicator_id,
            ObligationRow.period,
            ObligationRow.measured_on,
            ObligationRow.value,
            ObligationRow.wording,
        )
        .where(ObligationRow.plan_id == plan_id, ObligationRow.status == ObligationStatus.APPROVED.value)
        .order_by(ObligationRow.measured_on, ObligationRow.period)
    )
    series: dict[UUID, list[Point]] = defaultdict(list)
    wordings: dict[UUID, str] = {}
    for indicator_id, period, measured_on, value, wording in values:
        if value is not None and measured_on is not None:
            series[indicator_id].append(Point(period=period, measured_on=measured_on, value=value))
        elif wording:
            wordings[indicator_id] = wording
    overdue = await _overdue(session, plan_id, on=on)
    row = MonitoredIndicatorRow
    found = await session.scalars(
        select(row).where(row.plan_id == plan_id, row.removed_in.is_(None)).order_by(row.indicator_id)
    )
    return tuple(
        _indicator(each, series[each.indicator_id], wordings, overdue.get(each.indicator_id, 0))
        for each in found
    )


def _indicator(
    row: MonitoredIndicatorRow, series: Sequence[Point], wordings: dict[UUID, str], overdue: int
) -> IndicatorFact:
    return IndicatorFact(
        indicator_id=row.indicator_id,
        number=row.number,
        name=row.name,
        unit=row.unit,
        direction=Direction(row.direction),
        periodicity=Periodicity(row.periodicity),
        owner=row.owner,
        accumulation=row.accumulation,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        target=row.target,
        target_on=row.target_on,
        series=tuple(series),
        wording=wordings.get(row.indicator_id, ""),
        overdue=overdue,
    )


async def _overdue(session: AsyncSession, plan_id: UUID, *, on: date) -> dict[UUID, int]:
    """Return by indicator how many periods nobody reported in time."""
    rows = await session.execute(
        select(ObligationRow.indicator_id, func.count())
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .where(ObligationRow.plan_id == plan_id, FALLS_DUE, ObligationRow.due_on < on)
        .group_by(ObligationRow.indicator_id)
    )
    return dict(iter(rows))


async def _quality(session: AsyncSession, unit_ids: Sequence[UUID], *, on: date) -> tuple[QualityFact, ...]:
    rows = (
        await session.execute(
            select(CriteriaSetRow, BaselineRow, CriterionRow, CriterionEditionRow)
            .join(BaselineRow, BaselineRow.set_id == CriteriaSetRow.id)
            .join(CriterionRow, CriterionRow.id == BaselineRow.criterion_id)
            .join(
                CriterionEditionRow,
                (CriterionEditionRow.criterion_id == BaselineRow.criterion_id)
                & (CriterionEditionRow.edition == BaselineRow.edition),
            )
            .where(CriteriaSetRow.unit_id.in_(unit_ids))
            .order_by(CriteriaSetRow.id, CriterionRow.area, CriterionRow.code)
        )
    ).all()
    sets = {row[0].id: row[0] for row in rows}
    entry, now, days = await _levels(session, sets.keys(), on=on)
    criteria: dict[UUID, list[Measured]] = defaultdict(list)
    for held, baseline, criterion, edition in rows:
        key = (held.id, criterion.id)
        criteria[held.id].append(
            Measured(
                criterion_id=criterion.id,
                area=ThematicArea(criterion.area),
                code=criterion.code,
                name=edition.name,
                edition=baseline.edition,
                baseline=baseline.level,
                entry=entry.get(key),
                now=now.get(key),
            )
        )
    return tuple(
        QualityFact(
            unit_id=held.unit_id,
            domain=held.domain,
            assessed_on=days.get(set_id),
            criteria=tuple(criteria[set_id]),
        )
        for set_id, held in sets.items()
    )


Levels = dict[tuple[UUID, UUID], int | None]


async def _levels(
    session: AsyncSession, set_ids: Collection[UUID], *, on: date
) -> tuple[Levels, Levels, dict[UUID, date]]:
    """Return the levels agreed at the entry and last, by set and criterion, and the days of the last."""
    rows = await session.execute(
        select(
            ReadingRow.set_id,
            ReadingRow.phase,
            ReadingRow.assessed_on,
            AgreedLevelRow.criterion_id,
            AgreedLevelRow.level,
        )
        .join(
            AgreedLevelRow,
            (AgreedLevelRow.reading_id == ReadingRow.id) & (AgreedLevelRow.entry == ReadingRow.entries),
        )
        .where(ReadingRow.set_id.in_(set_ids), ReadingRow.status == _AGREED, ReadingRow.assessed_on <= on)
        .order_by(ReadingRow.assessed_on, ReadingRow.id)
    )
    entry: Levels = {}
    now: Levels = {}
    days: dict[UUID, date] = {}
    for set_id, phase, assessed_on, criterion_id, level in rows:
        if phase == _ENTRY:
            entry[set_id, criterion_id] = level
            continue
        if days.get(set_id) != assessed_on:
            now = {key: known for key, known in now.items() if key[0] != set_id}
        now[set_id, criterion_id] = level
        days[set_id] = assessed_on
    return entry, now, days
