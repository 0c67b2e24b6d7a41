"""Lists of statements: filters, pages, who sees what, and the state on a day."""

import pytest

from tests.support.comparisons import OBRNICE, TRMICE, id_of, some_municipalities
from tests.support.registry import COORDINATOR
from tests.support.service import ServiceUnderTest
from tests.support.statements import (
    DIRECTOR,
    DRAFTER,
    OTHER_CONSULTANT,
    a_recommendation,
    all_that_it_takes,
    decided,
    drafted,
    filed,
)
from tests.support.tokens import PARTNER


@pytest.fixture
async def ready(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    await all_that_it_takes(registry)
    return registry


async def test_statements_are_found_by_each_filter(ready: ServiceUnderTest) -> None:
    trmice = str(id_of(TRMICE))
    async with ready.client(DRAFTER) as client, ready.client(OTHER_CONSULTANT) as other:
        first = await filed(client, project_title="1", received_on="2025-03-03")
        await filed(client, project_title="2", unit_ids=[trmice], received_on="2026-03-03")
        await filed(client, **a_recommendation(project_title="3", received_on="2026-03-04"))
        await drafted(client, first)

        async def titles(**filters: str) -> list[str]:
            params = {f"filter[{name}]": value for name, value in filters.items()}
            answer = await client.get("/statements", params=params)
            assert answer.status_code == 200, answer.text
            return [each["project_title"] for each in answer.json()["items"]]

        assert await titles() == ["1", "2", "3"]
        assert await titles(kind="recommending-statement") == ["3"]
        assert await titles(status="drafted") == ["1"]
        assert await titles(unit=trmice) == ["2"]
        assert await titles(year="2026") == ["2", "3"]
        assert await titles(drafter="me") == ["1"]
        assert await titles(year="2026", kind="map-confirmation", alarm="overdue") == ["2"]
        of_others = await other.get("/statements", params={"filter[drafter]": "me"})
        unknown = await client.get("/statements", params={"filter[colour]": "red"})
    assert (of_others.json()["items"], unknown.status_code) == ([], 422)


async def test_open_ones_come_first_by_their_last_day(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        gone = await filed(client, project_title="gone", received_on="2026-01-05")
        await decided(client, gone, "withdrawal")
        await filed(client, project_title="later", received_on="2026-02-10")
        standing = await filed(client, project_title="standing", received_on="2026-01-07")
        await decided(client, standing, "return", reason="x")
        await filed(client, project_title="sooner", received_on="2026-02-03")
        found: list[str] = []
        address = "/statements?limit=2"
        while address:
            with ready.counted_statements() as statements:
                answer = await client.get(address)
            assert 1 <= len(statements) <= 2
            found += [each["project_title"] for each in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == ["sooner", "later", "standing", "gone"]


async def test_people_of_a_unit_see_what_covers_it(ready: ServiceUnderTest) -> None:
    both = [str(id_of(TRMICE)), str(id_of(OBRNICE))]
    async with ready.client(DRAFTER) as client:
        joint = await filed(client, project_title="joint", unit_ids=both)
        await filed(client, project_title="other", unit_ids=both[:1])
    for actor in (COORDINATOR, PARTNER):
        async with ready.client(actor) as person:
            listed = (await person.get("/statements")).json()["items"]
            of_today = await person.get(f"/statements/{joint['id']}", params={"as_of": "9999-12-31"})
        assert [each["project_title"] for each in listed] == ["joint"]
        assert of_today.json()["project_title"] == "joint"


async def test_the_state_on_a_day_is_what_the_last_decision_left(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        request = await filed(client, received_on="2026-03-27")
        returned = await decided(client, request, "return", reason="x", on="2026-03-31")
        completed = await decided(client, returned, "completion", on="2026-04-07")
        proposed = await drafted(client, completed, on="2026-04-10")
        issued = await decided(director, proposed, "issue", on="2026-04-14")

        async def on(day: str) -> tuple[str, str | None, str, int | None]:
            address = f"/statements/{request['id']}"
            told = (await client.get(address, params={"as_of": day})).json()
            return told["status"], told["due_on"], told["alarm"], told["days_left"]

        before = await client.get(f"/statements/{request['id']}", params={"as_of": "2026-03-26"})
        states = [await on(day) for day in ("2026-03-27", "2026-04-01", "2026-04-09", "2026-04-10")]
        last = await on("2026-04-14")
    assert before.status_code == 404
    assert states == [
        ("received", "2026-04-14", "none", 10),
        ("returned", None, "none", 8),
        ("received", "2026-04-17", "none", 6),
        ("drafted", "2026-04-17", "none", 5),
    ]
    assert last[0] == "issued"
    assert issued["issue"]["number"] == "1/2026"
    assert issued["issue"]["issued_on"] == "2026-04-14"


async def test_decisions_of_a_statement_stand_in_the_journal(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        proposed = await drafted(client, await filed(client), reasons="Plní plán.")
        issued = await decided(director, proposed, "issue")
        params = {"filter[subject]": "statement", "filter[subject_id]": issued["id"]}
        entries = (await client.get("/journal", params=params)).json()["items"]
        last = (await client.get(f"/journal/{entries[0]['id']}")).json()
    assert [entry["action"] for entry in entries] == ["issue", "draft", "receive"]
    assert [entry["version"] for entry in entries] == [3, 2, 1]
    assert entries[1]["reason"] == "Plní plán."
    assert (last["before"]["status"], last["after"]["status"]) == ("drafted", "issued")
    assert last["after"]["issue"]["digest"] == issued["issue"]["digest"]
