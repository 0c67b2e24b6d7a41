"""HTTP of open data: datasets whole, their schema, their records, the catalogue."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from documents.answering import CsvSchema, JsonLd, base_of, conditional
from documents.catalogue import open_data, repository
from documents.catalogue.domain import DATASETS, Dialect, Form, dataset_of
from documents.catalogue.schemas import DatasetList, DatasetOut
from shared.http import Csv, Tx, public, router

datasets = router("/datasets", tag="open data")
catalogue = router("/catalogue.jsonld", tag="open data")

DatasetId = Annotated[str, StringConstraints(max_length=40)]


class Ndjson(Response):
    media_type = "application/x-ndjson"


@datasets.get("", dependencies=[public()])
async def list_datasets() -> DatasetList:
    """List what is open: columns and descriptions."""
    return DatasetList(items=tuple(DatasetOut.model_validate(each) for each in DATASETS.values()))


@datasets.get("/{dataset_id}.csv", response_class=Csv, response_model=None, dependencies=[public()])
async def download_csv(
    tx: Tx,
    request: Request,
    dataset_id: DatasetId,
    dialect: Annotated[
        Dialect,
        Query(description="excel: byte-order mark, semicolons, Czech headings, no text that is a formula"),
    ] = Dialect.MACHINE,
) -> Response:
    """Give UTF-8 CSV as its schema describes it to the letter, or what Czech spreadsheets open safely."""
    dataset = dataset_of(dataset_id)
    if dialect is Dialect.EXCEL:
        return conditional(request, Csv(await repository.spreadsheet_of(tx.session, dataset)))
    return conditional(request, Csv(await repository.rows_of(tx.session, dataset, Form.CSV)))


@datasets.get("/{dataset_id}.ndjson", response_class=Ndjson, response_model=None, dependencies=[public()])
async def download_ndjson(tx: Tx, request: Request, dataset_id: DatasetId) -> Response:
    """Give an object a line."""
    rows = await repository.rows_of(tx.session, dataset_of(dataset_id), Form.NDJSON)
    return conditional(request, Ndjson(rows))


@datasets.get(
    "/{dataset_id}/schema.json", response_class=CsvSchema, response_model=None, dependencies=[public()]
)
async def get_dataset_schema(request: Request, dataset_id: DatasetId) -> Response:
    """Describe the CSV by CSV on the Web (W3C)."""
    schema = open_data.schema_of(dataset_of(dataset_id), base_of(request))
    return conditional(request, CsvSchema(schema))


@datasets.get(
    "/{dataset_id}/dcat.jsonld", response_class=JsonLd, response_model=None, dependencies=[public()]
)
async def get_dataset_record(request: Request, dataset_id: DatasetId) -> Response:
    """Give the record of DCAT-AP-CZ that the national catalogue harvests."""
    return conditional(request, JsonLd(open_data.record_of(dataset_of(dataset_id), base_of(request))))


@catalogue.get("", response_class=JsonLd, response_model=None, dependencies=[public()])
async def get_catalogue(request: Request) -> Response:
    """Give the local catalogue (LKOD) by which the national one finds our datasets."""
    return conditional(request, JsonLd(open_data.catalogue_of(base_of(request))))
