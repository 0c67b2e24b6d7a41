"""Calls of every route as every role: what comes back, beside what the declaration promises."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import httpx

from shared.contracts.base import Role
from shared.http.events import events_feed
from shared.http.health import router as health
from tests.architecture.guards.routes import Declared, declarations
from tests.support.service import ServiceUnderTest
from tests.support.tokens import BY_ROLE

NOTHING = UUID("01900000-0000-7000-8000-000000000000")
UNREADY = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one role (None: nobody has logged in) got from one route."""

    declared: Declared
    role: Role | None
    status: int
    media_type: str

    @property
    def place(self) -> str:
        return f"{self.role or 'anonymous'} {self.declared.place}: {self.status}"


def routes_of(service: ServiceUnderTest) -> list[Declared]:
    return declarations([*service.service.routers, events_feed(service.service.name), health])


def address_of(declared: Declared) -> str:
    """Fill the parameters of the path: no such thing exists, but the address is well-formed."""
    steps = declared.path.split("/")
    return "/".join("1" if s == "{number}" else str(NOTHING) if s.startswith("{") else s for s in steps)


async def walk(service: ServiceUnderTest, declared: Iterable[Declared]) -> list[Answer]:
    """Send each route an empty object as each role and as nobody."""
    found = []
    for role, actor in [(None, None), *BY_ROLE.items()]:
        async with service.client(actor) as client:
            for route in declared:
                body = None if route.method == "GET" else b"{}"
                answer = await client.request(
                    route.method,
                    address_of(route),
                    content=body,
                    headers={"Content-Type": "application/json", "If-Match": '"1"'},
                )
                found.append(_answer(route, role, answer))
    return found


def _answer(declared: Declared, role: Role | None, answer: httpx.Response) -> Answer:
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    return Answer(declared=declared, role=role, status=answer.status_code, media_type=media_type)


def broken_promises(answers: Iterable[Answer]) -> Iterator[str]:
    """401 for nobody and 403 for another role, exactly where it is declared; a fault of ours nowhere."""
    for answer in answers:
        if _promised(answer) != _shut(answer):
            yield f"{answer.place}, declared: {_promised(answer) or 'let in'}"
        if answer.status >= 500 and not _is_unready(answer):
            yield f"{answer.place}: a fault of ours"
        if 400 <= answer.status < 500 and answer.media_type != "application/problem+json":
            yield f"{answer.place}: {answer.media_type} is no problem detail"


def _promised(answer: Answer) -> int | None:
    allowed = answer.declared.roles
    if allowed is None or answer.role in allowed:
        return None
    return 401 if answer.role is None else 403


def _shut(answer: Answer) -> int | None:
    return answer.status if answer.status in {401, 403} else None


def _is_unready(answer: Answer) -> bool:
    return answer.status == UNREADY and answer.declared.path == "/health/ready"
