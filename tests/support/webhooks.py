"""A receiver of webhooks, and feeds of neighbours: small servers that say what they are told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import cast
from urllib.parse import parse_qs, urlsplit

from shared.codec import encode
from shared.contracts.base import Event as Told
from tests.support.service import an_envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass(slots=True, kw_only=True)
class Receiver:
    """Answers with the statuses given, the last one again and again; `held` lets it wait."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b"thank you"
    received: list[Received] = field(default_factory=list)
    held: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.received]

    def take(self, headers: dict[str, str], body: str) -> int:
        with self.lock:
            self.received.append(Received(headers=headers, body=body))
            status = self.statuses[0]
            if len(self.statuses) > 1:
                self.statuses.pop(0)
        self.held.wait(10)
        return status


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        known = cast("_Server", self.server).receiver
        body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        status = known.take({name.lower(): value for name, value in self.headers.items()}, body)
        self.send_response(status)
        for name, value in known.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(known.answer)))
        self.end_headers()
        self.wfile.write(known.answer)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


@contextmanager
def a_receiver(*statuses: int) -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.receiver = Receiver(url=f"http://127.0.0.1:{server.server_address[1]}/events")
    server.receiver.statuses = list(statuses) or [200]
    server.receiver.held.set()
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.receiver
    finally:
        server.receiver.held.set()
        server.shutdown()
        server.server_close()


@dataclass(slots=True, kw_only=True)
class Neighbour:
    """A service that told something: `gone` answers as one whose cursor is too old."""

    url: str = ""
    bodies: list[str] = field(default_factory=list)
    gone: bool = False
    down: bool = False

    def tell(self, event: Told) -> str:
        envelope = an_envelope(event)
        self.bodies.append(encode(envelope).decode())
        return str(envelope.id)


class _Feed(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self._send(200, {"access_token": "a token", "expires_in": 600})

    def do_GET(self) -> None:
        neighbour = cast("_FeedServer", self.server).neighbour
        origin = neighbour.url
        if "openid" in self.path:
            found = {"issuer": origin, "jwks_uri": f"{origin}/jwks", "token_endpoint": f"{origin}/token"}
            self._send(200, found)
            return
        after = parse_qs(urlsplit(self.path).query).get("after", [""])[0]
        if neighbour.down or (neighbour.gone and after):
            self._send(503 if neighbour.down else 410, {})
            return
        rest = neighbour.bodies[int(after or 0) :][:2]
        link = f'</events?after={int(after or 0) + len(rest)}>; rel="next"'
        self._send(200, [json.loads(body) for body in rest], link=link)

    def _send(self, status: int, content: object, *, link: str = "") -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if link:
            self.send_header("Link", link)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


class _FeedServer(ThreadingHTTPServer):
    daemon_threads = True
    neighbour: Neighbour


@contextmanager
def a_neighbour() -> Iterator[Neighbour]:
    server = _FeedServer(("127.0.0.1", 0), _Feed)
    server.neighbour = Neighbour(url=f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.neighbour
    finally:
        server.shutdown()
        server.server_close()
