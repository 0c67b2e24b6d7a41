"""The schema of a dataset's CSV (W3C CSV on the Web), for programs that check and convert it."""

from collections.abc import Mapping
from typing import Final

from registry.datasets.domain import Column, Dataset, Kind, Words

Json = Mapping[str, object]
_DATATYPES: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.DATE: "date",
    Kind.YEAR: "gYear",
    Kind.BOOLEAN: "boolean",
}


def schema_of(dataset: Dataset, address: str) -> Json:
    """Return the metadata document of the CSV at the address.

    The heading of a column is its name: it stands among the titles of both languages, by which a reader
    recognises the column.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "cs"}],
        "url": address,
        "dc:title": _in_both(dataset.title),
        "dc:description": _in_both(dataset.description),
        "dc:source": _in_both(dataset.source),
        "dcat:keyword": [{"@value": word, "@language": "cs"} for word in dataset.keywords],
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(column) for column in dataset.columns],
            "primaryKey": list(dataset.key),
        },
    }


def _column(column: Column) -> Json:
    described = {
        "name": column.name,
        "titles": {"cs": [column.title.cs, column.name], "en": [column.title.en, column.name]},
        "dc:description": _in_both(column.title),
        "datatype": {"base": _DATATYPES[column.kind]},
        "required": column.required,
        "null": "",
    }
    if column.unit is not None:
        described["schema:unitText"] = column.unit
    return described


def _in_both(words: Words) -> list[Json]:
    return [{"@value": words.cs, "@language": "cs"}, {"@value": words.en, "@language": "en"}]
