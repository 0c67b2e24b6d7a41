"""The log of expert activities over HTTP on a real database."""

import asyncio
from datetime import timedelta

import pytest

from shared.contracts.intake import ActivityRecorded
from shared.http import today
from tests.support.activities import DIGEST, KEY, TRMICE, activity_json, two_towns, written, yesterday
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, OBRNICE, code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR_OF_TRMICE, DIRECTOR, MAYOR, PARTNER

PEOPLE = [{"role": "resident", "count": 12, "minutes": 60}, {"role": "official", "count": 2, "minutes": 90}]
ATTENDANCE = [{"person": KEY, "role": "resident", "minutes": 60}]
DOCUMENT = {
    "document_id": "019a1c2e-7b1a-7c3d-8e4f-000000000099",
    "file_name": "zapis.pdf",
    "digest": DIGEST,
    "label": "zápis",
}


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
    return registry


async def test_an_activity_is_written_down_read_and_told_without_names(towns: ServiceUnderTest) -> None:
    body = activity_json(people=PEOPLE, attendance=ATTENDANCE, documents=[DOCUMENT], note="Přišla paní N.")
    async with towns.client(CONSULTANT) as client:
        created = await written(client, "/activities", body)
        read = await client.get(created.headers["Location"])
        again = await client.get(created.headers["Location"], headers={"If-None-Match": '"1"'})
    activity = created.json()
    assert (created.headers["ETag"], read.headers["ETag"], again.status_code) == ('"1"', '"1"', 304)
    assert {**read.json(), "recorded_at": activity["recorded_at"]} == activity
    assert activity["staff"] == [{"person": CONSULTANT.id, "role": "lead", "minutes": 90}]
    assert (activity["status"], activity["allowed_moves"]) == ("recorded", ["correct", "strike-out"])
    (event,) = await towns.told(ActivityRecorded)
    assert (event.unit_ids, event.minutes, event.struck_out) == ((OBRNICE,), 90, False)
    assert [(each.person, each.role, each.minutes) for each in event.attendance] == [(KEY, "resident", 60)]
    assert "paní" not in repr(event)
    assert CONSULTANT.id not in repr(event)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"held_on": (today() + timedelta(days=1)).isoformat()}, 422, "held-in-the-future"),
        ({"unit_ids": [str(OBRNICE), str(OBRNICE)]}, 422, "activity-unit-twice"),
        ({"unit_ids": ["00000000-0000-0000-0000-000000000000"]}, 422, "activity-unit-unknown"),
        ({"held_on": "1999-12-31"}, 422, "activity-unit-not-there-then"),
        ({"unit_ids": []}, 422, "malformed"),
        ({"minutes": 0}, 422, "malformed"),
        ({"minutes": 1441}, 422, "malformed"),
        ({"minutes": True}, 422, "malformed"),
        ({"title": "a\x00b"}, 422, "malformed"),
        ({"areas": ["BYD", "BYD"]}, 422, "area-twice"),
        ({"people": [{"role": "resident", "count": 1, "minutes": 91}]}, 422, "longer-than-the-activity"),
        ({"attendance": ATTENDANCE}, 422, "more-attended-than-counted"),
        ({"people": PEOPLE, "attendance": ATTENDANCE * 2}, 422, "participant-twice"),
        (
            {"people": PEOPLE, "attendance": [{**ATTENDANCE[0], "person": "8551231234"}]},
            422,
            "person-not-pseudonymous",
        ),
        (
            {"people": PEOPLE, "attendance": [{**ATTENDANCE[0], "person": "jana@seznam.cz"}]},
            422,
            "person-not-pseudonymous",
        ),
        ({"documents": [DOCUMENT, DOCUMENT]}, 422, "document-twice"),
        ({"on": (today() + timedelta(days=1)).isoformat()}, 422, "decided-in-the-future"),
    ],
)
async def test_an_activity_against_the_rules_is_refused_and_leaves_nothing(
    towns: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with towns.client(CONSULTANT) as client:
        refused = await client.post("/activities", json=activity_json(**changes))
        listed = await client.get("/activities")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert listed.json()["items"] == []
    assert await towns.told(ActivityRecorded) == []
    assert "8551231234" not in refused.text


async def test_the_same_request_sent_twice_writes_one_activity_down(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT, **{"Idempotency-Key": "one-and-the-same"}) as client:
        first = await client.post("/activities", json=activity_json())
        second = await client.post("/activities", json=activity_json())
        listed = await client.get("/activities")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert len(listed.json()["items"]) == 1


async def test_a_unit_reads_its_own_activities_and_not_those_of_others(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        own = (await written(client, "/activities", activity_json())).headers["Location"]
        await written(client, "/activities", activity_json(unit_ids=[str(TRMICE)]))
    async with towns.client(COORDINATOR_OF_TRMICE) as client:
        hidden = await client.get(own)
        listed = (await client.get("/activities")).json()["items"]
        asked = (await client.get("/activities", params={"filter[unit]": str(OBRNICE)})).json()["items"]
    assert (hidden.status_code, code_of(hidden)) == (404, "activity-unknown")
    assert [each["unit_ids"] for each in listed] == [[str(TRMICE)]]
    assert asked == []


@pytest.mark.parametrize("actor", [COORDINATOR, MAYOR, PARTNER])
async def test_nobody_of_a_unit_writes_into_the_log_of_the_agency(
    towns: ServiceUnderTest, actor: type[object]
) -> None:
    async with towns.client(actor) as client:  # type: ignore[arg-type]
        refused = await client.post("/activities", json=activity_json())
    assert (refused.status_code, code_of(refused)) == (403, "role-not-allowed")


async def test_a_correction_keeps_what_stood_there_and_why(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        place = (await written(client, "/activities", activity_json())).headers["Location"]
        body = {**activity_json(minutes=120), "reason": "Překlep v délce"}
        corrected = await client.post(f"{place}/correction", json=body, headers=decided_on(1))
        stale = await client.post(f"{place}/correction", json=body, headers=decided_on(1))
        blind = await client.post(f"{place}/correction", json=body)
        same = await client.post(f"{place}/correction", json=body, headers=decided_on(2))
    async with towns.client(COORDINATOR) as client:
        heads = (await client.get("/journal", params={"filter[subject]": "activity"})).json()["items"]
        entry = (await client.get(f"/journal/{heads[0]['id']}")).json()
    assert (corrected.status_code, corrected.headers["ETag"], corrected.json()["minutes"]) == (
        200,
        '"2"',
        120,
    )
    assert (stale.status_code, blind.status_code) == (412, 428)
    assert (same.status_code, code_of(same)) == (409, "nothing-corrected")
    assert same.json()["allowed_moves"] == ["correct", "strike-out"]
    assert [head["action"] for head in heads] == ["correct", "record"]
    assert (entry["before"]["minutes"], entry["after"]["minutes"]) == (90, 120)
    assert entry["reason"] == "Překlep v délce"
    assert [event.minutes for event in await towns.told(ActivityRecorded)] == [90, 120]


async def test_of_two_corrections_at_once_one_wins(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        place = (await written(client, "/activities", activity_json())).headers["Location"]
        answers = await asyncio.gather(
            *(
                client.post(
                    f"{place}/correction",
                    json={**activity_json(minutes=minutes), "reason": "Oprava"},
                    headers=decided_on(1),
                )
                for minutes in (30, 45, 60, 75)
            )
        )
        (won,) = [each for each in answers if each.status_code == 200]
        read = (await client.get(place)).json()
    assert sorted(each.status_code for each in answers) == [200, 412, 412, 412]
    assert (read["minutes"], read["version"]) == (won.json()["minutes"], 2)


async def test_what_was_struck_out_counts_no_more_and_stays_readable(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        place = (await written(client, "/activities", activity_json())).headers["Location"]
        silent = await client.post(f"{place}/strike-out", json={"reason": " "}, headers=decided_on(1))
        gone = await client.post(
            f"{place}/strike-out", json={"reason": "Zapsáno dvakrát"}, headers=decided_on(1)
        )
        again = await client.post(f"{place}/strike-out", json={"reason": "Znovu"}, headers=decided_on(2))
        listed = (await client.get("/activities")).json()["items"]
        struck = (await client.get("/activities", params={"filter[status]": "struck-out"})).json()["items"]
        total = (await client.get("/activities/summary")).json()["total"]
        read = await client.get(place)
    assert (silent.status_code, gone.status_code) == (422, 200)
    assert (again.status_code, code_of(again)) == (409, "activity-struck-out")
    assert (again.json()["state"], again.json()["allowed_moves"]) == ("struck-out", [])
    assert (listed, len(struck), total) == ([], 1, {"activities": 0, "minutes": 0, "hours": "0.00"})
    assert read.json()["status"] == "struck-out"
    assert [event.struck_out for event in await towns.told(ActivityRecorded)] == [False, True]


async def test_a_closed_month_is_changed_by_an_administrator_alone(towns: ServiceUnderTest) -> None:
    long_ago = activity_json(held_on="2026-01-15")
    correction = {**long_ago, "minutes": 60, "reason": "Podle prezenční listiny"}
    async with towns.client(CONSULTANT) as consultant, towns.client(ADMINISTRATOR) as administrator:
        late = await consultant.post("/activities", json=long_ago)
        place = (await written(administrator, "/activities", long_ago)).headers["Location"]
        refused = await consultant.post(f"{place}/correction", json=correction, headers=decided_on(1))
        moved = await consultant.post(
            f"{place}/correction",
            json={**correction, "held_on": yesterday()},
            headers=decided_on(1),
        )
        corrected = await administrator.post(f"{place}/correction", json=correction, headers=decided_on(1))
    assert [(each.status_code, code_of(each)) for each in (late, refused, moved)] == [
        (409, "month-closed")
    ] * 3
    assert (refused.json()["closed_on"], refused.json()["allowed_moves"]) == ("2026-03-02", [])
    assert corrected.status_code == 200


async def test_the_state_of_a_day_is_what_the_last_decision_until_then_left(towns: ServiceUnderTest) -> None:
    body = activity_json(held_on="2026-01-15", on="2026-01-20")
    async with towns.client(ADMINISTRATOR) as client:
        place = (await written(client, "/activities", body)).headers["Location"]
        correction = {**activity_json(held_on="2026-01-15", minutes=30), "reason": "Zkráceno"}
        corrected = await client.post(
            f"{place}/correction", json={**correction, "on": "2026-02-03"}, headers=decided_on(1)
        )
        before = await client.get(place, params={"as_of": "2026-02-02"})
        after = await client.get(place, params={"as_of": "2026-02-03"})
        none_yet = await client.get(place, params={"as_of": "2026-01-19"})
    assert corrected.status_code == 200, corrected.text
    assert (before.json()["minutes"], after.json()["minutes"], none_yet.status_code) == (90, 30, 404)
    assert before.json().keys() | {"allowed_moves"} == corrected.json().keys()


async def test_a_copy_repeats_the_work_and_not_the_people(towns: ServiceUnderTest) -> None:
    pattern = activity_json(people=PEOPLE, attendance=ATTENDANCE, note="Poznámka", documents=[DOCUMENT])
    async with towns.client(CONSULTANT) as client:
        place = (await written(client, "/activities", pattern)).headers["Location"]
        copied = await written(client, f"{place}/copy", {"held_on": today().isoformat(), "minutes": 45})
        read = await client.get(copied.headers["Location"])
    copy = read.json()
    assert (copy["title"], copy["kind"], copy["minutes"]) == (pattern["title"], "KON", 45)
    assert (copy["people"], copy["attendance"], copy["documents"], copy["note"]) == ([], [], [], "")
    assert copy["staff"] == [{"person": CONSULTANT.id, "role": "lead", "minutes": 45}]


async def test_only_who_acts_for_all_the_units_writes_for_them(towns: ServiceUnderTest) -> None:
    async with towns.client(DIRECTOR) as client:
        both = await client.post("/activities", json=activity_json(unit_ids=[str(OBRNICE), str(TRMICE)]))
    assert both.status_code == 201
    assert both.json()["unit_ids"] == [str(OBRNICE), str(TRMICE)]
