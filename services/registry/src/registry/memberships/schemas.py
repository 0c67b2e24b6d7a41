"""JSON of memberships: who belongs to whom, and the ways up to the state."""

from datetime import date
from uuid import UUID

from pydantic import Field

from registry.memberships.domain import Membership
from registry.memberships.hierarchy import Hierarchy, Step
from shared.contracts.registry import UnitKind
from shared.http import ApiModel, Day


class MembershipIn(ApiModel):
    """A municipality under a POÚ, a member of an association or of a local action group."""

    unit_id: UUID = Field(description="The member")
    group_id: UUID = Field(description="To whom it belongs")
    valid_from: Day = Field(description="First day", examples=["2014-07-01"])
    valid_until: Day | None = Field(default=None, description="Last day, where it is known")


class MembershipEndIn(ApiModel):
    unit_id: UUID
    group_id: UUID
    valid_until: Day = Field(description="Last day of the membership", examples=["2026-12-31"])


class MembershipOut(ApiModel):
    unit_id: UUID
    group_id: UUID
    group_kind: UnitKind
    valid_from: date
    valid_until: date | None
    source: str

    @classmethod
    def of(cls, membership: Membership) -> "MembershipOut":
        return cls.model_validate(membership)


class MemberOut(ApiModel):
    """A unit on the other side of a membership, as it is on the day, and the days of the membership."""

    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    member_from: date
    member_until: date | None
    source: str = Field(description="The file that told of it, or `by-hand`")


class MemberList(ApiModel):
    items: list[MemberOut]
    next: str | None


class AncestorOut(ApiModel):
    id: UUID
    kind: UnitKind
    code: str | None
    name: str


class WayUp(ApiModel):
    hierarchy: Hierarchy
    units: list[AncestorOut] = Field(description="The nearest first")


class AncestorsOut(ApiModel):
    """What lies above a unit on a day: by its district (okres), and by its POÚ and ORP."""

    hierarchies: list[WayUp]

    @classmethod
    def of(cls, ways: dict[Hierarchy, list[Step]]) -> "AncestorsOut":
        return cls(
            hierarchies=[
                WayUp(hierarchy=hierarchy, units=[AncestorOut.model_validate(step) for step in way])
                for hierarchy, way in ways.items()
            ]
        )
