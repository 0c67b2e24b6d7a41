"""What it takes to write history down through the API: each decision on what stands, with its own day."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.auth import Actor
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, CONSULTANT, DIRECTOR

Json = dict[str, object]
MET = {item: {"is_met": True} for item in ("complete", "eligible", "in_time", "resolution_valid", "signed")}


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Whoever decides reads the version first, as a person in front of a screen does."""

    service: ServiceUnderTest

    async def read(
        self, address: str, asked: Mapping[str, str] | None = None, *, actor: Actor | None = CONSULTANT
    ) -> Json:
        async with self.service.client(actor) as client:
            answer = await client.get(address, params=asked)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def items(
        self, address: str, asked: Mapping[str, str] | None = None, *, actor: Actor | None = None
    ) -> list[Json]:
        listed = (await self.read(address, asked, actor=actor))["items"]
        assert isinstance(listed, list)
        return listed

    async def create(self, actor: Actor, address: str, body: Json) -> str:
        """Return the address of what was made."""
        async with self.service.client(actor) as client:
            answer = await client.post(address, json=body)
        assert answer.status_code == 201, answer.text
        return f"{address}/{answer.json()['id']}"

    async def decide(self, actor: Actor, matter: str, decision: str, **body: object) -> Json:
        status, answer = await self.attempt(actor, matter, decision, **body)
        assert status in {200, 201}, answer
        return answer

    async def attempt(self, actor: Actor, matter: str, decision: str, **body: object) -> tuple[int, Json]:
        version = (await self.read(matter))["version"]
        async with self.service.client(actor) as client:
            answer = await client.post(
                f"{matter}/{decision}", json=body, headers={"If-Match": f'"{version}"'}
            )
        return answer.status_code, answer.json()

    async def announced_call(self, content: Json, on: str) -> str:
        call = await self.create(ADMINISTRATOR, "/calls", content)
        await self.decide(DIRECTOR, call, "announcement", on=on)
        return call

    async def delivered(self, call: str, unit: UUID, content: Json, received_at: str) -> str:
        """Write down an application that a data box delivered; return its address."""
        body: Json = {"call_id": call.rpartition("/")[2], "unit_id": str(unit), "content": content}
        application = await self.create(CONSULTANT, "/applications", body)
        await self.decide(CONSULTANT, application, "submission", received_at=received_at, message_id="1")
        return application

    async def checked(self, application: str, on: str) -> Json:
        return await self.decide(ANALYST, application, "formal-check", checklist=MET, on=on)

    async def signed(self, matter: str, decision: str, on: str) -> Json:
        """Let both sides sign or agree: the unit's side as the consultant writes it down."""
        of_the_unit = {"side": "unit", "name": "Karolína Koubová", "function": "primátorka"}
        await self.decide(CONSULTANT, matter, decision, **of_the_unit, on=on)
        of_the_agency = {"side": "agency", "name": "Daniel Jelínek", "function": "ředitel"}
        return await self.decide(DIRECTOR, matter, decision, **of_the_agency, on=on)
