"""The JSON of offers and of needs."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from planning.offers.domain import ExchangeForm, Need, NeedStatus, Offer
from planning.plans.tree_schemas import Day
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Count, LongText, Reason, Title

People = Annotated[Count, Field(ge=1, le=11_000_000)]


class OfferState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class OfferIn(ApiModel):
    unit_id: UUID
    area: ThematicArea
    title: Title = Field(examples=["Jak zabydlujeme rodiny z ubytoven"])
    description: LongText = Field(default="", description="What we can show")
    forms: Annotated[tuple[ExchangeForm, ...], Field(min_length=1, max_length=len(ExchangeForm))]
    capacity_per_year: Annotated[Count, Field(ge=1, le=1000)]
    valid_until: Day = Field(description="Last day")
    contact_office: Title = Field(description="An office, not a person")
    people_concerned: People | None = Field(default=None, description="How many people it was about")
    entry_id: UUID | None = Field(default=None, description="A published practice of the unit")
    plan_id: UUID | None = None
    node_id: UUID | None = Field(default=None, description="A measure of an approved plan of the unit")

    def offer(self, offer_id: UUID) -> Offer:
        own = self.model_dump(exclude={"forms"})
        return Offer(id=offer_id, version=1, forms=tuple(dict.fromkeys(self.forms)), **own)


class NeedIn(ApiModel):
    unit_id: UUID
    area: ThematicArea
    title: Title = Field(examples=["Co s rodinami na ubytovnách"])
    description: LongText = Field(default="", description="What we want to learn")
    forms: Annotated[tuple[ExchangeForm, ...], Field(max_length=len(ExchangeForm))] = ()
    people_concerned: People | None = Field(default=None, description="By default that of the problem")
    plan_id: UUID | None = None
    node_id: UUID | None = Field(default=None, description="A problem of a plan of the unit")

    def need(self, need_id: UUID) -> Need:
        own = self.model_dump(exclude={"forms"})
        return Need(id=need_id, version=1, forms=tuple(dict.fromkeys(self.forms)), **own)


class WithdrawalIn(ApiModel):
    reason: Reason


class OfferVersion(ApiModel):
    """What a change made of the offer or of the need."""

    id: UUID
    version: int
    status: str


class OfferUnit(ApiModel):
    id: UUID
    name: str


class OfferOut(ApiModel):
    id: UUID
    version: int
    unit: OfferUnit
    area: ThematicArea
    title: str
    description: str
    forms: tuple[ExchangeForm, ...]
    capacity_per_year: int
    free_this_year: int
    valid_until: date
    contact_office: str
    people_concerned: int | None
    entry_id: UUID | None
    is_verified: bool = Field(description="Behind it is a practice that the Agency verified")
    plan_id: UUID | None
    node_id: UUID | None
    state: OfferState
    reason: str


class OfferList(ApiModel):
    items: tuple[OfferOut, ...]
    next: str | None


class NeedOut(ApiModel):
    """The problem behind a need is shown to its unit and to the Agency alone."""

    id: UUID
    version: int
    unit: OfferUnit
    area: ThematicArea
    title: str
    description: str
    forms: tuple[ExchangeForm, ...]
    people_concerned: int | None
    plan_id: UUID | None
    node_id: UUID | None
    status: NeedStatus
    reason: str


class NeedList(ApiModel):
    items: tuple[NeedOut, ...]
    next: str | None


class MatchOut(ApiModel):
    """An offer that suits the need, with the reasons in words."""

    offer_id: UUID
    unit: OfferUnit
    title: str
    forms: tuple[ExchangeForm, ...]
    is_verified: bool
    free_this_year: int
    score: int
    reasons: tuple[str, ...]


class MatchesOut(ApiModel):
    """The best first; at most twenty."""

    items: tuple[MatchOut, ...]
