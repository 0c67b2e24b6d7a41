"""JSON of methods side by side."""

from uuid import UUID

from registry.bridge.domain import Result, Step
from shared.http import ApiModel, DecimalText


class ResultByMethod(ApiModel):
    """The Index by one method; `points`: a digit an indicator of the method, `-` where not known.

    `applies`: this is the method that belongs to the year.
    """

    year: int
    method: str
    computation_id: int
    index: int | None
    band: int | None
    points: str
    applies: bool


class YearByMethods(ApiModel):
    """One year by all methods that computed it; differences against the one that belongs to it."""

    year: int
    results: list[ResultByMethod]
    differences: dict[str, int | None]

    @classmethod
    def of(cls, year: int, results: list[Result]) -> "YearByMethods":
        own = next((each.index for each in results if each.applies), None)
        return cls(
            year=year,
            results=[ResultByMethod.model_validate(each) for each in results],
            differences={
                each.method: each.index - own if each.index is not None and own is not None else None
                for each in results
                if not each.applies
            },
        )


class SeriesStep(ApiModel):
    """A year of the series; at a break the years before and after it are not directly comparable."""

    year: int
    method: str
    index: int | None
    band: int | None
    break_before: bool
    break_cs: str | None
    break_en: str | None

    @classmethod
    def of(cls, step: Step) -> "SeriesStep":
        return cls(
            year=step.result.year,
            method=step.result.method,
            index=step.result.index,
            band=step.result.band,
            break_before=step.break_before,
            break_cs=step.break_cs,
            break_en=step.break_en,
        )


class MethodsOfUnitOut(ApiModel):
    unit_id: UUID
    years: list[YearByMethods]
    series: list[SeriesStep]


class MethodBand(ApiModel):
    number: int
    lowest: int
    highest: int
    name_cs: str
    name_en: str


class DifferenceCount(ApiModel):
    """So many municipalities have an Index higher by `difference` by the second method."""

    difference: int
    municipalities: int


class MethodComparison(ApiModel):
    """`shifts`: a row for each band of the first method, a column for each of the second.

    `mean_difference`: second less first, plain mean of municipalities with both, rounded to two places.
    """

    first: str
    second: str
    year: int
    common_years: list[int]
    first_computation_id: int
    second_computation_id: int
    first_bands: list[MethodBand]
    second_bands: list[MethodBand]
    municipalities: int
    unknown: int
    lower: int
    unchanged: int
    higher: int
    band_changed: int
    mean_difference: DecimalText | None
    shifts: list[list[int]]
    differences: list[DifferenceCount]
    note_cs: str
    note_en: str


class ComparedMunicipality(ApiModel):
    """Both results of one municipality, its size beside them; difference is second less first."""

    unit_id: UUID
    code: str
    name: str
    population_15_plus: int | None
    first_index: int | None
    second_index: int | None
    first_band: int | None
    second_band: int | None
    difference: int | None


class ComparedList(ApiModel):
    items: list[ComparedMunicipality]
    next: str | None
