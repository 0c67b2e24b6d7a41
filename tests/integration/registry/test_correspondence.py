"""Correspondence, promises and the story of a unit over HTTP."""

import asyncio
from datetime import timedelta

import pytest

from registry.journal import use_cases as journal
from registry.journal.domain import Audience
from shared.http import today
from tests.support.activities import (
    TRMICE,
    activity_json,
    contact_json,
    entry_json,
    two_towns,
    written,
    yesterday,
)
from tests.support.journal import Matter, a_decision
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, OBRNICE, code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR_OF_TRMICE, MAYOR, PARTNER

LATER = (today() + timedelta(days=10)).isoformat()
OURS = {"what": "Pošleme vzor žádosti", "side": "agency", "person": CONSULTANT.id, "due_on": LATER}
THEIRS = {"what": "Dodá data o ubytovnách", "side": "unit", "due_on": yesterday()}


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
    return registry


async def entered(towns: ServiceUnderTest, **changes: object) -> str:
    async with towns.client(CONSULTANT) as client:
        return (await written(client, "/correspondence", entry_json(**changes))).headers["Location"]


async def test_an_entry_is_written_down_with_its_promises(towns: ServiceUnderTest) -> None:
    async with towns.client(COORDINATOR) as coordinator:
        contact = (await written(coordinator, "/contacts", contact_json())).json()["id"]
    body = entry_json(
        contact_ids=[contact],
        channel="data-box",
        message_id="1122334455",
        promises=[OURS, {**THEIRS, "contact_id": contact}],
    )
    async with towns.client(CONSULTANT) as client, towns.client(MAYOR) as mayor:
        created = await written(client, "/correspondence", body)
        read = await mayor.get(created.headers["Location"])
    entry = created.json()
    assert (created.headers["ETag"], read.headers["ETag"]) == ('"1"', '"1"')
    assert {**read.json(), "recorded_at": entry["recorded_at"]} == entry
    assert [(each["side"], each["status"]) for each in entry["promises"]] == [
        ("agency", "open"),
        ("unit", "open"),
    ]
    assert entry["promises"][0]["allowed_moves"] == ["correct", "fulfil", "abandon"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"occurred_on": LATER}, 422, "occurred-in-the-future"),
        ({"unit_ids": [str(OBRNICE)] * 2}, 422, "correspondence-unit-twice"),
        ({"unit_ids": ["00000000-0000-0000-0000-000000000000"]}, 422, "correspondence-unit-unknown"),
        ({"message_id": "1122334455"}, 422, "message-of-another-channel"),
        ({"contact_ids": [str(OBRNICE)]}, 422, "correspondent-unknown"),
        ({"promises": [{**OURS, "side": "unit"}]}, 422, "promiser-not-of-the-side"),
        ({"promises": [{**OURS, "due_on": "2020-01-01"}]}, 422, "due-before-promised"),
        ({"promises": [THEIRS], "direction": "internal"}, 409, "direction-of-promises"),
        ({"promises": [{**THEIRS, "contact_id": str(OBRNICE)}]}, 422, "correspondent-unknown"),
        ({"subject": ""}, 422, "malformed"),
        ({"channel": "pigeon"}, 422, "malformed"),
        ({"others": "\x00"}, 422, "malformed"),
    ],
)
async def test_an_entry_against_the_rules_is_refused_and_leaves_nothing(
    towns: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with towns.client(CONSULTANT) as client:
        refused = await client.post("/correspondence", json=entry_json(**changes))
        listed = (await client.get("/correspondence")).json()["items"]
        promised = (await client.get("/promises")).json()["items"]
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert (listed, promised) == ([], [])


async def test_a_contact_of_another_town_does_not_take_part(towns: ServiceUnderTest) -> None:
    async with towns.client(ADMINISTRATOR) as client:
        other = contact_json(unit_id=str(TRMICE))
        contact = (await written(client, "/contacts", other)).json()["id"]
        refused = await client.post("/correspondence", json=entry_json(contact_ids=[contact]))
    assert (refused.status_code, code_of(refused)) == (422, "correspondent-unknown")


async def test_internal_entries_and_those_of_others_are_not_for_the_unit(towns: ServiceUnderTest) -> None:
    open_one = await entered(towns)
    internal = await entered(towns, direction="internal", subject="Porada", promises=[OURS])
    others = await entered(towns, unit_ids=[str(TRMICE)])
    async with towns.client(COORDINATOR) as client:
        codes = [(await client.get(place)).status_code for place in (open_one, internal, others)]
        listed = (await client.get("/correspondence")).json()["items"]
        promised = (await client.get("/promises")).json()["items"]
        decided = (await client.get("/journal")).json()["items"]
        story = (await client.get(f"/stories/{OBRNICE}")).json()["items"]
    assert codes == [200, 404, 404]
    assert [each["id"] for each in listed] == [open_one.rpartition("/")[2]]
    assert promised == []
    assert {each["subject_id"] for each in decided} == {open_one.rpartition("/")[2]}
    assert [each["title"] for each in story] == ["Příprava žádosti o sociální bydlení"]
    async with towns.client(PARTNER) as client:
        assert (await client.get("/correspondence")).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ZADOSTI bydlení"}, 1),
        ({"q": "zadosti dluhy"}, 0),
        ({"q": "100%"}, 1),
        ({"q": "1_0"}, 0),
        ({"q": "a\\"}, 0),
        ({"filter[channel]": "phone"}, 1),
        ({"filter[direction]": "out"}, 1),
        ({"filter[unit]": str(TRMICE)}, 1),
        ({"filter[from]": yesterday()}, 1),
        ({"filter[until]": "2026-01-31"}, 1),
    ],
)
async def test_entries_are_found_by_words_without_diacritics_and_by_filters(
    towns: ServiceUnderTest, asked: dict[str, str], found: int
) -> None:
    await entered(towns)
    await entered(
        towns,
        unit_ids=[str(TRMICE)],
        subject="Oddlužení: 100% účast",
        summary="",
        channel="phone",
        direction="out",
        occurred_on="2026-01-31",
    )
    async with towns.client(CONSULTANT) as client:
        with towns.counted_statements() as statements:
            listed = await client.get("/correspondence", params=asked)
            sent = len(statements)
    assert listed.status_code == 200, listed.text
    assert len(listed.json()["items"]) == found
    assert sent <= 2


