"""JSON of units."""

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from registry.units.codes import SHAPES, MunicipalityStatus, unit_id
from registry.units.domain import Details, Unit
from shared.contracts.registry import UnitKind
from shared.http import ApiModel, Day, Storable, Title

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20), Storable]

_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
RegionRef = Annotated[
    str,
    Field(
        pattern=f"^(?:{SHAPES[UnitKind.REGION]}|{_UUID})$",
        description="A region (kraj) by its code or its id",
        examples=["CZ042"],
    ),
]

_PARENT = Field(default=None, description="The unit to which it belongs on that day")
_CSU = Field(default=None, description="Code in the code lists of the statistical office", examples=["3042"])
_RUIAN = Field(default=None, description="Code in RÚIAN", examples=["60"])
_ICO = Field(default=None, description="Zeros on the left are filled in", examples=["00266094"])
_DATA_BOX = Field(default=None, description="Id of the ISDS data box", examples=["5adasau"])
_STATUS = Field(default=None, description="Of a municipality: what it is called by law", examples=["town"])


def region_id(asked: str | None) -> UUID | None:
    """Return the id of the region that `RegionRef` names by its code or its id."""
    if asked is None or not asked.startswith("CZ"):
        return UUID(asked) if asked else None
    return unit_id(UnitKind.REGION, asked)


class UnitIn(ApiModel):
    """A unit that is to enter the registry. The code of an association is its IČO."""

    kind: UnitKind
    code: Code | None = Field(default=None, examples=["567337"])
    name: Title = Field(examples=["Obrnice"])
    parent_id: UUID | None = _PARENT
    valid_from: Day = Field(description="First day", examples=["2000-01-01"])
    valid_until: Day | None = Field(default=None, description="Last day, where it is known")
    csu_code: Code | None = _CSU
    ruian_code: Code | None = _RUIAN
    ico: Code | None = _ICO
    data_box: Code | None = _DATA_BOX
    status: MunicipalityStatus | None = _STATUS

    def details(self) -> Details:
        return Details(**self.model_dump(exclude={"kind", "valid_from", "valid_until"}))


class UnitPatch(ApiModel):
    """What is different from a day on. A field left out stays; null takes the value away."""

    changes_on: Day = Field(description="First day of the new state", examples=["2026-01-01"])
    name: Title | None = None
    code: Code | None = None
    parent_id: UUID | None = _PARENT
    csu_code: Code | None = _CSU
    ruian_code: Code | None = _RUIAN
    ico: Code | None = _ICO
    data_box: Code | None = _DATA_BOX
    status: MunicipalityStatus | None = _STATUS

    @field_validator("name")
    @classmethod
    def _keep_a_name(cls, name: str | None) -> str:
        if name is None:
            raise ValueError("a unit always has a name")
        return name

    def amend(self, details: Details) -> Details:
        return Details(**asdict(details) | self.model_dump(exclude={"changes_on"}, exclude_unset=True))


class ClosureIn(ApiModel):
    valid_until: Day = Field(description="Last day of the unit", examples=["2026-12-31"])


class UnitOut(ApiModel):
    """A unit as it is on a day; this state holds since `state_from`."""

    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    parent_id: UUID | None
    csu_code: str | None
    ruian_code: str | None
    ico: str | None
    data_box: str | None
    status: MunicipalityStatus | None
    valid_from: date
    valid_until: date | None
    state_from: date
    version: int

    @classmethod
    def of(cls, unit: Unit) -> "UnitOut":
        return cls(
            id=unit.id,
            kind=unit.kind,
            valid_from=unit.valid_from,
            valid_until=unit.valid_until,
            state_from=unit.state_from,
            version=unit.version,
            **asdict(unit.details),
        )


class UnitList(ApiModel):
    items: list[UnitOut]
    next: str | None
