"""Definition points: files of them, the national grid, what is refused, what a second import does."""

import json
from pathlib import Path

import httpx
import pytest

from shared.contracts.registry import UnitKind
from tests.support.geography import (
    a_csv_of_points,
    a_feature,
    a_geojson,
    a_municipality,
    a_square,
    register_all,
)
from tests.support.registry import ADMINISTRATOR, CONSULTANT, OBRNICE, code_of
from tests.support.service import ServiceUnderTest

ADDRESS = "/geography/imports/points"
PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data"
TRMICE = "553697"


async def sent(client: httpx.AsyncClient, content: bytes, **query: str) -> httpx.Response:
    return await client.post(ADDRESS, content=content, params=query)


async def changes(client: httpx.AsyncClient, content: bytes, **query: str) -> dict[str, int]:
    answer = await sent(client, content, **query)
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.json()["changes"]
    return found


@pytest.mark.parametrize("content", [a_geojson(), a_csv_of_points()], ids=["geojson", "csv"])
async def test_a_point_is_kept_in_degrees_and_in_metres_of_the_national_grid(
    registry: ServiceUnderTest, content: bytes
) -> None:
    await register_all(registry, [a_municipality()])
    async with registry.client(ADMINISTRATOR) as client:
        assert await changes(client, content) == {"added": 1, "changed": 0, "unchanged": 0}
        known = (await client.get(f"/units/{OBRNICE}/geometry")).json()
    point = known["point"]
    assert (point["longitude"], point["latitude"]) == ("13.6951000", "50.5046000")
    assert float(point["x"]) == pytest.approx(-788_000, abs=5_000)
    assert float(point["y"]) == pytest.approx(-990_000, abs=5_000)
    assert known["boundary"] is None


async def test_the_same_file_again_changes_nothing_and_a_moved_point_is_changed(
    registry: ServiceUnderTest,
) -> None:
    two = a_geojson(a_feature(), a_feature(TRMICE, 13.99, 50.64))
    async with registry.client(ADMINISTRATOR) as client:
        assert await changes(client, two) == {"added": 2, "changed": 0, "unchanged": 0}
        assert await changes(client, two) == {"added": 0, "changed": 0, "unchanged": 2}
        moved = a_geojson(a_feature(), a_feature(TRMICE, 13.98, 50.64))
        assert await changes(client, moved) == {"added": 0, "changed": 1, "unchanged": 1}
        log = (await client.get("/imports")).json()["items"]
    assert [run["kind"] for run in log] == ["definition-points"] * 3


