"""An average as JSON with all that it stands on: of it answers and confirmations are made."""

from decimal import Decimal
from typing import TypedDict

from registry.averages.domain import (
    Asked,
    Average,
    EditionUsed,
    Municipality,
    Value,
    YearlyMean,
    breaks,
    half_up,
)
from registry.averages.wording import WORDS, break_cs, break_en, fraction_text


class AveragingJson(TypedDict):
    code: str
    name_cs: str
    name_en: str
    formula_cs: str
    formula_en: str


class MunicipalityJson(TypedDict):
    unit_id: str
    code: str
    name: str


class EditionJson(TypedDict):
    year: int
    computation_id: int
    method: str
    inputs_digest: str
    results_digest: str


class BreakJson(TypedDict):
    year: int
    cs: str
    en: str


class ValueJson(TypedDict):
    unit_id: str
    year: int
    index: int | None
    population_15_plus: int | None


class YearlyJson(TypedDict):
    year: int
    municipalities: int
    exact: str | None
    rounded: str | None


class AverageJson(TypedDict):
    averaging: AveragingJson
    set_on: str
    municipalities: list[MunicipalityJson]
    years: list[int]
    editions: list[EditionJson]
    breaks: list[BreakJson]
    missing: str
    values: list[ValueJson]
    left_out: list[ValueJson]
    yearly: list[YearlyJson]
    exact: str
    rounded: str
    threshold: str
    reaches_threshold: bool


def report_of(
    average: Average, asked: Asked, editions: list[EditionUsed], *, threshold: Decimal
) -> AverageJson:
    """Return texts, whole numbers and lists, no floats. The verdict is on the exact value."""
    words = WORDS[average.averaging]
    return AverageJson(
        averaging=AveragingJson(
            code=average.averaging.value,
            name_cs=words.cs,
            name_en=words.en,
            formula_cs=words.formula_cs,
            formula_en=words.formula_en,
        ),
        set_on=asked.set_on.isoformat(),
        municipalities=[_municipality(each) for each in average.municipalities],
        years=sorted(asked.years),
        editions=[edition_json(each) for each in editions],
        breaks=[
            BreakJson(
                year=after.year,
                cs=break_cs(after.year, before.method, after.method),
                en=break_en(after.year, before.method, after.method),
            )
            for before, after in breaks(editions)
        ],
        missing=asked.missing.value,
        values=[_value(each) for each in average.used],
        left_out=[_value(each) for each in average.left_out],
        yearly=[yearly_json(each) for each in average.yearly],
        exact=fraction_text(average.exact),
        rounded=format(average.rounded, "f"),
        threshold=format(threshold, "f"),
        reaches_threshold=average.reaches(threshold),
    )


def edition_json(edition: EditionUsed) -> EditionJson:
    return EditionJson(
        year=edition.year,
        computation_id=edition.computation_id,
        method=edition.method,
        inputs_digest=edition.inputs_digest,
        results_digest=edition.results_digest,
    )


def yearly_json(mean: YearlyMean) -> YearlyJson:
    return YearlyJson(
        year=mean.year,
        municipalities=mean.municipalities,
        exact=fraction_text(mean.exact) if mean.exact is not None else None,
        rounded=format(half_up(mean.exact), "f") if mean.exact is not None else None,
    )


def _municipality(municipality: Municipality) -> MunicipalityJson:
    return MunicipalityJson(unit_id=str(municipality.unit_id), code=municipality.code, name=municipality.name)


def _value(value: Value) -> ValueJson:
    return ValueJson(
        unit_id=str(value.municipality.unit_id),
        year=value.year,
        index=value.index,
        population_15_plus=value.population_15_plus,
    )
