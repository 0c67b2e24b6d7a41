"""The state of the development identity provider, and the tokens it issues."""

import time
from collections.abc import Callable
from uuid import uuid4

from joserfc import jwt
from starlette.requests import Request

from embedded.identity.clients import Client, clients
from embedded.identity.keys import ALGORITHM, SigningKey, signing_key
from embedded.identity.personas import BY_ID, Persona
from embedded.identity.sessions import Login, Sessions
from embedded.identity.settings import IdentitySettings
from shared.auth import Verifier
from shared.contracts.base import Role

TOKEN_SECONDS = 600


class Provider:
    """One issuer with its key, clients, personas and sessions."""

    def __init__(self, settings: IdentitySettings, *, clock: Callable[[], float] = time.time) -> None:
        settings.refuse_outside_development()
        self.issuer = settings.issuer
        self.audience = settings.audience
        self.clock = clock
        self.key: SigningKey = signing_key(settings.folder)
        self.clients = clients(settings.client_secrets)
        self.sessions = Sessions(clock)
        self.verifier = Verifier(self.issuer, self.audience, self.key, clock=clock)

    def person_answer(self, login: Login, refresh_token: str) -> dict[str, object]:
        """Give the token response for a person who signed in."""
        persona = BY_ID[login.persona_id]
        answer = self._answer(person_claims(persona), client_id=login.client_id, scope=login.scope)
        answer["refresh_token"] = refresh_token
        if "openid" in login.scope:
            answer["id_token"] = self._id_token(persona, login)
        return answer

    def service_answer(self, client: Client, scope: frozenset[str]) -> dict[str, object]:
        """Give the token response for a system that acts for itself."""
        return self._answer(service_claims(client), client_id=client.id, scope=scope)

    def _answer(self, who: dict[str, object], *, client_id: str, scope: frozenset[str]) -> dict[str, object]:
        granted = " ".join(sorted(scope))
        claims = {**who, "aud": self.audience, "client_id": client_id, "scope": granted, "jti": str(uuid4())}
        return {
            "access_token": self._sign(claims, kind="at+jwt"),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": granted,
        }

    def _id_token(self, persona: Persona, login: Login) -> str:
        claims = {**person_claims(persona), "aud": login.client_id, "auth_time": login.at, "sid": login.id}
        return self._sign({**claims, **({"nonce": login.nonce} if login.nonce else {})}, kind="JWT")

    def _sign(self, claims: dict[str, object], *, kind: str) -> str:
        now = int(self.clock())
        header = {"alg": ALGORITHM, "kid": self.key.id, "typ": kind}
        whole = {"iss": self.issuer, "iat": now, "exp": now + TOKEN_SECONDS, **claims}
        return jwt.encode(header, whole, self.key.private, algorithms=[ALGORITHM])


def person_claims(persona: Persona) -> dict[str, object]:
    return {
        "sub": persona.id,
        "name": persona.name,
        "affiliation": persona.affiliation,
        "roles": [persona.role.value],
        "units": [str(unit) for unit in persona.units],
    }


def service_claims(client: Client) -> dict[str, object]:
    return {
        "sub": client.id,
        "name": client.name,
        "affiliation": "Pospolu",
        "roles": [Role.SYSTEM.value],
        "units": [],
    }


def provider_of(request: Request) -> Provider:
    provider: Provider = request.app.state.provider
    return provider
