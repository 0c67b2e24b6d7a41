"""Parameters of OAuth requests, and what is answered when they are wrong (RFC 6749)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

LONGEST_BODY = 16_384
LONGEST_VALUE = 2_048
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthRefused(Exception):  # noqa: N818 - errors are named by the fact that stopped us
    """An error of the protocol: `error` is its registered code, the description is for developers."""

    def __init__(
        self, error: str, description: str, *, status: int = 400, challenge: str | None = None
    ) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status
        self.challenge = challenge

    def response(self) -> Response:
        headers = {**NO_STORE, **({"WWW-Authenticate": self.challenge} if self.challenge else {})}
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, status_code=self.status, headers=headers)


def query_of(request: Request) -> dict[str, str]:
    return _parameters(request.scope["query_string"])


async def form_of(request: Request) -> dict[str, str]:
    """Read a short urlencoded body; raises OAuthRefused for anything else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != (
        "application/x-www-form-urlencoded"
    ):
        raise OAuthRefused("invalid_request", "the body must be application/x-www-form-urlencoded")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise OAuthRefused("invalid_request", "the body is too long", status=413)
    return _parameters(body)


def _parameters(encoded: bytes) -> dict[str, str]:
    """Decode the parameters; empty ones count as omitted, repeated ones are refused (RFC 6749, 3.1)."""
    try:
        pairs = parse_qsl(encoded.decode("ascii"), max_num_fields=50, errors="strict")
    except ValueError as error:
        raise OAuthRefused("invalid_request", "the parameters are not urlencoded UTF-8") from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise OAuthRefused("invalid_request", "a parameter is repeated")
        if len(value) > LONGEST_VALUE:
            raise OAuthRefused("invalid_request", "a parameter is too long")
        found[name] = value
    return found


def required(parameters: Mapping[str, str], name: str) -> str:
    """Raise OAuthRefused when the parameter is missing."""
    if name not in parameters:
        raise OAuthRefused("invalid_request", f"{name} is missing")
    return parameters[name]


def scope_of(parameters: Mapping[str, str], allowed: frozenset[str]) -> frozenset[str]:
    """Give the scope asked for, all that is allowed if none; raises OAuthRefused for more than that."""
    asked = frozenset(parameters.get("scope", "").split()) or allowed
    if not asked <= allowed:
        raise OAuthRefused("invalid_scope", f"allowed: {' '.join(sorted(allowed))}")
    return asked
