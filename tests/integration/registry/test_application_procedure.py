"""No sequence of requests leads an application outside its procedure, whoever sends them."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final, TypeVar
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from registry.applications import use_cases
from registry.applications.steps import ApplicationDoesNotAllow, Move
from shared.auth import Actor
from shared.contracts.base import Role
from tests.support.applications import (
    BODIES,
    a_town,
    announced,
    content_json,
    drafted,
    with_municipalities,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    COMMISSIONER,
    CONSULTANT,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
    an_actor,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One move as domain.md §3.4 draws it: from where, to where, who may ask for it."""

    move: str
    sources: frozenset[str]
    target: str
    roles: frozenset[Role] = frozenset()
    own_hands: str = ""


LIVING: Final = frozenset(
    {
        *("draft", "submitted", "returned", "formally-correct", "in-evaluation", "recommended"),
        *("not-recommended", "reserve", "approved"),
    }
)
FILERS: Final = frozenset({Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR})
CHECKERS: Final = frozenset({Role.CONSULTANT, Role.ANALYST, Role.ADMINISTRATOR})
DIRECTORS: Final = frozenset({Role.DIRECTOR})


def way(
    move: str, sources: set[str] | frozenset[str], target: str, roles: frozenset[Role], hands: str
) -> Way:
    return Way(move=move, sources=frozenset(sources), target=target, roles=roles, own_hands=hands)


REQUESTS: Final[Mapping[str, Way]] = {
    "submission": way("submit", {"draft"}, "submitted", FILERS, "files"),
    "return": way("return", {"submitted"}, "returned", CHECKERS, "checks"),
    "resubmission": way("resubmit", {"returned"}, "submitted", FILERS, "files"),
    "formal-check": way("pass-formal-check", {"submitted"}, "formally-correct", CHECKERS, "checks"),
    "formal-rejection": way("reject-formally", {"submitted", "returned"}, "rejected", CHECKERS, "checks"),
    "approval": way("approve", {"recommended", "reserve"}, "approved", DIRECTORS, "decides"),
    "rejection": way(
        "reject", {"recommended", "reserve", "not-recommended"}, "rejected", DIRECTORS, "decides"
    ),
    "withdrawal": way("withdraw", LIVING, "withdrawn", FILERS, ""),
}
OF_OTHERS: Final[Mapping[str, Way]] = {
    "open-evaluation": Way(
        move="open-evaluation", sources=frozenset({"formally-correct"}), target="in-evaluation"
    ),
    "recommend": Way(move="recommend", sources=frozenset({"in-evaluation"}), target="recommended"),
    "do-not-recommend": Way(
        move="do-not-recommend", sources=frozenset({"in-evaluation"}), target="not-recommended"
    ),
    "place-in-reserve": Way(move="place-in-reserve", sources=frozenset({"in-evaluation"}), target="reserve"),
    "sign-memorandum": Way(
        move="sign-memorandum", sources=frozenset({"approved"}), target="memorandum-signed"
    ),
}
"""What the commission and the memorandum ask for, inside the service."""
ALL: Final = {**REQUESTS, **OF_OTHERS}
BOTH: Final = an_actor(Role.CONSULTANT, Role.DIRECTOR, affiliation="Agentura", sub="both-hats")
STRANGERS: Final = (ADMINISTRATOR, CONSULTANT, ANALYST, DIRECTOR, BOTH, COMMISSIONER, COORDINATOR_OF_TRMICE)
NUMBERS: Final = count(1)


