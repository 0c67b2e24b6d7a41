"""What was read of quality in the units of an evaluation, apart from what else is known of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.criteria.tables import CriterionEditionRow, CriterionRow
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.tables import AgreedLevelRow, ReadingRow
from evaluation.reports.facts import QualityFact
from evaluation.shifts.domain import Measured
from shared.contracts.registry import ThematicArea

_AGREED: Final = "agreed"
_ENTRY: Final = "entry"


async def gather_quality(
    session: AsyncSession, unit_ids: Sequence[UUID], *, on: date
) -> tuple[QualityFact, ...]:
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
