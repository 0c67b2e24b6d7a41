"""Who reads which applications, how they are found, what is published of decisions."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from registry.applications import use_cases
from registry.applications.steps import Move, Status
from tests.support.applications import (
    CALL,
    TODAY,
    Filed,
    a_call,
    a_town,
    announced,
    content_json,
    drafted,
    with_municipalities,
)
from tests.support.registry import MOST_DISTRICT, USTI_REGION, code_of, unit_json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    COMMISSIONER,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
    EVALUATOR,
    MAYOR,
    OBRNICE,
    PARTNER,
    SYSTEM,
    TRMICE,
)


@pytest.fixture
async def intake(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_municipalities(registry)
    await announced(registry)
    return registry


async def submitted(service: ServiceUnderTest) -> Filed:
    return await (await drafted(service)).moved("submission")


async def test_the_agency_reads_all_a_unit_its_own_and_nobody_else_knows_of_it(
    intake: ServiceUnderTest,
) -> None:
    filed = await submitted(intake)
    for actor, sees in (
        *((each, True) for each in (ADMINISTRATOR, CONSULTANT, ANALYST, EVALUATOR, DIRECTOR)),
        *((each, True) for each in (COORDINATOR, MAYOR, PARTNER)),
        *((each, False) for each in (COORDINATOR_OF_TRMICE, COMMISSIONER, SYSTEM)),
    ):
        async with intake.client(actor) as client:
            one = await client.get(f"/applications/{filed.id}")
            past = await client.get(f"/applications/{filed.id}", params={"as_of": TODAY.isoformat()})
            lacks = await client.get(f"/applications/{filed.id}/completeness")
            listed = await client.get("/applications")
        wanted = 200 if sees else 404
        assert [answer.status_code for answer in (one, past, lacks)] == [wanted] * 3, actor.id
        assert len(listed.json()["items"]) == int(sees), actor.id
    async with intake.client() as anybody:
        assert (await anybody.get("/applications")).status_code == 401


async def test_a_commissioner_sees_heads_of_what_is_evaluated_and_nothing_of_the_content(
    intake: ServiceUnderTest,
) -> None:
    filed = await (await drafted(intake)).checked()
    async with intake.transaction() as tx:
        await use_cases.open_evaluation(tx, [filed.id], tx.today)
    async with intake.client(COMMISSIONER) as client:
        (head,) = (await client.get("/applications")).json()["items"]
        assert (await client.get(f"/applications/{filed.id}")).status_code == 404
    assert (head["unit_name"], head["status"]) == ("Obrnice", "in-evaluation")
    assert not {"form", "contact", "resolution"} & set(head)


async def test_heads_are_found_by_call_state_unit_and_region_in_two_statements(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        for each in (
            {"kind": "region", "code": "CZ042", "name": "Ústecký kraj"},
            {"kind": "district", "code": "CZ0425", "name": "Most", "parent_id": str(USTI_REGION)},
            {"kind": "municipality", "code": "567337", "name": "Obrnice", "parent_id": str(MOST_DISTRICT)},
            {"kind": "municipality", "code": "553697", "name": "Trmice"},
        ):
            answer = await client.post("/units", json=unit_json(**each))
            assert answer.status_code == 201, answer.text
    await announced(registry)
    await submitted(registry)
    await drafted(registry, COORDINATOR_OF_TRMICE, unit=TRMICE)

    async def names(**filters: str) -> list[str]:
        async with registry.client(CONSULTANT) as client:
            with registry.counted_statements() as statements:
                answer = await client.get("/applications", params=filters)
        assert answer.status_code == 200, answer.text
        assert 1 <= len(statements) <= 2
        return [head["unit_name"] for head in answer.json()["items"]]

    assert await names() == ["Obrnice", "Trmice"]
    assert await names(sort="received") == ["Obrnice", "Trmice"]
    assert await names(**{"filter[status]": "draft"}) == ["Trmice"]
    assert await names(**{"filter[unit]": str(OBRNICE)}) == ["Obrnice"]
    assert await names(**{"filter[region]": "CZ042"}) == ["Obrnice"]
    assert await names(**{"filter[call]": str(CALL), "filter[region]": "CZ020"}) == []
    assert await names(**{"filter[call]": str(OBRNICE)}) == []
    async with registry.client(CONSULTANT) as client:
        refused = await client.get("/applications", params={"filter[name]": "x"})
    assert (refused.status_code, code_of(refused)) == (422, "unknown-parameter")


async def test_pages_give_each_application_once(intake: ServiceUnderTest) -> None:
    for number in range(5):
        town = await a_town(intake, number)
        filed = await drafted(intake, town, unit=next(iter(town.units)))
        if number < 3:
            await filed.moved("submission", town)
    for sort in ("number", "received"):
        found: list[str] = []
        address = f"/applications?limit=2&sort={sort}"
        async with intake.client(CONSULTANT) as client:
            while address:
                answer = await client.get(address)
                found += [head["unit_name"] for head in answer.json()["items"]]
                address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert found[:3] == ["Obec 000", "Obec 001", "Obec 002"]
        assert sorted(found) == [f"Obec {number:03}" for number in range(5)]


async def test_officials_find_what_is_due_soon_and_what_is_overdue(registry: ServiceUnderTest) -> None:
    await with_municipalities(registry)
    await announced(registry, a_call(opens_on=TODAY - timedelta(days=40), closes_on=TODAY))
    long_ago = f"{TODAY - timedelta(days=35)}T12:00:00Z"
    overdue = await drafted(registry, CONSULTANT)
    await overdue.moved("submission", CONSULTANT, received_at=long_ago)
    soon = await drafted(registry, CONSULTANT, unit=TRMICE)
    await soon.moved("submission", CONSULTANT)
    async with registry.client(ANALYST) as client:

        async def due(which: str) -> list[str]:
            answer = await client.get("/applications", params={"filter[due]": which})
            return [head["unit_name"] for head in answer.json()["items"]]

        assert (await due("overdue"), await due("soon")) == (["Obrnice"], [])
        await soon.moved("return", ANALYST, on=TODAY.isoformat())
        assert await due("soon") == []  # five working days are left
        shown = (await client.get(f"/applications/{overdue.id}")).json()
        assert shown["days_left"] < 0
        await overdue.moved("formal-check", ANALYST)
        assert await due("overdue") == []


async def test_decisions_are_published_with_reasons_in_czech_order(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        for code, name in (("567337", "Ústí"), ("553697", "Čáslav")):
            answer = await client.post("/units", json=unit_json(code=code, name=name))
            assert answer.status_code == 201, answer.text
    await announced(registry)
    approved = await (await drafted(registry)).checked()
    await (await approved.evaluated()).moved("approval", DIRECTOR)
    reserve = await drafted(registry, COORDINATOR_OF_TRMICE, unit=TRMICE)
    await reserve.moved("submission", COORDINATOR_OF_TRMICE)
    await reserve.moved("formal-check", ANALYST)
    await reserve.evaluated(Move.PLACE_IN_RESERVE)
    async with registry.client() as anybody:
        published = (await anybody.get("/applications/decisions")).json()["items"]
        accepted = await anybody.get("/applications/decisions", params={"filter[outcome]": "accepted"})
        of_other = await anybody.get("/applications/decisions", params={"filter[call]": str(OBRNICE)})
        of_unit = await anybody.get("/applications/decisions", params={"filter[unit]": str(OBRNICE)})
    assert [(each["unit_name"], each["outcome"], each["reasons"]) for each in published] == [
        ("Čáslav", "reserve", "Pořadí 3."),
        ("Ústí", "accepted", "Potřebnost je doložená."),
    ]
    assert [each["unit_name"] for each in accepted.json()["items"]] == ["Ústí"]
    assert of_other.json()["items"] == []
    assert [each["unit_id"] for each in of_unit.json()["items"]] == [str(OBRNICE)]
    assert {"number", "decided_on", "call_code"} <= set(published[0])
    assert not {"contact", "form", "decided_by"} & set(published[0])


async def test_the_journal_of_an_application_knows_no_person_to_contact(intake: ServiceUnderTest) -> None:
    filed = await submitted(intake)
    async with intake.client(COORDINATOR) as client:
        (head,) = (await client.get("/journal", params={"filter[subject_id]": str(filed.id)})).json()["items"]
        entry = (await client.get(f"/journal/{head['id']}")).json()
    async with intake.client(COORDINATOR_OF_TRMICE) as client:
        assert (await client.get(f"/journal/{head['id']}")).status_code == 404
    assert (entry["action"], entry["before"]["status"], entry["after"]["status"]) == (
        "submit",
        Status.DRAFT.value,
        Status.SUBMITTED.value,
    )
    assert (entry["before"]["contact"], entry["after"]["contact"]) == (None, None)


async def test_the_register_of_a_call_goes_to_spreadsheets_with_the_answers_of_the_form(
    intake: ServiceUnderTest,
) -> None:
    answers = {"reason": "=1+1 a dalších deset", "localities": 3, "had_cooperation": False}
    filed = await drafted(intake, content=content_json(form=answers))
    await filed.moved("submission")
    await drafted(intake, COORDINATOR_OF_TRMICE, unit=TRMICE)
    asked = {"filter[call]": str(CALL), "delimiter": "semicolon"}
    async with intake.client(CONSULTANT, **{"Accept-Language": "cs"}) as client:
        answer = await client.get("/applications/register.csv", params=asked)
        book = await client.get("/applications/register.xlsx", params={"filter[call]": str(CALL)})
        unknown = await client.get("/applications/register.csv", params={"filter[call]": str(OBRNICE)})
    async with intake.client(COORDINATOR) as client:
        refused = await client.get("/applications/register.csv", params=asked)
    assert (unknown.status_code, refused.status_code) == (404, 403)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(line["číslo"], line["název"], line["stav"]) for line in lines] == [
        ("KPSV21-2/001", "Obrnice", "podaná"),
        ("", "Trmice", "rozpracovaná"),
    ]
    assert (lines[0]["Důvod žádosti"], lines[0]["Počet lokalit"]) == ("'=1+1 a dalších deset", "3")
    assert (lines[0]["had_cooperation"], lines[0]["usnesení"]) == ("ne", "97/18-ZM")
    page = load_workbook(BytesIO(book.content)).active
    assert page is not None
    texts = {cell.value for row in page.iter_rows() for cell in row}
    assert {"=1+1 a dalších deset", "KPSV21-2/001", "Důvod žádosti"} <= texts
