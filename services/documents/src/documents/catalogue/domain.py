"""The datasets of this service: what is published, and the public record."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.errors import NotFound


class DatasetUnknown(NotFound):
    cs = "Datovou sadu „{id}“ nevydáváme; seznam je na adrese /datasets."
    en = "There is no dataset “{id}”; see the list at /datasets."


class Form(StrEnum):
    CSV = "csv"
    NDJSON = "ndjson"


class Dialect(StrEnum):
    """Of a CSV: for machines, as its schema says to the letter; or as Czech spreadsheets open it at once.

    Spreadsheets run what begins as a formula: for them such a text gets an apostrophe, for machines not.
    """

    MACHINE = "machine"
    EXCEL = "excel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the CSV; `datatype` as in XML Schema, empty where it is not `required`."""

    name: str
    cs: str
    en: str
    datatype: str = "string"
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    id: str
    cs: str
    en: str
    about_cs: str
    about_en: str
    keywords: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]


DOCUMENTS: Final = Dataset(
    id="documents",
    cs="Zveřejněné dokumenty",
    en="Published documents",
    about_cs="Zveřejněné verze dokumentů o sociálním začleňování s metadaty, otiskem a adresou souboru.",
    about_en="Published versions of documents on social inclusion: metadata, digest and address of the file.",
    keywords=("dokumenty", "sociální začleňování", "strategické dokumenty"),
    columns=(
        Column(name="document_id", cs="Identifikátor dokumentu", en="Document"),
        Column(name="number", cs="Pořadí verze", en="Number of the version", datatype="integer"),
        Column(name="kind", cs="Druh (kód)", en="Kind (code)"),
        Column(name="title", cs="Název", en="Title"),
        Column(name="label", cs="Označení verze", en="Label of the version", required=False),
        Column(name="unit_codes", cs="Kódy územních celků", en="Codes of territorial units", required=False),
        Column(name="plan_id", cs="Identifikátor plánu", en="Plan", required=False),
        Column(name="reference_number", cs="Číslo jednací", en="Reference number", required=False),
        Column(name="approved_by", cs="Schválil", en="Approved by", required=False),
        Column(name="approved_on", cs="Schváleno dne", en="Approved on", datatype="date", required=False),
        Column(name="published_at", cs="Zveřejněno", en="Published at", datatype="dateTimeStamp"),
        Column(name="language", cs="Jazyk", en="Language"),
        Column(name="licence", cs="Licence", en="Licence", required=False),
        Column(name="media_type", cs="Typ souboru", en="Media type"),
        Column(name="size_bytes", cs="Velikost v bajtech", en="Size in bytes", datatype="integer"),
        Column(name="digest", cs="Otisk SHA-256", en="SHA-256 digest"),
        Column(name="path", cs="Cesta k souboru", en="Path of the file"),
    ),
    key=("document_id", "number"),
)
ACTS: Final = Dataset(
    id="acts",
    cs="Veřejný záznam úředních aktů",
    en="Public record of official acts",
    about_cs="Pořadí, druh, otisk a balíček každého úředního aktu; akty se ověří podepsanými balíčky.",
    about_en="Place, kind, digest and bundle of every official act; signed bundles prove them.",
    keywords=("úřední akty", "veřejný záznam", "transparentnost"),
    columns=(
        Column(name="position", cs="Pořadí", en="Position", datatype="integer"),
        Column(name="type", cs="Druh aktu", en="Kind of act", required=False),
        Column(name="subject_id", cs="Předmět", en="Subject", required=False),
        Column(name="received_at", cs="Přijato", en="Received at", datatype="dateTimeStamp"),
        Column(name="received_on", cs="Den přijetí", en="Received on", datatype="date"),
        Column(name="digest", cs="Otisk SHA-256", en="SHA-256 digest"),
        Column(
            name="bundle", cs="Číslo balíčku", en="Number of the bundle", datatype="integer", required=False
        ),
    ),
    key=("position",),
)
DATASETS: Final[Mapping[str, Dataset]] = {each.id: each for each in (DOCUMENTS, ACTS)}


def dataset_of(dataset_id: str) -> Dataset:
    """Return the dataset; raises `DatasetUnknown`."""
    found = DATASETS.get(dataset_id)
    if found is None:
        raise DatasetUnknown(id=dataset_id)
    return found
