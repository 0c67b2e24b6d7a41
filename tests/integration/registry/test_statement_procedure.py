"""Every decision in every state over HTTP, and the rules that an administrator sets."""

import asyncio
from collections.abc import Mapping
from typing import Final

import httpx
import pytest

from registry.statements.domain import PROCEDURE, Move, Status
from tests.support.comparisons import some_municipalities
from tests.support.registry import ADMINISTRATOR, COORDINATOR, code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.statements import DIRECTOR, DRAFTER, Json, decide, decided, filed

UNFAVOURABLE: Final[Json] = {"outcome": "unfavourable", "reasons": "Projekt míří jinam."}
REASON: Final[Json] = {"reason": "Chybí podpis."}
DECISIONS: Final[Mapping[Move, tuple[str, Json, bool]]] = {
    Move.RETURN: ("return", REASON, False),
    Move.COMPLETE: ("completion", {}, False),
    Move.DRAFT: ("draft", UNFAVOURABLE, False),
    Move.RETURN_DRAFT: ("draft-return", REASON, True),
    Move.ISSUE: ("issue", {}, True),
    Move.WITHDRAW: ("withdrawal", {}, False),
    Move.REFUSE: ("refusal", REASON, False),
}
"""The address and the body of each move, and whether the director makes it."""
WAY_TO: Final[Mapping[Status, tuple[Move, ...]]] = {
    Status.RECEIVED: (),
    Status.RETURNED: (Move.RETURN,),
    Status.DRAFTED: (Move.DRAFT,),
    Status.ISSUED: (Move.DRAFT, Move.ISSUE),
    Status.WITHDRAWN: (Move.WITHDRAW,),
    Status.REFUSED: (Move.REFUSE,),
}


@pytest.fixture
async def ready(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    return registry


@pytest.mark.parametrize("status", list(Status))
async def test_in_every_state_each_move_is_made_or_refused_by_its_rule(
    ready: ServiceUnderTest, status: Status
) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:

        async def send(statement: Json, move: Move) -> httpx.Response:
            address, body, by_director = DECISIONS[move]
            return await decide(director if by_director else client, statement, address, **body)

        for move in Move:
            statement = await filed(client)
            for step in WAY_TO[status]:
                statement = (await send(statement, step)).json()
            assert (statement["status"], statement["allowed_moves"]) == (status, PROCEDURE.allowed(status))
            answer = await send(statement, move)
            read = (await client.get(f"/statements/{statement['id']}")).json()
            if move in PROCEDURE.allowed(status):
                assert (answer.status_code, read["status"]) == (200, PROCEDURE.after(status, move))
            else:
                assert (answer.status_code, code_of(answer)) == (409, "statement-move-refused")
                assert answer.json()["rule"] == PROCEDURE.rule(move)
                assert answer.json()["allowed_moves"] == PROCEDURE.allowed(status)
                assert read == statement


async def test_a_decision_needs_the_version_that_was_seen(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        request = await filed(client)
        address = f"/statements/{request['id']}/withdrawal"
        blind = await client.post(address, json={})
        stale = await client.post(address, json={}, headers=decided_on(7))
    assert (blind.status_code, stale.status_code) == (428, 412)


async def test_a_request_sent_twice_is_registered_once(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER, **{"Idempotency-Key": "once"}) as client:
        first, second = await filed(client), await filed(client)
        listed = await client.get("/statements")
    assert (first, len(listed.json()["items"])) == (second, 1)


def a_rule(**changes: object) -> Json:
    return {
        "working_days": 15,
        "alarm_days": 5,
        "index_years": [2021, 2022, 2023],
        "index_threshold": "9.50",
        **changes,
    }


async def test_a_rule_holds_for_what_is_received_from_then_on(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(ADMINISTRATOR) as administrator:
        address = "/statements/rules/map-confirmation"
        before = await filed(client, received_on="2026-10-20")
        untouched = await client.get(address)
        put = await administrator.put(address, json=a_rule(), headers=decided_on(0))
        after = await filed(client, received_on="2026-10-20")
        old = (await client.get(f"/statements/{before['id']}")).json()
        found = (await client.get(f"/statements/{before['id']}/preconditions")).json()["now"]
        rules = (await client.get("/statements/rules")).json()["items"]
        await decided(client, before, "withdrawal")
    assert (untouched.headers["ETag"], put.headers["ETag"], put.status_code) == ('"0"', '"1"', 200)
    assert (old["due_on"], after["due_on"], after["alarm_days"]) == ("2026-11-04", "2026-11-11", 5)
    assert found["index"]["threshold"] == "9.50"
    assert "2021, 2022, 2023" in found["index"]["unknown_cs"]
    assert [(each["kind"], each["version"]) for each in rules] == [
        ("recommending-statement", 0),
        ("map-confirmation", 1),
    ]


async def test_of_two_rules_set_at_once_one_wins(ready: ServiceUnderTest) -> None:
    address = "/statements/rules/recommending-statement"
    async with ready.client(ADMINISTRATOR) as client:
        for version in (0, 1):
            answers = await asyncio.gather(
                *(client.put(address, json=a_rule(), headers=decided_on(version)) for _ in range(4))
            )
            assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


@pytest.mark.parametrize(
    "changes",
    [
        {"working_days": 0},
        {"working_days": 61},
        {"working_days": "10"},
        {"alarm_days": 16},
        {"index_years": [2020, 2020]},
        {"index_years": [1999]},
        {"index_threshold": "101"},
        {"index_threshold": "NaN"},
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(ready: ServiceUnderTest, changes: Json) -> None:
    address = "/statements/rules/map-confirmation"
    async with ready.client(ADMINISTRATOR) as client, ready.client(COORDINATOR) as town:
        refused = await client.put(address, json=a_rule(**changes), headers=decided_on(0))
        shut = await town.put(address, json=a_rule(), headers=decided_on(0))
        read = await client.get(address)
    assert (refused.status_code, shut.status_code, read.json()["version"]) == (422, 403, 0)
