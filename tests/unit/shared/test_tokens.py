"""How the provider's keys and our own tokens are fetched, kept and renewed."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from anyio.lowlevel import checkpoint
from joserfc.jwk import ECKey, Key, KeySet

from shared.auth import IdentityProviderDown, IssuerKeys, ServiceToken, TokenInvalid, Verifier
from tests.support.tokens import AUDIENCE, ISSUER, a_token


def a_key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)


class Provider(httpx.AsyncBaseTransport):
    """An identity provider of which a test decides what it answers."""

    def __init__(self, *keys: Key) -> None:
        self.jwks: dict[str, object] = dict(KeySet(list(keys)).as_dict(private=False))
        self.issuer = ISSUER
        self.down = False
        self.asked: list[str] = []
        self.forms: list[httpx.Request] = []
        self.expires_in = 600

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await checkpoint()
        self.asked.append(request.url.path)
        if self.down:
            raise httpx.ConnectError("refused")
        if request.url.path == "/token":
            await request.aread()
            self.forms.append(request)
            issued = {"access_token": f"token-{len(self.forms)}", "expires_in": self.expires_in}
            return httpx.Response(200, json={**issued, "token_type": "Bearer"})
        if request.url.path == "/jwks":
            return httpx.Response(200, json=self.jwks)
        return httpx.Response(
            200,
            json={"issuer": self.issuer, "jwks_uri": f"{ISSUER}/jwks", "token_endpoint": f"{ISSUER}/token"},
        )

    def publish(self, *keys: Key) -> None:
        self.jwks = dict(KeySet(list(keys)).as_dict(private=False))

    @property
    def fetches(self) -> int:
        return self.asked.count("/jwks")


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def keys_of(provider: Provider, clock: Callable[[], float] | None = None) -> IssuerKeys:
    return IssuerKeys(ISSUER, transport=provider, clock=clock or Clock())


async def settled(provider: Provider, fetches: int) -> None:
    """Let a fetch behind the caller's back run."""
    for _ in range(50):
        await checkpoint()
    assert provider.fetches == fetches


async def test_the_keys_are_fetched_once_for_all_who_wait() -> None:
    provider = Provider(a_key())
    keys = keys_of(provider)
    answers = await asyncio.gather(*(keys.current() for _ in range(20)))
    assert provider.fetches == 1
    assert all(answer is answers[0] for answer in answers)


async def test_a_token_signed_by_a_new_key_is_accepted_after_a_rotation() -> None:
    old, new, clock = a_key(), a_key(), Clock()
    provider = Provider(old)
    verifier = Verifier(ISSUER, AUDIENCE, keys_of(provider, clock))
    await verifier.actor(a_token(key=old))
    provider.publish(new, old)
    clock.seconds += 31
    assert (await verifier.actor(a_token(key=new))).is_agency
    assert (await verifier.actor(a_token(key=old, sub="another"))).is_agency


async def test_unknown_keys_cost_at_most_one_fetch_in_thirty_seconds() -> None:
    clock = Clock()
    provider = Provider(a_key())
    verifier = Verifier(ISSUER, AUDIENCE, keys_of(provider, clock))
    clock.seconds += 31
    for _ in range(10):
        with pytest.raises(TokenInvalid):
            await verifier.actor(a_token(key=a_key()))
    assert provider.fetches == 1
    clock.seconds += 31
    with pytest.raises(TokenInvalid):
        await verifier.actor(a_token(key=a_key()))
    assert provider.fetches == 2


async def test_known_keys_are_kept_while_the_provider_is_down() -> None:
    key, clock = a_key(), Clock()
    provider = Provider(key)
    verifier = Verifier(ISSUER, AUDIENCE, keys_of(provider, clock))
    await verifier.actor(a_token(key=key))
    provider.down = True
    clock.seconds += 86_400
    assert (await verifier.actor(a_token(key=key, sub="later"))).id == "later"
    with pytest.raises(TokenInvalid):
        await verifier.actor(a_token(key=a_key()))


async def test_old_keys_are_renewed_behind_the_callers_back() -> None:
    withdrawn, new, clock = a_key(), a_key(), Clock()
    provider = Provider(withdrawn)
    keys = keys_of(provider, clock)
    first = await keys.current()
    provider.publish(new)
    clock.seconds += 601
    assert await keys.current() is first
    await settled(provider, fetches=2)
    assert [key.kid for key in (await keys.current()).keys] == [new.kid]


