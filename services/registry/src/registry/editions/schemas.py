"""JSON of editions, results and donors."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from registry.exclusion.frame import Way
from shared.http import ApiModel


class MethodSummary(ApiModel):
    code: str
    name_cs: str
    name_en: str
    first_year: int
    last_year: int | None
    digest: str
    enacted_at: datetime


class MethodList(ApiModel):
    items: list[MethodSummary]
    next: str | None


class EditionBand(ApiModel):
    """Band 0 is an Index that cannot be told."""

    band: int
    municipalities: int


class EditionOut(ApiModel):
    """The Index of a year by a method as it was published last.

    `is_in_force`: the method is the one that applies to the year. `break_before`: the edition in force of
    the year before is by another method, the two years are not comparable. `vintages`: from which editions
    of statistics the figures are, by series.
    """

    year: int
    method: str
    is_in_force: bool
    break_before: bool
    version: int
    published_at: datetime
    municipalities: int
    bands: list[EditionBand]
    vintages: dict[str, list[int]]
    inputs_digest: str
    results_digest: str


class EditionList(ApiModel):
    items: list[EditionOut]


class SizeClassOut(ApiModel):
    """Inhabitants aged 15 or more: never rank municipalities by the Index without it."""

    lowest: int
    highest: int | None


class DonorOut(ApiModel):
    unit_id: UUID
    code: str | None
    name: str | None
    distance_m: str | None = Field(description="Metres in S-JTSK, to the centimetre")


class ResultOut(ApiModel):
    """The Index of a municipality; `points` in the order of the method's indicators, null is not known."""

    unit_id: UUID
    code: str
    name: str
    region_id: UUID
    year: int
    method: str
    index: int | None
    band: int | None
    points: list[int | None]
    population_15_plus: int | None
    size_class: SizeClassOut | None
    way: Way = Field(description="How the points came about that may be taken over")
    donor: DonorOut | None
    published_index: int | None


class ResultList(ApiModel):
    items: list[ResultOut]
    next: str | None


class YearOut(ResultOut):
    """The Index of one municipality in one year by one method."""

    version: int
    is_in_force: bool
    break_before: bool


class UnitIndexOut(ApiModel):
    """All years and methods of one municipality; empty where nothing is computed yet."""

    items: list[YearOut]


class HeirOut(ApiModel):
    """`chosen_donor_id` was set by hand; where it is not the donor it had no data of its own that year."""

    unit_id: UUID
    code: str
    name: str
    year: int
    method: str
    way: Way
    donor: DonorOut | None
    chosen_donor_id: UUID | None
    reason: str | None


class HeirList(ApiModel):
    items: list[HeirOut]
    next: str | None
