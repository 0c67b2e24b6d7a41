"""What this service asks of registry and evaluation: pages that they froze, byte by byte."""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import httpx

from documents.neighbours.fetching import AnswerTooLong, fetch
from documents.renditions.domain import (
    EditionMissing,
    Source,
    SourceNotForYou,
    SourceNotReady,
    SourceTooLarge,
    SourceUnknown,
)
from shared.auth import TokenInvalid
from shared.tokens import ServiceToken

LARGEST: Final = 8 * 1024 * 1024
_SAID: Final = 500


class Sources:
    """The APIs of registry and evaluation, as whoever asks for a paper sees them."""

    def __init__(self, registry_url: str, evaluation_url: str, token: ServiceToken) -> None:
        self._registry = registry_url.rstrip("/")
        self._evaluation = evaluation_url.rstrip("/")
        self._token = token

    async def frozen(
        self, source: Source, source_id: UUID, *, edition: int | None, authorization: str, language: str
    ) -> bytes:
        """Freeze a page, or fetch one that is frozen, with the right of the caller.

        Raises `EditionMissing`, `SourceUnknown`, `SourceNotForYou`, `SourceNotReady`, `SourceTooLarge`,
        and `ConnectionError` where the service does not answer.
        """
        headers = {"Authorization": authorization, "Accept-Language": language}
        if source is Source.EVALUATION_REPORT:
            if edition is None:
                raise EditionMissing(pointer="/edition")
            return await self._ask("GET", self._report(source_id, edition), headers)
        asked = {"kind": source.value, "subject_id": str(source_id)}
        of_evaluation = source is Source.PROGRAMME_REPORT
        service = self._evaluation if of_evaluation else self._registry
        return await self._ask("POST", f"{service}/frozen-pages", headers, asked)

    async def report(self, evaluation_id: UUID, edition: int) -> bytes:
        """Fetch a frozen report as the service itself; raises as `frozen` does."""
        return await self._ask_ourselves("GET", self._report(evaluation_id, edition))

    async def page(self, source: Source, source_id: UUID) -> bytes:
        """Freeze a page of the registry as the service itself; raises as `frozen` does."""
        asked = {"kind": source.value, "subject_id": str(source_id)}
        return await self._ask_ourselves("POST", f"{self._registry}/frozen-pages", asked)

    async def _ask_ourselves(self, method: str, address: str, asked: object = None) -> bytes:
        headers = await self._token.header()
        try:
            return await self._ask(method, address, headers, asked)
        except TokenInvalid:
            self._token.forget()
            raise ConnectionError("our token was refused") from None

    def _report(self, evaluation_id: UUID, edition: int) -> str:
        return f"{self._evaluation}/evaluation-register/{evaluation_id}/reports/{edition}"

    async def _ask(
        self, method: str, address: str, headers: Mapping[str, str], asked: object = None
    ) -> bytes:
        try:
            answer = await fetch(method, address, headers=headers, limit=LARGEST, json=asked)
        except AnswerTooLong:
            raise SourceTooLarge(limit=LARGEST) from None
        except httpx.TransportError as error:
            raise ConnectionError(address) from error
        if not answer.head.is_success:
            raise _refused(answer.head.status_code, answer.body)
        return answer.body


def _refused(status: int, body: bytes) -> Exception:
    """Return what the caller is told; what is the other service's fault passes."""
    match status:
        case httpx.codes.UNAUTHORIZED:
            return TokenInvalid()
        case httpx.codes.FORBIDDEN:
            return SourceNotForYou()
        case httpx.codes.NOT_FOUND:
            return SourceUnknown()
        case httpx.codes.CONFLICT:
            return SourceNotReady(said=_title(body))
    return ConnectionError(f"answered {status}")


def _title(body: bytes) -> str:
    """Return what the other service says, in the language of the caller."""
    try:
        problem = json.loads(body)
    except ValueError:
        return ""
    title = problem.get("title") if isinstance(problem, dict) else None
    return title[:_SAID] if isinstance(title, str) else ""
