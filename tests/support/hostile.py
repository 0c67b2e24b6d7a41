"""Requests that nobody would send in good faith, and what the answer to each must be."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx

from shared.auth import Actor
from tests.support.planning import a_head
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR

DEPTH = 100_000
JSON = {"Content-Type": "application/json"}
HEAD = json.dumps(a_head())


def assert_problem(answer: httpx.Response, *statuses: int, code: str | None = None) -> None:
    assert answer.status_code in statuses, f"{answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    if answer.request.method == "HEAD":
        return
    content = answer.json()
    assert content["status"] == answer.status_code
    assert content["type"].startswith("urn:pospolu:problem:")
    assert content["title"]
    assert content["trace_id"] == answer.headers["x-correlation-id"]
    assert answer.headers["content-language"] in {"cs", "en"}
    if code is not None:
        assert content["type"] == f"urn:pospolu:problem:{code}"


async def send(
    service: ServiceUnderTest, method: str, path: str, *, actor: Actor = COORDINATOR, **request: object
) -> httpx.Response:
    async with service.client(actor) as client:
        return await client.request(method, path, **request)  # type: ignore[arg-type]


async def draft(service: ServiceUnderTest, body: str | bytes, **headers: str) -> httpx.Response:
    return await send(service, "POST", "/plans", content=body, headers={**JSON, **headers})


@dataclass(slots=True)
class Body:
    """A body that counts how many of its chunks were asked for."""

    chunks: int
    read: int = field(default=0)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.chunks):
            self.read += 1
            yield b"a" * 100_000
