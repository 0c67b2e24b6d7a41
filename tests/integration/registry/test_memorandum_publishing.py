"""What is public of memoranda and descriptions: digests that anybody can compute again, lists by place."""

from uuid import UUID

import httpx
import pytest

from registry.units.codes import unit_id
from shared.canonical import canonical_json, digest
from shared.contracts.registry import UnitKind
from tests.support.memoranda import (
    JIHLAVA,
    OSTRAVA,
    agreed_description,
    concluded_memorandum,
    cooperation_of,
    drafted_description,
    registered_towns,
)
from tests.support.registry import MOST_DISTRICT, OBRNICE, USTI_REGION, decided_on, registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT

OF_2022 = {"adopted_on": "2021-12-08", "unit_signed_on": "2022-01-05", "agency_signed_on": "2022-01-10"}
SIGNED = ("unit_id", "edition", "resolution", "document", "signatures", "concluded_on")
AGREED = (
    *("cooperation_id", "unit_id", "memorandum_id", "domain", "edition", "content", "baseline"),
    "agreements",
)


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    await registered_towns(registry)
    return registry


async def region_with_obrnice(client: httpx.AsyncClient) -> UUID:
    await registered(client, kind="region", code="CZ042", name="Ústecký kraj")
    await registered(client, kind="district", code="CZ0425", name="Most", parent_id=str(USTI_REGION))
    await registered(client, parent_id=str(MOST_DISTRICT))
    return USTI_REGION


async def test_anybody_can_compute_the_digest_of_a_memorandum_again(towns: ServiceUnderTest) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, **OF_2022)
    async with towns.client() as anybody:
        read = (await anybody.get(address)).json()
        parties = (await anybody.get("/memoranda/parties")).json()["items"]
    agency = next(each for each in parties if each.pop("code") == read["agency_party"])
    signed = {name: read[name] for name in SIGNED} | {"parties": [read["unit_party"], agency]}
    assert digest(canonical_json(signed)) == read["digest"]


async def test_anybody_can_compute_the_digest_of_a_description_again(towns: ServiceUnderTest) -> None:
    await concluded_memorandum(towns, OSTRAVA, **OF_2022)
    address = await drafted_description(towns, await cooperation_of(towns, OSTRAVA))
    await agreed_description(towns, address)
    async with towns.client() as anybody:
        read = (await anybody.get(address)).json()
    assert digest(canonical_json({name: read[name] for name in AGREED})) == read["digest"]


async def test_the_public_journal_does_not_tell_who_wrote_or_recorded_what_was_agreed(
    towns: ServiceUnderTest,
) -> None:
    await concluded_memorandum(towns, OSTRAVA, **OF_2022)
    address = await drafted_description(towns, await cooperation_of(towns, OSTRAVA))
    await agreed_description(towns, address)
    async with towns.client() as anybody:
        heads = (await anybody.get("/journal", params={"filter[unit]": str(OSTRAVA)})).json()["items"]
        entries = [
            (await anybody.get(f"/journal/{head['id']}")).json()
            for head in heads
            if head["subject"] in {"memorandum", "description"}
        ]
    assert {entry["action"] for entry in entries} == {"countersign", "agree"}
    for entry in entries:
        signed = entry["after"].get("signatures") or entry["after"]["agreements"]
        assert [each["recorded_by"] for each in signed] == ["", ""]
        assert not entry["after"].get("authors")


async def test_editions_are_found_by_region_and_paged_one_by_one(towns: ServiceUnderTest) -> None:
    async with towns.client(ADMINISTRATOR) as administrator:
        region = await region_with_obrnice(administrator)
    for unit in (JIHLAVA, OBRNICE, OSTRAVA):
        await concluded_memorandum(towns, unit, **OF_2022)
    async with towns.client(CONSULTANT) as client:
        in_region = await client.get("/memoranda", params={"filter[region]": str(region)})
        other = unit_id(UnitKind.REGION, "CZ080")
        elsewhere = await client.get("/memoranda", params={"filter[region]": str(other)})
        found: list[str] = []
        following = "/memoranda?limit=1"
        while following:
            page = await client.get(following)
            found += [each["unit_name"] for each in page.json()["items"]]
            following = page.links["next"]["url"] if "next" in page.links else ""
    assert [each["unit_name"] for each in in_region.json()["items"]] == ["Obrnice"]
    assert elsewhere.json()["items"] == []
    assert found == ["Ostrava", "Obrnice", "Jihlava"]


async def test_the_memorandum_of_a_unit_that_was_closed_is_to_be_concluded_anew(
    towns: ServiceUnderTest,
) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, **OF_2022)
    async with towns.client(ADMINISTRATOR) as administrator:
        closing = {"valid_until": "2025-12-31"}
        closed = await administrator.post(f"/units/{JIHLAVA}/closure", json=closing, headers=decided_on(1))
        assert closed.status_code == 200, closed.text
        read = (await administrator.get(address)).json()
        wanted = {"filter[to_reconclude]": "true", "as_of": "2025-12-31"}
        on_the_last_day = (await administrator.get("/memoranda", params=wanted)).json()["items"]
    assert (read["status"], read["needs_reconclusion"]) == ("concluded", "unit-closed")
    assert on_the_last_day == []
