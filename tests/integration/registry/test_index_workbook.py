"""The ministry's workbook of 2023 and the definition points, where they lie beside the checkout."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import text

from registry.exclusion.frame import Way
from registry.exclusion.repository import edition
from registry.seed import seed
from registry.units.codes import unit_id
from shared.contracts.registry import IndexPublished, UnitKind
from shared.reads import Reader
from tests.support.exclusion import a_reader
from tests.support.files import published
from tests.support.registry import ADMINISTRATOR
from tests.support.service import ServiceUnderTest

WORKBOOK = "index-2023-half-published.xlsx"
POINTS = "ruian-definition-points-2019.geojson"
PUBLISHED = {
    **dict(enumerate((2221, 1172, 734, 629, 434, 243, 168, 118, 104, 66, 64, 64, 63, 41, 30, 16, 18, 13))),
    **dict(
        zip((18, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29), (12, 14, 10, 7, 5, 2, 4, 2, 1, 2, 1), strict=True)
    ),
}
"""Municipalities by the Index of 2023 as the ministry counts them (domain facts, 2.7)."""
OTHER_DONORS = {"545422": (0, 3), "559393": (0, 4), "561231": (5, 4)}
"""Boletice, Přehýšov, Sulislav: the published Index has points of another donor than the nearest one."""
BANDS = {
    "CZ010": (0, 0, 0, 1),
    "CZ064": (346, 288, 26, 13),
    "CZ031": (332, 252, 26, 14),
    "CZ041": (51, 48, 9, 26),
    "CZ063": (472, 210, 20, 2),
    "CZ052": (235, 175, 28, 10),
    "CZ051": (118, 61, 17, 19),
    "CZ080": (153, 81, 27, 39),
    "CZ071": (187, 167, 22, 26),
    "CZ053": (265, 160, 22, 4),
    "CZ032": (248, 212, 23, 18),
    "CZ020": (661, 419, 37, 27),
    "CZ072": (211, 80, 12, 4),
    "CZ042": (114, 173, 29, 38),
}
"""Bands of the regions as the ministry counts them."""
POINTS_OF_INDICATORS = (
    (5378, 331, 376, 88, 64, 15, 6),
    (4547, 877, 434, 217, 168, 10, 5),
    (5429, 268, 252, 119, 141, 27, 22),
    (3627, 1528, 436, 401, 222, 33, 11),
)


async def posted(service: ServiceUnderTest, address: str, content: bytes) -> dict[str, Any]:
    headers = {"Content-Type": "application/octet-stream"}
    async with service.client(ADMINISTRATOR, **headers) as client:
        answer = await client.post(address, content=content, timeout=120)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def imported(service: ServiceUnderTest, *, dry_run: bool = False) -> dict[str, Any]:
    asked = f"year=2023&file_name={WORKBOOK}&dry_run={'true' if dry_run else 'false'}"
    return await posted(service, f"/index/imports/workbook?{asked}", published(WORKBOOK))


@pytest.fixture
async def reader(registry: ServiceUnderTest) -> Reader:
    workbook, points = published(WORKBOOK), published(POINTS)
    assert workbook
    async with registry.transaction() as tx:
        await seed(tx)
    await posted(registry, f"/geography/imports/points?file_name={POINTS}", points)
    return a_reader(registry)


@pytest.mark.usefixtures("reader")
async def test_every_published_index_of_a_municipality_with_a_school_comes_out(
    registry: ServiceUnderTest,
) -> None:
    comparison = (await imported(registry))["comparison"]

    assert comparison["rows"] == 6258
    assert (comparison["published"], comparison["equal"], comparison["different"]) == (3074, 670, 0)
    assert comparison["inherited"] == 4890
    assert (comparison["inherited_equal"], comparison["inherited_out_of_range"]) == (2403, 0)
    [only] = comparison["differences"]  # the other two of the three are not published in this file
    assert (only["code"], only["name"], only["published"], only["computed"]) == ("559393", "Přehýšov", 0, 4)
    assert (only["donor"]["name"], round(float(only["donor"]["distance_m"]))) == ("Heřmanova Huť", 1943)
    nearest = only["second_nearest"]
    assert (nearest["name"], round(float(nearest["distance_m"])), nearest["index"]) == ("Blatnice", 2833, 0)
    async with registry.client() as client:
        again = (await client.get("/index/editions/2023/differences")).json()
    assert again == comparison


async def test_the_sums_of_the_ministry_come_out_but_for_three_municipalities(
    registry: ServiceUnderTest, reader: Reader
) -> None:
    await imported(registry)
    found = await edition(reader, year=2023)
    assert found is not None
    inputs, results = found.inputs, found.results
    index = dict(zip(inputs.codes, results.index.tolist(), strict=True))

    as_published = {**index, **{code: told for code, (told, _) in OTHER_DONORS.items()}}
    assert Counter(as_published.values()) == PUBLISHED
    assert {code: index[code] for code in OTHER_DONORS} == {c: ours for c, (_, ours) in OTHER_DONORS.items()}
    for column, expected in enumerate(POINTS_OF_INDICATORS):
        assert tuple(Counter(results.points[:, column].tolist())[n] for n in range(7)) == expected
    regions = {unit_id(UnitKind.REGION, code): code for code in BANDS}
    bands = Counter(
        (regions[inputs.region_ids[region]], found.method.band_of(as_published[code]).number)
        for code, region in zip(inputs.codes, inputs.regions.tolist(), strict=True)
    )
    assert {code: tuple(bands[code, band] for band in (1, 2, 3, 4)) for code in BANDS} == BANDS


async def test_without_points_what_remains_of_the_published_index_is_inherited(
    registry: ServiceUnderTest,
) -> None:
    content = published(WORKBOOK)
    assert content
    async with registry.transaction() as tx:
        await seed(tx)
    comparison = (await imported(registry))["comparison"]
    found = await edition(a_reader(registry), year=2023)

    assert (comparison["equal"], comparison["different"], comparison["inherited_equal"]) == (670, 0, 0)
    assert found is not None
    assert Counter(found.results.ways) == {Way.OWN: 1368, Way.PUBLISHED: 2404, Way.UNKNOWN: 2486}
    assert Counter(found.results.points[[w is Way.PUBLISHED for w in found.results.ways], 4].tolist()) == {
        0: 1790,
        1: 121,
        2: 185,
        3: 181,
        4: 91,
        5: 36,
    }


@pytest.mark.usefixtures("reader")
async def test_importing_the_workbook_twice_changes_nothing(registry: ServiceUnderTest) -> None:
    first = await imported(registry)
    before = await rows_of(registry)
    second = await imported(registry)

    assert [edition["version"] for edition in first["published"]] == [1]
    assert second["published"] == []
    assert second["comparison"] == first["comparison"]
    assert await rows_of(registry) == before
    assert len(await registry.told(IndexPublished)) == 1


@pytest.mark.usefixtures("reader")
async def test_a_dry_run_of_the_workbook_leaves_nothing(registry: ServiceUnderTest) -> None:
    before = await rows_of(registry)
    answer = await imported(registry, dry_run=True)

    assert answer["comparison"] is None
    assert answer["report"]["rows"] == 6258
    assert await rows_of(registry) == before


async def rows_of(service: ServiceUnderTest) -> dict[str, int]:
    tables = ("unit", "unit_state", "membership", "vintage", "figure", "index_computation", "index_result")
    async with service.resources.engine.connect() as connection:
        return {
            table: (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608
            for table in tables
        }
