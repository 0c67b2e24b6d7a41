"""Every statement on chains of approval."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Text, Uuid, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.approvals.chain import Chain, ChainStep
from planning.approvals.refusals import ChainUnknown
from planning.approvals.tables import ChainRow
from planning.partnerships.tables import BodyUnitRow
from planning.units.tables import UnitRow
from shared.canonical import plain
from shared.contracts.planning import PlanKind
from shared.reads import Query
from shared.stored import from_row
from shared.transaction import Transaction

_LOCK: Final = "planning approval chains"
_CHAIN: Final = ChainRow.__table__.c


async def lock_all(session: AsyncSession) -> None:
    """Let nobody else set a chain until we commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def chains_on(
    session: AsyncSession, kind: PlanKind, unit_ids: Collection[UUID], day: date
) -> list[Chain]:
    """Return the chains that a plan of the kind and units follows on the day: its kind's and the units'."""
    concerned = or_(ChainRow.unit_id.is_(None), ChainRow.unit_id.in_(unit_ids))
    rows = await session.scalars(
        select(ChainRow).where(ChainRow.kind == kind.value, concerned, _holds_on(day)).order_by(ChainRow.id)
    )
    return [_chain(row) for row in rows]


async def chains_of(session: AsyncSession, kind: PlanKind, unit_id: UUID | None) -> list[Chain]:
    """Return all chains of a kind, or of a kind and a unit, the earliest first."""
    same = ChainRow.unit_id.is_(None) if unit_id is None else ChainRow.unit_id == unit_id
    rows = await session.scalars(
        select(ChainRow).where(ChainRow.kind == kind.value, same).order_by(ChainRow.starts_on)
    )
    return [_chain(row) for row in rows]


async def load(session: AsyncSession, chain_id: UUID) -> Chain:
    """Raise ChainUnknown."""
    row = await session.get(ChainRow, chain_id, with_for_update=True)
    if row is None:
        raise ChainUnknown
    return _chain(row)


async def add(tx: Transaction, chain: Chain, *, reason: str) -> None:
    await tx.session.execute(
        insert(ChainRow).values(
            id=chain.id,
            version=chain.version,
            kind=chain.kind.value,
            unit_id=chain.unit_id,
            starts_on=chain.starts_on,
            ends_on=chain.ends_on,
            quiet_days=chain.quiet_days,
            steps=plain(chain.steps),
            reason=reason,
            set_by=tx.actor.id,
            affiliation=tx.actor.affiliation,
            set_at=tx.now,
        )
    )


async def save(session: AsyncSession, chain: Chain) -> None:
    await session.execute(
        update(ChainRow).where(ChainRow.id == chain.id).values(version=chain.version, ends_on=chain.ends_on)
    )


async def remove(session: AsyncSession, chain_id: UUID) -> None:
    await session.execute(delete(ChainRow).where(ChainRow.id == chain_id))


async def is_body_of(session: AsyncSession, body_id: UUID, unit_id: UUID) -> bool:
    found = select(BodyUnitRow.body_id).where(BodyUnitRow.body_id == body_id, BodyUnitRow.unit_id == unit_id)
    return await session.scalar(found) is not None


async def is_known(session: AsyncSession, unit_id: UUID) -> bool:
    return await session.scalar(select(UnitRow.id).where(UnitRow.id == unit_id)) is not None


def _holds_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    return (ChainRow.starts_on <= day) & or_(ChainRow.ends_on.is_(None), ChainRow.ends_on >= day)


def _chain(row: ChainRow) -> Chain:
    return Chain(
        id=row.id,
        version=row.version,
        kind=PlanKind(row.kind),
        unit_id=row.unit_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        quiet_days=row.quiet_days,
        steps=tuple(from_row(ChainStep, step) for step in row.steps),
    )


_READ: Final = (
    _CHAIN.id,
    _CHAIN.version,
    _CHAIN.kind,
    _CHAIN.unit_id,
    _CHAIN.starts_on,
    _CHAIN.ends_on,
    _CHAIN.quiet_days,
    _CHAIN.steps,
    _CHAIN.reason,
    _CHAIN.affiliation,
    _CHAIN.set_at,
)
CHAIN: Final = Query(
    select(*_READ).where(ChainRow.id == bindparam("chain_id", type_=Uuid)), version="version"
)


@cache
def chains(*, of_kind: bool, of_unit: bool, on_a_day: bool) -> Query:
    """Return the query for chains, the newest first."""
    found = select(*_READ)
    if of_kind:
        found = found.where(ChainRow.kind == bindparam("kind", type_=Text))
    if of_unit:
        found = found.where(ChainRow.unit_id == bindparam("unit_id", type_=Uuid))
    if on_a_day:
        found = found.where(_holds_on(bindparam("day", type_=Date)))
    return Query(found, keys=(_CHAIN.starts_on, _CHAIN.id), descending=True)
