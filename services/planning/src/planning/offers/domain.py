"""Offers of units that solved something, and needs of units that have yet to."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.offers.refusals import (
    NeedClosed,
    NodeWithoutItsPlan,
    OfferEnds,
    OfferWithdrawn,
    UnitOfOfferStays,
)
from shared.contracts.registry import ThematicArea

LONGEST_YEARS: Final = 5


class ExchangeForm(StrEnum):
    VISIT = "visit"  # návštěva na místě
    ONLINE = "online"
    DOCUMENT = "document"  # dokumenty, karta praxe
    MENTORING = "mentoring"  # průběžné provázení


class OfferStatus(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class NeedStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`valid_until` is the last day; the contact is an office; `people_concerned` tells the size."""

    id: UUID
    version: int
    unit_id: UUID
    area: ThematicArea
    title: str
    description: str
    forms: tuple[ExchangeForm, ...]
    capacity_per_year: int
    valid_until: date
    contact_office: str
    people_concerned: int | None = None
    entry_id: UUID | None = None
    plan_id: UUID | None = None
    node_id: UUID | None = None
    status: OfferStatus = OfferStatus.OPEN
    reason: str = ""

    def is_current(self, today: date) -> bool:
        return self.status is OfferStatus.OPEN and today <= self.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a unit wants to learn; `node_id` is a problem of its plan, forms are those it wishes."""

    id: UUID
    version: int
    unit_id: UUID
    area: ThematicArea
    title: str
    description: str
    forms: tuple[ExchangeForm, ...] = ()
    people_concerned: int | None = None
    plan_id: UUID | None = None
    node_id: UUID | None = None
    status: NeedStatus = NeedStatus.OPEN
    reason: str = ""


def expect_offer(offer: Offer, *, today: date) -> Offer:
    """Raise OfferEnds, NodeWithoutItsPlan."""
    if not today <= offer.valid_until <= today + timedelta(days=LONGEST_YEARS * 366):
        raise OfferEnds(valid_until=offer.valid_until, years=LONGEST_YEARS, pointer="/valid_until")
    _expect_whole(offer)
    return offer


def expect_need(need: Need) -> Need:
    """Raise NodeWithoutItsPlan."""
    _expect_whole(need)
    return need


def change_offer(before: Offer, wanted: Offer, *, today: date) -> Offer:
    """Say it all anew. Raises OfferWithdrawn, UnitOfOfferStays."""
    if before.status is not OfferStatus.OPEN:
        raise OfferWithdrawn(state=before.status.value, allowed_moves=[])
    _expect_same_unit(before, wanted)
    return expect_offer(replace(wanted, version=before.version + 1), today=today)


def withdraw_offer(before: Offer, *, reason: str) -> Offer:
    if before.status is not OfferStatus.OPEN:
        raise OfferWithdrawn(state=before.status.value, allowed_moves=[])
    return replace(before, status=OfferStatus.WITHDRAWN, reason=reason, version=before.version + 1)


def change_need(before: Need, wanted: Need) -> Need:
    """Say it all anew. Raises NeedClosed, UnitOfOfferStays."""
    expect_open(before)
    _expect_same_unit(before, wanted)
    return expect_need(replace(wanted, version=before.version + 1))


def close_need(before: Need, *, reason: str) -> Need:
    expect_open(before)
    return replace(before, status=NeedStatus.CLOSED, reason=reason, version=before.version + 1)


def expect_open(need: Need) -> None:
    if need.status is not NeedStatus.OPEN:
        raise NeedClosed(state=need.status.value, allowed_moves=[])


def _expect_same_unit(before: Offer | Need, wanted: Offer | Need) -> None:
    if wanted.unit_id != before.unit_id:
        raise UnitOfOfferStays(pointer="/unit_id")


def _expect_whole(said: Offer | Need) -> None:
    if (said.plan_id is None) != (said.node_id is None):
        raise NodeWithoutItsPlan(pointer="/node_id")
