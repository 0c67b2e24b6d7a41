"""Indicators of a plan with their values and how monitoring judges them, read for a report."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.kinds import Accumulation, Kind
from evaluation.definitions.tables import DefinitionEditionRow
from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.progress.accounting import Judged, Reported, judge
from evaluation.progress.domain import Aim
from evaluation.reports.facts import IndicatorFact, Point
from shared.contracts.planning import Direction, Periodicity


async def indicators_of(session: AsyncSession, plan_id: UUID, *, on: date) -> tuple[IndicatorFact, ...]:
    """Return the indicators of a plan with their approved values, judged as they were known on the day."""
    values = await session.scalars(
        select(ObligationRow)
        .where(ObligationRow.plan_id == plan_id, ObligationRow.status == ObligationStatus.APPROVED.value)
        .order_by(ObligationRow.measured_on, ObligationRow.period)
    )
    approved: dict[UUID, list[ObligationRow]] = defaultdict(list)
    for value in values:
        approved[value.indicator_id].append(value)
    row = MonitoredIndicatorRow
    found = await session.scalars(
        select(row).where(row.plan_id == plan_id, row.removed_in.is_(None)).order_by(row.indicator_id)
    )
    indicators = list(found)
    editions = await _editions(session, {each.definition_code for each in indicators})
    overdue = await _overdue(session, plan_id, on=on)
    return tuple(
        _indicator(
            each,
            approved[each.indicator_id],
            editions[each.definition_code],
            overdue=overdue.get(each.indicator_id, 0),
            on=on,
        )
        for each in indicators
    )


async def _editions(
    session: AsyncSession, codes: Collection[str | None]
) -> dict[str | None, list[DefinitionEditionRow]]:
    """Return the editions of definitions by code, the oldest first."""
    row = DefinitionEditionRow
    found: dict[str | None, list[DefinitionEditionRow]] = defaultdict(list)
    for each in await session.scalars(
        select(row).where(row.code.in_([code for code in codes if code])).order_by(row.edition)
    ):
        found[each.code].append(each)
    return found


def _indicator(
    row: MonitoredIndicatorRow,
    values: Sequence[ObligationRow],
    editions: Sequence[DefinitionEditionRow],
    *,
    overdue: int,
    on: date,
) -> IndicatorFact:
    judged = _judged(row, values, editions, on=on)
    return IndicatorFact(
        indicator_id=row.indicator_id,
        number=row.number,
        name=row.name,
        unit=row.unit,
        direction=Direction(row.direction),
        owner=row.owner,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        target=row.target,
        target_on=row.target_on,
        series=tuple(
            Point(period=each.period, measured_on=each.measured_on, value=each.value)
            for each in values
            if each.value is not None and each.measured_on is not None
        ),
        wording=next((each.wording for each in reversed(values) if each.wording), ""),
        actual=judged.actual,
        progress=judged.progress.progress,
        expected=judged.progress.expected,
        light=judged.progress.light,
        reason=judged.progress.reason,
        overdue=overdue,
    )


def _judged(
    row: MonitoredIndicatorRow,
    values: Sequence[ObligationRow],
    editions: Sequence[DefinitionEditionRow],
    *,
    on: date,
) -> Judged:
    """Judge an indicator as its monitoring does."""
    edition = (values[-1].definition_edition if values else None) or row.definition_edition
    said = row.accumulation or (editions[-1].accumulation if editions else None)
    return judge(
        Aim(
            direction=Direction(row.direction),
            periodicity=Periodicity(row.periodicity),
            unit=row.unit,
            baseline=row.baseline,
            baseline_on=row.baseline_on,
            target=row.target,
            target_on=row.target_on,
            kind=next((Kind(each.kind) for each in editions if each.edition == edition), None),
        ),
        [
            Reported(value=each.value, measured_on=each.measured_on, edition=each.definition_edition)
            for each in values
            if each.measured_on is not None
        ],
        accumulation=Accumulation(said or Accumulation.STATE),
        edition=row.definition_edition,
        bridges={
            each.edition: Bridge(
                kind=BridgeKind(each.bridge), factor=each.bridge_factor, offset=each.bridge_offset
            )
            for each in editions
            if each.bridge is not None
        },
        today=on,
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
