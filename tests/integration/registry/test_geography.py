"""Maps: boundaries that come in, GeoJSON that goes out, by kind and place and day."""

from uuid import UUID

import httpx
import pytest

from shared.contracts.registry import UnitKind
from tests.support.geography import (
    a_feature,
    a_geojson,
    a_municipality,
    a_pou,
    a_square,
    register_all,
    registered_unit,
)
from tests.support.registry import ADMINISTRATOR, OBRNICE, code_of
from tests.support.service import ServiceUnderTest

STATE = registered_unit(UnitKind.STATE, "CZ", "Česká republika")
REGION = registered_unit(UnitKind.REGION, "CZ042", "Ústecký kraj", STATE[0])
OTHER_REGION = registered_unit(UnitKind.REGION, "CZ041", "Karlovarský kraj", STATE[0])
DISTRICT = registered_unit(UnitKind.DISTRICT, "CZ0425", "Most", REGION[0])
ORP = registered_unit(UnitKind.ORP, "4209", "Most", REGION[0])
POU = a_pou("42091", "Most", ORP[0])
OBEC = a_municipality(parent=DISTRICT[0])
TRMICE = a_municipality("553697", "Trmice")
MAP = "/geography/units.geojson"


@pytest.fixture
async def places(registry: ServiceUnderTest) -> ServiceUnderTest:
    await register_all(registry, [STATE, REGION, OTHER_REGION, DISTRICT, ORP, POU, OBEC, TRMICE])
    async with registry.client(ADMINISTRATOR) as client:
        await brought(client, "points", a_geojson(a_feature("553697", 13.99, 50.64), a_feature()))
        await brought(client, "boundaries", a_geojson(a_feature("CZ042", geometry=a_square())), kind="region")
    return registry


async def brought(client: httpx.AsyncClient, what: str, content: bytes, **query: str) -> httpx.Response:
    answer = await client.post(f"/geography/imports/{what}", content=content, params=query)
    assert answer.status_code == 200, answer.text
    return answer