async def test_without_any_key_the_fault_is_ours_until_the_provider_is_up() -> None:
    key, clock = a_key(), Clock()
    provider = Provider(key)
    provider.down = True
    verifier = Verifier(ISSUER, AUDIENCE, keys_of(provider, clock))
    with pytest.raises(IdentityProviderDown):
        await verifier.actor(a_token(key=key))
    provider.down = False
    clock.seconds += 1
    assert (await verifier.actor(a_token(key=key))).is_agency


async def test_a_cancelled_request_takes_the_keys_from_nobody_else() -> None:
    provider = Provider(a_key())
    keys = keys_of(provider)
    first = asyncio.create_task(keys.current())
    second = asyncio.create_task(keys.current())
    await checkpoint()
    first.cancel()
    assert (await second).keys
    assert provider.fetches == 1


async def test_the_keys_of_another_issuer_are_refused() -> None:
    provider = Provider(a_key())
    provider.issuer = "https://other.test"
    with pytest.raises(IdentityProviderDown):
        await keys_of(provider).current()


async def test_a_key_of_an_unknown_kind_costs_none_of_the_others() -> None:
    key = a_key()
    provider = Provider(key)
    provider.jwks = {
        "keys": [
            {"kty": "AKP", "alg": "ML-DSA-44", "kid": "post-quantum", "pub": "AAAA"},
            {"kty": "EC", "crv": "P-999", "kid": "odd-curve", "x": "AA", "y": "AA"},
            {"kty": "RSA", "kid": "broken", "use": "sig", "n": "!", "e": "AQAB"},
            {**a_key().as_dict(private=False), "kid": "encryption", "use": "enc", "alg": "ECDH-ES"},
            {"kty": "oct", "kid": "shared", "k": "c2VjcmV0"},
            {**key.as_dict(private=False), "ext": True},
        ]
    }
    assert [known.kid for known in (await keys_of(provider).current()).keys] == [key.kid]


@pytest.mark.parametrize("jwks", [{}, {"keys": []}, {"keys": "none"}, {"keys": [7]}])
async def test_an_answer_without_keys_does_not_replace_the_known_ones(jwks: dict[str, object]) -> None:
    clock = Clock()
    provider = Provider(a_key())
    keys = keys_of(provider, clock)
    first = await keys.current()
    provider.jwks = jwks
    clock.seconds += 31
    assert await keys.refreshed() is first


async def test_a_service_token_is_fetched_once_and_used_until_shortly_before_its_end() -> None:
    clock = Clock()
    provider = Provider(a_key())
    token = ServiceToken(ISSUER, "documents", "secret", transport=provider, clock=clock)
    headers = await asyncio.gather(*(token.header() for _ in range(10)))
    assert headers == [{"Authorization": "Bearer token-1"}] * 10
    clock.seconds += 569
    assert await token.header() == {"Authorization": "Bearer token-1"}
    clock.seconds += 1
    assert await token.header() == {"Authorization": "Bearer token-2"}


async def test_a_short_service_token_is_used_for_half_of_its_life() -> None:
    clock = Clock()
    provider = Provider(a_key())
    provider.expires_in = 20
    token = ServiceToken(ISSUER, "documents", "secret", transport=provider, clock=clock)
    await token.header()
    clock.seconds += 9
    assert await token.header() == {"Authorization": "Bearer token-1"}
    clock.seconds += 1
    assert await token.header() == {"Authorization": "Bearer token-2"}


async def test_a_forgotten_service_token_is_not_used_again() -> None:
    token = ServiceToken(ISSUER, "documents", "secret", transport=Provider(a_key()), clock=Clock())
    await token.header()
    token.forget()
    assert await token.header() == {"Authorization": "Bearer token-2"}


async def test_the_secret_of_a_service_is_sent_encoded_in_the_header_and_nowhere_else() -> None:
    provider = Provider(a_key())
    await ServiceToken(ISSUER, "documents", "a:b/ž", transport=provider).header()
    request = provider.forms[0]
    assert request.content == b"grant_type=client_credentials"
    sent = httpx.BasicAuth("documents", "a%3Ab%2F%C5%BE")
    assert request.headers["Authorization"] == next(sent.sync_auth_flow(request)).headers["Authorization"]


async def test_a_refused_service_token_is_an_error_and_the_next_call_asks_again() -> None:
    provider = Provider(a_key())
    provider.down = True
    token = ServiceToken(ISSUER, "documents", "secret", transport=provider)
    with pytest.raises(httpx.ConnectError):
        await token.header()
    provider.down = False
    assert await token.header() == {"Authorization": "Bearer token-1"}
