"""The catalogue over HTTP: records as the national catalogue reads them, every address in them answers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from registry.datasets.catalogue import DATASETS
from tests.support.datasets import an_open_country
from tests.support.service import ServiceUnderTest

CONTEXT = (
    "https://ofn.gov.cz/rozhraní-katalogů-otevřených-dat/2021-01-11/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)
RECORD = {
    *("@context", "iri", "typ", "název", "popis", "poskytovatel", "téma", "periodicita_aktualizace"),
    *("klíčové_slovo", "geografické_území", "prvek_rúian", "kontaktní_bod", "dokumentace", "distribuce"),
}
DISTRIBUTION = {
    *("typ", "název", "podmínky_užití", "soubor_ke_stažení", "přístupové_url", "typ_média", "formát"),
}
TERMS = {
    *("typ", "autorské_dílo", "databáze_jako_autorské_dílo", "databáze_chráněná_zvláštními_právy"),
    "osobní_údaje",
}
EU = "http://publications.europa.eu/resource/authority"


@pytest.fixture
async def country(registry: ServiceUnderTest) -> ServiceUnderTest:
    await an_open_country(registry)
    return registry


async def json_at(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.text}"
    told: dict[str, Any] = answer.json()
    return told


async def records(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    catalogue = await json_at(client, "/catalogue.jsonld")
    return [await json_at(client, address) for address in catalogue["datová_sada"]]


def addresses(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from addresses(each)
    elif isinstance(value, list):
        for each in value:
            yield from addresses(each)
    elif isinstance(value, str) and "://" in value:
        yield value


async def test_the_catalogue_names_every_dataset_by_where_its_record_is(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        answer = await client.get("/catalogue.jsonld")
        found = await records(client)
    told = answer.json()
    assert answer.headers["content-type"] == "application/ld+json"
    assert (told["@context"], told["typ"], told["iri"]) == (
        CONTEXT,
        "Katalog",
        "http://test/catalogue.jsonld",
    )
    assert told["datová_sada"] == [record["iri"] for record in found]
    assert len(found) == len(DATASETS)


async def test_a_record_has_what_the_national_catalogue_asks_for(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        found = await records(client)
    for record in found:
        assert record.keys() >= RECORD
        assert (record["@context"], record["typ"]) == (CONTEXT, "Datová sada")
        assert record["název"]["cs"] != record["název"]["en"]
        assert record["periodicita_aktualizace"].startswith(f"{EU}/frequency/")
        assert all(theme.startswith(f"{EU}/data-theme/") for theme in record["téma"])
        for distribution in record["distribuce"]:
            assert distribution.keys() >= DISTRIBUTION
            assert distribution["podmínky_užití"].keys() >= TERMS
            assert distribution["podmínky_užití"]["typ"] == "Specifikace podmínek užití"
            assert distribution["formát"].startswith(f"{EU}/file-type/")
        for address in addresses(record):
            parts = urlsplit(address)
            assert (parts.scheme in {"http", "https"}, bool(parts.netloc)) == (True, True), address


async def test_every_distribution_is_there_in_its_media_type(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        for record in await records(client):
            for distribution in record["distribuce"]:
                answer = await client.get(distribution["soubor_ke_stažení"])
                assert answer.status_code == 200, answer.text
                media_type = answer.headers["content-type"].partition(";")[0]
                assert (
                    distribution["typ_média"] == f"http://www.iana.org/assignments/media-types/{media_type}"
                )
                if "schéma" in distribution:
                    schema = await client.get(distribution["schéma"])
                    assert schema.headers["content-type"] == "application/csvm+json"
                    assert schema.json()["url"] == distribution["soubor_ke_stažení"]
            assert (await client.get(record["dokumentace"])).status_code == 200


async def test_a_record_covers_the_time_of_the_data(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        found = {record["iri"].split("/")[-2]: record for record in await records(client)}
    whole = {"typ": "Časový interval", "začátek": "2022-01-01", "konec": "2023-12-31"}
    assert found["figures"]["časové_pokrytí"] == whole
    assert found["index-results"]["časové_pokrytí"] == whole
    assert found["cooperations"]["časové_pokrytí"] == {"typ": "Časový interval", "začátek": "2022-01-01"}
    assert "časové_pokrytí" not in found["definition-points"]
    workbook = next(each for each in found["figures"]["distribuce"] if each["formát"].endswith("XLSX"))
    assert workbook["soubor_ke_stažení"].endswith("/figures.xlsx?year=2023")


async def test_behind_a_prefix_the_addresses_have_it(country: ServiceUnderTest) -> None:
    transport = httpx.ASGITransport(Starlette(routes=[Mount("/api/registry", country.app)]))
    async with httpx.AsyncClient(transport=transport, base_url="https://pospolu.test") as client:
        told = await json_at(client, "/api/registry/catalogue.jsonld")
    assert told["iri"] == "https://pospolu.test/api/registry/catalogue.jsonld"


async def test_the_list_gives_terms_columns_and_eight_risks_of_each(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        listed = (await json_at(client, "/datasets"))["items"]
        single = await json_at(client, "/datasets/figures")
    assert [each["id"] for each in listed] == list(DATASETS)
    assert single == next(each for each in listed if each["id"] == "figures")
    assert [len(each["risks"]) for each in listed] == [8] * len(listed)
    assert {risk["score"] for each in listed for risk in each["risks"]} <= {0, 1, 2, 3}
    assert (single["first_on"], single["last_on"]) == ("2022-01-01", "2023-12-31")


async def test_a_document_is_not_sent_twice(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        for address in ("/catalogue.jsonld", "/datasets/units/dcat.jsonld", "/datasets/units/schema.json"):
            tag = (await client.get(address)).headers["etag"]
            again = await client.get(address, headers={"If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b"")


async def test_without_any_data_there_is_a_catalogue_all_the_same(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        found = await records(client)
        for record in found:
            for distribution in record["distribuce"]:
                assert (await client.get(distribution["soubor_ke_stažení"])).status_code == 200
    assert all("časové_pokrytí" not in record for record in found)


async def test_what_is_not_there_has_no_record(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        for address in ("dcat.jsonld", "schema.json"):
            assert (await client.get(f"/datasets/persons/{address}")).status_code == 404
