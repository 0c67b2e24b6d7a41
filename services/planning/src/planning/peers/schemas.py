"""The JSON of exchanges between units."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.offers.domain import ExchangeForm
from planning.peers.domain import ExchangeStatus
from planning.plans.tree_schemas import Day
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Count, DecimalText, Reason, Storable

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), Storable]


class ExchangeIn(ApiModel):
    offer_id: UUID
    need_id: UUID
    form: ExchangeForm


class ExchangeDayIn(ApiModel):
    planned_on: Day


class ExchangeHeldIn(ApiModel):
    held_on: Day
    note: Note = Field(default="", description="What was learnt; no personal data")
    usefulness: Annotated[Count, Field(ge=1, le=5)] = Field(description="1 not at all, 5 very")


class ExchangeReasonIn(ApiModel):
    reason: Reason


class ExchangeState(ApiModel):
    """What a decision made of the exchange."""

    id: UUID
    version: int
    status: ExchangeStatus
    planned_on: date | None
    held_on: date | None


class ExchangeUnit(ApiModel):
    id: UUID
    name: str


class ExchangeOut(ApiModel):
    id: UUID
    version: int
    offer_id: UUID
    offer_title: str
    contact_office: str
    need_id: UUID
    need_title: str
    from_unit: ExchangeUnit
    to_unit: ExchangeUnit
    area: ThematicArea
    form: ExchangeForm
    status: ExchangeStatus
    planned_on: date | None
    held_on: date | None
    note: str
    usefulness: int | None
    reason: str


class ExchangeList(ApiModel):
    items: tuple[ExchangeOut, ...]
    next: str | None


class UnitExchangesOut(ApiModel):
    """Exchanges of a unit: held ones it gave and received, those agreed, and what they were worth (1–5)."""

    unit: ExchangeUnit
    given: int
    received: int
    to_be_given: int
    to_be_received: int
    cancelled: int
    usefulness_given: DecimalText | None
    usefulness_received: DecimalText | None


class ExchangesByUnitOut(ApiModel):
    year: int | None
    items: tuple[UnitExchangesOut, ...]
