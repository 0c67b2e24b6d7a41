"""Bands of 2023 from the ministry's workbook, where it lies beside the checkout."""

from pathlib import Path

import httpx
import pytest

from registry.seed import seed
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.registry import ADMINISTRATOR
from tests.support.service import ServiceUnderTest

DATA = Path(__file__).parents[4] / "shared/data"
WORKBOOK = DATA / "index-2023-half-published.xlsx"
POINTS = DATA / "ruian-definition-points-2019.geojson"
REGIONS = {
    "Hlavní město Praha": ([0, 0, 0, 1], "12.00"),
    "Jihočeský kraj": ([331, 253, 26, 14], "2.23"),
    "Jihomoravský kraj": ([346, 288, 26, 13], "2.27"),
    "Karlovarský kraj": ([51, 48, 9, 26], "5.29"),
    "Kraj Vysočina": ([472, 210, 20, 2], "1.60"),
    "Královéhradecký kraj": ([235, 175, 28, 10], "2.48"),
    "Liberecký kraj": ([118, 61, 17, 19], "3.31"),
    "Moravskoslezský kraj": ([153, 81, 27, 39], "4.04"),
    "Olomoucký kraj": ([187, 167, 22, 26], "3.02"),
    "Pardubický kraj": ([265, 160, 22, 4], "1.90"),
    "Plzeňský kraj": ([247, 213, 23, 18], "2.65"),
    "Středočeský kraj": ([661, 419, 37, 27], "2.11"),
    "Ústecký kraj": ([114, 173, 29, 38], "4.77"),
    "Zlínský kraj": ([211, 80, 12, 4], "1.62"),
}
"""As published but for Boletice and Přehýšov (Jihočeský, Plzeňský), 0 → 4 by the nearest school, and
Sulislav (Plzeňský), 5 → 3: the means of both regions are 0.01 higher."""
BY_SIZE = ["2.34", "2.04", "1.56", "1.93", "5.13", "9.03", "13.07", "14.93"]
"""As published but for the two smallest: 2.35 without the four areas where nobody lives, 2.03 without
the four points that Přehýšov has here."""

pytestmark = pytest.mark.skipif(
    not (WORKBOOK.exists() and POINTS.exists()), reason=f"the real workbook is not in {DATA}"
)


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.transaction() as tx:
        await seed(tx)
    headers = {"Content-Type": "application/octet-stream"}
    async with registry.client(ADMINISTRATOR, **headers) as client:
        for address, path in (
            ("/geography/imports/points", POINTS),
            ("/index/imports/workbook?year=2023", WORKBOOK),
        ):
            answer = await client.post(address, content=path.read_bytes(), timeout=60)
            assert answer.status_code == 200, answer.text
    return registry


async def means_of_orps(client: httpx.AsyncClient) -> dict[str, tuple[float, float]]:
    """Return both means of each ORP; Praha belongs to none."""
    told = (await client.get("/index/bands", params={"year": "2023", "by": "orp"})).json()
    return {
        line["group"]["name"] if line["group"] else "Praha": (
            float(line["means"][0]["value"]),
            float(line["means"][1]["value"]),
        )
        for line in (*told["groups"], told["outside"])
    }


async def test_tables_of_2023_are_those_that_were_published(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        told = (await client.get("/index/bands", params={"year": "2023"})).json()
        by_orp = await means_of_orps(client)
    found = {
        line["group"]["name"]: (
            [band["municipalities"] for band in line["bands"]],
            line["means"][0]["value"],
        )
        for line in told["groups"]
    }
    assert list(found) == list(REGIONS)
    assert found == REGIONS
    total = told["total"]
    assert [band["municipalities"] for band in total["bands"]] == [3391, 2328, 298, 241]
    assert total["population_15_plus"] == 9_172_797
    in_three_and_four = total["bands"][2]["population_15_plus"] + total["bands"][3]["population_15_plus"]
    assert in_three_and_four == 5_386_697
    assert [each["mean"] for each in total["size_classes"]] == BY_SIZE
    assert (len(by_orp), by_orp.pop("Praha")) == (206, (12, 12))
    assert sum(plain >= 8 for plain, _ in by_orp.values()) == 13
    assert sum(weighted >= 8 for _, weighted in by_orp.values()) == 62
    highest = sorted(by_orp, key=lambda name: by_orp[name][1], reverse=True)[:5]
    assert [(name, by_orp[name][1]) for name in highest] == [
        ("Karviná", 22.58),
        ("Havířov", 20.51),
        ("Most", 19.77),
        ("Orlová", 19.49),
        ("Ostrava", 18.23),
    ]


async def test_the_average_of_an_orp_and_the_map_agree_with_its_table(published: ServiceUnderTest) -> None:
    orp = str(unit_id(UnitKind.ORP, "8115"))
    async with published.client() as client:
        table = (await client.get("/index/bands", params={"year": "2023", "by": "orp", "within": orp})).json()
        asked = {"within": orp, "year": "2023", "averaging": "weighted-by-population-15-plus"}
        average = (await client.get("/index/averages", params=asked)).json()
        drawn = (await client.get("/index/map", params={"year": "2023", "within": orp})).json()
        country = (await client.get("/index/map", params={"year": "2023"})).json()
    assert [line["group"]["name"] for line in table["groups"]] == ["Nový Jičín"]
    assert average["rounded"] == table["total"]["means"][1]["value"]
    assert len(drawn["features"]) == len(average["municipalities"]) == table["total"]["municipalities"]
    assert (len(country["features"]), country["without_geometry"]) == (6258, 0)
