"""Signed requests to systems of others: to checked addresses alone, with little patience and few bytes."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, partial
from ipaddress import ip_address
from socket import SOCK_STREAM, getaddrinfo
from time import monotonic
from typing import Final
from uuid import UUID

import httpx
from standardwebhooks import Webhook

from documents.neighbours.addresses import is_allowed, may_be_called
from documents.webhooks.domain import EXCERPT, Attempt, Fault

PATIENCE: Final = timedelta(seconds=15)
_RESOLVERS: Final = ThreadPoolExecutor(max_workers=100, thread_name_prefix="webhook-names")
"""Threads of our own: names that never resolve take from nobody else, and there are enough of them."""
_TRIED: Final = 2
"""So many addresses of one name are tried."""
_REDIRECTS: Final = range(300, 400)
_WAITS: Final = frozenset({429, 503})


class AddressRefused(Exception):  # noqa: N818 - the fact that stopped us
    """The name leads to where we call nobody."""


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def signed(body: str, event_id: UUID, *, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Return the headers of Standard Webhooks; every secret that is in force signs."""
    signatures = [Webhook(secret).sign(str(event_id), now, body) for secret in secrets]
    return {
        "webhook-id": str(event_id),
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
        "Content-Type": "application/cloudevents+json",
    }


class Poster:
    """Sends to addresses of others; `loopback` lets the machine itself in, for development."""

    def __init__(self, *, loopback: bool = False, patience: timedelta = PATIENCE) -> None:
        self._loopback = loopback
        self._seconds = patience.total_seconds()

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, now: datetime) -> Attempt:
        """Send once and tell what came of it; raises nothing that the receiver could cause."""
        began = monotonic()
        status: int | None = None
        excerpt, retry_after = "", None
        try:
            async with asyncio.timeout(self._seconds):
                answer, excerpt = await self._send(httpx.URL(url), body, headers)
            status = answer.status_code
            fault = None if answer.is_success else Fault.STATUS
            if status in _REDIRECTS:
                fault = Fault.REDIRECTED
            if status in _WAITS:
                retry_after = _seconds(answer.headers.get("retry-after", ""), now=now)
        except (AddressRefused, httpx.InvalidURL, httpx.HTTPError, OSError, UnicodeError) as error:
            fault = _fault_of(error)
        took = int((monotonic() - began) * 1000)
        return Attempt(status=status, fault=fault, excerpt=excerpt, duration_ms=took, retry_after=retry_after)

    async def _send(
        self, url: httpx.URL, body: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, str]:
        """Call an address that was checked, by its number: nobody leads us elsewhere in between."""
        last: httpx.TransportError | None = None
        for number in (await self._checked(url))[:_TRIED]:
            try:
                return await self._send_to(url, number, body, headers)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
        raise last or AddressRefused(url.host)

    async def _send_to(
        self, url: httpx.URL, number: str, body: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, str]:
        client = httpx.AsyncClient(
            verify=_trust(), timeout=self._seconds, follow_redirects=False, trust_env=False
        )
        request = client.build_request(
            "POST",
            url.copy_with(host=number),
            content=body.encode(),
            headers={
                **headers,
                "Host": url.netloc.decode("ascii"),
                "User-Agent": "Pospolu-Webhooks/1",
                "Accept-Encoding": "identity",
            },
            extensions={"sni_hostname": url.host},
        )
        async with client:
            answer = await client.send(request, stream=True)
            try:
                return answer, await _beginning(answer)
            finally:
                await answer.aclose()

    async def _checked(self, url: httpx.URL) -> list[str]:
        """Return the numbers that the name leads to; raises `AddressRefused` where one is not public."""
        if not is_allowed(str(url), loopback=self._loopback):
            raise AddressRefused(url.host)
        port = url.port or (443 if url.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_RESOLVERS, partial(getaddrinfo, url.host, port, type=SOCK_STREAM))
        numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not numbers or not all(
            may_be_called(ip_address(number), loopback=self._loopback) for number in numbers
        ):
            raise AddressRefused(url.host)
        return numbers


async def _beginning(answer: httpx.Response) -> str:
    """Read a little of the answer, as it came over the wire."""
    read = bytearray()
    async for chunk in answer.aiter_raw():
        read += chunk
        if len(read) >= EXCERPT:
            break
    return bytes(read[:EXCERPT]).decode(errors="replace").replace("\0", "\ufffd")


def _fault_of(error: Exception) -> Fault:
    if isinstance(error, AddressRefused | httpx.InvalidURL):
        return Fault.ADDRESS_REFUSED
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Fault.TIMED_OUT
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Fault.NOT_TRUSTED
    return Fault.NOT_REACHED


def _seconds(told: str, *, now: datetime) -> int | None:
    """Read `Retry-After`: seconds, or a date of HTTP."""
    if told.isascii() and told.isdecimal() and len(told) < 10:
        return int(told)
    try:
        return max(0, int((parsedate_to_datetime(told) - now).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return None
