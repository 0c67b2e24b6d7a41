"""The one thing that this service asks of another: the frozen wording of an approved plan."""

import ssl
from functools import cached_property
from typing import Final
from uuid import UUID

import httpx

from shared.errors import Invalid
from shared.tokens import ServiceToken

TIMEOUT: Final = httpx.Timeout(10, connect=3)
LARGEST: Final = 32 * 1024 * 1024


class SnapshotTooLarge(Invalid):
    cs = "Znění plánu má přes {limit} bajtů, tolik žádný plán mít nemůže."
    en = "The wording of the plan has more than {limit} bytes, more than any plan can have."


class Planning:
    """Planning's API as a system sees it."""

    def __init__(self, url: str, token: ServiceToken) -> None:
        self._url = url.rstrip("/")
        self._token = token

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The certificates that we trust: reading them takes longer than a request."""
        return ssl.create_default_context()

    async def revision(self, plan_id: UUID, revision: int) -> bytes:
        """Fetch the canonical JSON of a revision; raises `httpx.HTTPError`, `SnapshotTooLarge`."""
        address = f"{self._url}/plans/{plan_id}/revisions/{revision}"
        headers = await self._token.header()
        client = httpx.AsyncClient(timeout=TIMEOUT, verify=self._trust)
        async with client, client.stream("GET", address, headers=headers) as answer:
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._token.forget()
            answer.raise_for_status()
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise SnapshotTooLarge(limit=LARGEST)
        return bytes(body)
