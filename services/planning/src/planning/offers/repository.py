"""Every statement with which offers and needs are written; `list_repository` reads them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.library.content import EntrySort
from planning.library.domain import EntryStatus
from planning.library.tables import LibraryEntryRow
from planning.offers.domain import ExchangeForm, Need, NeedStatus, Offer, OfferStatus
from planning.offers.refusals import NeedUnknown, OfferUnknown
from planning.offers.tables import PeerNeedRow, PeerOfferRow
from planning.plans.domain import PUBLIC
from planning.plans.tables import NodeRow, PlanRow, PlanUnitRow
from planning.plans.tree import NodeKind
from planning.units.tables import UnitRow
from shared.contracts.registry import ThematicArea
from shared.names import search_text, sort_key

_SAID = ("version", "unit_id", "title", "description", "people_concerned", "plan_id", "node_id", "reason")
_OF_OFFER = (*_SAID, "capacity_per_year", "valid_until", "contact_office", "entry_id")


async def lock_offer(session: AsyncSession, offer_id: UUID) -> Offer:
    """Lock an offer: nobody else takes of its capacity until we commit. Raises OfferUnknown."""
    row = await session.scalar(select(PeerOfferRow).where(PeerOfferRow.id == offer_id).with_for_update())
    if row is None:
        raise OfferUnknown
    return Offer(
        id=row.id,
        area=ThematicArea(row.area),
        forms=tuple(map(ExchangeForm, row.forms)),
        status=OfferStatus(row.status),
        **{name: getattr(row, name) for name in _OF_OFFER},
    )


async def lock_need(session: AsyncSession, need_id: UUID) -> Need:
    """Raise NeedUnknown."""
    row = await session.scalar(select(PeerNeedRow).where(PeerNeedRow.id == need_id).with_for_update())
    if row is None:
        raise NeedUnknown
    return Need(
        id=row.id,
        area=ThematicArea(row.area),
        forms=tuple(map(ExchangeForm, row.forms)),
        status=NeedStatus(row.status),
        **{name: getattr(row, name) for name in _SAID},
    )


async def add_offer(session: AsyncSession, offer: Offer, *, now: datetime) -> None:
    await session.execute(insert(PeerOfferRow).values(id=offer.id, changed_at=now, **_values_of_offer(offer)))


async def save_offer(session: AsyncSession, offer: Offer, *, now: datetime) -> None:
    values = _values_of_offer(offer)
    await session.execute(
        update(PeerOfferRow).where(PeerOfferRow.id == offer.id).values(changed_at=now, **values)
    )


async def add_need(session: AsyncSession, need: Need, *, now: datetime) -> None:
    await session.execute(insert(PeerNeedRow).values(id=need.id, changed_at=now, **_values_of_need(need)))


async def save_need(session: AsyncSession, need: Need, *, now: datetime) -> None:
    values = _values_of_need(need)
    await session.execute(
        update(PeerNeedRow).where(PeerNeedRow.id == need.id).values(changed_at=now, **values)
    )


async def is_known_unit(session: AsyncSession, unit_id: UUID) -> bool:
    return await session.scalar(select(UnitRow.id).where(UnitRow.id == unit_id)) is not None


async def is_practice_of(session: AsyncSession, entry_id: UUID, unit_id: UUID) -> bool:
    found = await session.scalar(
        select(LibraryEntryRow.id).where(
            LibraryEntryRow.id == entry_id,
            LibraryEntryRow.unit_id == unit_id,
            LibraryEntryRow.sort == EntrySort.PRACTICE.value,
            LibraryEntryRow.status == EntryStatus.PUBLISHED.value,
        )
    )
    return found is not None


async def has_measure(session: AsyncSession, unit_id: UUID, plan_id: UUID, node_id: UUID) -> bool:
    """Return whether an approved plan of the unit has the measure."""
    found = await session.scalar(
        select(NodeRow.id)
        .join(PlanUnitRow, PlanUnitRow.plan_id == NodeRow.plan_id)
        .join(PlanRow, PlanRow.id == NodeRow.plan_id)
        .where(
            NodeRow.plan_id == plan_id,
            NodeRow.id == node_id,
            NodeRow.kind == NodeKind.MEASURE.value,
            PlanUnitRow.unit_id == unit_id,
            PlanRow.status.in_(sorted(PUBLIC)),
        )
    )
    return found is not None


async def people_of_problem(
    session: AsyncSession, unit_id: UUID, plan_id: UUID, node_id: UUID
) -> tuple[bool, int | None]:
    """Return whether a plan of the unit has the problem, and how many people it concerns."""
    found = await session.execute(
        select(NodeRow.estimated_people)
        .join(PlanUnitRow, PlanUnitRow.plan_id == NodeRow.plan_id)
        .where(
            NodeRow.plan_id == plan_id,
            NodeRow.id == node_id,
            NodeRow.kind == NodeKind.PROBLEM.value,
            PlanUnitRow.unit_id == unit_id,
        )
    )
    row = found.one_or_none()
    return row is not None, row.estimated_people or None if row is not None else None


def _values_of_offer(offer: Offer) -> dict[str, object]:
    return {
        **{name: getattr(offer, name) for name in _OF_OFFER},
        "area": offer.area.value,
        "forms": [form.value for form in offer.forms],
        "status": offer.status.value,
        "sort_key": sort_key(offer.title),
        "search_text": search_text(offer.title, offer.description),
    }


def _values_of_need(need: Need) -> dict[str, object]:
    return {
        **{name: getattr(need, name) for name in _SAID},
        "area": need.area.value,
        "forms": [form.value for form in need.forms],
        "status": need.status.value,
        "sort_key": sort_key(need.title),
    }
