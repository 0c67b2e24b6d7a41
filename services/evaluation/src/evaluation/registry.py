"""The one thing that this service asks of another: figures of the registry's statistics."""

import ssl
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

TIMEOUT: Final = httpx.Timeout(10, connect=3)
LARGEST: Final = 4 * 1024 * 1024


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class ToldFigure(_Told):
    unit_id: UUID
    period: date
    vintage: int
    value: Decimal | None
    in_force: bool


class ToldSeries(_Told):
    """A series of some units, and the digests of its vintages by their numbers."""

    vintages: dict[int, str]
    points: tuple[ToldFigure, ...]


async def figures(url: str, series: str, unit_ids: Sequence[UUID], *, since: date) -> ToldSeries | None:
    """Ask for a series of some units since a day; None where the registry cannot be asked or understood."""
    if not url:
        return None
    asked = {"series": series, "since": str(since), "unit": [str(unit_id) for unit_id in unit_ids]}
    client = httpx.AsyncClient(timeout=TIMEOUT, verify=_trust())
    try:
        async with (
            client,
            client.stream("GET", f"{url.rstrip('/')}/quotations/figures", params=asked) as answer,
        ):
            answer.raise_for_status()
            body = await _read(answer)
        return ToldSeries.model_validate_json(body)
    except (httpx.HTTPError, ValidationError):
        return None


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > LARGEST:
            return b""
    return bytes(body)


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates that we trust: reading them takes longer than a request."""
    return ssl.create_default_context()
