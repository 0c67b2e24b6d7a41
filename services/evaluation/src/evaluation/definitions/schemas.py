"""JSON of the catalogue of indicators."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.domain import Content, Definition, Level
from evaluation.definitions.kinds import Accumulation, Dimension, Kind, Part, ValueSource
from shared.contracts.planning import Direction, Periodicity
from shared.http import ApiModel, Day, DecimalText, ShortText, Storable, Title

DefinitionCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,29}$"),
    Field(description="A code of the catalogue", examples=["UOZ_VPM"]),
]
_Formula = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Storable]


class LevelIn(ApiModel):
    """One step of a scale."""

    value: Annotated[int, Field(strict=True, ge=-1000, le=1000)]
    cs: Title
    en: Title


class BridgeIn(ApiModel):
    """How a value of the edition before reads under the new one: new = old × factor + offset."""

    kind: BridgeKind
    factor: DecimalText | None = None
    offset: DecimalText | None = None

    def bridge(self) -> Bridge:
        return Bridge(kind=self.kind, factor=self.factor, offset=self.offset)


class _ContentIn(ApiModel):
    name_cs: Title = Field(examples=["uchazeči na 1 volné místo"])
    name_en: Title = Field(examples=["jobseekers per vacancy"])
    area: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = Field(
        "", description="A thematic area; empty for all of them", examples=["ZAM"]
    )
    kind: Kind
    accumulation: Accumulation = Accumulation.STATE
    unit: Title = Field(examples=["poměr"])
    direction: Direction
    level: ShortText = Field("", description="The finest territory", examples=["obec"])
    periodicity: Periodicity | None = None
    source: Title = Field(examples=["MPSV"])
    method: ShortText = ""
    value_source: ValueSource = ValueSource.DIRECT
    formula: _Formula | None = Field(None, examples=["UOZ_N / VPM_N"])
    series: Title | None = Field(None, description="A series of the registry", examples=["JOBSEEKERS"])
    levels: list[LevelIn] = Field(default_factory=list, max_length=20)
    dimensions: list[Dimension] = Field(
        default_factory=list, max_length=len(Dimension), description="By what every value is broken down"
    )
    valid_from: Day

    def content(self) -> Content:
        told = {name: getattr(self, name) for name in Content.__dataclass_fields__}
        levels = tuple(Level(value=level.value, cs=level.cs, en=level.en) for level in self.levels)
        return Content(**told | {"levels": levels, "dimensions": tuple(dict.fromkeys(self.dimensions))})


class DefinitionIn(_ContentIn):
    """A new indicator."""

    code: DefinitionCode
    reason: ShortText = ""


class EditionIn(_ContentIn):
    """What an indicator means from a day on; older values keep the words they were reported under."""

    reason: Title = Field(examples=["Metodika nově započítává i osoby v insolvenci."])
    bridge: BridgeIn


class LevelOut(ApiModel):
    value: int
    cs: str
    en: str


class DefinitionContent(ApiModel):
    """What an edition says."""

    name_cs: str
    name_en: str
    area: str
    kind: Kind
    accumulation: Accumulation
    unit: str
    direction: Direction
    level: str
    periodicity: Periodicity | None
    source: str
    method: str
    value_source: ValueSource
    formula: str | None
    series: str | None
    levels: list[LevelOut] | None
    dimensions: list[Dimension]
    edition: int
    valid_from: date


class DefinitionOut(DefinitionContent):
    """An indicator in its newest edition."""

    code: str
    version: int


class EditionOut(DefinitionContent):
    reason: str
    bridge: BridgeKind | None
    bridge_factor: DecimalText | None
    bridge_offset: DecimalText | None
    actor_affiliation: str
    at: datetime


class DefinitionDetail(ApiModel):
    code: str
    version: int
    editions: list[EditionOut]


class DefinitionList(ApiModel):
    items: list[DefinitionOut]
    next: str | None


class DefinitionState(ApiModel):
    """What a change left behind."""

    code: str
    version: int
    edition: int
    valid_from: date

    @classmethod
    def of(cls, definition: Definition) -> "DefinitionState":
        newest = definition.newest
        return cls(
            code=definition.code,
            version=definition.version,
            edition=newest.edition,
            valid_from=newest.valid_from,
        )


class PartOut(ApiModel):
    code: str
    cs: str
    en: str


class DimensionOut(ApiModel):
    """By what values are broken down, and into which parts."""

    dimension: Dimension
    parts: list[PartOut]

    @classmethod
    def of(cls, dimension: Dimension, parts: Iterable[Part]) -> "DimensionOut":
        return cls(
            dimension=dimension, parts=[PartOut(code=each.code, cs=each.cs, en=each.en) for each in parts]
        )
