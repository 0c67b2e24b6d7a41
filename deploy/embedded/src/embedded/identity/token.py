"""The token endpoint: code, refresh token or a service's own credentials in, tokens out (RFC 6749)."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from embedded.identity.clients import Client
from embedded.identity.provider import Provider, provider_of
from embedded.identity.requests import NO_STORE, OAuthRefused, form_of, required, scope_of

BASIC = 'Basic realm="pospolu", charset="UTF-8"'


async def token(request: Request) -> Response:
    provider = provider_of(request)
    try:
        form = await form_of(request)
        client = _authenticated(provider, request.headers.get("authorization"), form)
        answer = _granted(provider, client, form)
    except OAuthRefused as refused:
        return refused.response()
    return JSONResponse(answer, headers=NO_STORE)


def _granted(provider: Provider, client: Client, form: Mapping[str, str]) -> dict[str, object]:
    grant = required(form, "grant_type")
    if grant not in {"authorization_code", "refresh_token", "client_credentials"}:
        raise OAuthRefused("unsupported_grant_type", "use a code, a refresh token or client credentials")
    if client.is_public == (grant == "client_credentials"):
        raise OAuthRefused("unauthorized_client", f"{client.id} may not use {grant}")
    if grant == "client_credentials":
        return provider.service_answer(client, scope_of(form, client.scopes))
    if grant == "refresh_token":
        return _refreshed(provider, client, form)
    return _redeemed(provider, client, form)


def _redeemed(provider: Provider, client: Client, form: Mapping[str, str]) -> dict[str, object]:
    login = provider.sessions.redeem_code(
        required(form, "code"),
        client_id=client.id,
        redirect_uri=required(form, "redirect_uri"),
        verifier=required(form, "code_verifier"),
    )
    return provider.person_answer(login, provider.sessions.begin(login))


def _refreshed(provider: Provider, client: Client, form: Mapping[str, str]) -> dict[str, object]:
    login = provider.sessions.login_of(required(form, "refresh_token"), client_id=client.id)
    scope = scope_of(form, login.scope)
    return provider.person_answer(replace(login, scope=scope, nonce=None), provider.sessions.renew(login))


def _authenticated(provider: Provider, header: str | None, form: Mapping[str, str]) -> Client:
    """Give the client; raises OAuthRefused (401) for an unknown one, a wrong secret or two methods."""
    if header is not None and "client_secret" in form:
        raise OAuthRefused("invalid_request", "authenticate in the header or in the body, not in both")
    client_id, secret = _basic(header) if header is not None else (form.get("client_id"), None)
    if form.get("client_id", client_id) != client_id:
        raise OAuthRefused("invalid_request", "client_id differs between the header and the body")
    secret = form.get("client_secret", secret)
    client = provider.clients.get(client_id or "")
    refused = client is None or (secret is not None if client.is_public else not client.knows(secret or ""))
    if client is None or refused:
        raise _refused()
    return client


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        client_id, colon, secret = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError) as error:
        raise _refused() from error
    if scheme.lower() != "basic" or not colon:
        raise _refused()
    return unquote_plus(client_id), unquote_plus(secret)


def _refused() -> OAuthRefused:
    return OAuthRefused(
        "invalid_client", "the client is unknown or its secret is wrong", status=401, challenge=BASIC
    )
