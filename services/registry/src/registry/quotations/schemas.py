"""The JSON of what is cited. Values are decimals as text."""

from datetime import date
from uuid import UUID

from pydantic import Field

from registry.statistics.domain import Periodicity
from shared.http import ApiModel


class QuotedFigure(ApiModel):
    """A figure in one vintage; `in_force`: this vintage counts. A value not to be shown is null."""

    unit_id: UUID
    period: date
    vintage: int
    label: str
    value: str | None
    in_force: bool


class QuotedSeries(ApiModel):
    """`position` grows with every vintage of the series: a lower one is an older answer."""

    series: str
    name_cs: str
    name_en: str
    unit_of_measure: str
    periodicity: Periodicity
    position: int
    vintages: dict[int, str] = Field(description="SHA-256 of the content by the number of the vintage")
    points: list[QuotedFigure]


class QuotedEdition(ApiModel):
    method: str
    year: int
    version: int
    digest: str


class QuotedResult(ApiModel):
    """The Index of a unit in one year by one method; `vintage` is the version of that year."""

    unit_id: UUID
    year: int
    method: str
    vintage: int
    in_force: bool
    index: int | None
    band: int | None
    components: dict[str, int | None] = Field(description="Points by the method's indicators")


class QuotedIndex(ApiModel):
    """`position` grows with every publication of whatever year: a lower one is an older answer."""

    position: int
    editions: list[QuotedEdition]
    points: list[QuotedResult]
