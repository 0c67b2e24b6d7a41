"""The pages and headers of the development identity provider: for people, and against attackers."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from embedded.identity.personas import PERSONAS
from tests.support.identity import (
    ISSUER,
    Application,
    Clock,
    Form,
    provider_transport,
)


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


async def test_whatever_the_application_sends_is_text_on_the_page(web: Application) -> None:
    evil = "\"><script>alert('x')</script>"
    answer = await web.page(state=evil, nonce=evil, login_hint=evil)
    assert "<script" not in answer.text
    assert Form(answer.text).hidden["state"] == evil


@pytest.mark.parametrize(
    ("header", "wish", "language"),
    [
        ("", "", "cs"),
        ("en-GB,en;q=0.9,cs;q=0.1", "", "en"),
        ("de-DE, cs;q=0.5", "", "cs"),
        ("sk", "", "cs"),
        ("zh-CS, en", "", "en"),
        ("cs", "en", "en"),
        ("en", "de cs-CZ", "cs"),
    ],
)
async def test_the_page_speaks_the_persons_language(
    http: httpx.AsyncClient, web: Application, header: str, wish: str, language: str
) -> None:
    http.headers["Accept-Language"] = header
    answer = await web.page(**({"ui_locales": wish} if wish else {}))
    assert Form(answer.text).language == answer.headers["content-language"] == language


async def test_the_page_offers_every_persona_and_going_on_as_a_citizen(web: Application) -> None:
    form = Form((await web.page()).text)
    assert form.buttons == [*(persona.id for persona in PERSONAS), "nobody"]


async def test_the_link_to_the_other_language_keeps_the_request(
    web: Application, http: httpx.AsyncClient
) -> None:
    page = (await web.page()).text
    (link,) = re.findall(r'<a href="([^"]+)" lang="en"', page)
    other = Form((await http.get(link.replace("&amp;", "&"))).text)
    assert other.language == "en"
    assert other.hidden == {**Form(page).hidden, "ui_locales": "en"}


async def test_the_page_runs_no_script_and_stands_in_no_frame(web: Application) -> None:
    answer = await web.page()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:5173" in policy
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_every_answer_carries_the_security_headers(http: httpx.AsyncClient) -> None:
    for path in ("/.well-known/openid-configuration", "/unknown", "/token", "/logout"):
        answer = await http.get(f"{ISSUER}{path}")
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["x-frame-options"] == "DENY", path


async def test_a_foreign_name_of_this_machine_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.get(
        f"{ISSUER}/.well-known/openid-configuration", headers={"Host": "rebound.evil.test:8000"}
    )
    assert answer.status_code == 400


async def test_only_applications_of_this_machine_may_read_answers_in_a_browser(
    http: httpx.AsyncClient,
) -> None:
    url = f"{ISSUER}/.well-known/openid-configuration"
    own = await http.get(url, headers={"Origin": "http://localhost:5173"})
    assert own.headers["access-control-allow-origin"] == "http://localhost:5173"
    foreign = await http.get(url, headers={"Origin": "http://localhost.evil.test"})
    assert "access-control-allow-origin" not in foreign.headers


async def test_discovery_announces_only_what_answers(http: httpx.AsyncClient) -> None:
    found = (await http.get(f"{ISSUER}/.well-known/openid-configuration")).json()
    assert found["issuer"] == ISSUER
    addresses = [value for name, value in found.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(addresses) == 5
    for address in addresses:
        assert (await http.get(address)).status_code != 404, address
