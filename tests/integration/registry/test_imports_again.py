"""Units that were closed and are established again, and codes that were given up."""

from datetime import date

from shared.contracts.registry import UnitChanged, UnitRegistered
from tests.support.files import a_csv, an_item, relations
from tests.support.imports import counted, taken_over, unit_named
from tests.support.registry import ADMINISTRATOR, OBRNICE, code_of, decided_on, registered, unit_json
from tests.support.service import ServiceUnderTest


async def test_a_closed_unit_that_is_registered_again_is_the_same_unit(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        await client.post(
            f"/units/{OBRNICE}/closure", json={"valid_until": "2010-12-31"}, headers=decided_on(1)
        )
        too_early = await client.post("/units", json=unit_json(valid_from="2010-12-31"))
        again = await client.post("/units", json=unit_json(valid_from="2020-01-01", name="Nové Obrnice"))
        between = await client.get(f"/units/{OBRNICE}", params={"as_of": "2015-01-01"})
        before = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2010-12-31"})).json()
    assert (too_early.status_code, code_of(too_early)) == (409, "unit-already-registered")
    assert (again.status_code, again.headers["Location"], again.headers["ETag"]) == (
        201,
        f"/units/{OBRNICE}",
        '"3"',
    )
    assert (again.json()["valid_from"], again.json()["valid_until"]) == ("2000-01-01", None)
    assert (between.status_code, before["name"]) == (404, "Obrnice")
    assert len(await registry.told(UnitRegistered)) == 1
    assert [told.valid_until for told in await registry.told(UnitChanged)] == [None]


async def test_a_code_that_was_given_up_may_be_registered_for_another_unit(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        first = (await registered(client, kind="local-action-group", code="6599", name="MAS A")).json()
        await client.patch(
            f"/units/{first['id']}",
            json={"changes_on": "2020-01-01", "code": "551023", "ico": None},
            headers=decided_on(1),
        )
        heir = await client.post(
            "/units",
            json=unit_json(kind="local-action-group", code="6599", name="MAS B", valid_from="2020-01-01"),
        )
        third = await client.post(
            "/units",
            json=unit_json(kind="local-action-group", code="6599", name="MAS C", valid_from="2021-01-01"),
        )
    assert heir.status_code == 201
    assert heir.json()["id"] != first["id"]
    assert (third.status_code, code_of(third)) == (409, "identifier-taken")
    assert {told.name for told in await registry.told(UnitRegistered)} == {"MAS A", "MAS B"}


async def test_a_list_speaks_of_the_unit_that_has_the_code_on_the_day(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        first = (await registered(client)).json()
        await client.patch(
            f"/units/{OBRNICE}",
            json={"changes_on": "2020-01-01", "code": "556912"},
            headers=decided_on(1),
        )
        file = a_csv([an_item("567337", "Nové Obrnice", date(2021, 1, 1))])
        report = await taken_over(client, "code-list", file)
        units = (await client.get("/units")).json()["items"]
    assert counted(report) == {"registered": 1}
    assert {unit["code"]: unit["name"] for unit in units} == {"556912": "Obrnice", "567337": "Nové Obrnice"}
    assert {unit["code"]: unit["id"] for unit in units}["556912"] == first["id"]


async def test_the_end_of_a_former_code_does_not_end_the_unit(registry: ServiceUnderTest) -> None:
    ended = an_item("567337", "Obrnice", last=date(2019, 12, 31))
    goes_on = an_item("556912", "Obrnice", date(2020, 1, 1))
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        await client.patch(
            f"/units/{OBRNICE}",
            json={"changes_on": "2020-01-01", "code": "556912"},
            headers=decided_on(1),
        )
        report = await taken_over(client, "code-list", a_csv([ended, goes_on]), on_bad_rows="keep-good")
        unit = (await client.get(f"/units/{OBRNICE}")).json()
    assert (report["problems"][0]["row"], counted(report)) == (2, {"unchanged": 1})
    assert "trvá pod kódem „556912“" in report["problems"][0]["cs"]
    assert unit["valid_until"] is None


async def test_a_district_that_changed_its_code_is_one_unit(registry: ServiceUnderTest) -> None:
    regions = [
        an_item("3107", "Vysočina", date(2000, 1, 1), date(2007, 12, 31), code_list="100", cznuts="CZ061"),
        an_item("3107", "Kraj Vysočina", date(2008, 1, 1), code_list="100", cznuts="CZ063"),
    ]
    districts = [
        an_item("40601", "Jihlava", date(2000, 1, 1), date(2007, 12, 31), code_list="101", cznuts="CZ0615"),
        an_item("40601", "Jihlava", date(2008, 1, 1), code_list="101", cznuts="CZ0632"),
    ]
    async with registry.client(ADMINISTRATOR) as client:
        await taken_over(client, "code-list", a_csv(regions))
        await taken_over(client, "code-list", a_csv(districts))
        related = await taken_over(
            client, "relations", a_csv(relations("101", "100", [("40601", "3107")])), valid_from="2026-01-01"
        )
        then = await unit_named(client, "Jihlava", "district", as_of="2007-12-31")
        now = await unit_named(client, "Jihlava", "district")
    assert counted(related) == {"changed": 1}
    assert (then["code"], now["code"], then["id"]) == ("CZ0615", "CZ0632", now["id"])
    assert then["parent_id"] == now["parent_id"] is not None


async def test_a_name_without_end_is_a_bad_row(registry: ServiceUnderTest) -> None:
    file = a_csv([an_item("567337", "O" * 201), an_item("556912", "Ž" * 200)])
    async with registry.client(ADMINISTRATOR) as client:
        report = await taken_over(client, "code-list", file, on_bad_rows="keep-good")
    assert (report["problems"][0]["row"], counted(report)) == (2, {"registered": 1})
