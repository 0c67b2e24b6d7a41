"""Every statement on absences and their deputies."""

from typing import Final
from uuid import UUID

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.commitments.absence import Absence
from planning.commitments.tables import AbsenceRow
from planning.plans.repository import P, own
from planning.plans.tree_repository import PLAN_ID
from shared.reads import Query
from shared.transaction import Transaction

A: Final = AbsenceRow.__table__.c


def _listed() -> Select[*tuple[object, ...]]:
    return (
        select(
            A.id,
            A.version,
            A.party,
            A.deputy,
            A.reason,
            A.starts_on,
            A.ends_on,
            A.is_called_off,
        )
        .select_from(AbsenceRow)
        .join(P, P.c.id == A.plan_id)
        .where(A.plan_id == PLAN_ID, own())
    )


ABSENCES: Final = Query(_listed(), keys=(A.starts_on, A.id))
"""All absences of a plan, the oldest first."""


async def of_plan(session: AsyncSession, plan_id: UUID) -> list[Absence]:
    rows = await session.scalars(select(AbsenceRow).where(AbsenceRow.plan_id == plan_id))
    return [
        Absence(
            id=row.id,
            version=row.version,
            plan_id=row.plan_id,
            party=row.party,
            deputy=row.deputy,
            reason=row.reason,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_called_off=row.is_called_off,
        )
        for row in rows
    ]


async def add(tx: Transaction, absence: Absence) -> None:
    await tx.session.execute(
        insert(AbsenceRow).values(
            id=absence.id,
            plan_id=absence.plan_id,
            party=absence.party,
            deputy=absence.deputy,
            reason=absence.reason,
            starts_on=absence.starts_on,
            recorded_by=tx.actor.id,
            recorded_at=tx.now,
            **_changing(absence),
        )
    )


async def save(session: AsyncSession, absence: Absence) -> None:
    await session.execute(update(AbsenceRow).where(AbsenceRow.id == absence.id).values(**_changing(absence)))


def _changing(absence: Absence) -> dict[str, object]:
    return {
        "version": absence.version,
        "ends_on": absence.ends_on,
        "is_called_off": absence.is_called_off,
    }
