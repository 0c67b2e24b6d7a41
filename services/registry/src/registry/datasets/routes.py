"""HTTP of open data: datasets in four formats with their schema, and the catalogue."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import IO, Annotated, Final

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import Field, StringConstraints

from registry.datasets import csvw, dcat, repository, use_cases
from registry.datasets.catalogue import DATASETS, dataset_of
from registry.datasets.domain import MEDIA_TYPES, Asked, Dialect, Format
from registry.datasets.schemas import DatasetList, DatasetOut
from registry.datasets.use_cases import Wanted
from registry.exclusion.schemas import MethodCode
from shared.http import Day, InDigits, Reads, Tx, public, router

datasets = router("/datasets", tag="open data")
catalogue = router("/catalogue.jsonld", tag="open data")

_CHUNK: Final = 256 * 1024
DatasetId = Annotated[str, StringConstraints(max_length=40)]
SeriesCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,39}$")]


class Csv(StreamingResponse):
    media_type = MEDIA_TYPES[Format.CSV]


class Xlsx(StreamingResponse):
    media_type = MEDIA_TYPES[Format.XLSX]


class Parquet(StreamingResponse):
    media_type = MEDIA_TYPES[Format.PARQUET]


class Ndjson(StreamingResponse):
    media_type = MEDIA_TYPES[Format.NDJSON]


_ANSWERS: Final = {
    Format.CSV: Csv,
    Format.XLSX: Xlsx,
    Format.PARQUET: Parquet,
    Format.NDJSON: Ndjson,
}


class _Document(JSONResponse):
    """JSON with readable Czech; made of what is already a document."""

    def render(self, content: object) -> bytes:
        return json.dumps(content, ensure_ascii=False, indent=2).encode()


class JsonLd(_Document):
    media_type = "application/ld+json"


class Schema(_Document):
    media_type = "application/csvm+json"


async def _asked(
    year: Annotated[
        int | None, Field(ge=1990, le=2100), InDigits, Query(description="Data year; all of them if left out")
    ] = None,
    method: Annotated[
        MethodCode | None, Query(description="Of the Index; the one that applies to each year")
    ] = None,
    series: Annotated[SeriesCode | None, Query(description="Code of what is counted")] = None,
    vintage: Annotated[
        int | None,
        Field(ge=1, le=2_147_483_647),
        InDigits,
        Query(description="A certain edition; what is in force if left out"),
    ] = None,
    as_of: Annotated[Day | None, Query(description="As it was on this day")] = None,
) -> Asked:
    return Asked(year=year, method=method, series=series, vintage=vintage, as_of=as_of)


Question = Annotated[Asked, Depends(_asked)]


@datasets.get("", response_model=DatasetList, dependencies=[public()])
async def list_datasets(reads: Reads, request: Request) -> DatasetList:
    """List what is open: columns, terms, addresses of all formats, risks of publication."""
    found = await repository.coverages(reads)
    base = _base(request)
    return DatasetList(items=[DatasetOut.of(each, found.get(each.id), base) for each in DATASETS.values()])


@datasets.get("/{dataset_id}.csv", response_class=Csv, response_model=None, dependencies=[public()])
async def download_csv(
    tx: Tx,
    request: Request,
    dataset_id: DatasetId,
    asked: Question,
    dialect: Annotated[
        Dialect, Query(description="excel: byte-order mark, semicolons, decimal commas, Czech headings")
    ] = Dialect.MACHINE,
) -> Response:
    """Give UTF-8 CSV (RFC 4180) as its schema describes it, or what Czech spreadsheets open at once."""
    return await _file(tx, request, dataset_id, asked, Wanted(form=Format.CSV, dialect=dialect))


@datasets.get("/{dataset_id}.xlsx", response_class=Xlsx, response_model=None, dependencies=[public()])
async def download_xlsx(tx: Tx, request: Request, dataset_id: DatasetId, asked: Question) -> Response:
    """Give a workbook: data with Czech headings, and a sheet on the dataset; large ones year by year."""
    return await _file(tx, request, dataset_id, asked, Wanted(form=Format.XLSX))


@datasets.get("/{dataset_id}.parquet", response_class=Parquet, response_model=None, dependencies=[public()])
async def download_parquet(tx: Tx, request: Request, dataset_id: DatasetId, asked: Question) -> Response:
    return await _file(tx, request, dataset_id, asked, Wanted(form=Format.PARQUET))


@datasets.get("/{dataset_id}.ndjson", response_class=Ndjson, response_model=None, dependencies=[public()])
async def download_ndjson(tx: Tx, request: Request, dataset_id: DatasetId, asked: Question) -> Response:
    """Give an object a line; decimals are text, as everywhere in this API."""
    return await _file(tx, request, dataset_id, asked, Wanted(form=Format.NDJSON))


@datasets.get(
    "/{dataset_id}/schema.json", response_class=Schema, response_model=None, dependencies=[public()]
)
async def get_dataset_schema(request: Request, dataset_id: DatasetId) -> Response:
    """Describe the CSV by CSV on the Web (W3C): names, titles, datatypes, key."""
    dataset, base = dataset_of(dataset_id), _base(request)
    address = dcat.address_of(dataset, Format.CSV, base, None)
    return _document(request, Schema(csvw.schema_of(dataset, address)))


@datasets.get(
    "/{dataset_id}/dcat.jsonld", response_class=JsonLd, response_model=None, dependencies=[public()]
)
async def get_dataset_record(reads: Reads, request: Request, dataset_id: DatasetId) -> Response:
    """Give the record of DCAT-AP-CZ that the national catalogue harvests."""
    dataset = dataset_of(dataset_id)
    found = await repository.coverages(reads)
    return _document(request, JsonLd(dcat.record_of(dataset, found.get(dataset.id), _base(request))))


@datasets.get("/{dataset_id}", response_model=DatasetOut, dependencies=[public()])
async def get_dataset(reads: Reads, request: Request, dataset_id: DatasetId) -> DatasetOut:
    dataset = dataset_of(dataset_id)
    found = await repository.coverages(reads)
    return DatasetOut.of(dataset, found.get(dataset.id), _base(request))


@catalogue.get("", response_class=JsonLd, response_model=None, dependencies=[public()])
async def get_catalogue(request: Request) -> Response:
    """Give the local catalogue (LKOD) by which the national one finds our datasets."""
    return _document(request, JsonLd(dcat.catalogue_of(DATASETS.values(), _base(request))))


async def _file(tx: Tx, request: Request, dataset_id: str, asked: Asked, wanted: Wanted) -> Response:
    dataset = dataset_of(dataset_id)
    made = await use_cases.make(tx, dataset, asked, wanted, known=_known(request))
    headers = _headers(made.tag)
    if made.content is None:
        return Response(status_code=304, headers=headers)
    parts = (dataset.id, *asked.given().values(), *(["excel"] if wanted.dialect is Dialect.EXCEL else []))
    name = f"pospolu-{'-'.join(parts)}.{wanted.form.value}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    headers["Content-Length"] = str(made.size)
    return _ANSWERS[wanted.form](_chunks(made.content), headers=headers)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        content.seek(0)
        while chunk := content.read(_CHUNK):
            yield chunk


def _document(request: Request, answer: Response) -> Response:
    """Return the document with its digest as ETag; 304 where the caller has it."""
    headers = _headers(f'"{hashlib.sha256(bytes(answer.body)).hexdigest()}"')
    if headers["ETag"] in _known(request):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "public, no-cache"}


def _known(request: Request) -> frozenset[str]:
    given: Mapping[str, str] = request.headers
    return frozenset(tag.strip() for tag in given.get("if-none-match", "").split(","))


def _base(request: Request) -> str:
    """Return the address of this service as the caller knows it, the prefix of a gateway included."""
    address = request.url
    return f"{address.scheme}://{address.netloc}{request.scope.get('root_path', '')}"