async def names(client: httpx.AsyncClient, **filters: str) -> list[str]:
    answer = await client.get(MAP, params=filters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/geo+json")
    return [each["properties"]["name"] for each in answer.json()["features"]]


async def test_units_with_a_point_are_given_as_geojson_in_czech_order(places: ServiceUnderTest) -> None:
    async with places.client() as client:
        with places.counted_statements() as statements:
            answer = await client.get(MAP)
    document = answer.json()
    assert document["type"] == "FeatureCollection"
    assert document["features"][0] == {
        "type": "Feature",
        "id": str(OBRNICE),
        "geometry": {"type": "Point", "coordinates": [13.6951, 50.5046]},
        "properties": {"id": str(OBRNICE), "code": "567337", "name": "Obrnice", "kind": "municipality"},
    }
    assert [each["properties"]["name"] for each in document["features"]] == ["Obrnice", "Trmice"]
    assert len(statements) == 1


async def test_a_map_is_cut_by_kind_place_and_day(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        told = {"unit_id": str(TRMICE[0].id), "group_id": str(POU[0].id), "valid_from": "2020-01-01"}
        assert (await client.post("/memberships", json=told)).status_code == 201
        assert await names(client, **{"filter[region]": "CZ042"}) == ["Obrnice", "Trmice"]
        assert await names(client, **{"filter[region]": str(REGION[0].id)}) == ["Obrnice", "Trmice"]
        assert await names(client, **{"filter[region]": "CZ041"}) == []
        inside = {"filter[within]": str(ORP[0].id), "filter[kind]": "municipality"}
        assert await names(client, **inside) == ["Trmice"]
        assert await names(client, **inside, as_of="2019-12-31") == []
        assert await names(client, **{"filter[kind]": "district"}) == []
        assert await names(client, **{"filter[kind]": "municipality"}, as_of="1999-12-31") == []


async def test_a_boundary_comes_in_and_goes_out_as_it_was(places: ServiceUnderTest) -> None:
    async with places.client() as client:
        document = (await client.get(MAP, params={"with": "boundary"})).json()
        known = (await client.get(f"/units/{REGION[0].id}/geometry")).json()
    assert [each["properties"]["code"] for each in document["features"]] == ["CZ042"]
    assert document["features"][0]["geometry"] == a_square() == known["boundary"]
    assert known["point"] is None


async def test_a_boundary_again_changes_nothing_and_another_one_replaces_it(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        again = await brought(
            client, "boundaries", a_geojson(a_feature("CZ042", geometry=a_square())), kind="region"
        )
        larger = {"type": "MultiPolygon", "coordinates": [a_square(size=0.7)["coordinates"]]}
        other = await brought(
            client, "boundaries", a_geojson(a_feature("CZ042", geometry=larger)), kind="region"
        )
        known = (await client.get(f"/units/{REGION[0].id}/geometry")).json()
    assert again.json()["changes"] == {"added": 0, "changed": 0, "unchanged": 1}
    assert other.json()["changes"] == {"added": 0, "changed": 1, "unchanged": 0}
    assert known["boundary"]["type"] == "MultiPolygon"


OPEN = [[13.0, 50.0], [13.5, 50.0], [13.5, 50.5], [13.0, 50.5]]
ABROAD = [[2.0, 50.0], [2.5, 50.0], [2.5, 50.5], [2.0, 50.0]]


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        ({"type": "Polygon", "coordinates": [OPEN]}, "není uzavřená"),
        ({"type": "Polygon", "coordinates": [[]]}, "není uzavřená"),
        ({"type": "Polygon", "coordinates": [[[13.0, 50.0]]]}, "není uzavřená"),
        ({"type": "Polygon", "coordinates": []}, "Čekáme"),
        ({"type": "Polygon"}, "Čekáme"),
        ({"type": "Point", "coordinates": [13.0, 50.0]}, "Čekáme"),
        ({"type": "MultiPolygon", "coordinates": [OPEN]}, "stupních"),
        ({"type": "Polygon", "coordinates": [ABROAD]}, "mimo území"),
        ({"type": "Polygon", "coordinates": [["abcd"]]}, "stupních"),
    ],
)
async def test_a_boundary_that_is_none_is_told(
    places: ServiceUnderTest, geometry: dict[str, object], why: str
) -> None:
    content = a_geojson(a_feature("CZ041", geometry=geometry))
    async with places.client(ADMINISTRATOR) as client:
        report = await brought(
            client, "boundaries", content, kind="region", on_bad_rows="keep-good", dry_run="true"
        )
    assert why in report.json()["problems"][0]["cs"]


async def test_boundaries_come_as_geojson_alone(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        refused = await client.post("/geography/imports/boundaries", content=b"Kod,Latitude\n1,2\n")
    assert (refused.status_code, code_of(refused)) == (422, "file-of-wrong-kind")


async def test_a_map_that_did_not_change_is_not_sent_again(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        first = await client.get(MAP)
        known = {"If-None-Match": first.headers["ETag"]}
        assert (await client.get(MAP, headers=known)).status_code == 304
        await brought(client, "points", a_geojson(a_feature(longitude=13.7)))
        assert (await client.get(MAP, headers=known)).status_code == 200


@pytest.mark.parametrize(
    "filters",
    [
        {"filter[kind]": "village"},
        {"filter[region]": "CZ999"},
        {"filter[region]": "567337"},
        {"filter[within]": "CZ042"},
        {"with": "everything"},
        {"as_of": "včera"},
        {"limit": "10"},
    ],
)
async def test_a_map_of_nonsense_is_refused(registry: ServiceUnderTest, filters: dict[str, str]) -> None:
    async with registry.client() as client:
        assert (await client.get(MAP, params=filters)).status_code == 422


async def test_a_unit_without_geometry_is_told_so(places: ServiceUnderTest) -> None:
    async with places.client() as client:
        for unit in (POU[0].id, UUID(int=5)):
            answer = await client.get(f"/units/{unit}/geometry")
            assert (answer.status_code, code_of(answer)) == (404, "geometry-unknown")
