"""The applications that may ask the development identity provider for tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

LOGIN_SCOPES = frozenset({"openid", "profile", "offline_access"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A public client sends people here (code and PKCE); one with a secret acts for itself."""

    id: str
    name: str
    scopes: frozenset[str]
    redirect_paths: tuple[str, ...] = ()
    secret: str | None = None

    @property
    def is_public(self) -> bool:
        return self.secret is None

    def may_return_to(self, uri: str) -> bool:
        """Whether the URI is registered: this machine, any port (RFC 8252), exactly one of the paths."""
        paths = "|".join(re.escape(path) for path in self.redirect_paths)
        return bool(paths) and bool(
            re.fullmatch(rf"http://(127\.0\.0\.1|localhost)(:[1-9][0-9]{{0,4}})?({paths})", uri, re.ASCII)
        )

    def knows(self, secret: str) -> bool:
        return self.secret is not None and compare_digest(self.secret.encode(), secret.encode())


PUBLIC_CLIENTS = (
    Client(
        id="pospolu-web",
        name="Pospolu",
        scopes=LOGIN_SCOPES,
        redirect_paths=("/", "/callback", "/silent-callback"),
    ),
    Client(id="pospolu-demo", name="Pospolu demo", scopes=LOGIN_SCOPES, redirect_paths=("/callback",)),
)
SERVICE_SCOPES: Mapping[str, frozenset[str]] = {
    "documents": frozenset({"read"}),
    "integrator": frozenset({"read", "write"}),
}


def clients(secrets: Mapping[str, str]) -> dict[str, Client]:
    """Give the clients by id; a service for which there is no secret is not among them."""
    services = [
        Client(id=name, name=name, scopes=scopes, secret=secrets[name])
        for name, scopes in SERVICE_SCOPES.items()
        if secrets.get(name)
    ]
    return {client.id: client for client in (*PUBLIC_CLIENTS, *services)}
