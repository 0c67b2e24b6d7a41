"""Phases of a cooperation through the API: who decides, on what, what is written down of it."""

import asyncio
import random
from datetime import date, timedelta

import httpx
import pytest

from registry.cooperation import repository, use_cases
from registry.cooperation.domain import PROCEDURE, Move
from registry.cooperation.phases import Status
from registry.cooperation.use_cases import conclude_expired
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
)
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    OBRNICE,
    code_of,
    cooperation_json,
    decided_on,
    started,
    unit_json,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR_OF_TRMICE, DIRECTOR

STRATEGY = {"document_id": str(OBRNICE), "file_name": "strategie.pdf", "digest": "ab" * 32}
BODIES: dict[Move, tuple[str, dict[str, object]]] = {
    Move.CANCEL: ("cancellation", {"reason": "Obec odstoupila."}),
    Move.SUSPEND: ("suspension", {"reason": "Volby a změna vedení."}),
    Move.RESUME: ("resumption", {}),
    Move.BEGIN_EXIT: ("exit", {"strategy": STRATEGY}),
    Move.BEGIN_EX_POST: ("ex-post", {}),
    Move.END: ("end", {"ends_on": "2026-01-31", "kind": "by-unit", "reason": "Na žádost obce."}),
}


@pytest.fixture
async def obrnice(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/units", json=unit_json())).status_code == 201
    return registry


async def decide(
    client: httpx.AsyncClient, address: str, move: Move, version: int, **changes: object
) -> httpx.Response:
    path, body = BODIES[move]
    return await client.post(f"{address}/{path}", json={**body, **changes}, headers=decided_on(version))


async def a_prepared(service: ServiceUnderTest, on: str = "2026-01-01") -> str:
    async with service.client(CONSULTANT) as client:
        answer = await client.post("/cooperations", json=cooperation_json(regime="KPSV21", on=on))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


async def test_a_cooperation_of_ten_years_is_written_down_with_its_days(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client, regime="IKP", starts_on="2014-07-01", on="2014-07-01")
        for version, (move, on) in enumerate(
            [
                (Move.SUSPEND, "2015-02-01"),
                (Move.RESUME, "2015-03-01"),
                (Move.BEGIN_EXIT, "2017-01-01"),
                (Move.BEGIN_EX_POST, "2017-07-01"),
            ],
            start=1,
        ):
            answer = await decide(client, address, move, version, on=on)
            assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{version + 1}"'), answer.text
        ended = await decide(client, address, Move.END, 5, ends_on="2018-06-30", kind="as-agreed")
        found = [
            ((await client.get(address, params={"as_of": day})).json().get("status"))
            for day in ("2014-06-30", "2014-07-01", "2015-02-28", "2017-06-30", "2018-06-30", "2018-07-01")
        ]
        with obrnice.counted_statements() as statements:
            history = (await client.get(f"{address}/history")).json()
    assert found == [404, "active", "suspended", "exit", "ex-post", "ended"]
    assert ended.json()["exit_strategy"] == STRATEGY
    assert [(each["status"], each["from_on"], each["until_on"]) for each in history["phases"]] == [
        ("active", "2014-07-01", "2015-01-31"),
        ("suspended", "2015-02-01", "2015-02-28"),
        ("active", "2015-03-01", "2016-12-31"),
        ("exit", "2017-01-01", "2017-06-30"),
        ("ex-post", "2017-07-01", "2018-06-30"),
        ("ended", "2018-07-01", None),
    ]
    actions = ["end", "begin-ex-post", "begin-exit", "resume", "suspend", "start"]
    assert [each["action"] for each in history["decisions"]] == actions
    assert len(statements) <= 3


async def test_why_work_stands_still_the_parties_alone_read(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client)
        assert (await decide(client, address, Move.SUSPEND, 1)).status_code == 200
    read: dict[str, list[str]] = {}
    for who, actor in {"public": None, "town": COORDINATOR, "other": COORDINATOR_OF_TRMICE}.items():
        async with obrnice.client(actor) as client:
            history = (await client.get(f"{address}/history")).json()
            assert [each["status"] for each in history["phases"]] == ["active", "suspended"]
            read[who] = [each["reason"] for each in history["decisions"]]
            assert all(bool(each["actor"]) is (who == "town") for each in history["decisions"])
    assert read == {"public": [""], "town": ["Volby a změna vedení.", ""], "other": [""]}


async def test_what_is_only_prepared_the_agency_and_the_town_know(obrnice: ServiceUnderTest) -> None:
    address = await a_prepared(obrnice)
    seen = []
    for actor in (CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, None):
        async with obrnice.client(actor) as client:
            one, history = await client.get(address), await client.get(f"{address}/history")
            listed = (await client.get("/cooperations")).json()["items"]
            seen.append((one.status_code, history.status_code, len(listed)))
            profile = (await client.get(f"/profiles/{OBRNICE}")).json()
            assert profile["cooperation_count"] == 0
    assert seen == [(200, 200, 1), (200, 200, 1), (404, 404, 0), (404, 404, 0)]
    assert await obrnice.told(CooperationStarted) == []


async def test_a_description_makes_what_is_prepared_active(obrnice: ServiceUnderTest) -> None:
    address = await a_prepared(obrnice)
    async with obrnice.transaction(DIRECTOR) as tx:
        (cooperation,) = await repository.of_unit(tx.session, OBRNICE)
        active = await use_cases.activate(
            tx,
            cooperation.id,
            starts_on=date(2026, 3, 1),
            ends_on=date(2099, 2, 28),
            on=date(2026, 2, 20),
        )
        again = await use_cases.agree_on_end(tx, cooperation.id, date(2099, 2, 28), on=tx.today)
        assert (active.status, active.version, again.version) == (Status.ACTIVE, 2, 2)
        await use_cases.agree_on_end(tx, cooperation.id, date(2098, 12, 31), on=tx.today)
    async with obrnice.client() as client:
        read = (await client.get(address)).json()
    assert (read["status"], read["starts_on"], read["ends_on"]) == ("active", "2026-03-01", "2098-12-31")
    (told,) = await obrnice.told(CooperationStarted)
    assert (told.starts_on, told.regime) == (date(2026, 3, 1), CooperationRegime.KPSV21)
    (changed,) = await obrnice.told(CooperationChanged)
    assert (changed.ends_on, changed.version) == (date(2098, 12, 31), 3)


async def test_an_agreed_first_day_that_comes_begins_the_cooperation_once(obrnice: ServiceUnderTest) -> None:
    address = await a_prepared(obrnice)
    async with obrnice.transaction(DIRECTOR) as tx:
        (prepared,) = await repository.of_unit(tx.session, OBRNICE)
        tomorrow = tx.today + timedelta(days=1)
        await use_cases.activate(tx, prepared.id, starts_on=tomorrow, ends_on=tomorrow, on=tx.today)
    assert await obrnice.told(CooperationStarted) == []

    async def keep_up(days: int) -> None:
        async with obrnice.transaction() as tx:
            tx.now += timedelta(days=days)
            await conclude_expired(tx)

    await asyncio.gather(keep_up(1), keep_up(1))
    await keep_up(1)
    assert [event.version for event in await obrnice.told(CooperationStarted)] == [3]
    await asyncio.gather(keep_up(2), keep_up(2))
    await keep_up(2)
    assert [event.version for event in await obrnice.told(CooperationEnded)] == [4]
    async with obrnice.client() as client:
        assert (await client.get(address)).json()["status"] == "ended"


async def test_of_preparations_at_once_one_counts_and_a_cancelled_one_makes_room(
    obrnice: ServiceUnderTest,
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        body = cooperation_json(regime="KPSV21")
        answers = await asyncio.gather(*(client.post("/cooperations", json=body) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        refused = next(answer for answer in answers if answer.status_code == 409)
        assert (code_of(refused), refused.json()["status"]) == ("cooperation-in-preparation", 409)
        address = next(each.headers["Location"] for each in answers if each.status_code == 201)
        cancelled = await decide(client, address, Move.CANCEL, 1)
        assert (cancelled.status_code, cancelled.json()["allowed_moves"]) == (200, [])
        assert (await client.post("/cooperations", json=body)).status_code == 201


async def test_a_unit_in_preparation_is_not_closed_and_after_cancelling_it_is(
    obrnice: ServiceUnderTest,
) -> None:
    address = await a_prepared(obrnice)
    closing = {"valid_until": "2026-06-30"}
    async with obrnice.client(ADMINISTRATOR) as client:
        early = await client.post(f"/units/{OBRNICE}/closure", json=closing, headers=decided_on(1))
        assert (early.status_code, code_of(early)) == (409, "unit-cooperates")
        assert (await decide(client, address, Move.CANCEL, 1)).status_code == 200
        closed = await client.post(f"/units/{OBRNICE}/closure", json=closing, headers=decided_on(1))
    assert closed.status_code == 200


@pytest.mark.parametrize("kind", ["by-agency", "not-fulfilled"])
async def test_against_the_will_of_the_unit_only_the_director_ends(
    obrnice: ServiceUnderTest, kind: str
) -> None:
    async with obrnice.client(CONSULTANT) as client, obrnice.client(DIRECTOR) as director:
        address = await started(client)
        refused = await decide(client, address, Move.END, 1, kind=kind)
        ended = await decide(director, address, Move.END, 1, kind=kind)
    assert (refused.status_code, code_of(refused)) == (403, "end-takes-the-director")
    assert (ended.status_code, ended.json()["end_kind"], ended.json()["status"]) == (200, kind, "ended")


async def test_a_decision_names_a_version_and_of_two_at_once_one_counts(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client)
        blind = await client.post(f"{address}/suspension", json={"reason": "Volby."})
        moves = (Move.SUSPEND, Move.BEGIN_EXIT, Move.SUSPEND)
        answers = await asyncio.gather(*(decide(client, address, move, 1) for move in moves))
    assert blind.status_code == 428
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


@pytest.mark.parametrize(
    ("move", "changes", "status", "code"),
    [
        (Move.SUSPEND, {"reason": " "}, 422, "malformed"),
        (Move.SUSPEND, {"reason": "a\0b"}, 422, "malformed"),
        (Move.SUSPEND, {"on": "2999-01-01"}, 422, "decided-in-the-future"),
        (Move.SUSPEND, {"on": "2025-12-31"}, 409, "before-the-phase"),
        (Move.BEGIN_EXIT, {"strategy": None}, 422, "exit-without-strategy"),
        (Move.BEGIN_EXIT, {"strategy": {**STRATEGY, "digest": "x"}}, 422, "malformed"),
        (Move.END, {"ends_on": "2025-12-31"}, 422, "ends-before-it-starts"),
        (Move.END, {"kind": "somehow"}, 422, "malformed"),
    ],
)
async def test_a_decision_that_makes_no_sense_changes_nothing(
    obrnice: ServiceUnderTest, move: Move, changes: dict[str, object], status: int, code: str
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client, on="2026-01-01")
        refused = await decide(client, address, move, 1, **changes)
        after = await client.get(address)
    assert (refused.status_code, code_of(refused)) == (status, code), refused.text
    assert (after.json()["version"], after.json()["status"]) == (1, "active")


@pytest.mark.parametrize("seed", range(12))
async def test_no_sequence_of_requests_leads_outside_the_procedure(
    obrnice: ServiceUnderTest, seed: int
) -> None:
    """Every move that the state does not know is a 409 with the rule and the moves that it knows."""
    dice = random.Random(seed)  # noqa: S311 - which moves are asked for
    async with obrnice.client(DIRECTOR) as client:
        address = await a_prepared(obrnice) if seed % 3 == 0 else await started(client, on="2026-01-01")
        state = (await client.get(address)).json()
        for _ in range(10):
            move = dice.choice(list(BODIES))
            answer = await decide(client, address, move, state["version"])
            possible = PROCEDURE.allowed(Status(state["status"]))
            if answer.status_code == 409 and code_of(answer) == "cooperation-does-not-allow":
                facts = answer.json()
                assert move not in possible
                assert facts["allowed_moves"] == [each.value for each in possible]
                assert facts["rule"] == PROCEDURE.rule(move)
            elif answer.status_code == 200:
                assert move in possible
                assert answer.json()["status"] == PROCEDURE.moves[move][1]
            else:
                assert (move, code_of(answer)) == (Move.END, "before-the-phase")
            state = (await client.get(address)).json()
