"""The routes of the development identity provider, and what stands before them."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embedded.identity.account import end_session, userinfo
from embedded.identity.authorize import authorize
from embedded.identity.clients import LOGIN_SCOPES, SERVICE_SCOPES
from embedded.identity.keys import ALGORITHM
from embedded.identity.provider import Provider, provider_of
from embedded.identity.settings import IdentitySettings
from embedded.identity.token import token

LOOPBACK = r"http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?"
CACHED = {"Cache-Control": "public, max-age=60"}
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def identity_app(settings: IdentitySettings, *, clock: Callable[[], float] = time.time) -> ASGIApp:
    """Build the application to be mounted at the issuer's path; raises CannotRun outside development."""
    provider = Provider(settings, clock=clock)
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/.well-known/jwks.json", jwks),
            Route("/authorize", authorize, methods=["GET", "POST"]),
            Route("/token", token, methods=["POST"]),
            Route("/userinfo", userinfo, methods=["GET", "POST"]),
            Route("/logout", end_session, methods=["GET", "POST"]),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings.issuer)),
            Middleware(
                CORSMiddleware,
                allow_origin_regex=LOOPBACK,
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type"],
            ),
        ],
    )
    app.state.provider = provider
    return app


def _hosts(issuer: str) -> list[str]:
    """Answer to our own names only: a foreign name that resolves to this machine is an attack."""
    return sorted({urlsplit(issuer).hostname or "", "127.0.0.1", "localhost"} - {""})


async def discovery(request: Request) -> Response:
    issuer = provider_of(request).issuer
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "end_session_endpoint": f"{issuer}/logout",
            "jwks_uri": f"{issuer}/.well-known/jwks.json",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": sorted(LOGIN_SCOPES.union(*SERVICE_SCOPES.values())),
            "claims_supported": ["sub", "name", "affiliation", "roles", "units", "auth_time", "sid"],
            "ui_locales_supported": ["cs", "en"],
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
            "authorization_response_iss_parameter_supported": True,
        },
        headers=CACHED,
    )


async def jwks(request: Request) -> Response:
    return JSONResponse(provider_of(request).key.jwks(), headers=CACHED)


class SecurityHeaders:
    """Adds the headers that every answer has; a page sets its own, wider Content-Security-Policy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
