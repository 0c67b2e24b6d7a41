"""JSON of the list of datasets."""

from datetime import date

from registry.datasets.catalogue import NO_MEASURE, RISKS
from registry.datasets.dcat import address_of, record_address, schema_address
from registry.datasets.domain import (
    MEDIA_TYPES,
    Column,
    Coverage,
    Dataset,
    Filter,
    Format,
    Frequency,
    Kind,
    Risk,
    Terms,
    Theme,
)
from shared.http import ApiModel


class ColumnOut(ApiModel):
    name: str
    kind: Kind
    title_cs: str
    title_en: str
    unit: str | None
    required: bool

    @classmethod
    def of(cls, column: Column) -> "ColumnOut":
        return cls(
            name=column.name,
            kind=column.kind,
            title_cs=column.title.cs,
            title_en=column.title.en,
            unit=column.unit,
            required=column.required,
        )


class DistributionOut(ApiModel):
    format: Format
    media_type: str
    address: str


class RiskOut(ApiModel):
    """A risk of the publication: 0 none, 1 low, 2 middle, 3 grave; and what is done against it."""

    risk: Risk
    score: int
    name_cs: str
    name_en: str
    measure_cs: str
    measure_en: str


class DatasetOut(ApiModel):
    """A dataset; `first_on` and `last_on` are the days it spans, null where there is no such day."""

    id: str
    title_cs: str
    title_en: str
    description_cs: str
    description_en: str
    themes: list[Theme]
    frequency: Frequency
    keywords_cs: list[str]
    terms: Terms
    source_cs: str
    source_en: str
    filters: list[Filter]
    first_on: date | None
    last_on: date | None
    columns: list[ColumnOut]
    key: list[str]
    distributions: list[DistributionOut]
    schema_address: str
    record_address: str
    risks: list[RiskOut]

    @classmethod
    def of(cls, dataset: Dataset, coverage: Coverage | None, base: str) -> "DatasetOut":
        return cls(
            id=dataset.id,
            title_cs=dataset.title.cs,
            title_en=dataset.title.en,
            description_cs=dataset.description.cs,
            description_en=dataset.description.en,
            themes=list(dataset.themes),
            frequency=dataset.frequency,
            keywords_cs=list(dataset.keywords),
            terms=dataset.terms,
            source_cs=dataset.source.cs,
            source_en=dataset.source.en,
            filters=[each for each in Filter if each in dataset.filters],
            first_on=coverage.first_on if coverage else None,
            last_on=coverage.last_on if coverage else None,
            columns=[ColumnOut.of(column) for column in dataset.columns],
            key=list(dataset.key),
            distributions=[
                DistributionOut(
                    format=form,
                    media_type=MEDIA_TYPES[form],
                    address=address_of(dataset, form, base, coverage),
                )
                for form in Format
            ],
            schema_address=schema_address(dataset, base),
            record_address=record_address(dataset, base),
            risks=_risks(dataset),
        )


class DatasetList(ApiModel):
    items: list[DatasetOut]


def _risks(dataset: Dataset) -> list[RiskOut]:
    found = []
    for risk, (name, measure) in RISKS.items():
        score = dataset.risks.get(risk, 0)
        done = measure if score else NO_MEASURE
        found.append(
            RiskOut(
                risk=risk,
                score=score,
                name_cs=name.cs,
                name_en=name.en,
                measure_cs=done.cs,
                measure_en=done.en,
            )
        )
    return found
