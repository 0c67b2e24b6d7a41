"""Records of datasets as the national catalogue reads them (OFN, DCAT-AP-CZ)."""

from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlencode

from registry.datasets.catalogue import DESCRIPTION, PUBLISHER, PUBLISHER_ICO, TITLE
from registry.datasets.domain import (
    MEDIA_TYPES,
    Coverage,
    Dataset,
    Filter,
    Format,
    Terms,
    Words,
)
from shared import dcat

_FILE_TYPES: Final[Mapping[Format, str]] = {
    Format.CSV: "CSV",
    Format.XLSX: "XLSX",
    Format.PARQUET: "PARQUET",
    Format.NDJSON: "JSON",  # the list of the EU has none for lines of JSON; the media type tells
}
_PUBLISHER: Final = dcat.Publisher(ico=PUBLISHER_ICO, cs=PUBLISHER.cs, en=PUBLISHER.en)
_FORMATS: Final[Mapping[Format, Words]] = {
    Format.CSV: Words(cs="CSV (UTF-8, čárka)", en="CSV (UTF-8, comma)"),
    Format.XLSX: Words(cs="Sešit XLSX", en="XLSX workbook"),
    Format.PARQUET: Words(cs="Apache Parquet", en="Apache Parquet"),
    Format.NDJSON: Words(cs="Řádky JSON (NDJSON)", en="Lines of JSON (NDJSON)"),
}


def address_of(dataset: Dataset, form: Format, base: str, coverage: Coverage | None) -> str:
    """Return where the dataset can be had whole; a workbook of a yearly one holds the newest year."""
    address = f"{base}/datasets/{dataset.id}.{form.value}"
    if form is Format.XLSX and dataset.is_yearly and coverage is not None and coverage.last_on is not None:
        return f"{address}?{urlencode({Filter.YEAR.value: coverage.last_on.year})}"
    return address


def schema_address(dataset: Dataset, base: str) -> str:
    return f"{base}/datasets/{dataset.id}/schema.json"


def record_address(dataset: Dataset, base: str) -> str:
    """Return the IRI of a dataset: where its record is."""
    return f"{base}/datasets/{dataset.id}/dcat.jsonld"


def catalogue_of(datasets: Collection[Dataset], base: str) -> dcat.Json:
    """Return the local catalogue: who keeps it, and the IRIs of its datasets."""
    return dcat.catalogue(
        f"{base}/catalogue.jsonld",
        publisher=_PUBLISHER,
        homepage=f"{base}/datasets",
        about={"název": _in_both(TITLE), "popis": _in_both(DESCRIPTION)},
        datasets=[record_address(dataset, base) for dataset in datasets],
    )


def record_of(dataset: Dataset, coverage: Coverage | None, base: str) -> dcat.Json:
    """Return the record of a dataset with a distribution for each format."""
    about = dcat.About(
        title=_in_both(dataset.title),
        description=_in_both(dataset.description),
        themes=[theme.value for theme in dataset.themes],
        frequency=dataset.frequency.value,
        keywords=dataset.keywords,
        documentation=f"{base}/datasets/{dataset.id}",
        specification=schema_address(dataset, base),
    )
    return dcat.record(
        record_address(dataset, base),
        publisher=_PUBLISHER,
        about=about,
        time=_time_of(dataset, coverage),
        distributions=[_distribution(dataset, form, coverage, base) for form in Format],
    )


def _time_of(dataset: Dataset, coverage: Coverage | None) -> dcat.Json:
    told: dcat.Json = {}
    if coverage is not None and coverage.first_on is not None:
        interval = {"typ": "Časový interval", "začátek": coverage.first_on.isoformat()}
        if coverage.last_on is not None:
            interval["konec"] = coverage.last_on.isoformat()
        told["časové_pokrytí"] = interval
    if dataset.is_yearly:
        told["časové_rozlišení"] = "P1Y"
    return told


def _distribution(dataset: Dataset, form: Format, coverage: Coverage | None, base: str) -> dcat.Json:
    told = dcat.distribution(
        f"{record_address(dataset, base)}#{form.value}",
        file=address_of(dataset, form, base, coverage),
        title=_in_both(_FORMATS[form]),
        media_type=MEDIA_TYPES[form],
        file_type=_FILE_TYPES[form],
        terms=dcat.terms_of_use(dataset.source.cs if dataset.terms is Terms.ATTRIBUTED else None),
    )
    if form is Format.CSV:
        told["schéma"] = schema_address(dataset, base)
    return told


def _in_both(words: Words) -> dcat.Json:
    return dcat.in_both(words.cs, words.en)
