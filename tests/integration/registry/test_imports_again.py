"""Units that were closed and are established again, and codes that were given up."""

from datetime import date

from shared.contracts.registry import UnitChanged, UnitRegistered
from tests.support.files import a_csv, an_item
from tests.support.imports import counted, taken_over
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
