"""Calls over HTTP on a real database: drafted, announced in full, extended and cancelled in public."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import httpx
import pytest

from registry.calls import repository
from registry.calls.domain import Phase
from registry.calls.schemas import CallOut
from shared.contracts.intake import CallAnnounced, CallExtended
from shared.contracts.registry import ThematicArea, UnitKind
from tests.support.calls import (
    FORM,
    KINDS,
    announced_call,
    at,
    call_json,
    drafted_call,
    with_methodologies,
)
from tests.support.registry import code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, CONSULTANT, DIRECTOR, MAYOR

REASONS = {"reason_cs": "Na žádost obcí.", "reason_en": "Towns asked for it."}


@pytest.fixture
async def calls(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_methodologies(registry)
    return registry


async def decide(calls: ServiceUnderTest, address: str, version: int, **body: object) -> httpx.Response:
    async with calls.client(DIRECTOR) as client:
        return await client.post(address, json=body, headers=decided_on(version))


async def read(calls: ServiceUnderTest, address: str, **parameters: str) -> httpx.Response:
    async with calls.client() as anybody:
        return await anybody.get(address, params=parameters)


async def test_the_second_call_of_2023_is_replayed_to_the_day_and_the_hour(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls, on="2023-02-27")
    call = (await read(calls, f"/calls/{call_id}")).json()
    assert (call["announced_on"], call["opens_on"], call["closes_on"]) == (
        "2023-02-27",
        "2023-03-20",
        "2023-04-06",
    )
    opens_at, closes_at = map(datetime.fromisoformat, (call["opens_at"], call["closes_at"]))
    assert opens_at == datetime(2023, 3, 19, 23, 0, tzinfo=UTC)  # winter time
    assert closes_at == datetime(2023, 4, 6, 21, 59, 59, 999999, tzinfo=UTC)  # summer time since 26 March
    days = (date.fromisoformat(call["closes_on"]) - date.fromisoformat(call["opens_on"])).days + 1
    assert days == 18
    assert (call["phase"], call["version"], call["extensions"]) == ("closed", 2, [])
    (told,) = await calls.told(CallAnnounced)
    assert (told.call_id, told.announced_on, told.closes_at) == (call_id, date(2023, 2, 27), closes_at)
    assert told.eligible_kinds == tuple(map(UnitKind, KINDS))
    assert ThematicArea.DLU in told.areas
    assert (await read(calls, f"/calls/{call_id}", as_of="2023-02-26")).status_code == 404
    phases = {
        day: (await read(calls, f"/calls/{call_id}", as_of=day)).json()["phase"]
        for day in ("2023-02-27", "2023-03-19", "2023-03-20", "2023-04-06", "2023-04-07")
    }
    assert list(phases.values()) == ["announced", "announced", "open", "open", "closed"]


async def test_what_was_sent_is_what_is_read(calls: ServiceUnderTest) -> None:
    made = await drafted_call(calls)
    async with calls.client(ANALYST) as agency:
        found = await agency.get(made.headers["Location"])
    sent = call_json()
    assert {name: found.json()[name] for name in sent} == sent
    assert CallOut.model_validate(found.json()) == CallOut.model_validate(made.json())
    assert found.headers["ETag"] == '"1"'
    assert (made.json()["status"], made.json()["allowed_moves"]) == ("draft", ["edit", "announce"])


async def test_a_draft_is_known_to_the_agency_alone(calls: ServiceUnderTest) -> None:
    address = (await drafted_call(calls)).headers["Location"]
    for actor, status, listed in ((None, 404, 0), (MAYOR, 404, 0), (CONSULTANT, 200, 1)):
        async with calls.client(actor) as client:
            assert (await client.get(address)).status_code == status
            assert len((await client.get("/calls")).json()["items"]) == listed
            drafts = await client.get("/calls", params={"filter[phase]": "draft"})
            assert len(drafts.json()["items"]) == listed


async def test_everything_that_a_draft_lacks_is_told_at_once(calls: ServiceUnderTest) -> None:
    async with calls.client(ADMINISTRATOR) as client:
        bare = {"code": "BARE", "title": "Holá výzva", "methodology": "VDP/1.0"}
        made = await client.post("/calls", json=bare)
    assert made.status_code == 201, made.text
    refused = await decide(calls, f"/calls/{made.json()['id']}/announcement", 1)
    assert (refused.status_code, code_of(refused)) == (409, "call-incomplete")
    assert {each["pointer"]: each["code"] for each in refused.json()["errors"]} == {
        "/text": "text-missing",
        "/contact": "contact-missing",
        "/opens_on": "opening-missing",
        "/closes_on": "closing-missing",
        "/methodology": "methodology-not-valid",
        "/eligible_kinds": "nobody-eligible",
        "/areas": "areas-missing",
        "/form/title": "form-title-missing",
        "/form/properties": "form-empty",
        "/criteria": "criteria-missing",
    }
    assert (refused.json()["status"], refused.json()["allowed_moves"]) == (409, ["edit", "announce"])
    assert await calls.told(CallAnnounced) == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"closes_on": "2023-03-19"}, "/closes_on"),
        ({"opens_on": "2023-02-26"}, "/opens_on"),
        ({"minimum_points": "25.1"}, "/minimum_points"),
    ],
)
async def test_a_call_that_does_not_fit_is_not_announced(
    calls: ServiceUnderTest, changes: dict[str, object], pointer: str
) -> None:
    made = await drafted_call(calls, **changes)
    address = f"/calls/{made.json()['id']}/announcement"
    refused = await decide(calls, address, 1, on="2023-02-27")
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointer"),
    [
        ({"methodology": "KPSV21/9.9"}, 422, "methodology-unknown", "/methodology"),
        ({"opens_on": "0001-01-01"}, 422, "malformed", "/opens_on"),
        ({"closes_on": "9999-12-31"}, 422, "malformed", "/closes_on"),
        ({"capacity": 0}, 422, "malformed", "/capacity"),
        ({"criteria": call_json()["criteria"] * 2}, 422, "malformed", "/criteria"),  # type: ignore[operator]
        ({"title": "A\0B"}, 422, "malformed", "/title"),
        ({"form": {**FORM, "type": "array"}}, 422, "form-invalid", "/form/type"),
        ({"form": {**FORM, "title": "A\0B"}}, 422, "form-invalid", "/form/title"),
        ({"form": {**FORM, "minProperties": 1.5}}, 422, "form-invalid", "/form/minProperties"),
        ({"form": {**FORM, "required": "need"}}, 422, "form-invalid", "/form/required"),
        ({"eligible_kinds": ["village"]}, 422, "malformed", "/eligible_kinds/0"),
    ],
    ids=str,
)
async def test_a_draft_that_makes_no_sense_is_refused_and_leaves_nothing(
    calls: ServiceUnderTest, changes: dict[str, object], status: int, code: str, pointer: str
) -> None:
    async with calls.client(ADMINISTRATOR) as client:
        refused = await client.post("/calls", json=call_json(**changes))
        listed = await client.get("/calls")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert pointer in [each["pointer"] for each in refused.json()["errors"]]
    assert listed.json()["items"] == []


async def test_a_draft_is_edited_and_an_announced_call_is_not(calls: ServiceUnderTest) -> None:
    call = (await drafted_call(calls)).json()
    async with calls.client(ADMINISTRATOR) as client:
        address = f"/calls/{call['id']}"
        assert (await client.put(address, json=call_json())).status_code == 428
        edited = await client.put(address, json=call_json(title="Jinak"), headers=decided_on(1))
        stale = await client.put(address, json=call_json(), headers=decided_on(1))
        await decide(calls, f"{address}/announcement", 2, on="2023-02-27")
        late = await client.put(address, json=call_json(), headers=decided_on(3))
    assert (edited.json()["title"], edited.headers["ETag"], stale.status_code) == ("Jinak", '"2"', 412)
    assert (late.status_code, code_of(late)) == (409, "call-does-not-move")
    assert (late.json()["rule"], late.json()["allowed_moves"]) == (
        "edit-only-from-draft",
        ["extend", "cancel"],
    )


async def test_a_code_is_given_once(calls: ServiceUnderTest) -> None:
    await drafted_call(calls)
    other = (await drafted_call(calls, code="KPSV21-3")).json()
    async with calls.client(ADMINISTRATOR) as client:
        again = await client.post("/calls", json=call_json())
        renamed = await client.put(f"/calls/{other['id']}", json=call_json(), headers=decided_on(1))
    for refused in (again, renamed):
        assert (refused.status_code, code_of(refused)) == (409, "call-code-taken")


async def test_of_drafts_with_one_code_at_once_one_is_kept(calls: ServiceUnderTest) -> None:
    async with calls.client(ADMINISTRATOR) as client:
        made = await asyncio.gather(*(client.post("/calls", json=call_json()) for _ in range(4)))
    assert sorted(each.status_code for each in made) == [201, 409, 409, 409]


async def test_of_announcements_at_once_one_is_made(calls: ServiceUnderTest) -> None:
    call = (await drafted_call(calls)).json()
    address = f"/calls/{call['id']}/announcement"
    answers = await asyncio.gather(*(decide(calls, address, 1, on="2023-02-27") for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [200, 412, 412, 412]
    assert len(await calls.told(CallAnnounced)) == 1


async def test_an_edit_and_an_announcement_at_once_do_not_both_succeed(calls: ServiceUnderTest) -> None:
    call = (await drafted_call(calls)).json()
    async with calls.client(ADMINISTRATOR) as client:
        edited, announced = await asyncio.gather(
            client.put(f"/calls/{call['id']}", json=call_json(title="Jinak"), headers=decided_on(1)),
            decide(calls, f"/calls/{call['id']}/announcement", 1, on="2023-02-27"),
        )
    assert sorted([edited.status_code, announced.status_code]) == [200, 412]
    titles = [told.title for told in await calls.told(CallAnnounced)]
    assert "Jinak" not in titles


async def test_an_intake_is_extended_in_public_as_long_as_it_lasts(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    address = f"/calls/{call_id}/extension"
    longer = await decide(calls, address, 2, closes_on="2023-04-14", on="2023-04-06", **REASONS)
    assert longer.status_code == 200, longer.text
    shorter = await decide(calls, address, 3, closes_on="2023-04-14", on="2023-04-14", **REASONS)
    late = await decide(calls, address, 3, closes_on="2023-05-01", on="2023-04-15", **REASONS)
    now_late = await decide(calls, address, 3, closes_on="2099-05-01", **REASONS)
    assert (shorter.status_code, code_of(shorter)) == (422, "not-an-extension")
    assert [(each.status_code, code_of(each)) for each in (late, now_late)] == [(409, "intake-is-over")] * 2
    shown = (await read(calls, f"/calls/{call_id}")).json()
    assert (shown["closes_on"], shown["closes_at"]) == ("2023-04-14", "2023-04-14T21:59:59.999999+00:00")
    (extension,) = shown["extensions"]
    assert {name: extension[name] for name in REASONS} == REASONS
    assert (extension["cause"], extension["decided_on"]) == ("decision", "2023-04-06")
    (told,) = await calls.told(CallExtended)
    assert (told.call_id, told.version, told.reason_cs) == (call_id, 3, "Na žádost obcí.")
    before = (await read(calls, f"/calls/{call_id}", as_of="2023-04-05")).json()
    after = (await read(calls, f"/calls/{call_id}", as_of="2023-04-07")).json()
    assert (before["closes_on"], before["phase"], before["extensions"]) == ("2023-04-06", "open", [])
    assert (after["phase"], [each["id"] for each in after["extensions"]]) == ("open", [extension["id"]])


async def test_a_cancelled_call_says_why_and_takes_nothing(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls, opens_on="2023-03-20", closes_on="2099-04-06")
    cancelled = await decide(calls, f"/calls/{call_id}/cancellation", 2, **REASONS)
    again = await decide(calls, f"/calls/{call_id}/cancellation", 3, **REASONS)
    assert (cancelled.status_code, again.status_code, code_of(again)) == (200, 409, "call-does-not-move")
    shown = (await read(calls, f"/calls/{call_id}")).json()
    assert (shown["phase"], shown["allowed_moves"]) == ("cancelled", [])
    assert (shown["cancellation_cs"], shown["cancellation_en"]) == tuple(REASONS.values())


async def test_decisions_on_calls_are_in_the_journal_for_everybody(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    await decide(calls, f"/calls/{call_id}/extension", 2, closes_on="2023-04-14", on="2023-04-06", **REASONS)
    found = await read(calls, "/journal", **{"filter[subject]": "call", "filter[subject_id]": str(call_id)})
    entries = [(each["action"], each["decided_on"], each["reason"]) for each in found.json()["items"]]
    assert entries == [("extend", "2023-04-06", "Na žádost obcí."), ("announce", "2023-02-27", "")]


async def test_a_decision_is_not_written_down_for_a_day_to_come_or_before_the_last_one(
    calls: ServiceUnderTest,
) -> None:
    call = (await drafted_call(calls, opens_on="2099-03-20", closes_on="2099-04-06")).json()
    future = await decide(calls, f"/calls/{call['id']}/announcement", 1, on="2099-01-01")
    assert (future.status_code, code_of(future)) == (422, "decided-in-the-future")
    assert (await decide(calls, f"/calls/{call['id']}/announcement", 1, on="2023-02-27")).status_code == 200
    earlier = await decide(calls, f"/calls/{call['id']}/cancellation", 2, on="2023-02-26", **REASONS)
    assert (earlier.status_code, code_of(earlier)) == (409, "decided-before-the-last")


async def test_who_may_draft_does_not_announce_and_the_other_way_round(calls: ServiceUnderTest) -> None:
    call = (await drafted_call(calls)).json()
    async with calls.client(DIRECTOR) as director, calls.client(ADMINISTRATOR) as administrator:
        assert (await director.post("/calls", json=call_json(code="X-1"))).status_code == 403
        announcing = await administrator.post(
            f"/calls/{call['id']}/announcement", json={}, headers=decided_on(1)
        )
    assert announcing.status_code == 403


async def test_calls_are_found_by_phase_kind_area_and_methodology_the_latest_first(
    calls: ServiceUnderTest,
) -> None:
    await announced_call(calls, on="2023-02-27")
    await announced_call(calls, on="2024-01-10", code="OPEN", opens_on="2024-02-01", closes_on="2099-12-31")
    await announced_call(
        calls,
        on="2024-01-09",
        code="LATER",
        opens_on="2099-02-01",
        closes_on="2099-12-31",
        eligible_kinds=["region"],
        areas=["BYD"],
        methodology="VDP/2.0",
    )

    async def codes(**filters: str) -> list[str]:
        answer = await read(calls, "/calls", **{f"filter[{name}]": value for name, value in filters.items()})
        assert answer.status_code == 200, answer.text
        return [each["code"] for each in answer.json()["items"]]

    assert await codes() == ["OPEN", "LATER", "KPSV21-2"]
    assert await codes(phase="open") == ["OPEN"]
    assert await codes(phase="announced") == ["LATER"]
    assert await codes(phase="closed", eligible_kind="municipality") == ["KPSV21-2"]
    assert await codes(eligible_kind="region") == ["OPEN", "LATER", "KPSV21-2"]
    assert await codes(area="DLU") == ["OPEN", "KPSV21-2"]
    assert await codes(methodology="VDP/2.0") == ["LATER"]
    now_open = (await read(calls, "/calls/open")).json()["items"]
    assert [(each["code"], each["phase"]) for each in now_open] == [("OPEN", "open")]


async def test_pages_of_calls_give_each_once_with_at_most_two_statements(calls: ServiceUnderTest) -> None:
    for number in range(5):
        await announced_call(calls, code=f"C-{number}")
    found: list[str] = []
    address = "/calls?limit=2"
    async with calls.client() as anybody:
        while address:
            with calls.counted_statements() as statements:
                answer = await anybody.get(address)
            assert 1 <= len(statements) <= 2
            found += [each["code"] for each in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert sorted(found) == [f"C-{number}" for number in range(5)]


async def test_neighbours_load_a_call_and_ask_for_its_phase(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    async with calls.transaction() as tx:
        call = await repository.load(tx.session, call_id, lock=True)
        assert await repository.load(tx.session, UUID(int=1)) is None
    assert call is not None
    assert call.phase(at("2023-04-06T21:59:59")) is Phase.OPEN
    assert call.phase(at("2023-04-06T22:00:00")) is Phase.CLOSED
    assert (call.highest_points, call.criteria[0].min_points) == (Decimal(25), 4)
    assert call.form == FORM


async def test_an_unknown_call_is_not_found(calls: ServiceUnderTest) -> None:
    address = f"/calls/{UUID(int=7)}"
    assert (await read(calls, address)).status_code == 404
    assert (await read(calls, address, as_of="2023-03-01")).status_code == 404
    unknown = await decide(calls, f"{address}/announcement", 1)
    assert (unknown.status_code, code_of(unknown)) == (404, "call-unknown")
