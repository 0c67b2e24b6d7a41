"""A browser and an application that sign in at the development identity provider, without a network."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from embedded.identity.app import identity_app
from embedded.identity.sessions import challenge_of
from embedded.identity.settings import IdentitySettings

ORIGIN = "http://127.0.0.1:8000"
ISSUER = f"{ORIGIN}/identity"
CALLBACK = "http://127.0.0.1:5173/callback"
SECRETS = {"documents": "secret of documents", "integrator": "tajné/č:+%"}


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.0

    def __call__(self) -> float:
        return self.seconds


def identity_settings(folder: Path, **changed: str) -> IdentitySettings:
    values = {"environment": "development", "issuer": ISSUER, **changed}
    return IdentitySettings(
        environment=values["environment"], issuer=values["issuer"], folder=folder, client_secrets=SECRETS
    )


class Form(HTMLParser):
    """The form of a page, as a browser understands it: where it goes and what it sends."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.buttons: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found["lang"]
        if tag == "form":
            self.action = found["action"]
        if tag == "input":
            self.hidden[found["name"]] = found["value"]
        if tag == "button":
            self.buttons.append(found["value"])


@dataclass(slots=True, kw_only=True)
class Application:
    """A public client that does the code flow with PKCE, as a library of OIDC would."""

    http: httpx.AsyncClient
    client_id: str = "pospolu-web"
    redirect_uri: str = CALLBACK
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def request(self, **changed: str) -> dict[str, str]:
        return {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": "openid profile",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
            **changed,
        }

    async def page(self, **changed: str) -> httpx.Response:
        return await self.http.get(f"{ISSUER}/authorize", params=self.request(**changed))

    async def pick(self, persona: str) -> dict[str, str]:
        """Open the page, press a button and give the parameters that come back to the application."""
        form = Form((await self.page()).text)
        answer = await self.http.post(form.action, data={**form.hidden, "persona": persona})
        assert answer.status_code == 303
        return returned(answer, self.redirect_uri)

    async def code(self, persona: str = "coordinator-obrnice") -> str:
        return (await self.pick(persona))["code"]

    async def redeem(self, code: str, /, **changed: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "code": code,
            "code_verifier": self.verifier,
            **changed,
        }
        return await self.http.post(f"{ISSUER}/token", data={k: v for k, v in form.items() if v})

    async def sign_in(self, persona: str = "coordinator-obrnice") -> dict[str, str]:
        answer = await self.redeem(await self.code(persona))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        body = answer.json()
        assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
        return {name: value for name, value in body.items() if isinstance(value, str)}

    async def refresh(self, token: str, **changed: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "client_id": self.client_id, "refresh_token": token, **changed}
        return await self.http.post(f"{ISSUER}/token", data=form)


def returned(answer: httpx.Response, redirect_uri: str) -> dict[str, str]:
    """Give the parameters of a redirect after proving that it goes where the application said."""
    target = urlsplit(answer.headers["location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == redirect_uri
    return dict(parse_qsl(target.query, strict_parsing=True))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Give status and code of an OAuth error after proving that its body is one (RFC 6749, 5.2)."""
    body: Mapping[str, str] = answer.json()
    assert set(body) == {"error", "error_description"}
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, body["error"]


def provider_transport(folder: Path, clock: Clock | None = None, **changed: str) -> httpx.ASGITransport:
    """Serve a provider as the embedded run does: mounted under /identity."""
    app = identity_app(identity_settings(folder, **changed), clock=clock or Clock())
    return httpx.ASGITransport(app=Starlette(routes=[Mount("/identity", app=app)]))
