"""What this service asks of planning: what was approved, its summary, settlements of comments."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import httpx

from documents.neighbours.fetching import AnswerTooLong, fetch
from shared.errors import Invalid
from shared.tokens import ServiceToken

LARGEST: Final = 32 * 1024 * 1024


class SnapshotTooLarge(Invalid):
    cs = "Znění plánu má přes {limit} bajtů, tolik žádný plán mít nemůže."
    en = "The wording of the plan has more than {limit} bytes, more than any plan can have."


class Planning:
    """Planning's API as a system sees it; each method raises `httpx.HTTPError`, `SnapshotTooLarge`."""

    def __init__(self, url: str, token: ServiceToken) -> None:
        self._url = url.rstrip("/")
        self._token = token

    async def revision(self, plan_id: UUID, revision: int) -> bytes:
        """Fetch the canonical JSON of a revision."""
        return await self._get(f"plans/{plan_id}/revisions/{revision}")

    async def summary(self, plan_id: UUID, revision: int, *, language: str) -> bytes:
        """Fetch what a revision says in plain language."""
        return await self._get(f"plans/{plan_id}/summary?of={revision}", {"Accept-Language": language})

    async def difference(self, plan_id: UUID, since: int, until: int) -> bytes:
        """Fetch what changed between two approved revisions."""
        return await self._get(f"plans/{plan_id}/difference?from={since}&to={until}")

    async def settlement(self, consultation_id: UUID) -> bytes:
        """Fetch the canonical JSON of a published settlement."""
        return await self._get(f"consultations/{consultation_id}/publication")

    async def _get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes:
        known = {**(headers or {}), **await self._token.header()}
        try:
            answer = await fetch("GET", f"{self._url}/{path}", headers=known, limit=LARGEST)
        except AnswerTooLong:
            raise SnapshotTooLarge(limit=LARGEST) from None
        if answer.head.status_code == httpx.codes.UNAUTHORIZED:
            self._token.forget()
        answer.head.raise_for_status()
        return answer.body
