"""JSON of statistics. Values are decimals as text."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.statistics.domain import (
    CODE,
    FindingKind,
    Periodicity,
    Series,
    Source,
)
from shared.http import ApiModel, LongText, ShortText, Storable, Title

Code = Annotated[str, StringConstraints(pattern=f"^{CODE}$"), Storable]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500), Storable]
Threshold = Annotated[int, Field(strict=True, ge=2, le=100)]
Definition = Annotated[LongText, Field(min_length=1)]


class SourceIn(ApiModel):
    """A publisher's data. Counts from 1 to `suppress_below` − 1 of it are never shown."""

    code: Code = Field(examples=["SVL-2026"])
    name_cs: Title
    name_en: Title
    publisher: Title
    licence: Title = Field(examples=["CC BY 4.0"])
    url: Address | None = None
    suppress_below: Threshold | None = Field(default=None, examples=[5])
    in_parts: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Whether an edition may bring some units only"
    )

    def source(self) -> Source:
        return Source(**self.model_dump())


class SourceOut(ApiModel):
    code: str
    name_cs: str
    name_en: str
    publisher: str
    licence: str
    url: str | None
    suppress_below: int | None
    in_parts: bool

    @classmethod
    def of(cls, source: Source) -> "SourceOut":
        return cls.model_validate(source)


class SourceList(ApiModel):
    items: list[SourceOut]
    next: str | None


class SeriesIn(ApiModel):
    """What is counted: a new series needs no new release of the software."""

    code: Code = Field(examples=["SVL-FLATS"])
    name_cs: Title
    name_en: Title
    definition_cs: Definition
    definition_en: Definition
    unit_of_measure: Annotated[ShortText, Field(min_length=1, examples=["flat"])]
    periodicity: Periodicity
    source: Code
    denominator: Code | None = Field(default=None, description="The series that this is a part of")

    def series(self) -> Series:
        return Series(**self.model_dump())


class SeriesOut(ApiModel):
    code: str
    name_cs: str
    name_en: str
    definition_cs: str
    definition_en: str
    unit_of_measure: str
    periodicity: Periodicity
    source: str
    denominator: str | None

    @classmethod
    def of(cls, series: Series) -> "SeriesOut":
        return cls.model_validate(series)


class SeriesList(ApiModel):
    items: list[SeriesOut]
    next: str | None


class VintageOut(ApiModel):
    """An edition of a source as it came. The same content again is the same vintage."""

    id: int
    source: str
    label: str
    published_on: date | None
    licence: str
    note: str
    content_digest: str
    file_name: str | None
    file_digest: str
    figure_count: int
    finding_count: int
    imported_by: str
    imported_at: datetime


class VintageList(ApiModel):
    items: list[VintageOut]
    next: str | None


class FindingOut(ApiModel):
    """What a check on arrival noticed. Nothing was refused for it, somebody should look."""

    number: int
    kind: FindingKind
    series: str
    period: date
    unit_id: UUID | None
    unit_name: str | None
    facts: dict[str, str]


class FindingList(ApiModel):
    items: list[FindingOut]
    next: str | None


ShownStatus = Literal["given", "confidential", "not-applicable", "suppressed"]


class FigureOut(ApiModel):
    """A figure with where it is from. A suppressed one has no value; `shown` tells what may be known."""

    series: str
    period: date = Field(description="First day of the period")
    unit_id: UUID
    unit_code: str | None
    unit_name: str
    value: str | None
    status: ShownStatus
    shown: str | None = Field(examples=["< 5"])
    note: str | None
    vintage_id: int
    vintage: str
    source: str
    licence: str
    published_on: date | None
    imported_at: datetime


class FigureList(ApiModel):
    items: list[FigureOut]
    next: str | None


class PointOut(ApiModel):
    """`revised`: an earlier vintage told another value."""

    period: date
    value: str | None
    status: ShownStatus
    shown: str | None
    note: str | None
    revised: bool
    vintage_id: int
    vintage: str
    source: str
    licence: str


class TimeSeriesOut(ApiModel):
    unit_id: UUID
    series: str
    name_cs: str
    name_en: str
    unit_of_measure: str
    periodicity: Periodicity
    points: list[PointOut]
