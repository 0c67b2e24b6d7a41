"""An API process of documents, as it runs in earnest: it can be killed, and its memory is counted."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from embedded.process import Process
from tests.support.issuer import HttpIssuer
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, token_of


@dataclass(kw_only=True)
class Api:
    """An API process of documents on the database and the folder of a service under test."""

    documents: ServiceUnderTest
    issuer: HttpIssuer
    folder: Path
    port: int
    extra: dict[str, str] = field(default_factory=dict)
    process: Process | None = None

    def begin(self) -> None:
        settings = self.documents.resources.settings
        environment = {
            **os.environ,
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": settings.database_url,
            "NATS_URL": settings.nats_url,
            "NATS_MONITOR_URL": settings.nats_monitor_url,
            "OIDC_ISSUER": self.issuer.url,
            "FILES_URL": settings.files_url,
            "LOG_LEVEL": "WARNING",
            **self.extra,
        }
        command = [sys.executable, "-m", "documents", "api", "--port", str(self.port), "--host", "127.0.0.1"]
        self.process = Process("documents-api", command, log=self.folder / "api.log", environment=environment)
        self.process.wait(self.is_ready, seconds=60)

    def is_ready(self) -> bool:
        with suppress(httpx.TransportError), self.client() as client:
            return client.get("health/ready").status_code == 200
        return False

    def kill(self) -> None:
        assert self.process
        self.process.kill()

    def client(self) -> httpx.Client:
        token = token_of(CONSULTANT, issuer=self.issuer.url, expires_in=7200)
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api/documents/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
            trust_env=False,
        )

    def peak_mib(self) -> int:
        assert self.process
        return peak_mib(self.process.pid)


def peak_mib(pid: int) -> int:
    """Return the most memory that a process held since its start, or since it was forgotten (`VmHWM`)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def forget_peak(pid: int) -> None:
    """Let the peak begin anew at what is held now (`man 5 proc`, clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
