"""Who may ask the development identity provider, and where people are sent back to."""

import pytest

from embedded.identity.clients import clients
from tests.support.identity import SECRETS

KNOWN = clients(SECRETS)


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:5173/callback",
        "http://localhost:8000/callback",
        "http://127.0.0.1/callback",
        "http://localhost:65535/",
        "http://127.0.0.1:1/silent-callback",
    ],
)
def test_people_may_return_to_this_machine_on_any_port(uri: str) -> None:
    assert KNOWN["pospolu-web"].may_return_to(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "https://127.0.0.1:5173/callback",
        "http://127.0.0.1:5173",
        "http://127.0.0.1:5173/callback/",
        "http://127.0.0.1:5173/callback?next=//evil.test",
        "http://127.0.0.1:5173/callback#fragment",
        "http://127.0.0.1:5173/callback/../evil",
        "http://127.0.0.1:5173//evil.test",
        "http://127.0.0.1:5173/callback\n",
        "http://127.0.0.1:5173/callback\x00",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:08/callback",
        "http://127.0.0.1:٣/callback",
        "http://127.0.0.1.evil.test/callback",
        "http://127.0.0.1@evil.test/callback",
        "http://127.0.0.1:80@evil.test/callback",
        "http://evil.test/callback",
        "http://evil.test/?http://127.0.0.1/callback",
        "http://127x0x0x1/callback",
        "http://2130706433/callback",
        "http://LOCALHOST/callback",
        "//127.0.0.1/callback",
        "javascript:alert(1)//127.0.0.1/callback",
        "/callback",
    ],
)
def test_people_may_return_to_no_other_address(uri: str) -> None:
    assert not KNOWN["pospolu-web"].may_return_to(uri)


def test_each_application_returns_to_its_own_paths() -> None:
    assert not KNOWN["pospolu-demo"].may_return_to("http://127.0.0.1:5173/")
    assert not KNOWN["documents"].may_return_to("http://127.0.0.1:5173/")
    assert not KNOWN["documents"].may_return_to("http://127.0.0.1:5173")


def test_a_service_without_a_secret_is_no_client() -> None:
    assert set(clients({"documents": "", "integrator": "x"})) == {"pospolu-web", "pospolu-demo", "integrator"}


def test_only_the_right_secret_is_known() -> None:
    assert KNOWN["integrator"].knows(SECRETS["integrator"])
    assert not KNOWN["integrator"].knows("")
    assert not KNOWN["integrator"].knows(SECRETS["documents"])
    assert not KNOWN["pospolu-web"].knows("")
