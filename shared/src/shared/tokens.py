"""What we fetch from the identity provider: its public keys, and tokens for our own calls."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol, cast
from urllib.parse import quote_plus

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import DictKey, JWKRegistry, Key, KeySet
from pydantic import BaseModel, ConfigDict, JsonValue

TIMEOUT_SECONDS = 5
PAUSE_SECONDS = 30
PAUSE_WITHOUT_KEYS_SECONDS = 1
KEYS_AGE_SECONDS = 600
RENEWED_BEFORE_SECONDS = 30

Clock = Callable[[], float]
log = structlog.get_logger(__name__)


class IdentityProviderDown(Exception):  # noqa: N818
    """We have never seen the provider's keys and cannot fetch them: our fault, not the caller's (503)."""


class Keys(Protocol):
    """The keys that the issuer signs with."""

    async def current(self) -> KeySet: ...

    async def refreshed(self) -> KeySet:
        """Look again: a token names a key that is not among the current ones."""
        ...


class _Discovered(BaseModel):
    model_config = ConfigDict(frozen=True)

    issuer: str
    jwks_uri: str
    token_endpoint: str


class _Issued(BaseModel):
    model_config = ConfigDict(frozen=True)

    access_token: str
    expires_in: int = 60


async def _discover(client: httpx.AsyncClient, issuer: str, discovery_url: str | None) -> _Discovered:
    url = discovery_url or f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = _Discovered.model_validate_json((await client.get(url)).raise_for_status().content)
    if found.issuer != issuer:
        raise ValueError(f"the provider calls itself {found.issuer}, we expect {issuer}")
    return found


class IssuerKeys:
    """The issuer's JWKS: cached, fetched once for all who wait, kept when the provider is down."""

    def __init__(
        self,
        issuer: str,
        *,
        discovery_url: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._discovery_url = discovery_url
        self._transport = transport
        self._clock = clock
        self._keys: KeySet | None = None
        self._old_at = 0.0
        self._pause_until = float("-inf")
        self._fetch: asyncio.Task[None] | None = None

    async def current(self) -> KeySet:
        """Return the known keys at once; old ones are renewed behind the caller's back."""
        if self._keys is None:
            return await self.refreshed()
        if self._clock() >= self._old_at:
            self._begin_fetch()
        return self._keys

    async def refreshed(self) -> KeySet:
        """Fetch unless it was done a moment ago; raises IdentityProviderDown when there are no keys."""
        fetch = self._begin_fetch()
        if fetch is not None:
            await asyncio.shield(fetch)
        if self._keys is None:
            raise IdentityProviderDown(self._issuer)
        return self._keys

    def _begin_fetch(self) -> asyncio.Task[None] | None:
        if self._fetch is None and self._clock() >= self._pause_until:
            self._fetch = asyncio.create_task(self._fetch_keys())
        return self._fetch

    async def _fetch_keys(self) -> None:
        try:
            async with httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as client:
                found = await _discover(client, self._issuer, self._discovery_url)
                answer = (await client.get(found.jwks_uri)).raise_for_status()
            self._keys = _signing_keys(_Jwks.model_validate_json(answer.content))
            self._old_at = self._clock() + KEYS_AGE_SECONDS
        except (httpx.HTTPError, ValueError) as error:
            log.warning("identity-provider-unreachable", issuer=self._issuer, error=repr(error))
        finally:
            pause = PAUSE_WITHOUT_KEYS_SECONDS if self._keys is None else PAUSE_SECONDS
            self._pause_until = self._clock() + pause
            self._fetch = None


class _Jwks(BaseModel):
    keys: list[dict[str, JsonValue]]


def _signing_keys(jwks: _Jwks) -> KeySet:
    """Take the keys we can use; one of a kind unknown to us must not cost us the others."""
    keys: list[Key] = []
    for data in jwks.keys:
        if data.get("kty") not in {"RSA", "EC", "OKP"} or data.get("use", "sig") != "sig":
            continue
        try:
            keys.append(JWKRegistry.import_key(cast(DictKey, data)))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("key-not-understood", kid=data.get("kid"), error=repr(error))
    if not keys:
        raise ValueError("the provider publishes no key to verify signatures with")
    return KeySet(keys)


class ServiceToken:
    """The token with which a service calls another one (client credentials), renewed before it expires."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        *,
        discovery_url: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._discovery_url = discovery_url
        self._credentials = httpx.BasicAuth(quote_plus(client_id), quote_plus(client_secret))
        self._transport = transport
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token = ""
        self._renew_at = float("-inf")

    async def header(self) -> dict[str, str]:
        """Return the Authorization header; raises httpx.HTTPError when the provider gives no token."""
        async with self._lock:
            if self._clock() >= self._renew_at:
                await self._fetch()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """Ask for another one before the next call: this one was refused."""
        self._renew_at = float("-inf")

    async def _fetch(self) -> None:
        async with httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as client:
            found = await _discover(client, self._issuer, self._discovery_url)
            asked_at = self._clock()
            form = {"grant_type": "client_credentials"}
            answer = await client.post(found.token_endpoint, data=form, auth=self._credentials)
        issued = _Issued.model_validate_json(answer.raise_for_status().content)
        self._token = issued.access_token
        self._renew_at = asked_at + max(issued.expires_in - RENEWED_BEFORE_SECONDS, issued.expires_in / 2)
