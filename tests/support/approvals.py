"""Builders of chains of approval, and drivers of rounds over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import httpx
from sqlalchemy import text

from planning.approvals.chain import Chain, ChainStep, PlannedStep
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel, PlanKind
from shared.http import today
from shared.ids import uuid7
from tests.support.planning import Json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, OBRNICE, an_actor

RUMBURK, KRECANY = uuid7(), uuid7()
MAYOR_OF_RUMBURK = an_actor(Role.MAYOR, units=[RUMBURK], sub="mayor-rumburk")
MAYOR_OF_KRECANY = an_actor(Role.MAYOR, units=[KRECANY], sub="mayor-krecany")

CHAIR = an_actor(Role.PARTNER, units=[OBRNICE], sub="chair-obrnice", affiliation="Společně, z. s.")
SECOND = an_actor(Role.COORDINATOR, units=[OBRNICE], sub="second-obrnice")


def a_step(level: ApprovalLevel = ApprovalLevel.COUNCIL, **changes: object) -> ChainStep:
    values: dict[str, object] = {
        "level": level,
        "label_cs": f"Krok {level.value}",
        "label_en": f"Step {level.value}",
        "body_id": None,
        "roles": (Role.DIRECTOR,) if level is ApprovalLevel.AGENCY else (Role.COORDINATOR, Role.MAYOR),
        "working_days": 10,
        "escalates_to": Role.CONSULTANT,
        **changes,
    }
    return ChainStep(**values)  # type: ignore[arg-type]


def planned(*levels: ApprovalLevel, units: Sequence[UUID]) -> tuple[PlannedStep, ...]:
    return tuple(
        PlannedStep(step=a_step(level), parties=tuple(units) if level is ApprovalLevel.COUNCIL else (None,))
        for level in levels
    )


def a_chain(*steps: ChainStep, unit_id: UUID | None = None, quiet_days: int = 0) -> Chain:
    return Chain(
        id=uuid7(),
        version=1,
        kind=PlanKind.PSZ,
        unit_id=unit_id,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        quiet_days=quiet_days,
        steps=steps or (a_step(),),
    )


def chain_json(*levels: str, **changes: object) -> Json:
    return {
        "kind": "PSZ",
        "starts_on": today().isoformat(),
        "steps": [{"level": level, "working_days": 10} for level in levels or ("council",)],
        "reason": "Rozhodnutí ředitele č. 3/2026.",
        **changes,
    }


async def set_chain(
    planning: ServiceUnderTest, body: Mapping[str, object], actor: Actor = ADMINISTRATOR
) -> httpx.Response:
    async with planning.client(actor) as client:
        return await client.post("/approvals/chains", json=body)


class RoundUnderWay:
    """Drives the newest round of a plan; reads its version before each decision unless told otherwise."""

    def __init__(self, planning: ServiceUnderTest, plan_id: str) -> None:
        self.planning = planning
        self.plan_id = plan_id

    async def head(self, actor: Actor = CONSULTANT) -> Json:
        async with self.planning.client(actor) as client:
            listed = (await client.get("/approvals", params={"filter[plan]": self.plan_id})).json()
        found: Json = max(listed["items"], key=lambda item: (item["revision"], item["number"]))
        return found

    async def whole(self, actor: Actor = CONSULTANT) -> Json:
        head = await self.head()
        async with self.planning.client(actor) as client:
            found: Json = (await client.get(f"/approvals/{head['id']}")).json()
        return found

    async def decide(self, actor: Actor, *, version: object = None, **changes: object) -> httpx.Response:
        body = {"decided_on": "2026-02-10", "body": "Zastupitelstvo", "reference": "7/2026", **changes}
        return await self._post("decisions", actor, body, version)

    async def send_back(self, actor: Actor, *, version: object = None) -> httpx.Response:
        return await self._post("return", actor, {"reason": "Chybí rozpočet na rok 2027."}, version)

    async def _post(
        self, what: str, actor: Actor, body: Mapping[str, object], version: object
    ) -> httpx.Response:
        head = await self.head()
        headers = {"If-Match": f'"{version or head["version"]}"'}
        async with self.planning.client(actor) as client:
            return await client.post(f"/approvals/{head['id']}/{what}", json=body, headers=headers)


async def let_days_pass(planning: ServiceUnderTest, days: int) -> None:
    """Move everything that rounds wait for so many days towards the past."""
    moved = {
        "approval_round": ("due_on", "quiet_until"),
        "approval_step": ("opened_on", "due_on"),
    }
    async with planning.resources.engine.begin() as connection:
        for table, columns in moved.items():
            sets = ", ".join(f"{column} = {column} - {days:d}" for column in columns)
            await connection.execute(text(f"UPDATE {table} SET {sets}"))  # noqa: S608 – names of ours
