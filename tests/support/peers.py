"""Builders of offers, needs and exchanges: Obrnice can show something, Trmice wants to learn."""

from datetime import timedelta

import httpx

from shared.auth import Actor
from shared.http import today
from tests.support.planning import Json, a_registered_unit
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE, OBRNICE, TRMICE


def an_offer(**changes: object) -> Json:
    return {
        "unit_id": str(OBRNICE),
        "area": "BYD",
        "title": "Jak zabydlujeme rodiny z ubytoven",
        "forms": ["visit", "document"],
        "capacity_per_year": 2,
        "valid_until": str(today() + timedelta(days=700)),
        "contact_office": "Odbor sociálních věcí",
        "people_concerned": 120,
        **changes,
    }


def a_need(**changes: object) -> Json:
    return {
        "unit_id": str(TRMICE),
        "area": "BYD",
        "title": "Co s rodinami na ubytovnách",
        "forms": ["visit"],
        "people_concerned": 200,
        **changes,
    }


class PeersAtWork:
    """Sends requests of peers; remembers the version of everything that it was told of."""

    def __init__(self, planning: ServiceUnderTest) -> None:
        self.planning = planning
        self.versions: dict[str, str] = {}

    async def send(self, method: str, path: str, body: Json | None, actor: Actor | None) -> httpx.Response:
        thing = "/".join(path.split("/")[:3])
        version = {"If-Match": self.versions[thing]} if thing in self.versions and method != "GET" else {}
        async with self.planning.client(actor, **version) as client:
            answer = await client.request(method, path, json=body)
        if "etag" in answer.headers:
            self.versions[answer.headers.get("location", thing)] = answer.headers["etag"]
        return answer

    async def post(self, path: str, actor: Actor | None, **body: object) -> httpx.Response:
        return await self.send("POST", path, body or None, actor)

    async def get(self, path: str, actor: Actor | None = None) -> httpx.Response:
        return await self.send("GET", path, None, actor)

    async def offer(self, actor: Actor = COORDINATOR, **changes: object) -> str:
        return _id(await self.post("/peer-offers", actor, **an_offer(**changes)))

    async def need(self, actor: Actor = COORDINATOR_OF_TRMICE, **changes: object) -> str:
        return _id(await self.post("/peer-needs", actor, **a_need(**changes)))

    async def propose(
        self, offer: str, need: str, actor: Actor = COORDINATOR_OF_TRMICE, form: str = "visit"
    ) -> httpx.Response:
        return await self.post("/peer-exchanges", actor, offer_id=offer, need_id=need, form=form)

    async def proposed(self, offer: str) -> str:
        """Propose an exchange for a new need of Trmice; return its path."""
        return f"/peer-exchanges/{_id(await self.propose(offer, await self.need()))}"


def _id(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


async def peers_at_work(planning: ServiceUnderTest) -> PeersAtWork:
    await planning.hear(a_registered_unit(), a_registered_unit(TRMICE, name="Trmice"))
    return PeersAtWork(planning)
