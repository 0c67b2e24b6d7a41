"""Exports of RÚIAN: municipalities and their parts."""

import csv
from datetime import date

from registry.seed import seed
from shared.contracts.registry import UnitChanged, UnitRegistered
from tests.support.files import Dialect, a_csv, a_municipality_of_ruian, a_part_of_ruian, an_item, published
from tests.support.imports import ANALYST, counted, sent, taken_over, unit_named
from tests.support.registry import MOST_DISTRICT, OBRNICE
from tests.support.service import ServiceUnderTest


async def seeded(registry: ServiceUnderTest) -> None:
    async with registry.transaction() as tx:
        await seed(tx)


async def test_a_municipality_gets_its_status_and_district(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [
        a_municipality_of_ruian(),
        a_municipality_of_ruian("562858", "Šluknov", status_kod="3", okres_kod="3502", datum_vzniku=""),
        a_municipality_of_ruian("556912", "Nová", datum_vzniku="01.07.2010 00:00:00"),
    ]
    async with registry.client(ANALYST) as client:
        await taken_over(client, "ruian", a_csv(rows, Dialect.OLD))
        known = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2000-01-01"})).json()
        town = await unit_named(client, "Šluknov", "municipality")
        new = await unit_named(client, "Nová", "municipality")
    assert (known["status"], known["parent_id"]) == ("municipality", str(MOST_DISTRICT))
    assert town["status"] == "town"
    assert (new["valid_from"], new["parent_id"]) == ("2010-07-01", str(MOST_DISTRICT))


async def test_a_record_that_ended_closes_the_municipality(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    brdy = a_municipality_of_ruian(
        "539996",
        "Brdy",
        status_kod="1",
        okres_kod="3211",
        plati_od="05.06.2015 00:00:00",
        plati_do="31.12.2015 00:00:00",
        datum_vzniku="01.06.1950 00:00:00",
    )
    async with registry.client(ANALYST) as client:
        await taken_over(client, "ruian", a_csv([brdy]))
        unit = await unit_named(client, "Brdy", "municipality", as_of="2015-12-31")
        gone = (await client.get("/units", params={"q": "Brdy"})).json()["items"]
    assert (unit["valid_from"], unit["valid_until"], unit["status"]) == (
        "2000-01-01",
        "2015-12-31",
        "military-area",
    )
    assert "Brdy" not in {each["name"] for each in gone}


async def test_a_municipality_of_a_known_pou_becomes_its_member(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    pou = [an_item("42091", "Most", code_list="61", kod_ruian="1121")]
    rows = [a_municipality_of_ruian(pou_kod="1121"), a_municipality_of_ruian("567043", "Bečov", pou_kod="9")]
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", a_csv(pou))
        report = await taken_over(client, "ruian", a_csv(rows))
        again = await taken_over(client, "ruian", a_csv(rows))
    assert (report["changes"]["memberships_begun"], report["changes"]["pou_unknown"]) == (1, 1)
    assert counted(again) == {"unchanged": 2, "pou_unknown": 1}


async def test_parts_of_a_municipality_belong_to_it(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [a_part_of_ruian("109", "České Zlatníky"), a_part_of_ruian("108944", "Chanov", "567337")]
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "ruian", a_csv(rows))
        part = await unit_named(client, "Chanov", "municipality-part")
        parts = (await client.get("/units", params={"filter[parent]": str(OBRNICE)})).json()["items"]
    assert counted(report) == {"registered": 2}
    assert (part["code"], part["ruian_code"], part["parent_id"]) == ("108944", "108944", str(OBRNICE))
    assert [each["name"] for each in parts] == ["České Zlatníky", "Chanov"]


async def test_what_a_row_says_wrong_is_told_by_its_column(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [
        a_municipality_of_ruian("567338"),
        a_municipality_of_ruian(status_kod="7"),
        a_municipality_of_ruian("567043", "Bečov", okres_kod="1"),
        a_municipality_of_ruian("562858", "Šluknov", plati_od="31.02.2020 00:00:00"),
        a_municipality_of_ruian("", "Nic"),
    ]
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "ruian", a_csv(rows), on_bad_rows="keep-good")
    assert [(problem["row"], problem["column"]) for problem in report["problems"]] == [
        (2, "kod"),
        (3, "status_kod"),
        (4, "okres_kod"),
        (5, "plati_od"),
        (6, "kod"),
    ]
    assert counted(report) == {}


async def test_the_export_of_2026_is_taken_over_whole_and_once(registry: ServiceUnderTest) -> None:
    file = published("ruian-ui-obec-2026.csv")
    await seeded(registry)
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "ruian", file, file_name="UI_OBEC.csv")
        events = len(await registry.told(UnitRegistered)), len(await registry.told(UnitChanged))
        again = await taken_over(client, "ruian", file)
        prague = await unit_named(client, "Praha", "municipality")
        district = await unit_named(client, "Praha", "district")
        last = await unit_named(client, "Brdy", "municipality", as_of="2015-12-31")
    assert (report["rows"], report["refused"]) == (6259, 0)
    assert (report["changes"]["registered"], report["changes"]["changed"]) == (6221, 38)
    assert counted(again) == {"unchanged": 6259, "pou_unknown": 6259}
    assert (len(await registry.told(UnitRegistered)), len(await registry.told(UnitChanged))) == events
    assert (prague["status"], prague["parent_id"]) == ("capital-city", district["id"])
    assert date.fromisoformat(last["valid_until"]) == date(2015, 12, 31)


async def test_the_export_reads_alike_in_the_encoding_of_the_office(registry: ServiceUnderTest) -> None:
    rows = published("ruian-ui-obec-2026.csv").decode().splitlines()[:200]
    await seeded(registry)
    async with registry.client(ANALYST) as client:
        await taken_over(client, "ruian", "\n".join(rows).encode())
        again = await taken_over(client, "ruian", "\r\n".join(rows).encode("cp1250"))
    assert counted(again) == {"unchanged": 199, "pou_unknown": 199}


async def test_municipalities_of_2020_are_in_the_districts_that_the_export_of_2026_says(
    registry: ServiceUnderTest,
) -> None:
    """On 1 January 2021 13 municipalities moved to other districts (decree 346/2020 Sb.)."""
    old = {row["kod"]: row for row in csv.DictReader(published("ruian-2020-obce.csv").decode().splitlines())}
    await seeded(registry)
    async with registry.client(ANALYST) as client:
        await taken_over(client, "ruian", published("ruian-ui-obec-2026.csv"))
    events = await registry.told(UnitRegistered)
    lau = {event.unit_id: event.code for event in events if event.kind == "district"}
    there = {e.code: lau[e.parent_id] for e in events if e.kind == "municipality" and e.parent_id in lau}
    moved = {code for code, district in there.items() if code in old and old[code]["lau1_kod"] != district}
    assert len(there) > 6200
    assert len(moved) == 13
    assert moved >= {"577081", "553654"}  # Harrachov, Holýšov


async def test_without_its_columns_an_export_is_refused(registry: ServiceUnderTest) -> None:
    rows = [{"kod": "567337", "nazev": "Obrnice", "okres_kod": "3508"}]
    async with registry.client(ANALYST) as client:
        answer = await sent(client, "ruian", a_csv(rows))
    assert answer.json()["type"] == "urn:pospolu:problem:columns-missing"
    assert answer.json()["missing"] == "plati_od, plati_do, datum_vzniku, status_kod"
