"""Who is signed in, and signing out."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from embedded.identity.personas import OBRNICE
from shared.auth import ServiceToken
from tests.support.identity import (
    ISSUER,
    SECRETS,
    Application,
    Clock,
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


async def test_userinfo_tells_who_is_signed_in(web: Application, http: httpx.AsyncClient) -> None:
    token = (await web.sign_in("partner-obrnice"))["access_token"]
    answer = await http.get(f"{ISSUER}/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert answer.json() == {
        "sub": "partner-obrnice",
        "name": "Šárka Žáčková",
        "affiliation": "Pod jednou střechou, z. s.",
        "roles": ["partner"],
        "units": [str(OBRNICE)],
    }


@pytest.mark.parametrize("header", [None, "Bearer x", "Basic eDp5"])
async def test_userinfo_tells_nothing_without_a_token(http: httpx.AsyncClient, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = await http.get(f"{ISSUER}/userinfo", headers=headers)
    assert refusal(answer) == (401, "invalid_token")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_system_is_nobody_to_tell_about(
    http: httpx.AsyncClient, transport: httpx.ASGITransport
) -> None:
    service = ServiceToken(ISSUER, "documents", SECRETS["documents"], transport=transport)
    answer = await http.get(f"{ISSUER}/userinfo", headers=await service.header())
    assert refusal(answer) == (403, "insufficient_scope")


async def test_signing_out_ends_the_session_and_returns_to_the_application(
    web: Application, http: httpx.AsyncClient
) -> None:
    tokens = await web.sign_in()
    answer = await http.get(
        f"{ISSUER}/logout",
        params={
            "id_token_hint": tokens["id_token"],
            "post_logout_redirect_uri": "http://localhost:5173/",
            "state": "a b&c",
        },
    )
    assert answer.status_code == 303
    assert returned(answer, "http://localhost:5173/") == {"state": "a b&c"}
    assert refusal(await web.refresh(tokens["refresh_token"])) == (400, "invalid_grant")


async def test_one_can_sign_out_long_after_the_id_token_expired(
    web: Application, http: httpx.AsyncClient, clock: Clock
) -> None:
    tokens = await web.sign_in()
    clock.seconds += 7 * 3_600
    answer = await http.post(f"{ISSUER}/logout", data={"id_token_hint": tokens["id_token"]})
    assert answer.status_code == 200
    assert refusal(await web.refresh(tokens["refresh_token"])) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "parameters",
    [
        {"post_logout_redirect_uri": "http://127.0.0.1:5173/"},
        {"post_logout_redirect_uri": "https://evil.test/", "client_id": "pospolu-web"},
        {"post_logout_redirect_uri": "//evil.test/", "client_id": "pospolu-web"},
        {"post_logout_redirect_uri": "http://127.0.0.1:5173/", "client_id": "unknown"},
        {"post_logout_redirect_uri": "http://127.0.0.1:5173/", "client_id": "documents"},
        {"id_token_hint": "x.y.z"},
    ],
)
async def test_signing_out_leads_to_no_unregistered_address(
    http: httpx.AsyncClient, parameters: dict[str, str]
) -> None:
    answer = await http.get(f"{ISSUER}/logout", params=parameters)
    assert answer.status_code == 400
    assert "location" not in answer.headers


async def test_an_id_token_of_one_application_signs_nobody_out_for_another(
    web: Application, http: httpx.AsyncClient
) -> None:
    tokens = await web.sign_in()
    parameters = {"id_token_hint": tokens["id_token"], "client_id": "pospolu-demo"}
    assert (await http.get(f"{ISSUER}/logout", params=parameters)).status_code == 400
    access = {"id_token_hint": tokens["access_token"]}
    assert (await http.get(f"{ISSUER}/logout", params=access)).status_code == 400
    assert (await web.refresh(tokens["refresh_token"])).status_code == 200
