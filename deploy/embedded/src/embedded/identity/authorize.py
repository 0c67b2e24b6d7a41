"""The authorization endpoint: check the request, let the person pick who to be, return a code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from embedded.identity.clients import Client
from embedded.identity.pages import page_language, persona_page, problem_page
from embedded.identity.personas import BY_ID, Persona
from embedded.identity.provider import Provider, provider_of
from embedded.identity.requests import NO_STORE, OAuthRefused, form_of, query_of
from embedded.identity.sessions import Login

UNSUPPORTED = {
    "request": "request_not_supported",
    "request_uri": "request_uri_not_supported",
    "registration": "registration_not_supported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """An authorization request of which we know where its answer may go."""

    client: Client
    redirect_uri: str
    parameters: Mapping[str, str]

    def answer(self, provider: Provider, **result: str) -> Response:
        state = {"state": self.parameters["state"]} if "state" in self.parameters else {}
        query = urlencode({**result, **state, "iss": provider.issuer})
        return RedirectResponse(f"{self.redirect_uri}?{query}", status_code=303, headers=NO_STORE)


async def authorize(request: Request) -> Response:
    """GET shows the page; POST with `persona`, as the page sends it, returns the code."""
    provider = provider_of(request)
    language = page_language(request)
    try:
        parameters = query_of(request) if request.method == "GET" else await form_of(request)
        language = page_language(request, parameters.get("ui_locales", ""))
        asked = _asked(provider, parameters)
    except OAuthRefused as refused:
        return problem_page(refused.description, language, status=refused.status)
    try:
        scope = _checked(asked)
        persona = _picked(parameters, posted=request.method == "POST")
    except OAuthRefused as refused:
        return asked.answer(provider, error=refused.error, error_description=refused.description)
    if persona is None:
        return persona_page(provider.issuer, asked.client.name, parameters, language)
    return asked.answer(provider, code=_code(provider, asked, persona=persona, scope=scope))


def _asked(provider: Provider, parameters: Mapping[str, str]) -> _Asked:
    """Raise OAuthRefused, which must be shown and never sent on, unless client and URI are registered."""
    client = provider.clients.get(parameters.get("client_id", ""))
    if client is None or not client.is_public:
        raise OAuthRefused("invalid_request", "client_id is not a registered application")
    redirect_uri = parameters.get("redirect_uri", "")
    if not client.may_return_to(redirect_uri):
        raise OAuthRefused("invalid_request", "redirect_uri is not registered for this application")
    return _Asked(client=client, redirect_uri=redirect_uri, parameters=parameters)


def _checked(asked: _Asked) -> frozenset[str]:
    """Give the scope without words unknown to us; raises OAuthRefused for what we do not do."""
    parameters = asked.parameters
    for name, error in UNSUPPORTED.items():
        if name in parameters:
            raise OAuthRefused(error, f"{name} is not supported")
    if parameters.get("response_type") != "code":
        raise OAuthRefused("unsupported_response_type", "response_type must be code")
    if parameters.get("response_mode", "query") != "query":
        raise OAuthRefused("invalid_request", "response_mode must be query")
    if parameters.get("code_challenge_method") != "S256":
        raise OAuthRefused("invalid_request", "code_challenge_method must be S256")
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", parameters.get("code_challenge", ""), re.ASCII):
        raise OAuthRefused("invalid_request", "code_challenge must be 43 characters of base64url")
    if "none" in parameters.get("prompt", "").split():
        raise OAuthRefused("login_required", "somebody has to pick a persona")
    known = asked.client.scopes
    return known.intersection(parameters["scope"].split()) if "scope" in parameters else known


def _picked(parameters: Mapping[str, str], *, posted: bool) -> Persona | None:
    """Give who was picked on the page; raises OAuthRefused for nobody we know."""
    if not posted or "persona" not in parameters:
        return None
    if parameters["persona"] not in BY_ID:
        raise OAuthRefused("access_denied", "nobody was picked")
    return BY_ID[parameters["persona"]]


def _code(provider: Provider, asked: _Asked, *, persona: Persona, scope: frozenset[str]) -> str:
    login = Login(
        id=token_urlsafe(16),
        client_id=asked.client.id,
        persona_id=persona.id,
        scope=scope,
        nonce=asked.parameters.get("nonce"),
        at=int(provider.clock()),
    )
    challenge = asked.parameters["code_challenge"]
    return provider.sessions.issue_code(login, redirect_uri=asked.redirect_uri, challenge=challenge)
