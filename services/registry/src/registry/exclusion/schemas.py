"""JSON of methods, of computing, and of donors set by hand."""

from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.exclusion.definition import CODE, NUMBER, MethodJson, definition_of, method_of
from registry.exclusion.frame import Way
from registry.exclusion.intake import Choice
from registry.exclusion.method import Method
from registry.exclusion.use_cases import Recomputed
from registry.statistics.domain import CODE as SERIES_CODE
from shared.contracts.registry import IndexPublished
from shared.http import ApiModel, Count, LongText, Title

MethodCode = Annotated[str, StringConstraints(pattern=f"^{CODE}$")]
SeriesCode = Annotated[str, StringConstraints(pattern=f"^{SERIES_CODE}$")]
Number = Annotated[str, StringConstraints(pattern=f"^{NUMBER}$")]
Year = Annotated[Count, Field(ge=1990, le=2100)]
Points = Annotated[Count, Field(le=60)]
_Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
_BOUNDS = Field(
    description="Less than the first: 0 points; up to the second: 1; more: 2", examples=[["1.8", "2.5"]]
)


class IndicatorModel(ApiModel):
    """What is counted in which population; series by their codes.

    `parts`: the numerator counts in 1/parts, 12 for the average of twelve months. `inheritable`: a
    municipality to which it does not apply takes over the points of another.
    """

    code: SeriesCode
    name_cs: Title
    name_en: Title
    numerator: SeriesCode
    denominator: SeriesCode
    parts: Annotated[Count, Field(ge=1, le=1000)]
    inheritable: Annotated[bool, Field(strict=True)]
    absolute: _Pair = _BOUNDS
    share: _Pair = _BOUNDS
    quotient: _Pair = _BOUNDS


class BandModel(ApiModel):
    number: Annotated[Count, Field(ge=1, le=9)]
    lowest: Points
    highest: Points
    name_cs: Title
    name_en: Title


class MethodModel(ApiModel):
    """A version of the method. Decimals and fractions are text: `"2.1"`, `"1/3"`."""

    code: MethodCode
    name_cs: Title
    name_en: Title
    source: Title
    first_year: Year
    last_year: Year | None
    state_weight: Number
    region_weight: Number
    indicators: Annotated[list[IndicatorModel], Field(min_length=1, max_length=10)]
    bands: Annotated[list[BandModel], Field(min_length=1, max_length=9)]

    def method(self) -> Method:
        """Raise why it cannot be a method."""
        return method_of(cast(MethodJson, self.model_dump()))

    @classmethod
    def of(cls, method: Method) -> "MethodModel":
        return cls.model_validate(definition_of(method))


class MethodOut(ApiModel):
    """A method as it was enacted. The same rule has the same digest."""

    definition: MethodModel
    digest: str
    enacted_at: datetime


class BandCountOut(ApiModel):
    """Band 0 is an Index that cannot be told."""

    band: int
    municipalities: int


class PublishedOut(ApiModel):
    """An edition of the Index that is new; `version` counts the publications of that year and method."""

    edition_id: UUID
    version: int
    method: str
    year: int
    municipalities: int
    bands: list[BandCountOut]
    digest: str = Field(description="SHA-256 of the results")

    @classmethod
    def of(cls, event: IndexPublished) -> "PublishedOut":
        return cls(
            edition_id=event.edition_id,
            version=event.version,
            method=event.method,
            year=event.year,
            municipalities=event.municipalities,
            bands=[BandCountOut(band=each.band, municipalities=each.municipalities) for each in event.bands],
            digest=event.digest,
        )


class RecomputeIn(ApiModel):
    """Which years by which methods; left out: all that have figures."""

    years: Annotated[list[Year], Field(min_length=1, max_length=50)] | None = None
    methods: Annotated[list[MethodCode], Field(min_length=1, max_length=20)] | None = None


class RecomputedOut(ApiModel):
    published: list[PublishedOut]
    unchanged: int = Field(description="Editions that came out as they were")

    @classmethod
    def of(cls, done: Recomputed) -> "RecomputedOut":
        return cls(published=[PublishedOut.of(each) for each in done.published], unchanged=done.unchanged)


class DonorIn(ApiModel):
    """From whom a municipality takes its points over, from a data year on."""

    unit_id: UUID
    donor_id: UUID | None = Field(description="null: the nearest one again")
    from_year: Year
    way: Literal[Way.CHOSEN, Way.IMPORTED] = Way.CHOSEN
    reason: Annotated[LongText, Field(min_length=1)]

    def choice(self) -> Choice:
        return Choice(unit_id=self.unit_id, from_year=self.from_year, donor_id=self.donor_id, way=self.way)
