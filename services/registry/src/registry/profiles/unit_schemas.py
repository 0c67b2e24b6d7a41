"""JSON of who the unit is and where it belongs."""

from datetime import date
from uuid import UUID

from pydantic import Field

from registry.explanation.standing_schemas import SaidOut
from registry.memberships.hierarchy import Hierarchy, Step
from registry.profiles.domain import Unit
from registry.profiles.wording import KINDS, STATUSES
from registry.units.codes import MunicipalityStatus
from shared.contracts.registry import UnitKind
from shared.http import ApiModel


class ProfileUnit(ApiModel):
    """The unit at present; of one that was closed the last state, of one to come the first."""

    id: UUID
    kind: UnitKind
    kind_name: SaidOut
    code: str | None
    name: str
    status: MunicipalityStatus | None
    state_name: SaidOut | None
    csu_code: str | None
    ruian_code: str | None
    ico: str | None
    data_box: str | None
    valid_from: date
    valid_until: date | None
    version: int

    @classmethod
    def of(cls, unit: Unit) -> "ProfileUnit":
        plain = {name: getattr(unit, name) for name in cls.model_fields if not name.endswith("_name")}
        status = SaidOut.of(STATUSES[unit.status]) if unit.status else None
        return cls(**plain, kind_name=SaidOut.of(KINDS[unit.kind]), state_name=status)


class ProfileNeighbour(ApiModel):
    """A unit above, or a group of which it is a member since `member_from`."""

    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    member_from: date | None = None

    @classmethod
    def of(cls, step: Step) -> "ProfileNeighbour":
        return cls(id=step.id, kind=step.kind, code=step.code, name=step.name)


class ProfileWay(ApiModel):
    hierarchy: Hierarchy
    units: list[ProfileNeighbour] = Field(description="The nearest first")
