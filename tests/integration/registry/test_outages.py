"""An outage is measured by the processes themselves, and every intake gets back what it took."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from registry.app import SERVICE
from registry.calls.outage_use_cases import give_sign_of_life
from shared.contracts.intake import CallAnnounced, CallExtended
from shared.service import api_app
from tests.support.calls import announced_call, at, drafted_call, with_methodologies
from tests.support.registry import decided_on
from tests.support.servers import NatsServer, PostgresServer
from tests.support.service import ServiceUnderTest, a_service
from tests.support.tokens import DIRECTOR, MAYOR

CLOSES_AT = "2023-04-06T21:59:59.999999+00:00"


@pytest.fixture
async def calls(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_methodologies(registry)
    return registry


async def sign(calls: ServiceUnderTest, now: str | datetime) -> None:
    """Let a process of the API say at an instant that it lives."""
    async with calls.transaction() as tx:
        tx.now = at(now) if isinstance(now, str) else now
        await give_sign_of_life(tx)


async def outages(calls: ServiceUnderTest) -> list[dict[str, object]]:
    async with calls.client() as anybody:
        answer = await anybody.get("/availability/outages")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["items"]
    return found


async def shown(calls: ServiceUnderTest, call_id: UUID) -> dict[str, object]:
    async with calls.client() as anybody:
        found: dict[str, object] = (await anybody.get(f"/calls/{call_id}")).json()
    return found


async def extensions(calls: ServiceUnderTest, call_id: UUID) -> list[dict[str, str]]:
    async with calls.client() as anybody:
        found: list[dict[str, str]] = (await anybody.get(f"/calls/{call_id}")).json()["extensions"]
    return found


async def test_a_first_start_and_short_silences_are_no_outage(calls: ServiceUnderTest) -> None:
    for now in ("2023-04-01T10:00:00", "2023-04-01T10:00:15", "2023-04-01T10:02:15", "2023-04-01T10:02:16"):
        await sign(calls, now)
    assert await outages(calls) == []


async def test_an_outage_in_the_last_hour_leaves_the_intake_open_as_long_again(
    calls: ServiceUnderTest,
) -> None:
    call_id = await announced_call(calls)
    await sign(calls, "2023-04-06T21:30:00")
    await sign(calls, "2023-04-06T23:04:20")  # 94 min 20 s later, when the intake would be over
    call = await shown(calls, call_id)
    assert (call["closes_at"], call["closes_on"]) == ("2023-04-06T23:34:59.999999+00:00", "2023-04-07")
    (extension,) = await extensions(calls, call_id)
    assert (extension["cause"], extension["previous_closes_at"]) == ("outage", CLOSES_AT)
    assert extension["reason_cs"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Systém nepřijímal přihlášky od 6. 4. 2023 23:30 do 7. 4. 2023 01:04; příjem se prodlužuje o 95 min."
    )
    assert "from 6 April 2023 23:30 to 7 April 2023 01:04" in extension["reason_en"]
    (outage,) = await outages(calls)
    assert (outage["from_at"], outage["until_at"]) == (
        "2023-04-06T21:30:00+00:00",
        "2023-04-06T23:04:20+00:00",
    )
    assert [each["code"] for each in outage["prolonged"]] == ["KPSV21-2"]  # type: ignore[attr-defined]
    (told,) = await calls.told(CallExtended)
    assert (told.call_id, told.version, told.closes_at) == (call_id, 3, at("2023-04-06T23:34:59.999999"))
    async with calls.client() as anybody:
        journal = await anybody.get("/journal", params={"filter[subject_id]": str(call_id)})
    assert [each["action"] for each in journal.json()["items"]] == ["extend", "announce"]
    assert journal.json()["items"][0]["affiliation"] == "Pospolu"


async def test_it_is_the_service_that_prolongs_whoever_was_the_first_to_come_back(
    calls: ServiceUnderTest,
) -> None:
    call_id = await announced_call(calls)
    await sign(calls, "2023-04-05T08:00:00")
    async with calls.transaction(MAYOR) as tx:  # a submission looks for an outage too
        tx.now = at("2023-04-05T09:00:00")
        await give_sign_of_life(tx)
    async with calls.client(DIRECTOR) as director:
        entry = (await director.get("/journal", params={"filter[subject_id]": str(call_id)})).json()["items"][
            0
        ]
    assert (entry["action"], entry["actor"], entry["affiliation"]) == ("extend", "system:registry", "Pospolu")
    assert [each.version for each in await calls.told(CallExtended)] == [3]


async def test_only_intakes_that_the_outage_touched_get_the_time_back(calls: ServiceUnderTest) -> None:
    touched = await announced_call(calls, code="TOUCHED")
    begun = await announced_call(calls, code="BEGUN", opens_on="2023-04-01", closes_on="2023-04-20")
    over = await announced_call(calls, code="OVER", opens_on="2023-03-01", closes_on="2023-03-31")
    later = await announced_call(calls, code="LATER", opens_on="2023-04-02", closes_on="2023-04-20")
    gone = await announced_call(calls, code="GONE")
    draft = (await drafted_call(calls, code="DRAFT")).json()
    async with calls.client(DIRECTOR) as director:
        reason = {"reason_cs": "Chyba.", "reason_en": "A fault.", "on": "2023-03-30"}
        address = f"/calls/{gone}/cancellation"
        assert (await director.post(address, json=reason, headers=decided_on(2))).status_code == 200
    await sign(calls, "2023-03-31T22:00:00")  # midnight in Prague: OVER is over
    await sign(calls, "2023-04-01T21:00:00")
    versions = {
        name: (await shown(calls, id_))["version"]
        for name, id_ in (
            ("touched", touched),
            ("begun", begun),
            ("over", over),
            ("later", later),
            ("gone", gone),
        )
    }
    assert versions == {"touched": 3, "begun": 3, "over": 2, "later": 2, "gone": 3}
    assert (await shown(calls, begun))["closes_at"] == "2023-04-21T20:59:59.999999+00:00"
    async with calls.client(DIRECTOR) as director:
        assert (await director.get(f"/calls/{draft['id']}")).json()["version"] == 1


async def test_an_intake_that_was_to_begin_in_an_outage_gets_back_what_it_lost(
    calls: ServiceUnderTest,
) -> None:
    call_id = await announced_call(calls)
    await sign(calls, "2023-03-19T22:00:00")
    await sign(calls, "2023-03-19T23:10:00")  # ten minutes after midnight in Prague
    assert (await shown(calls, call_id))["closes_at"] == "2023-04-06T22:09:59.999999+00:00"


async def test_two_processes_that_come_back_at_once_make_one_outage(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    await sign(calls, "2023-04-01T10:00:00")
    await asyncio.gather(*(sign(calls, f"2023-04-01T11:00:0{second}") for second in range(6)))
    assert len(await outages(calls)) == 1
    assert len(await extensions(calls, call_id)) == 1
    assert len(await calls.told(CallExtended)) == 1


async def test_a_process_with_a_clock_behind_makes_no_outage(calls: ServiceUnderTest) -> None:
    await sign(calls, "2023-04-01T10:05:00")
    await sign(calls, "2023-04-01T10:00:00")
    await sign(calls, "2023-04-01T10:05:30")
    assert await outages(calls) == []


async def test_each_outage_of_restarts_in_a_loop_is_given_back_once(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    for now in ("10:00:00", "10:05:00", "10:05:10", "10:05:20", "10:10:20"):
        await sign(calls, f"2023-04-01T{now}")
    assert [each["from_at"] for each in await outages(calls)] == [
        "2023-04-01T10:05:20+00:00",
        "2023-04-01T10:00:00+00:00",
    ]
    assert (await shown(calls, call_id))["closes_at"] == "2023-04-06T22:09:59.999999+00:00"


async def test_an_outage_and_an_extension_by_decision_at_once_are_both_kept(calls: ServiceUnderTest) -> None:
    call_id = await announced_call(calls)
    await sign(calls, "2023-04-06T20:00:00")
    reason = {"reason_cs": "Na žádost obcí.", "reason_en": "Asked for.", "on": "2023-04-06"}

    async def decided() -> int:
        async with calls.client(DIRECTOR) as director:
            answer = await director.post(
                f"/calls/{call_id}/extension",
                json={"closes_on": "2023-04-14", **reason},
                headers=decided_on(2),
            )
        return answer.status_code

    status, _ = await asyncio.gather(decided(), sign(calls, "2023-04-06T21:00:00"))
    call = await shown(calls, call_id)
    causes = [each["cause"] for each in await extensions(calls, call_id)]
    assert (status, causes) in [(200, ["decision", "outage"]), (412, ["outage"])]
    assert call["version"] == 2 + len(causes)


async def test_the_share_of_availability_is_published(calls: ServiceUnderTest) -> None:
    async with calls.client() as anybody:
        nothing = (await anybody.get("/availability")).json()
        assert nothing == {"first_at": None, "beat_at": None, "periods": []}
        now = datetime.now(UTC)
        await sign(calls, now - timedelta(days=100))
        await sign(calls, now - timedelta(days=50))
        await sign(calls, now - timedelta(days=50) + timedelta(seconds=60))
        async with calls.transaction() as tx:
            tx.now = now - timedelta(days=10)
            await give_sign_of_life(tx)
        measured = (await anybody.get("/availability")).json()
    thirty, year = measured["periods"]
    assert (thirty["days"], thirty["percent"]) == (30, "33.33")  # 20 of 30 days were dark
    assert (year["days"], year["percent"]) == (365, "10.00")  # 90 of the 100 days that were watched
    assert datetime.fromisoformat(year["watched_since_at"]) == now - timedelta(days=100)


async def test_calls_are_announced_and_time_is_given_back_while_the_broker_is_away(
    postgres: PostgresServer, nats: NatsServer
) -> None:
    """Events wait in the outbox; nothing that people are waiting for asks the broker."""
    nowhere = {"NATS_URL": "nats://127.0.0.1:9", "NATS_MONITOR_URL": "http://127.0.0.1:9"}
    async with a_service(SERVICE, postgres, nats, **nowhere) as alone:
        await with_methodologies(alone)
        call_id = await announced_call(alone)
        await sign(alone, "2023-04-01T10:00:00")
        await sign(alone, "2023-04-01T11:00:00")
        assert [told.call_id for told in await alone.told(CallAnnounced)] == [call_id]
        assert [told.call_id for told in await alone.told(CallExtended)] == [call_id]


async def test_a_process_of_the_api_gives_a_sign_of_life_before_it_serves(
    calls: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = calls.resources.settings
    for name, value in {
        "POSPOLU_ENVIRONMENT": "development",
        "DATABASE_URL": settings.database_url,
        "NATS_URL": settings.nats_url,
        "NATS_MONITOR_URL": settings.nats_monitor_url,
        "OIDC_ISSUER": "https://identity.test",
    }.items():
        monkeypatch.setenv(name, value)
    app = api_app([SERVICE])
    async with app.router.lifespan_context(app), calls.client() as anybody:  # type: ignore[attr-defined]
        measured = (await anybody.get("/availability")).json()
    assert measured["first_at"]
    assert measured["first_at"] == measured["beat_at"]
    assert await outages(calls) == []
