"""JSON of cooperation."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from registry.cooperation.domain import Cooperation
from shared.contracts.registry import CooperationRegime
from shared.http import ApiModel, Day


class CooperationIn(ApiModel):
    unit_id: UUID
    regime: CooperationRegime
    starts_on: Day = Field(description="First day", examples=["2026-01-01"])
    ends_on: Day | None = Field(default=None, description="Last day, where it is agreed")


class EndIn(ApiModel):
    ends_on: Day = Field(description="Last day", examples=["2028-12-31"])


class CooperationOut(ApiModel):
    """`ended_at` is empty until the last day has come and the end was told to others."""

    id: UUID
    unit_id: UUID
    regime: CooperationRegime
    starts_on: date
    ends_on: date | None
    started_at: datetime
    ended_at: datetime | None
    version: int

    @classmethod
    def of(cls, cooperation: Cooperation) -> "CooperationOut":
        return cls.model_validate(cooperation)


class CooperationList(ApiModel):
    items: list[CooperationOut]
    next: str | None