async def test_a_correction_keeps_what_stood_there_but_no_names(towns: ServiceUnderTest) -> None:
    place = await entered(towns, others="Jana Nováková, učitelka")
    body = entry_json(summary="Obec žádá o termín.", others="Jana Dvořáková") | {"reason": "Jiný obsah"}
    async with towns.client(CONSULTANT) as client:
        corrected, late = await asyncio.gather(
            *(client.post(f"{place}/correction", json=body, headers=decided_on(1)) for _ in range(2))
        )
        same = await client.post(f"{place}/correction", json=body, headers=decided_on(2))
        heads = (await client.get("/journal", params={"filter[subject]": "correspondence"})).json()["items"]
        entry = await client.get(f"/journal/{heads[0]['id']}")
    assert {corrected.status_code, late.status_code} == {200, 412}
    assert (same.status_code, code_of(same)) == (409, "correspondence-unchanged")
    assert entry.json()["before"]["summary"] == "Obec žádá o pomoc se žádostí."
    assert "Nováková" not in entry.text
    assert "Dvořáková" not in entry.text


async def test_an_entry_with_a_promise_of_the_unit_does_not_become_internal(towns: ServiceUnderTest) -> None:
    place = await entered(towns, promises=[THEIRS])
    body = entry_json(direction="internal") | {"reason": "Interní"}
    async with towns.client(CONSULTANT) as client:
        refused = await client.post(f"{place}/correction", json=body, headers=decided_on(1))
    assert (refused.status_code, code_of(refused)) == (409, "direction-of-promises")


async def test_what_was_promised_is_listed_the_overdue_first(towns: ServiceUnderTest) -> None:
    place = await entered(towns, promises=[OURS, THEIRS, {**OURS, "what": "Bez termínu", "due_on": None}])
    async with towns.client(CONSULTANT) as client:
        late: dict[str, object] = {"what": "Doplněný slib", "side": "agency", "due_on": today().isoformat()}
        added = await written(client, f"{place}/promises", late)
        kept = await client.post(
            f"{added.headers['Location']}/fulfilment", json={"note": "Posláno"}, headers=decided_on(1)
        )
        with towns.counted_statements() as statements:
            listed = (await client.get("/promises", params={"filter[unit]": str(OBRNICE)})).json()["items"]
            sent = len(statements)
        overdue = (await client.get("/promises", params={"filter[state]": "overdue"})).json()["items"]
        done = (await client.get("/promises", params={"filter[state]": "done"})).json()["items"]
        mine = (await client.get("/promises", params={"filter[person]": "me"})).json()["items"]
        theirs = (await client.get("/promises", params={"filter[side]": "unit"})).json()["items"]
        paged = await client.get("/promises", params={"limit": 2})
        rest = (await client.get(paged.links["next"]["url"])).json()["items"]
    assert (kept.status_code, kept.json()["status"]) == (200, "fulfilled")
    whats = [each["what"] for each in listed]
    assert whats == [THEIRS["what"], OURS["what"], "Bez termínu", "Doplněný slib"]
    assert [each["overdue"] for each in listed] == [True, False, False, False]
    assert [each["what"] for each in overdue + theirs] == [THEIRS["what"]] * 2
    assert [each["what"] for each in done] == ["Doplněný slib"]
    assert [each["what"] for each in mine] == [OURS["what"], "Bez termínu"]
    assert [each["what"] for each in paged.json()["items"] + rest] == whats
    assert sent <= 2


