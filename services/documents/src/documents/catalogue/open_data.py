"""Records of our datasets (DCAT-AP-CZ) and the schema of their CSV (CSV on the Web)."""

from typing import Final

from documents.catalogue.domain import DATASETS, Column, Dataset, Form
from shared import dcat
from shared.dcat import Json

PUBLISHER: Final = dcat.Publisher(
    ico="66002222",
    cs="Ministerstvo pro místní rozvoj – Agentura pro sociální začleňování",
    en="Ministry of Regional Development – Agency for Social Inclusion",
)
_TITLE: Final = dcat.in_both("Otevřená data Pospolu: dokumenty", "Open data of Pospolu: documents")
_ABOUT: Final = dcat.in_both(
    "Zveřejněné dokumenty a veřejný záznam úředních aktů.",
    "Published documents and the public record of official acts.",
)
_FORMS: Final = {
    Form.CSV: ("text/csv", "CSV", dcat.in_both("CSV (UTF-8, čárka)", "CSV (UTF-8, comma)")),
    Form.NDJSON: (
        "application/x-ndjson",
        "JSON",
        dcat.in_both("Řádky JSON (NDJSON)", "Lines of JSON (NDJSON)"),
    ),
}


def catalogue_of(base: str) -> Json:
    """Return the local catalogue; `base` is the address of this service."""
    return dcat.catalogue(
        f"{base}/catalogue.jsonld",
        publisher=PUBLISHER,
        homepage=f"{base}/datasets",
        about={"název": _TITLE, "popis": _ABOUT},
        datasets=[_record_address(dataset, base) for dataset in DATASETS.values()],
    )


def record_of(dataset: Dataset, base: str) -> Json:
    about = dcat.About(
        title=dcat.in_both(dataset.cs, dataset.en),
        description=dcat.in_both(dataset.about_cs, dataset.about_en),
        themes=["GOVE", "SOCI"],
        frequency="UPDATE_CONT",
        keywords=dataset.keywords,
        documentation=f"{base}/datasets",
        specification=_schema_address(dataset, base),
    )
    return dcat.record(
        _record_address(dataset, base),
        publisher=PUBLISHER,
        about=about,
        time={},
        distributions=[_distribution(dataset, form, base) for form in Form],
    )


def schema_of(dataset: Dataset, base: str) -> Json:
    """Describe the CSV; the heading of a column is its name."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "cs"}],
        "url": _file_address(dataset, Form.CSV, base),
        "dc:title": _words(dataset.cs, dataset.en),
        "dc:description": _words(dataset.about_cs, dataset.about_en),
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {
            "columns": [_column(column) for column in dataset.columns],
            "primaryKey": list(dataset.key),
        },
    }


def _column(column: Column) -> Json:
    return {
        "name": column.name,
        "titles": {"cs": [column.cs, column.name], "en": [column.en, column.name]},
        "datatype": column.datatype,
        "required": column.required,
        "null": "",
    }


def _distribution(dataset: Dataset, form: Form, base: str) -> Json:
    media_type, file_type, title = _FORMS[form]
    told = dcat.distribution(
        f"{_record_address(dataset, base)}#{form.value}",
        file=_file_address(dataset, form, base),
        title=title,
        media_type=media_type,
        file_type=file_type,
        terms=dcat.terms_of_use(None),
    )
    return told | ({"schéma": _schema_address(dataset, base)} if form is Form.CSV else {})


def _file_address(dataset: Dataset, form: Form, base: str) -> str:
    return f"{base}/datasets/{dataset.id}.{form.value}"


def _record_address(dataset: Dataset, base: str) -> str:
    return f"{base}/datasets/{dataset.id}/dcat.jsonld"


def _schema_address(dataset: Dataset, base: str) -> str:
    return f"{base}/datasets/{dataset.id}/schema.json"


def _words(cs: str, en: str) -> list[Json]:
    return [{"@value": cs, "@language": "cs"}, {"@value": en, "@language": "en"}]
