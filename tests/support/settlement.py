"""A consultation that is over, with comments, on its way to a published settlement."""

from collections.abc import Mapping
from datetime import timedelta

import httpx
from sqlalchemy import text

from shared.auth import Actor
from shared.http import today
from tests.support.planning import Json, PlanUnderWay, a_draft, a_tree
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, MAYOR

TODAY = today().isoformat()


def a_consultation(plan_id: str, **changes: object) -> Json:
    return {
        "plan_id": plan_id,
        "title": "Připomínky k plánu Obrnice",
        "opens_at": f"{TODAY}T00:00:00+01:00",
        "closes_at": f"{today() + timedelta(days=21)}T00:00:00+01:00",
        **changes,
    }


def a_comment(**changes: object) -> Json:
    return {
        "submitter_kind": "citizen",
        "text": "Bytů je málo, přidejte další.",
        "proposed_wording": "Obec vyčlení deset bytů.",
        "reasons": "Na ubytovně žije 45 dětí.",
        **changes,
    }


def rejected(**changes: object) -> Json:
    return {
        "result": "rejected",
        "justification": "Obec další byty nemá.",
        "settled_on": TODAY,
        **changes,
    }


class SettlementUnderWay:
    """Drives one consultation of a plan of Obrnice from its closing on."""

    def __init__(self, plan: PlanUnderWay, consultation_id: str) -> None:
        self.plan = plan
        self.planning = plan.planning
        self.id = consultation_id

    async def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        actor: Actor | None,
        version: str = "",
    ) -> httpx.Response:
        headers = {"If-Match": version} if version else {}
        async with self.planning.client(actor) as client:
            return await client.request(method, f"/consultations/{self.id}{path}", json=body, headers=headers)

    async def get(self, path: str = "", actor: Actor | None = COORDINATOR) -> httpx.Response:
        return await self.send("GET", path, actor=actor)

    async def comment(self, **changes: object) -> int:
        answer = await self.send("POST", "/comments", a_comment(**changes), actor=None)
        assert answer.status_code == 201, answer.text
        number: int = answer.json()["number"]
        return number

    async def close(self) -> None:
        """Let the window be over, as if days had passed."""
        await self.run(
            "UPDATE consultation SET opens_at = now() - interval '21 days', "
            "closes_at = now() - interval '1 second'"
        )

    async def run(self, statement: str) -> None:
        """Change what no request can, past the triggers that refuse it."""
        async with self.planning.resources.engine.begin() as connection:
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
            await connection.execute(text(statement))

    async def settle(
        self, number: int, *, actor: Actor = COORDINATOR, version: str = '"0"', **body: object
    ) -> httpx.Response:
        sent = body if "result" in body else rejected(**body)
        sent.setdefault("settled_on", TODAY)
        return await self.send("PUT", f"/comments/{number}/disposition", sent, actor=actor, version=version)

    async def version(self) -> str:
        return (await self.get()).headers["etag"]

    async def approve(self, actor: Actor = MAYOR, **changes: object) -> httpx.Response:
        body: Json = {"body": "Manažerský tým", "approved_on": TODAY, **changes}
        return await self.send("POST", "/settlement", body, actor=actor, version=await self.version())

    async def release(
        self, number: int, *, actor: Actor = COORDINATOR, version: str = '"0"', **texts: object
    ) -> httpx.Response:
        return await self.send(
            "PUT", f"/comments/{number}/release", dict(texts), actor=actor, version=version
        )

    async def publish(self, actor: Actor = MAYOR) -> httpx.Response:
        return await self.send("POST", "/publication", actor=actor, version=await self.version())


async def a_consulted_draft(planning: ServiceUnderTest, **changes: object) -> SettlementUnderWay:
    """Put the draft of a plan with its small tree before the public; the window is open."""
    plan = await a_draft(planning)
    assert (await plan.write_tree(a_tree())).status_code == 200
    return await put_to_consultation(plan, **changes)


async def put_to_consultation(plan: PlanUnderWay, **changes: object) -> SettlementUnderWay:
    """Open a consultation of what is being worked on."""
    planning = plan.planning
    async with planning.client(CONSULTANT) as client:
        made = await client.post("/consultations", json=a_consultation(plan.id, **changes))
        assert made.status_code == 201, made.text
        opened = await client.post(
            f"/consultations/{made.json()['id']}/opening", headers={"If-Match": made.headers["etag"]}
        )
    assert opened.status_code == 200, opened.text
    return SettlementUnderWay(plan, made.json()["id"])


async def measure_of(settlement: SettlementUnderWay) -> str:
    tree = (await settlement.plan.get(COORDINATOR)).json()["problems"]
    measure: str = tree[0]["goals"][0]["measures"][0]["id"]
    return measure
