"""The test issuer over HTTP: discovery, keys, and tokens for services that call each other."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shared.contracts.base import Role
from tests.support.tokens import KEY, a_token


class HttpIssuer:
    """Listens on a free port until stopped; tokens for it are made by `token_of(…, issuer=…)`."""

    def __init__(self) -> None:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(issuer._document(self.path))

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                token = a_token(role=Role.SYSTEM, sub="service", issuer=issuer.url)
                self._answer({"access_token": token, "expires_in": 600, "token_type": "Bearer"})

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def _answer(self, content: object) -> None:
                body = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _document(self, path: str) -> object:
        if path.endswith("/jwks"):
            return {"keys": [KEY.as_dict(private=False)]}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", "token_endpoint": f"{self.url}/token"}

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
