"""The one thing that this service asks of another: the values in the registry that evidence cites."""

import ssl
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

TIMEOUT: Final = httpx.Timeout(10, connect=3)
LARGEST: Final = 8 * 1024 * 1024


class NotConfigured(Exception):  # noqa: N818 - the fact that stopped us
    """A setting that this work needs is missing."""


class RegistrySilent(Exception):  # noqa: N818
    """The registry cannot be reached, or what it answers is no answer; it may pass."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class ToldFigure(_Told):
    unit_id: UUID
    period: date
    vintage: int
    value: Decimal | None
    in_force: bool


class ToldSeries(_Told):
    """A series of some units in all vintages, and the digests of these by their numbers."""

    series: str
    periodicity: str
    position: int
    vintages: dict[int, str]
    points: tuple[ToldFigure, ...]


class ToldEdition(_Told):
    method: str
    year: int
    version: int
    digest: str


class ToldResult(_Told):
    unit_id: UUID
    year: int
    method: str
    vintage: int
    in_force: bool
    index: int | None
    band: int | None
    components: dict[str, int | None]


class ToldIndex(_Told):
    """The Index of some units, each year as it was published last."""

    position: int
    editions: tuple[ToldEdition, ...]
    points: tuple[ToldResult, ...]


Answer = TypeVar("Answer", ToldSeries, ToldIndex)


class Registry:
    """The registry's open data, as a service that cites them reads them."""

    def __init__(self, url: str) -> None:
        if not url:
            raise NotConfigured("REGISTRY_URL")
        self._url = url.rstrip("/")

    async def figures(self, series: str, unit_ids: Sequence[UUID], *, since: date) -> ToldSeries | None:
        """Fetch a series of some units, None where there is no such series; raises `RegistrySilent`."""
        body = await self._get("/quotations/figures", unit_ids, since=str(since), series=series)
        return None if body is None else _read(ToldSeries, body)

    async def index(self, unit_ids: Sequence[UUID], *, since: date) -> ToldIndex:
        """Fetch the Index of some units; raises `RegistrySilent`."""
        body = await self._get("/quotations/index", unit_ids, since=str(since))
        if body is None:
            raise RegistrySilent("/quotations/index")
        return _read(ToldIndex, body)

    async def _get(self, path: str, unit_ids: Sequence[UUID], **asked: str) -> bytes | None:
        try:
            return await self._body(path, {**asked, "unit": [str(unit_id) for unit_id in unit_ids]})
        except httpx.HTTPStatusError as error:
            if error.response.status_code in {httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY}:
                return None
            raise RegistrySilent(path) from error
        except httpx.HTTPError as error:
            raise RegistrySilent(path) from error

    async def _body(self, path: str, params: Mapping[str, str | list[str]]) -> bytes:
        client = httpx.AsyncClient(timeout=TIMEOUT, verify=_trust())
        async with client, client.stream("GET", f"{self._url}{path}", params=params) as answer:
            answer.raise_for_status()
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise RegistrySilent(path, len(body))
        return bytes(body)


def _read(kind: type[Answer], body: bytes) -> Answer:
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise RegistrySilent(kind.__name__) from error


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates that we trust: reading them takes longer than a request."""
    return ssl.create_default_context()
