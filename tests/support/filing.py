"""Documents as people file them, and the decisions on the way to the public, over HTTP."""

from dataclasses import dataclass
from uuid import UUID

import httpx

from documents.extraction.use_cases import read_waiting
from documents.outside import store_at
from documents.publications.use_cases import due_checks, finish_check
from shared.auth import Actor
from tests.support.documents import MOST, OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, MAYOR

TEXT = b"Zapis z jednani pracovni skupiny."
Fields = dict[str, str | list[str]]


@dataclass(slots=True, kw_only=True)
class Filed:
    """A document that was filed; `version` is what If-Match takes."""

    documents: ServiceUnderTest
    id: str
    version: int
    digest: str
    number: int = 1

    async def get(self, path: str = "", actor: Actor | None = CONSULTANT, **headers: str) -> httpx.Response:
        async with self.documents.client(actor, **headers) as client:
            return await client.get(f"/documents/{self.id}{path}")

    async def decide(
        self, decision: str, actor: Actor = CONSULTANT, *, version: int | None = None, **body: object
    ) -> httpx.Response:
        """Send a decision on the newest version; what succeeds brings the document's version forward."""
        sent = {"number": self.number, **body}
        headers = {"If-Match": f'"{version or self.version}"'}
        async with self.documents.client(actor, **headers) as client:
            answer = await client.post(f"/documents/{self.id}/{decision}", json=sent)
        if answer.is_success and decision != "release-requests":
            self.version = int(answer.headers["etag"].strip('"'))
        return answer

    async def describe(self, actor: Actor = CONSULTANT, **changes: object) -> httpx.Response:
        """Say what the document is, ready for the public unless changed."""
        body = {
            "title": "Zápis z jednání",
            "kind": "OTHER",
            "unit_ids": [str(OBRNICE)],
            "holds_personal_data": False,
            "accessibility": "verified",
        } | changes
        async with self.documents.client(actor, **{"If-Match": f'"{self.version}"'}) as client:
            answer = await client.put(f"/documents/{self.id}/description", json=body)
        if answer.is_success:
            self.version = int(answer.headers["etag"].strip('"'))
        return answer

    async def add_version(self, content: bytes, actor: Actor = CONSULTANT) -> httpx.Response:
        async with self.documents.client(actor) as client:
            answer = await client.post(
                f"/documents/{self.id}/versions", files={"file": ("b.txt", content, "text/plain")}
            )
        if answer.is_success:
            self.version = answer.json()["version"]
            self.number = answer.json()["added"]["number"]
            self.digest = answer.json()["added"]["digest"]
        return answer

    async def check(self) -> None:
        """Let the worker read the text of the file, and finish checks that waited for it."""
        store = store_at(self.documents.resources.settings.files_url)
        async with self.documents.transaction() as tx:
            await read_waiting(tx, store)
        async with self.documents.transaction() as tx:
            due = await due_checks(tx)
        for one in due:
            async with self.documents.transaction() as tx:
                await finish_check(tx, one)


async def file_document(
    documents: ServiceUnderTest,
    actor: Actor = COORDINATOR,
    *,
    content: bytes = TEXT,
    name: str = "zapis.txt",
    units: tuple[UUID, ...] = (OBRNICE,),
    **fields: str,
) -> Filed:
    await documents.hear(unit_registered(), unit_registered(MOST, name="Most", code="567027"))
    data: Fields = {"title": "Zápis z jednání", "unit_ids": [str(unit) for unit in units], **fields}
    async with documents.client(actor) as client:
        answer = await client.post("/documents", data=data, files={"file": (name, content, "text/plain")})
    assert answer.status_code == 201, answer.text
    added = answer.json()
    return Filed(documents=documents, id=added["document_id"], version=1, digest=added["added"]["digest"])


async def approve(filed: Filed, actor: Actor = MAYOR) -> httpx.Response:
    return await filed.decide(
        "approval", actor, approved_by="Zastupitelstvo obce Obrnice", approved_on="2026-03-12"
    )


async def call(
    documents: ServiceUnderTest, method: str, path: str, actor: Actor | None = CONSULTANT, **sent: object
) -> httpx.Response:
    """Send a request; `version` becomes If-Match, `accept` a header, the rest the body."""
    headers = {}
    if "version" in sent:
        headers["If-Match"] = f'"{sent.pop("version")}"'
    if "accept" in sent:
        headers["Accept"] = str(sent.pop("accept"))
    async with documents.client(actor, **headers) as client:
        return await client.request(method, path, json=sent if method != "GET" else None)


async def ask_for_release(filed: Filed, actor: Actor = COORDINATOR) -> str:
    """Describe a document for the public and ask for its release; return the request."""
    described = await filed.describe(actor)
    assert described.status_code == 200, described.text
    asked = await filed.decide("release-requests", actor)
    assert asked.status_code == 201, asked.text
    await filed.check()
    return str(asked.json()["id"])


async def publish(filed: Filed) -> str:
    """Release a document in which nothing is found; return the request."""
    request = await ask_for_release(filed)
    let_out = await call(filed.documents, "POST", f"/release-requests/{request}/release", version=2)
    assert let_out.status_code == 200, let_out.text
    filed.version = let_out.json()["document_version"]
    return request
