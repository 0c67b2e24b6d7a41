"""Frozen pages as registry and evaluation serve them, and a server that serves them."""

import json
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

from documents.renditions.domain import Source
from tests.support.documents import OBRNICE, Json, canonical, digest_of
from tests.support.rendition_pages import (
    a_description_content,
    a_memorandum_content,
    a_minutes_content,
    a_statement_content,
)
from tests.support.rendition_profiles import a_profile_content
from tests.support.rendition_reports import a_programme_content, a_report

EVALUATION_ID = UUID("0199a000-0000-7000-8000-00000000e001")
ASSESSMENT_ID = UUID("0199a000-0000-7000-8000-00000000a001")
MEMORANDUM_ID = UUID("0199a000-0000-7000-8000-00000000b001")
DESCRIPTION_ID = UUID("0199a000-0000-7000-8000-00000000b002")
STATEMENT_ID = UUID("0199a000-0000-7000-8000-00000000c001")
PROJECT_ID = UUID("0199a000-0000-7000-8000-00000000d001")

IDS = {
    Source.EVALUATION_REPORT: EVALUATION_ID,
    Source.MINUTES: ASSESSMENT_ID,
    Source.MEMORANDUM: MEMORANDUM_ID,
    Source.DESCRIPTION: DESCRIPTION_ID,
    Source.STATEMENT: STATEMENT_ID,
    Source.UNIT_PROFILE: OBRNICE,
    Source.PROGRAMME_REPORT: PROJECT_ID,
}
_CONTENTS: dict[Source, Callable[[], dict[str, Json]]] = {
    Source.MINUTES: a_minutes_content,
    Source.MEMORANDUM: a_memorandum_content,
    Source.DESCRIPTION: a_description_content,
    Source.STATEMENT: a_statement_content,
    Source.UNIT_PROFILE: a_profile_content,
    Source.PROGRAMME_REPORT: a_programme_content,
}


def a_frozen(
    source: Source, *, as_of: str = "2026-06-30", changes: Mapping[str, Json] | None = None
) -> bytes:
    """Return a page as its service serves it; `changes` are of its content."""
    if source is Source.EVALUATION_REPORT:
        return canonical(a_report() | dict(changes or {}))
    page: dict[str, Json] = {
        "form": 1,
        "kind": source.value,
        "subject_id": str(IDS[source]),
        "as_of": as_of,
        "content": _CONTENTS[source]() | dict(changes or {}),
    }
    return canonical(page)


class SourcesStandIn:
    """An HTTP server that gives tokens as the identity provider, and pages as registry and evaluation.

    `refuses` is what it answers with instead; `asked` notes method, path, authorization and body.
    """

    def __init__(self) -> None:
        self.pages = {source: a_frozen(source) for source in Source}
        self.refuses: tuple[int, dict[str, str]] | None = None
        self.asked: list[tuple[str, str, str | None, bytes]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def digest(self, source: Source) -> str:
        return digest_of(self.pages[source])

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer_to(self, method: str, path: str, authorization: str | None, body: bytes) -> tuple[int, bytes]:
        if path == "/.well-known/openid-configuration":
            places = {"jwks_uri": f"{self.origin}/jwks", "token_endpoint": f"{self.origin}/token"}
            return 200, json.dumps({"issuer": self.origin, **places}).encode()
        if path == "/token":
            return 200, json.dumps({"access_token": "for-documents", "expires_in": 60}).encode()
        self.asked.append((method, path, authorization, body))
        if self.refuses is not None:
            status, problem = self.refuses
            return status, json.dumps(problem).encode()
        if method == "POST" and path.endswith("/frozen-pages"):
            return 201, self.pages[Source(json.loads(body)["kind"])]
        if path == f"/api/evaluation/evaluation-register/{EVALUATION_ID}/reports/1":
            return 200, self.pages[Source.EVALUATION_REPORT]
        return 404, b"{}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                login = self.headers.get("authorization")
                status, answer = stand_in.answer_to(self.command, self.path, login, body)
                self.send_response(status)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_GET  # noqa: N815 - the library names it

            def log_message(self, *_: object) -> None:
                return

        return Handler
