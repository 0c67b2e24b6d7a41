"""JSON of successions."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.successions.domain import Act, Manner
from registry.units.domain import Details, Unit
from shared.contracts.registry import UnitKind
from shared.http import ApiModel, Day, ShortText, Storable, Title

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20), Storable]
Version = Annotated[int, Field(strict=True, ge=1)]


class PredecessorIn(ApiModel):
    unit_id: UUID
    version: Version = Field(description="The version that was decided on")


class NewUnitIn(ApiModel):
    """A unit that is established by the act; it is of the kind of its predecessors."""

    code: Code | None = Field(default=None, examples=["500011"])
    name: Title
    parent_id: UUID | None = Field(default=None, description="As of the first predecessor where left out")
    ico: Code | None = None


class SuccessionIn(ApiModel):
    """A merger of units into one, or a split of one; name successors that exist, or describe new ones."""

    manner: Manner
    happened_on: Day = Field(description="First day of the new state", examples=["2009-01-01"])
    predecessors: list[PredecessorIn] = Field(min_length=1, max_length=50)
    successor_ids: list[UUID] = Field(default=[], max_length=50)
    new: list[NewUnitIn] = Field(default=[], max_length=50)
    predecessor_lasts: bool = Field(
        default=False, strict=True, description="A part is taken out of a unit that goes on to exist"
    )
    note: ShortText = Field(default="", description="The decision on which it stands")

    def act(self) -> Act:
        return Act(
            manner=self.manner,
            happened_on=self.happened_on,
            predecessor_ids=[each.unit_id for each in self.predecessors],
            successor_ids=self.successor_ids,
            new=len(self.new),
            lasts=self.predecessor_lasts,
            note=self.note,
        )

    def versions(self) -> dict[UUID, int]:
        return {each.unit_id: each.version for each in self.predecessors}

    def details(self) -> list[Details]:
        return [Details(**each.model_dump()) for each in self.new]


class UnitThen(ApiModel):
    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None
    version: int

    @classmethod
    def of(cls, unit: Unit) -> "UnitThen":
        return cls(
            id=unit.id,
            kind=unit.kind,
            code=unit.details.code,
            name=unit.details.name,
            parent_id=unit.details.parent_id,
            valid_from=unit.valid_from,
            valid_until=unit.valid_until,
            version=unit.version,
        )


class SucceededOut(ApiModel):
    """The units as they are now: closed predecessors, successors."""

    units: list[UnitThen]


class SuccessionUnit(ApiModel):
    id: UUID
    kind: UnitKind
    code: str | None
    name: str


class SuccessionOut(ApiModel):
    happened_on: date
    manner: Manner
    predecessor: SuccessionUnit
    successor: SuccessionUnit
    note: str


class SuccessionList(ApiModel):
    items: list[SuccessionOut]
    next: str | None
