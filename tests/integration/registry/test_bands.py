"""Tables of bands over HTTP: kinds of groups, their order, totals, cost."""

from datetime import date
from uuid import UUID

import httpx
import pytest

from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.seed import seed
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, USTI, an_edition, id_of
from tests.support.geography import a_pou, an_association, register_all
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest

KARVINA = "598917"
SILESIA = unit_id(UnitKind.REGION, "CZ080")
GROUP = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")
SECOND = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "70890692")
POU = unit_id(UnitKind.POU, "42091")


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.transaction() as tx:
        await seed(tx)
    told = {OBRNICE: (29, 1585), TRMICE: (28, 2683), SLUKNOV: (None, 4627), KARVINA: (1, 42911)}
    await an_edition(registry, told, year=2023, regions={KARVINA: SILESIA})
    return registry


async def lines(client: httpx.AsyncClient, **asked: str) -> list[tuple[str, list[int], list[str | None]]]:
    """Return names, counts by band and both means of all lines."""
    answer = await client.get("/index/bands", params={"year": "2023", **asked})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    everything = [*told["groups"], *([told["outside"]] if told["outside"] else []), told["total"]]
    return [
        (
            each["group"]["name"] if each["group"] else "–",
            [band["municipalities"] for band in each["bands"]],
            [mean["value"] for mean in each["means"]],
        )
        for each in everything
    ]


async def belong(service: ServiceUnderTest, *told: tuple[str, UUID]) -> None:
    async with service.transaction() as tx:
        rows = [MembershipTold(id_of(code), group, date(2020, 1, 1)) for code, group in told]
        await set_memberships(tx, rows, source="test")


async def test_regions_stand_in_czech_order_with_a_total(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        assert await lines(client, by="region") == [
            ("Moravskoslezský kraj", [1, 0, 0, 0], ["1.00", "1.00"]),
            ("Ústecký kraj", [0, 0, 0, 2], ["28.50", "28.37"]),
            ("–", [1, 0, 0, 2], ["19.33", "3.48"]),
        ]


async def test_each_mean_names_its_way_of_averaging_and_sizes_stand_beside(
    published: ServiceUnderTest,
) -> None:
    async with published.client() as client:
        told = await client.get("/index/bands", params={"year": "2023"})
    total = told.json()["total"]
    assert [mean["averaging"] for mean in total["means"]] == [
        "mean-of-municipalities",
        "weighted-by-population-15-plus",
    ]
    assert all(mean["name_cs"] and mean["name_en"] for mean in total["means"])
    sizes = {each["size_class"]: each["municipalities"] for each in total["size_classes"]}
    assert sizes == {1: 0, 2: 0, 3: 0, 4: 1, 5: 2, 6: 0, 7: 1, 8: 0}
    assert (total["without_index"], total["population_15_plus"]) == (1, 51_806)


async def test_districts_follow_the_hierarchy(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        named = [name for name, _, _ in await lines(client, by="district")]
    assert named == ["Děčín", "Karviná", "Most", "Ústí nad Labem", "–"]


async def test_a_municipality_in_two_associations_counts_once_in_the_total(
    published: ServiceUnderTest,
) -> None:
    await register_all(published, [an_association(), an_association("70890692", "Čtverec")])
    await belong(published, (OBRNICE, GROUP), (OBRNICE, SECOND), (TRMICE, GROUP))
    async with published.client() as client:
        told = await lines(client, by="municipality-association")
        before = await lines(client, by="municipality-association", as_of="2019-12-31")
    assert told == [
        ("Čtverec", [0, 0, 0, 1], ["29.00", "29.00"]),
        ("Mikroregion", [0, 0, 0, 2], ["28.50", "28.37"]),
        ("–", [1, 0, 0, 0], ["1.00", "1.00"]),
        ("–", [1, 0, 0, 2], ["19.33", "3.48"]),
    ]
    assert [name for name, _, _ in before] == ["–", "–"]


async def test_pou_and_orp_follow_from_membership(published: ServiceUnderTest) -> None:
    await register_all(published, [a_pou()])
    await belong(published, (OBRNICE, POU))
    async with published.client() as client:
        by_pou = await lines(client, by="pou")
        by_orp = await lines(client, by="orp")
    assert by_pou[0] == ("Most", [0, 0, 0, 1], ["29.00", "29.00"])
    assert [name for name, _, _ in by_orp] == ["–", "–"]


async def test_a_table_of_a_part_counts_that_part(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        by_unit = await lines(client, within=str(USTI))
        by_code = await lines(client, region="CZ042")
        nowhere = await lines(client, within=str(GROUP))
    assert by_unit == by_code
    assert by_unit[-1] == ("–", [0, 0, 0, 2], ["28.50", "28.37"])
    assert nowhere == [("–", [0, 0, 0, 0], [None, None])]


async def test_the_file_for_spreadsheets_says_the_same(published: ServiceUnderTest) -> None:
    asked = {"year": "2023", "delimiter": "semicolon"}
    async with published.client() as client:
        answer = await client.get("/index/bands.csv", params=asked)
        english = await client.get("/index/bands.csv", params=asked, headers={"Accept-Language": "en"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = answer.content.decode("utf-8-sig").split("\r\n")
    assert rows[2].startswith("CZ042;Ústecký kraj;3;1;8895;0;0;0;2;0;0;0;4268;28,50;28,37;")
    assert english.content.decode("utf-8-sig").startswith("code;name;municipalities;")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"year": "2022"}, 404, "edition-unknown"),
        ({"year": "2023", "method": "ISV-1999"}, 404, "edition-unknown"),
        ({"year": "2023", "within": str(USTI), "region": "CZ042"}, 422, "area-given-twice"),
        ({"year": "2023", "by": "continent"}, 422, "malformed"),
        ({"year": "2023", "region": "CZ999"}, 422, "malformed"),
        ({"year": "23"}, 422, "malformed"),
        ({"year": "2023", "as_of": "0"}, 422, "malformed"),
        ({}, 422, "malformed"),
        ({"year": "2023", "group": "orp"}, 422, "unknown-parameter"),
    ],
)
async def test_a_table_that_cannot_be_drawn_is_refused(
    published: ServiceUnderTest, asked: dict[str, str], status: int, code: str
) -> None:
    async with published.client() as client:
        refused = await client.get("/index/bands", params=asked)
    assert (refused.status_code, code_of(refused)) == (status, code)


@pytest.mark.parametrize("address", ["/index/bands", "/index/bands.csv"])
@pytest.mark.parametrize("by", ["region", "orp", "local-action-group"])
async def test_a_table_costs_two_statements(published: ServiceUnderTest, address: str, by: str) -> None:
    async with published.client() as client:
        with published.counted_statements() as statements:
            answer = await client.get(address, params={"year": "2023", "by": by, "within": str(USTI)})
    assert (answer.status_code, len(statements)) == (200, 2)
