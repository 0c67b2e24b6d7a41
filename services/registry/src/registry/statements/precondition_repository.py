"""SQL of what statements stand on: neighbours' memoranda, plans, cooperations, and who lies in a unit."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.cooperation.phases import Status
from registry.cooperation.regimes import Form
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.memberships.repository import municipalities_within
from registry.memoranda.tables import MemorandumRow
from registry.plans.tables import PlanRow
from registry.statements.standing import Cooperation, Memorandum, Plan
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.contracts.registry import CooperationRegime, UnitKind

_WITHIN: Final = municipalities_within()
Named = tuple[UnitKind, str | None, str]


async def names(session: AsyncSession, unit_ids: Collection[UUID], day: date) -> dict[UUID, Named]:
    """Return kind, code and name on the day of those units that there were by then."""
    rows = await session.execute(
        select(UnitStateRow.unit_id, UnitStateRow.kind, UnitStateRow.code, UnitStateRow.name).where(
            UnitStateRow.unit_id.in_(unit_ids), named_on(UnitStateRow, bindparam("day", day, type_=Date))
        )
    )
    return {row.unit_id: (UnitKind(row.kind), row.code, row.name) for row in rows}


async def municipalities(session: AsyncSession, unit_id: UUID, day: date) -> Sequence[UUID]:
    """Return the municipalities that lie in the unit, or are its members, on the day."""
    return (await session.scalars(_WITHIN, {"within": unit_id, "day": day})).all()


async def plans_in_force(
    session: AsyncSession, unit_ids: Collection[UUID], day: date
) -> dict[UUID, list[Plan]]:
    """Return the plans that a body of the unit approved and that are in force, the latest first."""
    wanted = list(unit_ids)
    rows = await session.scalars(
        select(PlanRow)
        .where(
            PlanRow.unit_ids.overlap(wanted),
            PlanRow.approved_version > 0,
            PlanRow.approved_on <= day,
            PlanRow.valid_from <= day,
            PlanRow.valid_until >= day,
            PlanRow.body.is_not(None),
            PlanRow.resolution_number.is_not(None),
            or_(PlanRow.closed_on.is_(None), PlanRow.closed_on > day),
        )
        .order_by(PlanRow.approved_on.desc(), PlanRow.id)
    )
    found: dict[UUID, list[Plan]] = {unit_id: [] for unit_id in wanted}
    for row in rows:
        for unit_id in found.keys() & set(row.unit_ids):
            found[unit_id].append(_plan(row))
    return found


async def cooperations_running(
    session: AsyncSession, unit_ids: Collection[UUID], day: date
) -> dict[UUID, list[Cooperation]]:
    """Return the cooperations that are active on the day, the latest first."""
    rows = await session.execute(
        select(
            CooperationRow.id,
            CooperationRow.unit_id,
            CooperationRow.regime,
            CooperationRow.form,
            CooperationRow.starts_on,
            CooperationRow.ends_on,
        )
        .join(PhaseRow, PhaseRow.cooperation_id == CooperationRow.id)
        .where(
            CooperationRow.unit_id.in_(unit_ids),
            PhaseRow.status == Status.ACTIVE.value,
            PhaseRow.from_on <= day,
            or_(PhaseRow.until_on.is_(None), PhaseRow.until_on >= day),
        )
        .order_by(CooperationRow.starts_on.desc(), CooperationRow.id)
    )
    found: dict[UUID, list[Cooperation]] = {unit_id: [] for unit_id in unit_ids}
    for row in rows:
        found[row.unit_id].append(
            Cooperation(
                cooperation_id=row.id,
                regime=CooperationRegime(row.regime),
                form=Form(row.form) if row.form else None,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
        )
    return found


async def memoranda_in_force(
    session: AsyncSession, unit_ids: Collection[UUID], day: date
) -> dict[UUID, Memorandum]:
    """Return the edition that is in force on the day, of those units that have one."""
    rows = await session.execute(
        select(
            MemorandumRow.id, MemorandumRow.unit_id, MemorandumRow.edition, MemorandumRow.concluded_on
        ).where(
            MemorandumRow.unit_id.in_(unit_ids),
            MemorandumRow.concluded_on <= day,
            or_(MemorandumRow.in_force_until.is_(None), MemorandumRow.in_force_until >= day),
        )
    )
    return {
        row.unit_id: Memorandum(memorandum_id=row.id, edition=row.edition, concluded_on=row.concluded_on)
        for row in rows
    }


def _plan(row: PlanRow) -> Plan:
    day = row.approved_on or date.min
    return Plan(
        plan_id=row.id,
        kind=row.kind or "",
        title=row.title or "",
        revision=row.revision,
        body=row.body or "",
        approved_on=day,
        resolution_number=row.resolution_number or "",
        valid_from=row.valid_from or day,
        valid_until=row.valid_until or day,
    )
