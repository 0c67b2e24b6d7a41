"""Open data of documents: what is public, as its schema says, found by the national catalogue."""

import csv
import io
import json

import pytest

from documents.catalogue.domain import DATASETS
from shared import dcat
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.planning import PlanClosed
from tests.contracts.examples import EXAMPLES
from tests.support.published import MEMORANDUM, a_published_document
from tests.support.service import ServiceUnderTest


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda each: each.id)
async def test_the_rows_are_as_the_schema_and_the_record_say(
    documents: ServiceUnderTest, dataset: object
) -> None:
    name = dataset.id  # type: ignore[attr-defined]
    await a_published_document(documents, title="Memorandum; s „uvozovkami“, čárkou")
    await documents.hear(EXAMPLES[PlanClosed])
    await documents.hear(EXAMPLES[RecommendationIssued])
    async with documents.client() as client:
        table = await client.get(f"/datasets/{name}.csv")
        lines = await client.get(f"/datasets/{name}.ndjson")
        schema = (await client.get(f"/datasets/{name}/schema.json")).json()
        record = (await client.get(f"/datasets/{name}/dcat.jsonld")).json()
        catalogue = (await client.get("/catalogue.jsonld")).json()
        known = {"If-None-Match": table.headers["etag"]}
        assert (await client.get(f"/datasets/{name}.csv", headers=known)).status_code == 304
        assert (await client.get("/datasets/nic.csv")).status_code == 404
        assert len((await client.get("/datasets")).json()["items"]) == len(DATASETS)
    heads = [column["name"] for column in schema["tableSchema"]["columns"]]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    told = [json.loads(line) for line in lines.text.splitlines()]
    assert rows
    assert list(rows[0]) == heads
    assert [sorted(each) for each in told] == [sorted(heads)] * len(rows)
    assert [{k: "" if v is None else str(v) for k, v in each.items()} for each in told] == rows
    for column in schema["tableSchema"]["columns"]:
        assert not column["required"] or all(row[column["name"]] for row in rows), column["name"]
    assert record["iri"] in catalogue["datová_sada"]
    assert record["distribuce"][0]["soubor_ke_stažení"].endswith(f"/datasets/{name}.csv")
    assert record["distribuce"][0]["schéma"] == record["specifikace"][0]


async def test_what_is_not_public_is_in_no_dataset(documents: ServiceUnderTest) -> None:
    await a_published_document(documents, published=False)
    await documents.hear(EXAMPLES[RecommendationIssued])
    async with documents.client() as client:
        assert str(MEMORANDUM) not in (await client.get("/datasets/documents.csv")).text
        (act,) = csv.DictReader(io.StringIO((await client.get("/datasets/acts.csv")).text))
    assert (act["position"], act["type"], act["subject_id"]) == ("1", "", "")


async def test_a_title_that_is_a_formula_is_data_for_machines_and_text_for_spreadsheets(
    documents: ServiceUnderTest,
) -> None:
    title = '=HYPERLINK("http://x.test";"Memorandum")'
    await a_published_document(documents, title=title)
    async with documents.client() as client:
        machine = (await client.get("/datasets/documents.csv")).content.decode()
        excel = (await client.get("/datasets/documents.csv", params={"dialect": "excel"})).content.decode()
        assert (await client.get("/datasets/acts.csv", params={"dialect": "excel"})).status_code == 200
        assert (await client.get("/datasets/acts.csv", params={"dialect": "x"})).status_code == 422
    (row,) = csv.DictReader(io.StringIO(machine))
    assert row["title"] == title
    (shown,) = csv.DictReader(io.StringIO(excel.removeprefix("\ufeff")), delimiter=";")
    assert (excel[0], shown["Název"]) == ("\ufeff", f"'{title}")


def test_the_catalogues_of_one_platform_name_each_other() -> None:
    publisher = dcat.Publisher(ico="66002222", cs="Ministerstvo", en="Ministry")
    at = {}
    for service in ("registry", "documents"):
        address = f"https://pospolu.test/api/{service}/catalogue.jsonld"
        at[address] = dcat.catalogue(address, publisher=publisher, homepage="", about={}, datasets=[])
    first, second = at
    assert at[first]["http://www.w3.org/ns/dcat#catalog"] == [{"@id": second}]
    assert at[second]["http://www.w3.org/2000/01/rdf-schema#seeAlso"] == [{"@id": first}]
    alone = dcat.catalogue(
        "http://test/catalogue.jsonld", publisher=publisher, homepage="", about={}, datasets=[]
    )
    assert "@id" not in json.dumps(alone)
