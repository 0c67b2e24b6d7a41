"""What the demo's people use: a sign-in by code and PKCE, and an HTTP client that says what went wrong."""

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx

CLIENT = "pospolu-demo"
REDIRECT = "http://127.0.0.1/callback"
PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.02

Found = TypeVar("Found")


class StepFailed(Exception):  # noqa: N818 - errors are named by the fact that stopped us
    """A step of the story did not hold."""


class NotYet(Exception):  # noqa: N818 - not an error at all
    """Raised by a probe: ask again."""


def expect(truth: object, why: str) -> None:
    if not truth:
        raise StepFailed(why)


def eventually(what: str, probe: Callable[[], Found], *, seconds: float = PATIENCE_SECONDS) -> Found:
    """Ask until the probe no longer raises NotYet; raises StepFailed when patience is over."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return probe()
        except NotYet as reason:
            if time.monotonic() > deadline:
                raise StepFailed(f"{what} did not come within {seconds:.0f} s ({reason})") from None
        time.sleep(PAUSE_SECONDS)


def sign_in(http: httpx.Client, issuer: str, persona: str) -> str:
    """Do what a browser and its user do; returns the access token."""
    provider = http.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    request = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": REDIRECT,
        "scope": "openid profile",
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    authorize = provider["authorization_endpoint"]
    http.get(authorize, params=request).raise_for_status()
    answer = http.post(authorize, data={**request, "persona": persona})
    came_back = parse_qs(urlsplit(answer.headers.get("location", "")).query)
    expect("code" in came_back, f"{persona} could not sign in: {answer.status_code} {answer.text[:200]}")
    expect(came_back["state"] == [state], "the identity provider sent another state back")
    form = {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "redirect_uri": REDIRECT,
        "code": came_back["code"][0],
        "code_verifier": verifier,
    }
    token = http.post(provider["token_endpoint"], data=form).raise_for_status().json()["access_token"]
    return str(token)


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody in front of a browser; without a token, a citizen."""

    http: httpx.Client
    base: str
    name: str
    token: str | None = None
    _headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}

    @property
    def subject(self) -> str:
        """Read who it is from the token, as the services do; raises StepFailed for a citizen."""
        expect(self.token, f"{self.name} is not signed in")
        payload = str(self.token).split(".")[1]
        return str(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"])

    def ask(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(f"{self.base}/api/{path}", params=query, headers=self._headers)

    def get(self, path: str, **query: str) -> httpx.Response:
        """Raise StepFailed for any answer but 200."""
        return self._done(self.ask(path, **query), 200)

    def send(
        self, method: str, path: str, body: object = None, *, version: int | None = None
    ) -> httpx.Response:
        headers = {**self._headers, **({} if version is None else {"If-Match": f'"{version}"'})}
        if method == "POST":
            headers["Idempotency-Key"] = secrets.token_urlsafe(16)
        return self.http.request(method, f"{self.base}/api/{path}", json=body, headers=headers)

    def do(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        version: int | None = None,
        status: int = 200,
    ) -> httpx.Response:
        """Raise StepFailed unless the answer has the status that a success has."""
        return self._done(self.send(method, path, body, version=version), status)

    def _done(self, answer: httpx.Response, status: int) -> httpx.Response:
        asked = f"{answer.request.method} {answer.request.url.path}"
        expect(
            answer.status_code == status, f"{self.name}: {asked}: {answer.status_code} {answer.text[:500]}"
        )
        return answer
