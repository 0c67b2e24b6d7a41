"""What the development identity provider refuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

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

TOKEN = f"{ISSUER}/token"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep one signing key for all tests: making one takes longer than a test."""
    return tmp_path_factory.mktemp("identity")


@pytest.fixture
async def http(folder: Path, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=provider_transport(folder, clock)) as client:
        yield client


@pytest.fixture
def web(http: httpx.AsyncClient) -> Application:
    return Application(http=http)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "unknown"},
        {"client_id": ""},
        {"client_id": "documents"},
        {"redirect_uri": ""},
        {"redirect_uri": "https://evil.test/callback"},
        {"redirect_uri": f"{CALLBACK}/../evil"},
        {"redirect_uri": f"{CALLBACK}?next=x"},
    ],
)
async def test_a_request_of_an_unknown_application_is_answered_here_and_sent_nowhere(
    web: Application, changed: dict[str, str]
) -> None:
    answer = await web.page(**changed)
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": ""}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "a" * 42}, "invalid_request"),
        ({"code_challenge": "ž" * 43}, "invalid_request"),
        ({"request": "e30.e30."}, "request_not_supported"),
        ({"request_uri": "urn:x"}, "request_uri_not_supported"),
        ({"prompt": "none"}, "login_required"),
    ],
)
async def test_a_request_that_does_not_fit_goes_back_with_its_error_and_state(
    web: Application, changed: dict[str, str], error: str
) -> None:
    answer = await web.page(**changed)
    assert answer.status_code == 303
    result = returned(answer, CALLBACK)
    assert (result["error"], result["state"], result["iss"]) == (error, web.state, ISSUER)
    assert "code" not in result


async def test_a_repeated_parameter_is_refused(web: Application, http: httpx.AsyncClient) -> None:
    query = httpx.QueryParams(web.request()).add("redirect_uri", "http://127.0.0.1:1/callback")
    assert (await http.get(f"{ISSUER}/authorize?{query}")).status_code == 400


@pytest.mark.parametrize(
    "query", ["client_id=%ff", "client_id=%00", "x=" + "x" * 3_000, "&".join(["a=b"] * 60)]
)
async def test_a_query_that_makes_no_sense_is_refused(http: httpx.AsyncClient, query: str) -> None:
    assert (await http.get(f"{ISSUER}/authorize?{query}")).status_code == 400


@pytest.mark.parametrize("persona", ["nobody", "", "unknown", "administrator\x00"])
async def test_who_picks_nobody_returns_without_a_code(web: Application, persona: str) -> None:
    if not persona:
        form = Form((await web.page()).text)
        answer = await web.http.post(form.action, data={**form.hidden, "persona": ""})
        assert (answer.status_code, "location" in answer.headers) == (200, False)
        return
    assert (await web.pick(persona))["error"] == "access_denied"


async def test_a_link_cannot_pick_for_the_person(web: Application) -> None:
    answer = await web.page(persona="administrator")
    assert answer.status_code == 200
    assert "persona" not in Form(answer.text).hidden


async def test_a_code_is_refused_the_second_time_and_its_session_ends(web: Application) -> None:
    code = await web.code()
    tokens = (await web.redeem(code)).json()
    assert refusal(await web.redeem(code)) == (400, "invalid_grant")
    assert refusal(await web.refresh(tokens["refresh_token"])) == (400, "invalid_grant")


async def test_a_code_is_refused_after_a_minute(web: Application, clock: Clock) -> None:
    code = await web.code()
    clock.seconds += 60
    assert refusal(await web.redeem(code)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "a" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": "http://localhost:5173/callback"}, "invalid_grant"),
        ({"redirect_uri": ""}, "invalid_request"),
        ({"client_id": "pospolu-demo"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unauthorized_client"),
        ({"grant_type": ""}, "invalid_request"),
        ({"code": "unknown"}, "invalid_grant"),
    ],
)
async def test_a_code_with_a_wrong_companion_gives_no_token(
    web: Application, changed: dict[str, str], error: str
) -> None:
    assert refusal(await web.redeem(await web.code(), **changed)) == (400, error)


async def test_an_unknown_application_gets_no_token(web: Application) -> None:
    for client_id in ("unknown", "", "documents", "pospolu-web\x00"):
        assert refusal(await web.redeem("code", client_id=client_id)) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("client", "secret"),
    [
        ("documents", "wrong"),
        ("documents", ""),
        ("documents", SECRETS["integrator"]),
        ("unknown", "x"),
        ("pospolu-web", ""),
        ("pospolu-web", "x"),
    ],
)
async def test_a_wrong_secret_gives_no_token(http: httpx.AsyncClient, client: str, secret: str) -> None:
    form = {"grant_type": "client_credentials"}
    answer = await http.post(TOKEN, data=form, auth=(client, secret))
    assert refusal(answer) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")
    body = {**form, "client_id": client, "client_secret": secret or "wrong"}
    assert refusal(await http.post(TOKEN, data=body)) == (401, "invalid_client")


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic //8=", "Bearer x", "Basic ZG9jdW1lbnRz"])
async def test_credentials_that_cannot_be_read_are_refused(http: httpx.AsyncClient, header: str) -> None:
    answer = await http.post(
        TOKEN, data={"grant_type": "client_credentials"}, headers={"Authorization": header}
    )
    assert refusal(answer) == (401, "invalid_client")


async def test_two_ways_of_signing_in_at_once_are_refused(http: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials", "client_secret": SECRETS["documents"]}
    both = await http.post(TOKEN, data=form, auth=("documents", SECRETS["documents"]))
    assert refusal(both) == (400, "invalid_request")
    other = {"grant_type": "client_credentials", "client_id": "integrator"}
    differs = await http.post(TOKEN, data=other, auth=("documents", SECRETS["documents"]))
    assert refusal(differs) == (400, "invalid_request")


async def test_a_service_gets_the_scope_it_may_have_and_no_refresh_token(http: httpx.AsyncClient) -> None:
    auth = ("documents", SECRETS["documents"])
    answer = await http.post(TOKEN, data={"grant_type": "client_credentials", "scope": "read"}, auth=auth)
    assert answer.json()["scope"] == "read"
    assert "refresh_token" not in answer.json()
    more = await http.post(TOKEN, data={"grant_type": "client_credentials", "scope": "write"}, auth=auth)
    assert refusal(more) == (400, "invalid_scope")


async def test_a_service_cannot_redeem_a_persons_code(web: Application, http: httpx.AsyncClient) -> None:
    form = {"grant_type": "authorization_code", "code": await web.code(), "redirect_uri": CALLBACK}
    form["code_verifier"] = web.verifier
    answer = await http.post(TOKEN, data=form, auth=("documents", SECRETS["documents"]))
    assert refusal(answer) == (400, "unauthorized_client")


async def test_a_body_of_another_kind_or_without_end_is_refused(http: httpx.AsyncClient) -> None:
    json = await http.post(TOKEN, json={"grant_type": "client_credentials"})
    assert refusal(json) == (400, "invalid_request")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    long = await http.post(TOKEN, content=b"a=" + b"x" * 20_000, headers=kind)
    assert refusal(long) == (413, "invalid_request")
    bytes_ = await http.post(TOKEN, content=b"grant_type=\xff", headers=kind)
    assert refusal(bytes_) == (400, "invalid_request")
