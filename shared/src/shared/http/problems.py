"""RFC 9457 problem details: every error of every service has this one shape."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.auth import IdentityProviderDown, TokenMissing
from shared.errors import (
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Refusal,
    RuleBroken,
    Stale,
    TooMany,
    Unauthenticated,
)
from shared.http.language import language_of
from shared.http.phrases import phrase
from shared.logs import correlation_id

STATUS: Mapping[type[Refusal], int] = {
    Invalid: 422,
    RuleBroken: 409,
    NotFound: 404,
    Gone: 410,
    Forbidden: 403,
    Unauthenticated: 401,
    Stale: 412,
    TooMany: 429,
}
TITLES = {
    400: ("Požadavek nelze přečíst.", "The request cannot be read."),
    404: ("Nenalezeno.", "Not found."),
    405: ("Tuto metodu zde nelze použít.", "This method is not allowed here."),
    413: ("Požadavek je příliš velký.", "The request is too large."),
    415: ("Tento typ obsahu neumíme přečíst.", "This media type is not supported."),
    416: ("Takový rozsah bajtů soubor nemá.", "The file has no such range of bytes."),
    422: ("Data nejsou platná.", "The data are not valid."),
    428: ("Pošlete hlavičku If-Match s verzí záznamu.", "Send If-Match with the version you decided on."),
    500: ("Chyba na naší straně.", "A fault on our side."),
    503: ("Služba je dočasně nedostupná, zkuste to znovu.", "Unavailable for the moment, try again."),
}
JSON = "application/problem+json"
AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,  # the connection was closed under us
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,  # too many connections, a full disk
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    PoolTimeout,
    OSError,
    TimeoutError,
)
"""What passes by itself: the caller may try again."""

log = structlog.get_logger()


def problem(  # noqa: PLR0913
    request: Request,
    status: int,
    *,
    code: str,
    title: str | None = None,
    errors: Sequence[Mapping[str, object]] = (),
    facts: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the problem detail; `facts` are extension members that a machine may read."""
    language = language_of(request)
    generic = TITLES.get(status, TITLES[400 if status < 500 else 500])
    content: dict[str, object] = {
        "type": f"urn:pospolu:problem:{code}",
        "title": title or generic[0 if language == "cs" else 1],
        "status": status,
        "instance": request.url.path,
        "trace_id": correlation_id(),
    }
    if errors:
        content["errors"] = list(errors)
    for name, fact in (facts or {}).items():
        content.setdefault(name, fact)
    body = json.dumps(content, ensure_ascii=False, default=_plain).encode(errors="replace")
    return Response(body, status, media_type=JSON, headers={"Content-Language": language, **(headers or {})})


def _plain(fact: object) -> str:
    return fact.isoformat() if isinstance(fact, date) else str(fact)


def _refusal(request: Request, error: Refusal) -> Response:
    language = language_of(request)
    status = next(status for base, status in STATUS.items() if isinstance(error, base))
    errors: list[dict[str, object]] = [
        {"pointer": f.pointer, "code": f.code, "detail": f.cs if language == "cs" else f.en}
        for f in error.findings
    ]
    if error.pointer is not None:
        errors.append({"pointer": error.pointer, "code": error.code, "detail": error.title(language)})
    headers = {"WWW-Authenticate": _challenge(error)} if status == 401 else {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.facts["retry_after"])
    return problem(
        request,
        status,
        code=error.code,
        title=error.title(language),
        errors=errors,
        facts=error.facts,
        headers=headers,
    )


def _challenge(error: Refusal) -> str:
    """Return what RFC 6750 wants: no error where no token came, else its one word for a bad token."""
    return "Bearer" if isinstance(error, TokenMissing) else 'Bearer error="invalid_token"'


def _malformed(request: Request, error: RequestValidationError) -> Response:
    """List what is wrong and where, each once: a body that may be one of several things tells it twice."""
    errors: list[dict[str, object]] = []
    for found in error.errors()[:100]:
        one: dict[str, object] = {
            "pointer": "" if found["type"] == "json_invalid" else _pointer(found["loc"]),
            "code": found["type"],
            "detail": phrase(found, language_of(request)),
        }
        if one not in errors:
            errors.append(one)
    return problem(request, 422, code="malformed", errors=errors)


def _pointer(location: Sequence[object]) -> str:
    """Return the place as a JSON Pointer into the body, or `query/name` and the like."""
    where, *path = location
    steps = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return steps if where == "body" else f"{where}{steps}"


def _http(request: Request, error: HTTPException) -> Response:
    codes = {
        400: "unreadable",
        404: "no-such-address",
        405: "method-not-allowed",
        413: "too-large",
        415: "media-type-unknown",
        416: "range-outside",
        428: "version-missing",
    }
    return problem(
        request, error.status_code, code=codes.get(error.status_code, "http"), headers=error.headers
    )


def _database(request: Request, error: Exception) -> Response:
    """Tell apart what PostgreSQL cannot store (the caller's fault) from its being away (ours)."""
    cause = getattr(error, "orig", None)
    original = getattr(cause, "__cause__", None) or error
    if isinstance(original, asyncpg.DataError | asyncpg.UntranslatableCharacterError | UnicodeEncodeError):
        return problem(request, 422, code="not-storable")
    if isinstance(original, AWAY) or isinstance(error, OperationalError):
        return _unavailable(request, error)
    return _fault(request, error)


def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("unavailable", error=repr(error))
    return problem(request, 503, code="unavailable", headers={"Retry-After": "5"})


def _fault(request: Request, error: Exception) -> Response:
    log.error("fault", path=request.url.path, exc_info=error)
    return problem(request, 500, code="fault")


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of an application a problem detail."""
    handlers = {
        Refusal: _refusal,
        RequestValidationError: _malformed,
        HTTPException: _http,
        DBAPIError: _database,
        PoolTimeout: _database,
        asyncpg.PostgresError: _database,
        asyncpg.InterfaceError: _database,
        OSError: _database,
        TimeoutError: _database,
        IdentityProviderDown: _unavailable,
        UnicodeEncodeError: _database,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]
