"""Who calls, and who may: each route declares it, a test walks every route and role."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from shared.auth import ANONYMOUS, Actor, TokenMissing, bearer_token
from shared.contracts.base import Role
from shared.errors import Forbidden


class _Bearer(HTTPBearer):
    """Documents the bearer token in OpenAPI and turns it into the actor, in one dependency."""

    async def __call__(self, request: Request) -> Actor:  # type: ignore[override]
        header = request.headers.get("authorization")
        if header is None:
            return ANONYMOUS
        actor: Actor = await request.app.state.resources.verifier.actor(bearer_token(header))
        structlog.contextvars.bind_contextvars(actor=actor.id)
        return actor


Caller = Annotated[Actor, Depends(_Bearer(auto_error=False, scheme_name="OIDC", bearerFormat="JWT"))]


class RoleNotAllowed(Forbidden):
    cs = "K této operaci je třeba jiná role: {needed}."
    en = "This takes another role: {needed}."


def allow(*roles: Role) -> Any:  # noqa: ANN401 - FastAPI's own type for a dependency
    """Let only callers with one of the roles in; 401 without a login, 403 with another role."""

    async def check(caller: Caller) -> None:
        if caller.is_anonymous:
            raise TokenMissing
        if not caller.has_any(roles):
            raise RoleNotAllowed(needed=", ".join(sorted(roles)))

    return Depends(_declare(check, frozenset(roles)))


def logged_in() -> Any:  # noqa: ANN401
    """Let everybody in who has logged in; what they see is decided in SQL."""
    return allow(*Role)


def public() -> Any:  # noqa: ANN401
    """Let everybody in; a token, where there is one, must still be right."""

    async def check(_caller: Caller) -> None:
        return

    return Depends(_declare(check, None))


def _declare(
    check: Callable[[Actor], Awaitable[None]], roles: frozenset[Role] | None
) -> Callable[[Actor], Awaitable[None]]:
    check.__dict__["allowed_roles"] = roles
    return check
