"""Every statement with which exchanges are written; `list_repository` reads them."""

from dataclasses import fields
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.peers.domain import RUNNING, TAKES_CAPACITY, Exchange
from planning.peers.refusals import ExchangeUnknown
from planning.peers.tables import PeerExchangeRow
from shared.stored import from_row

_FIELDS: Final = tuple(field.name for field in fields(Exchange))


async def offer_of(session: AsyncSession, exchange_id: UUID) -> UUID:
    """Raise ExchangeUnknown."""
    found = await session.scalar(select(PeerExchangeRow.offer_id).where(PeerExchangeRow.id == exchange_id))
    if found is None:
        raise ExchangeUnknown
    return found


async def load(session: AsyncSession, exchange_id: UUID) -> Exchange:
    """Load an exchange after its offer was locked: every decision takes that lock."""
    row = await session.scalar(select(PeerExchangeRow).where(PeerExchangeRow.id == exchange_id))
    if row is None:
        raise ExchangeUnknown
    return from_row(Exchange, {name: getattr(row, name) for name in _FIELDS})


async def running(session: AsyncSession, offer_id: UUID, need_id: UUID) -> UUID | None:
    found: UUID | None = await session.scalar(
        select(PeerExchangeRow.id).where(
            PeerExchangeRow.offer_id == offer_id,
            PeerExchangeRow.need_id == need_id,
            PeerExchangeRow.status.in_(sorted(RUNNING)),
        )
    )
    return found


async def taken(session: AsyncSession, exchange: Exchange, year: int) -> int:
    """Count the other exchanges that take of the offer's capacity in a year."""
    found = await session.scalar(
        select(func.count())
        .select_from(PeerExchangeRow)
        .where(
            PeerExchangeRow.offer_id == exchange.offer_id,
            PeerExchangeRow.id != exchange.id,
            PeerExchangeRow.year == year,
            PeerExchangeRow.status.in_(sorted(TAKES_CAPACITY)),
        )
    )
    return found or 0


async def add(session: AsyncSession, exchange: Exchange, *, now: datetime) -> None:
    await session.execute(insert(PeerExchangeRow).values(changed_at=now, **_values(exchange)))


async def save(session: AsyncSession, exchange: Exchange, *, now: datetime) -> None:
    statement = update(PeerExchangeRow).where(PeerExchangeRow.id == exchange.id)
    await session.execute(statement.values(changed_at=now, **_values(exchange)))


def _values(exchange: Exchange) -> dict[str, object]:
    said = {name: getattr(exchange, name) for name in _FIELDS}
    return {
        **said,
        "area": exchange.area.value,
        "form": exchange.form.value,
        "status": exchange.status.value,
    }