async def test_a_promise_is_settled_once_and_corrected_while_it_is_open(towns: ServiceUnderTest) -> None:
    place = await entered(towns, promises=[OURS])
    async with towns.client(CONSULTANT) as client:
        promise = (await client.get(place)).json()["promises"][0]
        address = f"/promises/{promise['id']}"
        later = {**OURS, "due_on": (today() + timedelta(days=20)).isoformat(), "reason": "Dovolená"}
        moved = await client.post(f"{address}/correction", json=later, headers=decided_on(1))
        answers = await asyncio.gather(
            client.post(f"{address}/fulfilment", json={}, headers=decided_on(2)),
            client.post(f"{address}/abandonment", json={"note": "Už netřeba"}, headers=decided_on(2)),
        )
        again = await client.post(f"{address}/fulfilment", json={}, headers=decided_on(3))
        backwards = await client.post(
            f"{address}/fulfilment", json={"on": "2020-01-01"}, headers=decided_on(3)
        )
        read = await client.get(address)
    assert (moved.status_code, read.headers["ETag"]) == (200, '"3"')
    assert sorted(each.status_code for each in answers) == [200, 412]
    assert (again.status_code, code_of(again)) == (409, "promise-settled")
    assert again.json()["allowed_moves"] == []
    assert backwards.status_code == 409
    assert read.json()["settled_on"] == today().isoformat()


async def test_a_new_colleague_reads_the_whole_story_in_one_thread(towns: ServiceUnderTest) -> None:
    await entered(towns, occurred_on="2026-02-01", promises=[THEIRS | {"due_on": "2026-03-01"}])
    await entered(towns, occurred_on="2026-02-02", direction="internal", subject="Porada")
    await entered(towns, unit_ids=[str(TRMICE)])
    async with towns.client(ADMINISTRATOR) as client:
        await written(client, "/activities", activity_json(held_on="2026-02-03"))
    async with towns.transaction(ADMINISTRATOR) as tx:
        decision = a_decision(unit_id=OBRNICE, audience=Audience.PUBLIC, after=Matter(status="approved"))
        await journal.record(tx, decision)
    async with towns.client(CONSULTANT) as client:
        with towns.counted_statements() as statements:
            story = (await client.get(f"/stories/{OBRNICE}")).json()["items"]
            sent = len(statements)
        paged = await client.get(f"/stories/{OBRNICE}", params={"limit": 3})
        rest = (await client.get(paged.links["next"]["url"])).json()["items"]
        some = await client.get(
            f"/stories/{OBRNICE}",
            params={
                "filter[part]": "correspondence",
                "filter[from]": "2026-02-02",
                "filter[until]": "2026-02-28",
            },
        )
        unknown = await client.get("/stories/00000000-0000-0000-0000-000000000000")
    told = [(each["happened_on"], each["part"], each["kind"], each["title"]) for each in story]
    assert told[0][1:] == ("decision", "promise", "promise")
    assert told[1:] == [
        ("2026-02-03", "activity", "KON", "Konzultace opatření k bydlení"),
        ("2026-02-02", "correspondence", "internal/e-mail", "Porada"),
        ("2026-02-01", "correspondence", "in/e-mail", "Příprava žádosti o sociální bydlení"),
        ("2023-04-06", "decision", "application", "submit"),
    ]
    assert [each["said"]["cs"] for each in story] == [
        "slib dán",
        "konzultace opatření",
        "e-mail (interně)",
        "e-mail (přijato)",
        "žádost podána",
    ]
    assert paged.json()["items"] + rest == story
    assert [each["title"] for each in some.json()["items"]] == ["Porada"]
    assert unknown.status_code == 404
    assert sent <= 2


async def test_the_story_of_a_town_is_not_for_the_next_town(towns: ServiceUnderTest) -> None:
    async with towns.client(COORDINATOR_OF_TRMICE) as client:
        refused = await client.get(f"/stories/{OBRNICE}")
        own = await client.get(f"/stories/{TRMICE}")
    assert (refused.status_code, code_of(refused), own.status_code) == (404, "story-unknown", 200)
