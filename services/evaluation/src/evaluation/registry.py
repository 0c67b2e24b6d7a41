"""What this service asks of another: figures of the registry's statistics, and similar municipalities."""

import ssl
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

TIMEOUT: Final = httpx.Timeout(10, connect=3)
LARGEST: Final = 4 * 1024 * 1024
_KNOWS_NONE: Final = frozenset({404, 409, 422})


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


class Unanswered(StrEnum):
    """Why there is no answer: the registry cannot be asked or understood, or it knows nobody."""

    SILENT = "silent"
    UNKNOWN = "unknown"


class ToldMunicipality(_Told):
    unit_id: UUID
    name: str
    region: str
    population_15_plus: int
    index: int | None


class ToldPeer(_Told):
    municipality: ToldMunicipality
    distance: Decimal


class ToldFeature(_Told):
    name_cs: str


class ToldPeers(_Told):
    """`digest` is the SHA-256 of the answer as it came."""

    year: int
    method: str
    computation_id: int
    municipality: ToldMunicipality
    features: tuple[ToldFeature, ...]
    peers: tuple[ToldPeer, ...]
    caveat_cs: str
    caveat_en: str
    digest: str = ""


async def similar_units(
    url: str, unit_id: UUID, *, year: int, count: int
) -> ToldPeers | Literal[Unanswered.SILENT, Unanswered.UNKNOWN]:
    """Ask for the municipalities most like one by the figures of a year that were never supported."""
    if not url:
        return Unanswered.SILENT
    asked: dict[str, str | int] = {"year": year, "count": count, "supported": "no"}
    client = httpx.AsyncClient(timeout=TIMEOUT, verify=_trust())
    try:
        async with (
            client,
            client.stream("GET", f"{url.rstrip('/')}/index/units/{unit_id}/peers", params=asked) as answer,
        ):
            if answer.status_code in _KNOWS_NONE:
                return Unanswered.UNKNOWN
            answer.raise_for_status()
            body = await _read(answer)
        told = ToldPeers.model_validate_json(body)
    except (httpx.HTTPError, ValidationError):
        return Unanswered.SILENT
    return told.model_copy(update={"digest": sha256(body).hexdigest()})


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
