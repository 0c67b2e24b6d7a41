"""A real time-stamping authority: `openssl ts` behind a tiny HTTP server, with certificates of its own."""

import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_SETTINGS = """
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n"


def _openssl(*arguments: str, cwd: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


class Authority:
    """`is_away`: answers 503; `roots` is its root certificate in PEM."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._make_certificates()
        (folder / "tsa.cnf").write_text(_SETTINGS.format(folder=folder), encoding="ascii")
        (folder / "serial").write_text("01\n", encoding="ascii")
        self.roots = (folder / "root.pem").read_text(encoding="ascii")
        self.is_away = False
        self.other_answer: bytes | None = None
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer_to(self, query: bytes) -> bytes:
        (self._folder / "query.tsq").write_bytes(query)
        files = ("-queryfile", "query.tsq", "-out", "answer.tsr")
        _openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa_config", *files, cwd=self._folder)
        return (self._folder / "answer.tsr").read_bytes()

    def verify(self, stamp: bytes, digest: str) -> bool:
        """Check a stamp as an auditor would, by `openssl ts -verify`."""
        (self._folder / "given.tsr").write_bytes(stamp)
        done = subprocess.run(
            ["openssl", "ts", "-verify", "-digest", digest, "-in", "given.tsr", "-CAfile", "root.pem"],
            cwd=self._folder,
            check=False,
            capture_output=True,
        )
        return done.returncode == 0

    def another_root(self) -> str:
        """Return a root certificate that nothing here was issued under."""
        new = ("-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "other.key", "-out", "other.pem")
        _openssl("req", *new, "-subj", "/CN=Jiná autorita", "-utf8", cwd=self._folder)
        return (self._folder / "other.pem").read_text(encoding="ascii")

    def _make_certificates(self) -> None:
        folder = self._folder
        (folder / "tsa.ext").write_text(_EXTENSIONS, encoding="ascii")
        new = ("-newkey", "rsa:2048", "-nodes")
        root = ("-x509", *new, "-keyout", "root.key", "-out", "root.pem", "-days", "30")
        _openssl("req", *root, "-subj", "/CN=Kořenová autorita", "-utf8", cwd=folder)
        _openssl("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA", cwd=folder)
        signed = ("-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial")
        _openssl("x509", "-req", *signed, "-extfile", "tsa.ext", "-out", "tsa.pem", "-days", "30", cwd=folder)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers.get("content-length", 0)))
                authority.asked += 1
                body = authority.other_answer or b""
                if not authority.is_away and not body:
                    body = authority.answer_to(query)
                self.send_response(503 if authority.is_away else 200)
                self.send_header("content-type", "application/timestamp-reply")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
