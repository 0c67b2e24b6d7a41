"""Records of datasets as the national catalogue reads them (OFN, DCAT-AP-CZ)."""

from collections.abc import Collection, Iterator, Mapping
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

Json = dict[str, object]
CONTEXT: Final = (
    "https://ofn.gov.cz/rozhraní-katalogů-otevřených-dat/2021-01-11/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)
_EU: Final = "http://publications.europa.eu/resource/authority"
_IANA: Final = "http://www.iana.org/assignments/media-types"
_CONDITIONS: Final = "https://data.gov.cz/podmínky-užití"
_VOCABULARY: Final = "https://data.gov.cz/slovník/podmínky-užití"
_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_ZERO: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
_AUTHORITY: Final = "https://rpp-opendata.egon.gov.cz/odrpp/zdroj/orgán-veřejné-moci"
_FILE_TYPES: Final[Mapping[Format, str]] = {
    Format.CSV: "CSV",
    Format.XLSX: "XLSX",
    Format.PARQUET: "PARQUET",
    Format.NDJSON: "JSON",  # the list of the EU has none for lines of JSON; the media type tells
}
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


def catalogue_of(datasets: Collection[Dataset], base: str) -> Json:
    """Return the local catalogue: who keeps it, and the IRIs of its datasets."""
    return {
        "@context": CONTEXT,
        "iri": f"{base}/catalogue.jsonld",
        "typ": "Katalog",
        "název": _in_both(TITLE),
        "popis": _in_both(DESCRIPTION),
        "poskytovatel": f"{_AUTHORITY}/{PUBLISHER_ICO}",
        "kontaktní_bod": _contact(),
        "domovská_stránka": f"{base}/datasets",
        "datová_sada": [record_address(dataset, base) for dataset in datasets],
    }


def record_of(dataset: Dataset, coverage: Coverage | None, base: str) -> Json:
    """Return the record of a dataset with a distribution for each format."""
    return {
        "@context": CONTEXT,
        "iri": record_address(dataset, base),
        "typ": "Datová sada",
        "název": _in_both(dataset.title),
        "popis": _in_both(dataset.description),
        "poskytovatel": f"{_AUTHORITY}/{PUBLISHER_ICO}",
        "téma": [f"{_EU}/data-theme/{theme.value}" for theme in dataset.themes],
        "periodicita_aktualizace": f"{_EU}/frequency/{dataset.frequency.value}",
        "klíčové_slovo": {"cs": list(dataset.keywords)},
        "geografické_území": [f"{_EU}/country/CZE"],
        "prvek_rúian": ["https://linked.cuzk.cz/resource/ruian/stat/1"],
        **_time_of(dataset, coverage),
        "kontaktní_bod": _contact(),
        "dokumentace": f"{base}/datasets/{dataset.id}",
        "specifikace": [schema_address(dataset, base)],
        "distribuce": [_distribution(dataset, form, coverage, base) for form in Format],
    }


def _time_of(dataset: Dataset, coverage: Coverage | None) -> Json:
    told: Json = {}
    if coverage is not None and coverage.first_on is not None:
        interval = {"typ": "Časový interval", "začátek": coverage.first_on.isoformat()}
        if coverage.last_on is not None:
            interval["konec"] = coverage.last_on.isoformat()
        told["časové_pokrytí"] = interval
    if dataset.is_yearly:
        told["časové_rozlišení"] = "P1Y"
    return told


def _distribution(dataset: Dataset, form: Format, coverage: Coverage | None, base: str) -> Json:
    address = address_of(dataset, form, base, coverage)
    told: Json = {
        "iri": f"{record_address(dataset, base)}#{form.value}",
        "typ": "Distribuce",
        "název": _in_both(_FORMATS[form]),
        "podmínky_užití": dict(_terms(dataset)),
        "soubor_ke_stažení": address,
        "přístupové_url": address,
        "typ_média": f"{_IANA}/{MEDIA_TYPES[form]}",
        "formát": f"{_EU}/file-type/{_FILE_TYPES[form]}",
    }
    if form is Format.CSV:
        told["schéma"] = schema_address(dataset, base)
    return told


def _terms(dataset: Dataset) -> Iterator[tuple[str, object]]:
    yield "typ", "Specifikace podmínek užití"
    yield "autorské_dílo", f"{_CONDITIONS}/neobsahuje-autorská-díla/"
    if dataset.terms is Terms.ATTRIBUTED:
        yield "databáze_jako_autorské_dílo", _BY
        yield f"{_VOCABULARY}/autor-databáze", {"@value": dataset.source.cs, "@language": "cs"}
    else:
        yield "databáze_jako_autorské_dílo", f"{_CONDITIONS}/není-autorskoprávně-chráněnou-databází/"
    yield "databáze_chráněná_zvláštními_právy", _ZERO
    yield "osobní_údaje", f"{_CONDITIONS}/neobsahuje-osobní-údaje/"


def _contact() -> Json:
    return {"typ": "Organizace", "jméno": _in_both(PUBLISHER)}


def _in_both(words: Words) -> Json:
    return {"cs": words.cs, "en": words.en}
