"""The outermost layer of a service: correlation id, body limit, one log line and the metrics."""

import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.logs import begin_correlation
from shared.metrics import Metrics

HEADER = "x-correlation-id"
BODY_LIMIT = "pospolu.body_limit"
"""Where in the scope a route puts the largest body that it takes."""
SECRET_ADDRESS = "{token}"  # noqa: S105 – the name of a parameter
QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})

log = structlog.get_logger()


class Edge:
    """Pure ASGI: a wrapped response costs no copy and a stream stays a stream.

    HEAD is answered as GET without the body: each address that can be read can be asked about.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, max_body_bytes: int) -> None:
        self._app = app
        self._metrics = metrics
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}
        headers = Headers(scope=scope)
        correlation = begin_correlation(headers.get(HEADER))
        started = time.perf_counter()
        status = 500

        async def send_tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = correlation
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, _limited(receive, scope, self._max_body_bytes), send_tagged)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.requests.labels(scope["method"], route, str(status)).inc()
        self._metrics.seconds.labels(scope["method"], route).observe(seconds)
        if route not in QUIET:
            log.info(
                "request",
                method=scope["method"],
                path=told_path(scope["path"], route),
                status=status,
                ms=round(seconds * 1000, 2),
            )


def told_path(path: str, route: str) -> str:
    """Return what a log tells of an address: the route alone where who knows the address may read it."""
    return route if SECRET_ADDRESS in route else path


def _limited(receive: Receive, scope: Scope, default: int) -> Receive:
    """Refuse a body by its announced length, else when it has grown too far.

    The framework's own limit answers in plain text.
    """
    announced = Headers(scope=scope).get("content-length", "")
    length = int(announced) if announced.isdecimal() else 0
    counted = 0

    async def receive_limited() -> Message:
        nonlocal counted
        message = await receive()
        if message["type"] == "http.request":
            counted += len(message.get("body", b""))
            if max(length, counted) > scope.get(BODY_LIMIT, default):
                raise HTTPException(413)
        return message

    return receive_limited
