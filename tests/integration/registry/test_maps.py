"""Maps of bands: GeoJSON of what has a place, the rest counted; the legend."""

import json

import pytest
from sqlalchemy import insert

from registry.bands.schemas import MapOut
from registry.geography.tables import UnitBoundaryRow, UnitPointRow
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, an_edition, id_of, some_municipalities
from tests.support.registry import NOON, code_of
from tests.support.service import ServiceUnderTest

TRIANGLE = {"type": "Polygon", "coordinates": [[[13.6, 50.4], [13.8, 50.4], [13.7, 50.6], [13.6, 50.4]]]}


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Obrnice has a point and a boundary, Trmice a point, Šluknov nothing."""
    await some_municipalities(registry)
    await an_edition(registry, {OBRNICE: (29, 1585), TRMICE: (None, 2683), SLUKNOV: (28, 4627)}, year=2023)
    place = {"longitude": "13.695", "latitude": "50.505", "x": "-793000", "y": "-990000"}
    known = {"source": "test", "recorded_at": NOON}
    async with registry.transaction() as tx:
        for code in (OBRNICE, TRMICE):
            row = {"unit_id": id_of(code), "code": code, **place, **known}
            await tx.session.execute(insert(UnitPointRow).values(row))
        boundary = {"unit_id": id_of(OBRNICE), "code": OBRNICE, "geometry": TRIANGLE, "digest": "x", **known}
        await tx.session.execute(insert(UnitBoundaryRow).values(boundary))
    return registry


async def test_a_map_is_geojson_with_index_band_and_size(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        answer = await client.get("/index/map", params={"year": "2023"})
    assert answer.headers["Content-Type"] == "application/geo+json"
    document = answer.json()
    MapOut.model_validate(document)
    assert (document["type"], document["without_geometry"], document["method"]) == (
        "FeatureCollection",
        1,
        "ISV-2020",
    )
    obrnice, trmice = document["features"]
    assert obrnice["geometry"] == {"type": "Point", "coordinates": [13.695, 50.505]}
    assert obrnice["properties"] == {
        "id": str(id_of(OBRNICE)),
        "code": OBRNICE,
        "name": "Obrnice",
        "index": 29,
        "band": 4,
        "band_name_cs": obrnice["properties"]["band_name_cs"],
        "band_name_en": "high load",
        "colour": "#662506",
        "size_class": "1001–2000",
        "population_15_plus": 1585,
    }
    unknown = trmice["properties"]
    assert (unknown["index"], unknown["band"], unknown["colour"]) == (None, None, None)


async def test_boundaries_are_drawn_where_they_are_known(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        answer = await client.get("/index/map", params={"year": "2023", "with": "boundary"})
    features = answer.json()["features"]
    assert [feature["geometry"]["type"] for feature in features] == ["Polygon", "Point"]
    assert features[0]["geometry"]["coordinates"] == TRIANGLE["coordinates"]


async def test_a_map_of_a_part_shows_that_part(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        one = await client.get("/index/map", params={"year": "2023", "within": str(id_of(TRMICE))})
        none = await client.get("/index/map", params={"year": "2023", "region": "CZ080"})
    assert [feature["properties"]["name"] for feature in one.json()["features"]] == ["Trmice"]
    assert (none.json()["features"], none.json()["without_geometry"]) == ([], 0)


async def test_a_map_that_did_not_change_is_not_sent_again(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        first = await client.get("/index/map", params={"year": "2023"})
        known = {"If-None-Match": first.headers["ETag"]}
        same = await client.get("/index/map", params={"year": "2023"}, headers=known)
        await an_edition(published, {OBRNICE: (1, 1585)}, year=2023, version=2)
        other = await client.get("/index/map", params={"year": "2023"}, headers=known)
    assert (same.status_code, same.content) == (304, b"")
    assert [feature["properties"]["index"] for feature in other.json()["features"]] == [1]


async def test_a_map_costs_two_statements(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        with published.counted_statements() as statements:
            await client.get("/index/map", params={"year": "2023", "region": "CZ042"})
    assert len(statements) == 2


async def test_the_legend_names_every_band_with_its_colour(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        told = (await client.get("/index/map/legend")).json()
        unknown = await client.get("/index/map/legend", params={"method": "ISV-1999"})
    assert [(band["lowest"], band["highest"]) for band in told["bands"]] == [
        (0, 1),
        (2, 7),
        (8, 11),
        (12, 30),
    ]
    assert len({band["colour"] for band in told["bands"]} | {told["unknown_colour"]}) == 5
    assert all(band["name_cs"] != band["name_en"] for band in told["bands"])
    assert "50001+" in json.dumps(told["size_classes"])
    assert (unknown.status_code, code_of(unknown)) == (404, "method-unknown")
