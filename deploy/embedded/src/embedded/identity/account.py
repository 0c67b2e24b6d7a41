"""Who is signed in (userinfo), and signing out (end_session)."""

from collections.abc import Mapping
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from embedded.identity.keys import ALGORITHM
from embedded.identity.pages import page_language, problem_page, signed_out_page
from embedded.identity.personas import BY_ID
from embedded.identity.provider import Provider, person_claims, provider_of
from embedded.identity.requests import NO_STORE, OAuthRefused, form_of, query_of
from shared.auth import bearer_token
from shared.errors import Unauthenticated


async def userinfo(request: Request) -> Response:
    provider = provider_of(request)
    try:
        actor = await provider.verifier.actor(bearer_token(request.headers.get("authorization")))
    except Unauthenticated as refused:
        challenge = 'Bearer error="invalid_token"'
        return OAuthRefused("invalid_token", refused.title("en"), status=401, challenge=challenge).response()
    if actor.id not in BY_ID:
        challenge = 'Bearer error="insufficient_scope"'
        return OAuthRefused("insufficient_scope", "a system", status=403, challenge=challenge).response()
    return JSONResponse(person_claims(BY_ID[actor.id]), headers=NO_STORE)


async def end_session(request: Request) -> Response:
    """End the session that the ID token names; go on only to a registered address of its client."""
    provider = provider_of(request)
    language = page_language(request)
    try:
        parameters = query_of(request) if request.method == "GET" else await form_of(request)
        language = page_language(request, parameters.get("ui_locales", ""))
        hint = _hint(provider, parameters)
        target = _target(provider, parameters, str(hint.get("aud", "")))
    except OAuthRefused as refused:
        return problem_page(refused.description, language, status=refused.status)
    provider.sessions.end(str(hint.get("sid", "")))
    if target is None:
        return signed_out_page(language)
    state = f"?{urlencode({'state': parameters['state']})}" if "state" in parameters else ""
    return RedirectResponse(f"{target}{state}", status_code=303, headers=NO_STORE)


def _target(provider: Provider, parameters: Mapping[str, str], audience: str) -> str | None:
    """Give where to go on; raises OAuthRefused unless it is registered for the client."""
    client_id = parameters.get("client_id", audience)
    if audience and client_id != audience:
        raise OAuthRefused("invalid_request", "client_id is not the one of the id_token_hint")
    target = parameters.get("post_logout_redirect_uri")
    client = provider.clients.get(client_id)
    if target is not None and (client is None or not client.may_return_to(target)):
        raise OAuthRefused("invalid_request", "post_logout_redirect_uri is not registered")
    return target


def _hint(provider: Provider, parameters: Mapping[str, str]) -> dict[str, object]:
    """Give the claims of an ID token of ours, be it expired; raises OAuthRefused for any other."""
    if "id_token_hint" not in parameters:
        return {}
    try:
        decoded = jwt.decode(parameters["id_token_hint"], provider.key.public, algorithms=[ALGORITHM])
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise OAuthRefused("invalid_request", "id_token_hint is not a token of ours") from error
    if "sid" not in decoded.claims:
        raise OAuthRefused("invalid_request", "id_token_hint is not an ID token of ours")
    return decoded.claims
