"""Builders of bodies, members and meetings of Obrnice, and one meeting on its way to approved minutes."""

from collections.abc import Mapping
from datetime import timedelta

import httpx

from shared.auth import Actor
from shared.http import today
from tests.support.planning import Json, a_registered_unit
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, OBRNICE

YESTERDAY = today() - timedelta(days=1)
FOUNDED = "2024-01-01"


def a_body(**changes: object) -> Json:
    return {
        "kind": "working-group",
        "name": "Pracovní skupina Bydlení",
        "unit_ids": [str(OBRNICE)],
        "areas": ["BYD"],
        "starts_on": FOUNDED,
        **changes,
    }


def a_member(**changes: object) -> Json:
    return {
        "name": "Šárka Nováková",
        "organisation": "Společně, z. s.",
        "email": "sarka@spolecne.example",
        "phone": "+420 777 123 456",
        "starts_on": FOUNDED,
        **changes,
    }


def a_chair(**changes: object) -> Json:
    return a_member(
        **{
            "name": "Karel Starosta",
            "organisation": "Obec Obrnice",
            "role": "chair",
            "person": "mayor-obrnice",
        }
        | changes
    )


def an_invitation(**changes: object) -> Json:
    return {
        "title": "Bydlení rodin z ubytoven",
        "planned_at": f"{YESTERDAY}T10:00:00+01:00",
        "minutes_planned": 90,
        "place": "Obecní úřad Obrnice",
        "agenda": [{"title": "Zabydlování", "presenter": "Šárka Nováková", "documents": ["čj. 12/2026"]}],
        **changes,
    }


class BodyAtWork:
    """Drives one body over HTTP; `mandates` are its members in the order in which they were taken in."""

    def __init__(self, planning: ServiceUnderTest, body_id: str, etag: str) -> None:
        self.planning = planning
        self.id = body_id
        self.etag = etag
        self.mandates: list[str] = []

    async def post(
        self,
        path: str,
        body: Mapping[str, object] | None,
        actor: Actor | None = COORDINATOR,
        *,
        version: str | None = None,
    ) -> httpx.Response:
        return await self.send("POST", path, body, actor, version=version)

    async def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None,
        actor: Actor | None = COORDINATOR,
        *,
        version: str | None = None,
    ) -> httpx.Response:
        headers = {"If-Match": version} if version else {}
        async with self.planning.client(actor) as client:
            return await client.request(method, path, json=body, headers=headers)

    async def get(
        self, path: str, actor: Actor | None = CONSULTANT, *, language: str = "cs"
    ) -> httpx.Response:
        async with self.planning.client(actor) as client:
            return await client.get(path, headers={"Accept-Language": language})

    async def take_in(self, *members: Mapping[str, object]) -> httpx.Response:
        answer = await self.post(f"/bodies/{self.id}/members", {"members": list(members)})
        if answer.status_code == 201:
            self.mandates += answer.json()["ids"]
        return answer

    async def plan(self, **changes: object) -> "MeetingUnderWay":
        answer = await self.post("/meetings", {"body_id": self.id, **an_invitation(**changes)})
        assert answer.status_code == 201, answer.text
        return MeetingUnderWay(self, answer.json()["id"], answer.headers["etag"])


class MeetingUnderWay:
    """Drives one meeting; keeps the version that it was read in last."""

    def __init__(self, body: BodyAtWork, meeting_id: str, etag: str) -> None:
        self.body = body
        self.id = meeting_id
        self.etag = etag

    async def decide(self, text: str = "Město vyčlení dva byty.", **changes: object) -> httpx.Response:
        return await self.body.post(f"/meetings/{self.id}/decisions", {"text": text, **changes})

    async def write_down(self, **changes: object) -> httpx.Response:
        """Write down that everybody was there, unless told otherwise."""
        everybody = [{"mandate_id": each, "presence": "present"} for each in self.body.mandates]
        record = {"attendance": everybody, "notes": ["Projednáno."], **changes}
        return self._kept(
            await self.body.send("PUT", f"/meetings/{self.id}/record", record, version=self.etag)
        )

    async def approve(self, actor: Actor) -> httpx.Response:
        path = f"/meetings/{self.id}/approval"
        return self._kept(await self.body.post(path, None, actor, version=self.etag))

    async def cancel(self, reason: str) -> httpx.Response:
        path = f"/meetings/{self.id}/cancellation"
        return self._kept(await self.body.post(path, {"reason": reason}, version=self.etag))

    async def change(self, **changes: object) -> httpx.Response:
        invitation = an_invitation(**changes)
        return self._kept(await self.body.send("PUT", f"/meetings/{self.id}", invitation, version=self.etag))

    async def get(
        self, path: str = "", actor: Actor | None = CONSULTANT, *, language: str = "cs"
    ) -> httpx.Response:
        return await self.body.get(f"/meetings/{self.id}{path}", actor, language=language)

    async def reload(self) -> None:
        self.etag = (await self.get()).headers["etag"]

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        self.etag = answer.headers.get("etag", self.etag)
        return answer


async def a_body_at_work(
    planning: ServiceUnderTest, *members: Mapping[str, object], **changes: object
) -> BodyAtWork:
    """Set up a body of Obrnice with members."""
    await planning.hear(a_registered_unit())
    async with planning.client(COORDINATOR) as client:
        answer = await client.post("/bodies", json=a_body(**changes))
    assert answer.status_code == 201, answer.text
    body = BodyAtWork(planning, answer.json()["id"], answer.headers["etag"])
    if members:
        taken = await body.take_in(*members)
        assert taken.status_code == 201, taken.text
    return body


async def a_held_meeting(planning: ServiceUnderTest, **changes: object) -> MeetingUnderWay:
    """Hold a meeting of a body with its chair and a member; both were there."""
    body = await a_body_at_work(planning, a_chair(), a_member(), **changes)
    meeting = await body.plan()
    held = await meeting.write_down()
    assert held.status_code == 200, held.text
    return meeting
