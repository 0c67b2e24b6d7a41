"""Lists of units: filters, Czech order, pages, cost."""

import httpx
import pytest

from registry.seed import seed
from tests.support.registry import ADMINISTRATOR, MOST_DISTRICT, code_of, unit_json
from tests.support.service import ServiceUnderTest


@pytest.fixture
async def seeded(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.transaction() as tx:
        await seed(tx)
    return registry


async def names(client: httpx.AsyncClient, **filters: str) -> list[str]:
    answer = await client.get("/units", params={"limit": "200", **filters})
    assert answer.status_code == 200, answer.text
    return [unit["name"] for unit in answer.json()["items"]]


async def test_units_are_listed_in_czech_order(seeded: ServiceUnderTest) -> None:
    async with seeded.client() as client:
        regions = await names(client, **{"filter[kind]": "region"})
    assert regions == [
        "Hlavní město Praha",
        "Jihočeský kraj",
        "Jihomoravský kraj",
        "Karlovarský kraj",
        "Kraj Vysočina",
        "Královéhradecký kraj",
        "Liberecký kraj",
        "Moravskoslezský kraj",
        "Olomoucký kraj",
        "Pardubický kraj",
        "Plzeňský kraj",
        "Středočeský kraj",
        "Ústecký kraj",
        "Zlínský kraj",
    ]


async def test_units_are_found_by_kind_parent_and_part_of_the_name(seeded: ServiceUnderTest) -> None:
    async with seeded.client() as client:
        assert len(await names(client, **{"filter[kind]": "district"})) == 77
        assert await names(client, **{"filter[parent]": str(MOST_DISTRICT)}) == ["Bečov", "Obrnice"]
        assert await names(client, q="usti nad") == ["Ústí nad Labem", "Ústí nad Orlicí"]
        assert await names(client, q="ŽĎÁR") == ["Žďár nad Sázavou"]
        assert await names(client, q="praha", **{"filter[kind]": "municipality"}) == ["Praha"]
        assert await names(client, as_of="1992-12-31") == []
        assert await names(client, as_of="1993-01-01") == ["Česká republika"]
        assert "Želechovice nad Dřevnicí" not in await names(client, as_of="2008-12-31")


async def test_names_that_begin_with_what_is_looked_for_come_first(seeded: ServiceUnderTest) -> None:
    async with seeded.client() as client:
        found = await names(client, q="ost")
        first = await client.get("/units", params={"q": "ost", "limit": 2})
        second = await client.get(first.links["next"]["url"])
    assert found == ["Ostrava", "Ostrava-město", "Most", "Prostějov"]
    assert [unit["name"] for unit in [*first.json()["items"], *second.json()["items"]]] == found


@pytest.mark.parametrize("q", ["%", "_", "/", "\\", "a%b", "'"])
async def test_signs_of_patterns_are_only_signs(seeded: ServiceUnderTest, q: str) -> None:
    async with seeded.client() as client:
        assert await names(client, q=q) == []


async def test_a_name_with_a_sign_of_a_pattern_is_found_by_it(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await client.post(
            "/units", json=unit_json(kind="local-action-group", code="6599", name="MAS 100% / Z_Č")
        )
        assert await names(client, q="100% / z_c") == ["MAS 100% / Z_Č"]


async def test_pages_together_give_each_unit_once(seeded: ServiceUnderTest) -> None:
    found: list[str] = []
    async with seeded.client() as client:
        address = "/units?limit=7"
        while address:
            answer = await client.get(address)
            found += [unit["id"] for unit in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
        everything = (await client.get("/units", params={"limit": 200})).json()
    assert found == [unit["id"] for unit in everything["items"]]
    assert len(set(found)) == 130
    assert everything["next"] is None


async def test_a_filter_stays_on_the_next_page(seeded: ServiceUnderTest) -> None:
    async with seeded.client() as client:
        first = await client.get("/units", params={"filter[kind]": "region", "limit": 13})
        second = await client.get(first.links["next"]["url"])
    assert [unit["name"] for unit in second.json()["items"]] == ["Zlínský kraj"]
    assert second.json()["next"] is None


@pytest.mark.parametrize("cursor", ["x", "W10=", "WyJhIl0=", "bnVsbA==", "WyJhIiwibm90IGEgdXVpZCJd"])
async def test_a_cursor_that_is_not_ours_is_refused(seeded: ServiceUnderTest, cursor: str) -> None:
    async with seeded.client() as client:
        refused = await client.get("/units", params={"cursor": cursor})
    assert (refused.status_code, code_of(refused)) == (422, "cursor-not-ours")


@pytest.mark.parametrize(
    "filters",
    [
        {"filter[kind]": "village"},
        {"filter[parent]": "567337"},
        {"as_of": "2026-02-30"},
        {"as_of": "0"},
        {"as_of": "2026-01-01T00:00:00"},
        {"q": ""},
        {"q": "a\0b"},
        {"limit": "201"},
        {"limit": "0"},
        {"limit": "1_0"},
        {"kind": "region"},
    ],
)
async def test_a_filter_without_sense_is_refused(registry: ServiceUnderTest, filters: dict[str, str]) -> None:
    async with registry.client() as client:
        assert (await client.get("/units", params=filters)).status_code == 422


async def test_a_list_costs_at_most_two_statements(seeded: ServiceUnderTest) -> None:
    async with seeded.client() as client:
        with seeded.counted_statements() as statements:
            await names(client, q="a", **{"filter[kind]": "district"})
    assert 1 <= len(statements) <= 2


async def test_one_unit_costs_one_statement_and_is_not_sent_to_who_has_it(seeded: ServiceUnderTest) -> None:
    address = f"/units/{MOST_DISTRICT}"
    async with seeded.client() as client:
        with seeded.counted_statements() as statements:
            first = await client.get(address)
            assert len(statements) == 1
        known = await client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
