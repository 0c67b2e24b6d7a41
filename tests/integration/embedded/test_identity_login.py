"""Signing in at the development identity provider as an OIDC client does: code and PKCE, renewal."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from embedded.identity.personas import OBRNICE, PERSONAS, Persona
from shared.auth import Actor, IssuerKeys, ServiceToken, TokenExpired, TokenInvalid, Verifier
from shared.contracts.base import Role
from tests.support.identity import (
    CALLBACK,
    ISSUER,
    SECRETS,
    Application,
    Clock,
    Form,
    provider_transport,
    refusal,
    returned,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep one signing key for all tests: making one takes longer than a test."""
    return tmp_path_factory.mktemp("identity")


@pytest.fixture
def transport(folder: Path, clock: Clock) -> httpx.ASGITransport:
    return provider_transport(folder, clock)


@pytest.fixture
async def http(transport: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


@pytest.fixture
def web(http: httpx.AsyncClient) -> Application:
    return Application(http=http)


@pytest.fixture
def verifier(transport: httpx.ASGITransport, clock: Clock) -> Verifier:
    return Verifier(ISSUER, "pospolu", IssuerKeys(ISSUER, transport=transport), clock=clock)


async def keys_of(http: httpx.AsyncClient) -> KeySet:
    found = (await http.get(f"{ISSUER}/.well-known/openid-configuration")).json()
    return KeySet.import_key_set((await http.get(found["jwks_uri"])).json())


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
async def test_each_persona_signs_in_and_the_services_know_who_it_is(
    web: Application, verifier: Verifier, persona: Persona
) -> None:
    tokens = await web.sign_in(persona.id)
    assert await verifier.actor(tokens["access_token"]) == Actor(
        id=persona.id,
        name=persona.name,
        affiliation=persona.affiliation,
        roles=frozenset({persona.role}),
        units=frozenset(persona.units),
    )


async def test_the_answer_repeats_the_state_and_names_the_issuer(web: Application) -> None:
    answer = await web.pick("mayor-obrnice")
    assert set(answer) == {"code", "state", "iss"}
    assert (answer["state"], answer["iss"]) == (web.state, ISSUER)


async def test_the_id_token_is_for_the_application_and_this_very_request(
    web: Application, http: httpx.AsyncClient, clock: Clock
) -> None:
    tokens = await web.sign_in("mayor-obrnice")
    decoded = jwt.decode(tokens["id_token"], await keys_of(http))
    rules = jwt.JWTClaimsRegistry(
        now=int(clock()),
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": "pospolu-web"},
        nonce={"essential": True, "value": web.nonce},
    )
    rules.validate(decoded.claims)
    assert decoded.claims["auth_time"] == int(clock())


async def test_an_id_token_is_no_access_token(web: Application, verifier: Verifier) -> None:
    with pytest.raises(TokenInvalid):
        await verifier.actor((await web.sign_in())["id_token"])


async def test_without_openid_there_is_no_id_token(web: Application) -> None:
    form = Form((await web.page(scope="profile email")).text)
    answer = await web.http.post(form.action, data={**form.hidden, "persona": "analyst"})
    tokens = (await web.redeem(returned(answer, CALLBACK)["code"])).json()
    assert tokens["scope"] == "profile"
    assert "id_token" not in tokens


async def test_an_access_token_lives_ten_minutes(web: Application, verifier: Verifier, clock: Clock) -> None:
    tokens = await web.sign_in()
    clock.seconds += 629
    assert (await verifier.actor(tokens["access_token"])).units == {OBRNICE}
    clock.seconds += 1
    with pytest.raises(TokenExpired):
        await verifier.actor(tokens["access_token"])


async def test_a_session_goes_on_by_refresh_tokens_that_work_once(
    web: Application, verifier: Verifier, clock: Clock
) -> None:
    first = await web.sign_in()
    clock.seconds += 3_600
    second = (await web.refresh(first["refresh_token"])).json()
    assert (await verifier.actor(second["access_token"])).id == "coordinator-obrnice"
    assert refusal(await web.refresh(first["refresh_token"])) == (400, "invalid_grant")
    assert refusal(await web.refresh(second["refresh_token"])) == (400, "invalid_grant")


async def test_a_renewed_id_token_repeats_no_nonce(web: Application, http: httpx.AsyncClient) -> None:
    tokens = await web.sign_in()
    renewed = (await web.refresh(tokens["refresh_token"])).json()
    claims = jwt.decode(renewed["id_token"], await keys_of(http)).claims
    assert "nonce" not in claims
    assert claims["sid"] == jwt.decode(tokens["id_token"], await keys_of(http)).claims["sid"]


async def test_a_refresh_may_ask_for_less_and_never_for_more(web: Application) -> None:
    tokens = await web.sign_in()
    more = await web.refresh(tokens["refresh_token"], scope="openid profile offline_access")
    assert refusal(more) == (400, "invalid_scope")
    less = (await web.refresh(tokens["refresh_token"], scope="profile")).json()
    assert less["scope"] == "profile"
    again = (await web.refresh(less["refresh_token"])).json()
    assert again["scope"] == "openid profile"


async def test_nobody_else_can_use_a_refresh_token(web: Application) -> None:
    tokens = await web.sign_in()
    other = await web.refresh(tokens["refresh_token"], client_id="pospolu-demo")
    assert refusal(other) == (400, "invalid_grant")
    assert (await web.refresh(tokens["refresh_token"])).status_code == 200


@pytest.mark.parametrize("client", ["documents", "integrator"])
async def test_a_service_signs_in_for_itself(
    transport: httpx.ASGITransport, verifier: Verifier, client: str
) -> None:
    service = ServiceToken(ISSUER, client, SECRETS[client], transport=transport)
    token = (await service.header())["Authorization"].removeprefix("Bearer ")
    actor = await verifier.actor(token)
    assert (actor.id, actor.roles, actor.units) == (client, frozenset({Role.SYSTEM}), frozenset())


async def test_after_a_new_key_old_tokens_are_refused_and_new_ones_accepted(
    tmp_path: Path, transport: httpx.ASGITransport, web: Application, clock: Clock
) -> None:
    class Switch(httpx.AsyncBaseTransport):
        behind = transport

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return await self.behind.handle_async_request(request)

    switch = Switch()
    verifier = Verifier(ISSUER, "pospolu", IssuerKeys(ISSUER, transport=switch, clock=clock), clock=clock)
    old, unseen = await web.sign_in(), await web.sign_in("analyst")
    await verifier.actor(old["access_token"])

    switch.behind = provider_transport(tmp_path / "another", clock)
    async with httpx.AsyncClient(transport=switch) as http:
        new = await Application(http=http).sign_in()
    clock.seconds += 31
    assert (await verifier.actor(new["access_token"])).id == "coordinator-obrnice"
    with pytest.raises(TokenInvalid):
        await verifier.actor(unseen["access_token"])