async def test_a_point_is_kept_before_its_unit_is_registered(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await changes(client, a_geojson())
        assert (await client.get(f"/units/{OBRNICE}/geometry")).status_code == 404
        await register_all(registry, [a_municipality()])
        assert (await client.get(f"/units/{OBRNICE}/geometry")).status_code == 200


async def test_a_dry_run_tells_what_would_happen_and_leaves_nothing(registry: ServiceUnderTest) -> None:
    await register_all(registry, [a_municipality()])
    async with registry.client(ADMINISTRATOR) as client:
        assert (await changes(client, a_geojson(), dry_run="true"))["added"] == 1
        assert (await client.get(f"/units/{OBRNICE}/geometry")).status_code == 404
        assert (await client.get("/imports")).json()["items"] == []


BAD = [
    (a_feature("567338"), "Kod", "kontrolní číslici"),
    (a_feature("56733"), "Kod", "tvar"),
    (a_feature(None), "Kod", "musí mít kód"),
    (a_feature("567337"), "Kod", "dvakrát"),
    (a_feature(TRMICE, 50.64, 13.99), None, "mimo území"),
    (a_feature(TRMICE, -788_000.0, -990_000.0), None, "mimo území"),
    (a_feature(TRMICE, geometry=a_square()), None, "Čekáme Point"),
    (a_feature(TRMICE, geometry={"type": "Point", "coordinates": ["a", True]}), None, "stupních"),
    (a_feature(TRMICE, geometry={"type": "Point", "coordinates": [13.99]}), None, "stupních"),
    (a_feature(TRMICE, geometry={"type": "MultiPoint", "coordinates": []}), None, "Čekáme Point"),
    ({"type": "Feature"}, "Kod", "musí mít kód"),
]


@pytest.mark.parametrize(("feature", "column", "why"), BAD)
async def test_a_bad_row_is_told_and_refuses_the_file_or_is_left_out_as_asked(
    registry: ServiceUnderTest, feature: dict[str, object], column: str | None, why: str
) -> None:
    content = a_geojson(a_feature(), feature)
    async with registry.client(ADMINISTRATOR) as client:
        refused = await sent(client, content)
        assert (await client.get("/imports")).json()["items"] == []
        kept = await sent(client, content, on_bad_rows="keep-good")
    assert (refused.status_code, code_of(refused)) == (422, "rows-refused")
    report = kept.json()
    assert (report["accepted"], report["refused"]) == (1, 1)
    problem = report["problems"][0]
    assert (problem["row"], problem["column"]) == (3, "code" if column else None)
    assert why in problem["cs"]
    assert problem["en"] != problem["cs"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Obec,Latitude,Longitude\nObrnice,50.5,13.7\n", "columns-of-points-missing"),
        (b"Kod,Latitude\n567337,50.5\n", "columns-of-points-missing"),
        (b'{"type": "FeatureCollection", "features": [', "file-not-readable"),
        (b'{"type": "Feature", "geometry": null}', "file-not-readable"),
        (b'{"type": "FeatureCollection", "features": {}}', "file-not-readable"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "file-not-readable"),
        (b'{"a":' + b"[" * 200_000, "file-not-readable"),
        (
            a_geojson(crs={"type": "name", "properties": {"name": "EPSG:5514"}}),
            "coordinates-in-another-system",
        ),
        (b"", "file-empty"),
        (b"\x00\x01", "file-not-readable"),
    ],
)
async def test_a_file_that_is_no_list_of_points_is_refused_with_its_reason(
    registry: ServiceUnderTest, content: bytes, code: str
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        refused = await sent(client, content)
    assert (refused.status_code, code_of(refused)) == (422, code)


async def test_a_file_that_would_fill_the_memory_is_refused(registry: ServiceUnderTest) -> None:
    content = b'{"type":"FeatureCollection","features":[' + b"[]," * 7_000_000 + b"[]]}"
    async with registry.client(ADMINISTRATOR) as client:
        refused = await sent(client, content)
    assert (refused.status_code, code_of(refused)) == (422, "sheet-too-large")


async def test_only_those_who_keep_the_data_bring_points(registry: ServiceUnderTest) -> None:
    async with registry.client(CONSULTANT) as consultant, registry.client() as anybody:
        assert (await sent(consultant, a_geojson())).status_code == 403
        assert (await sent(anybody, a_geojson())).status_code == 401


@pytest.mark.parametrize("file", ["ruian-definition-points-2019.geojson", "obce-coordinates-2018.csv"])
async def test_published_points_of_the_whole_country_come_in_and_again_change_nothing(
    registry: ServiceUnderTest, file: str
) -> None:
    path = PUBLISHED / file
    if not path.exists():
        pytest.skip(f"{path} does not lie beside the checkout")
    async with registry.client(ADMINISTRATOR) as client:
        first = await sent(client, path.read_bytes(), file_name=file, on_bad_rows="keep-good")
        again = await changes(client, path.read_bytes(), on_bad_rows="keep-good")
    report = first.json()
    assert report["accepted"] >= 6254
    assert [problem["cs"] for problem in report["problems"]] == []
    assert again == {"added": 0, "changed": 0, "unchanged": report["accepted"]}


async def test_points_of_districts_are_told_by_their_own_codes(registry: ServiceUnderTest) -> None:
    content = json.loads(a_geojson(a_feature("CZ0425", name="code")))
    async with registry.client(ADMINISTRATOR) as client:
        report = await changes(client, json.dumps(content).encode(), kind=UnitKind.DISTRICT.value)
    assert report["added"] == 1