class Applications(RuleBasedStateMachine):
    """Sends requests on one application and knows from the drawing alone what has to come back."""

    service: ServiceUnderTest
    loop: asyncio.AbstractEventLoop
    path: tuple[str, ...] = ()
    answered: set[int]

    def run(self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    @initialize()
    def draft(self) -> None:
        self.coordinator = self.run(a_town(self.service, next(NUMBERS)))
        (unit,) = self.coordinator.units
        filed = self.run(drafted(self.service, self.coordinator, unit=unit))
        self.id: UUID = filed.id
        self.status, self.version = "draft", 1
        self.hands: dict[str, set[str]] = {"files": set(), "checks": set(), "decides": set()}
        for name in self.path:
            self.go(name)
        self.ask_for_all_that_is_impossible()

    def ask_for_all_that_is_impossible(self) -> None:
        for name, each in REQUESTS.items():
            if self.status not in each.sources:
                self.ask(name, self.able(name))
        for name, each in OF_OTHERS.items():
            if self.status not in each.sources:
                self.ask_inside(name)

    @rule(what=st.sampled_from(sorted(REQUESTS)), who=st.integers(0, len(STRANGERS)))
    def ask_for_anything(self, what: str, who: int) -> None:
        self.ask(what, (*STRANGERS, self.coordinator)[who])

    @rule(pick=st.integers(0, 20))
    def ask_for_what_is_possible(self, pick: int) -> None:
        possible = [name for name, each in ALL.items() if self.status in each.sources]
        onward = [name for name in possible if name != "withdrawal"]
        if not onward:
            return
        self.go(onward[pick % len(onward)])

    @rule(name=st.sampled_from(sorted(OF_OTHERS)))
    def ask_inside(self, name: str) -> None:
        wanted = OF_OTHERS[name]
        refused = self.run(self.move_inside(name))
        if self.status in wanted.sources:
            assert refused is None
            self.step(wanted.target)
        else:
            assert refused is not None
            self.expect_facts(refused.facts, wanted)

    @rule()
    def edit(self) -> None:
        answer = self.run(self.send("PUT", "", content_json(), self.coordinator, self.version))
        if self.status in {"draft", "returned"}:
            assert answer.status_code == 200, answer.text
            self.version += 1
        else:
            assert answer.status_code == 409, answer.text
            assert answer.json()["rule"] == "edit-only-from-draft-or-returned"
            assert set(answer.json()["allowed_moves"]) == self.possible()

    @rule(what=st.sampled_from(sorted(REQUESTS)), behind=st.sampled_from([1, -1]))
    def ask_with_another_version(self, what: str, behind: int) -> None:
        actor = BOTH if REQUESTS[what].roles & BOTH.roles else self.coordinator
        answer = self.run(self.send("POST", f"/{what}", BODIES[what], actor, max(0, self.version - behind)))
        assert answer.status_code == 412, answer.text

    @invariant()
    def is_where_the_drawing_says(self) -> None:
        if not hasattr(self, "id"):
            return
        answer = self.run(self.send("GET", "", None, self.coordinator, 0))
        found = answer.json()
        assert (found["status"], found["version"]) == (self.status, self.version)
        assert set(found["allowed_moves"]) == self.possible()

    def go(self, name: str) -> None:
        if name in OF_OTHERS:
            self.ask_inside(name)
        else:
            self.ask(name, self.able(name))

    def able(self, what: str) -> Actor:
        """Return one who may ask for it, and has no hand in what came before."""
        roles = REQUESTS[what].roles
        return next(each for each in (self.coordinator, ANALYST, DIRECTOR) if each.has_any(roles))

    def ask(self, what: str, actor: Actor) -> None:
        wanted = REQUESTS[what]
        answer = self.run(self.send("POST", f"/{what}", BODIES[what], actor, self.version))
        if not actor.has_any(wanted.roles):
            assert answer.status_code == 403, answer.text
        elif actor is COORDINATOR_OF_TRMICE:
            assert answer.status_code == 404, answer.text
        elif self.status not in wanted.sources:
            assert answer.status_code == 409, answer.text
            self.expect_facts(answer.json(), wanted)
        elif self.is_second_hand(actor, wanted):
            assert answer.status_code == 409, answer.text
            assert answer.json()["rule"] in {
                "check-only-who-did-not-submit",
                "decide-only-who-did-not-check-nor-score",
            }
            assert set(answer.json()["allowed_moves"]) == self.possible()
        else:
            assert answer.status_code == 200, answer.text
            if wanted.own_hands:
                self.hands[wanted.own_hands].add(actor.id)
            self.step(wanted.target)

    def is_second_hand(self, actor: Actor, wanted: Way) -> bool:
        if wanted.own_hands == "checks":
            return actor.id in self.hands["files"]
        return wanted.own_hands == "decides" and actor.id in self.hands["files"] | self.hands["checks"]

    def step(self, target: str) -> None:
        self.status, self.version = target, self.version + 1

    def possible(self) -> set[str]:
        return {
            each.move for each in (*REQUESTS.values(), *OF_OTHERS.values()) if self.status in each.sources
        }

    def expect_facts(self, facts: Mapping[str, object], wanted: Way) -> None:
        allowed = facts["allowed_moves"]
        assert isinstance(allowed, list)
        assert set(allowed) == self.possible()
        assert facts["rule"] == f"{wanted.move}-only-from-{'-or-'.join(sorted(wanted.sources))}"

    async def send(self, method: str, path: str, body: object, actor: Actor, version: int) -> httpx.Response:
        async with self.service.client(actor) as client:
            answer = await client.request(
                method,
                f"/applications/{self.id}{path}",
                json=body,
                headers={"If-Match": f'"{version}"'},
            )
        assert answer.status_code < 500, answer.text
        self.answered.add(answer.status_code)
        return answer

    async def move_inside(self, name: str) -> ApplicationDoesNotAllow | None:
        try:
            async with self.service.transaction() as tx:
                if name == "open-evaluation":
                    await use_cases.open_evaluation(tx, [self.id], tx.today)
                elif name == "sign-memorandum":
                    await use_cases.sign_memorandum(tx, self.id, tx.today)
                else:
                    await use_cases.conclude_evaluation(tx, {self.id: Move(name)}, tx.today, {})
        except ApplicationDoesNotAllow as refused:
            return refused
        return None


@pytest.fixture
async def intake(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_municipalities(registry)
    await announced(registry)
    return registry


EVALUATED: Final = ("submission", "formal-check", "open-evaluation")
PATHS: Final = (
    (),
    ("submission",),
    ("submission", "return"),
    ("submission", "return", "resubmission"),
    ("submission", "formal-check"),
    EVALUATED,
    (*EVALUATED, "recommend"),
    (*EVALUATED, "do-not-recommend"),
    (*EVALUATED, "place-in-reserve"),
    (*EVALUATED, "recommend", "approval"),
    (*EVALUATED, "recommend", "approval", "sign-memorandum"),
    ("submission", "formal-rejection"),
    ("withdrawal",),
)
"""To every state there is; from each the machine goes on as it likes."""


def test_the_paths_lead_to_every_state() -> None:
    ends = {ALL[path[-1]].target if path else "draft" for path in PATHS}
    assert ends == LIVING | {"memorandum-signed", "rejected", "withdrawn"}


@pytest.mark.parametrize("start", PATHS, ids=lambda path: path[-1] if path else "draft")
async def test_no_sequence_of_requests_leads_outside_the_procedure(
    intake: ServiceUnderTest, start: tuple[str, ...]
) -> None:
    statuses: set[int] = set()

    class Machine(Applications):
        service = intake
        loop = asyncio.get_running_loop()
        path = start
        answered = statuses

    wished = settings(
        max_examples=3,
        stateful_step_count=10,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=wished)
    assert {200, 409} <= statuses
