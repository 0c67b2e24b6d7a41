"""Starts everything in order: PostgreSQL and NATS, migrations and seed, worker and API."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field

from embedded.databases import prepare_databases
from embedded.failure import CannotRun
from embedded.home import Home, Secrets
from embedded.identity.personas import PERSONAS
from embedded.nats import Nats
from embedded.nats_users import SERVICES
from embedded.postgres import Postgres
from embedded.process import PAUSE, Process, free_port
from embedded.supervisor import Supervisor

POSTGRES_PORT, NATS_PORT, MONITOR_PORT, MAIL_PORT = 15432, 14222, 18222, 10025
STOPPING_SECONDS = 10
SENDER = "Pospolu <pospolu@example.org>"
START_SECONDS = 60


def check_port(port: int) -> None:
    """Raise CannotRun while somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as reason:
            raise CannotRun(
                f"Port {port} cannot be used ({reason.strerror}): stop the program that has it, "
                "or choose another with POSPOLU_PORT=8001 make run."
            ) from reason


def environment(port: int, home: Home, secrets: Secrets, postgres: Postgres, nats: Nats) -> dict[str, str]:
    """Return what the services read: the same names as in containers."""
    base, mail_port = f"http://127.0.0.1:{port}", free_port(MAIL_PORT)
    settings = {
        "POSPOLU_ENVIRONMENT": "development",
        "POSPOLU_PORT": str(port),
        "POSPOLU_WORKER_PORT": str(free_port()),
        "POSPOLU_DATA": str(home.folder),
        "POSPOLU_MAIL": str(home.mail),
        "POSPOLU_MAIL_PORT": str(mail_port),
        "NATS_MONITOR_URL": nats.monitor_url,
        "PUBLIC_URL": base,
        "OIDC_ISSUER": f"{base}/identity",
        "OIDC_AUDIENCE": "pospolu",
        "REGISTRY_URL": f"{base}/api/registry",
        "PLANNING_URL": f"{base}/api/planning",
        "EVALUATION_URL": f"{base}/api/evaluation",
        "DOCUMENTS_FILES_URL": home.files.as_uri(),
        "DOCUMENTS_RECORD_KEY_FILE": str(home.record_key()),
        "DOCUMENTS_OIDC_CLIENT_ID": "documents",
        "DOCUMENTS_OIDC_CLIENT_SECRET": secrets.clients["documents"],
        "INTEGRATOR_OIDC_CLIENT_SECRET": secrets.clients["integrator"],
        "PYTHONUNBUFFERED": "1",
        "WEBHOOKS_LOOPBACK": "true",
    }
    if not os.environ.get("SMTP_URL"):
        settings |= {"SMTP_URL": f"smtp-plain://127.0.0.1:{mail_port}", "MAIL_FROM": SENDER}
    for service in SERVICES:
        name = service.upper()
        settings[f"{name}_DATABASE_URL"] = postgres.url(service, service, secrets.databases[service])
        settings[f"{name}_NATS_URL"] = nats.url(service)
    return {**os.environ, **settings}


@dataclass(slots=True, kw_only=True)
class Run:
    """One run on one data folder; `say` writes a line for the person at the terminal."""

    home: Home
    port: int
    began: float = field(default_factory=time.monotonic)

    def say(self, line: str) -> None:
        print(f"{time.monotonic() - self.began:6.2f} s  {line}", flush=True)

    async def start(self, supervisor: Supervisor) -> None:
        """Start all at once: the services import while the servers come up, then wait for their turn."""
        secrets, logs = self.home.secrets(), self.home.logs
        programs, folder = self.home.postgres()
        postgres = Postgres(
            folder=folder, logs=logs, password=secrets.admin, programs=programs, port=free_port(POSTGRES_PORT)
        )
        nats = Nats(
            folder=self.home.folder / "nats",
            logs=logs,
            passwords=secrets.broker,
            port=free_port(NATS_PORT),
            monitor_port=free_port(MONITOR_PORT),
        )
        settings = environment(self.port, self.home, secrets, postgres, nats)
        servers = asyncio.gather(
            self._start_postgres(supervisor, postgres, secrets), self._start_nats(supervisor, nats)
        )
        preparation = asyncio.create_task(self._prepare(servers, settings))
        worker, api = (supervisor.adopt(self._child(name, settings)) for name in ("worker", "api"))
        await preparation
        await self._open(worker, api, int(settings["POSPOLU_WORKER_PORT"]))
        self._announce()

    async def _start_postgres(self, supervisor: Supervisor, postgres: Postgres, secrets: Secrets) -> None:
        if not postgres.initialised:
            initdb = postgres.launch_initialisation()
            await initdb.finished()
            postgres.finish_initialisation(initdb)
        deadline = time.monotonic() + STOPPING_SECONDS
        while postgres.occupied() and time.monotonic() < deadline:  # noqa: ASYNC110 - no child of ours
            await asyncio.sleep(0.05)
        process = supervisor.adopt_server(postgres.launch(), signal.SIGINT)
        await process.until(postgres.ready, seconds=START_SECONDS)
        await prepare_databases(postgres.url(), secrets.databases)
        self.say(
            f"PostgreSQL {postgres.programs.major} on 127.0.0.1:{postgres.port}, data in {postgres.folder}"
        )

    async def _start_nats(self, supervisor: Supervisor, nats: Nats) -> None:
        process = supervisor.adopt_server(nats.launch(), signal.SIGTERM)
        await process.until(nats.ready, seconds=START_SECONDS)
        self.say(f"NATS JetStream on 127.0.0.1:{nats.port}, data in {nats.folder}")

    async def _prepare(self, servers: Awaitable[object], settings: Mapping[str, str]) -> None:
        """Migrate and seed once the servers stand; the process is not supervised, for it ends by itself."""
        process = self._child("prepare", settings)
        try:
            await servers
            process.open_gate()
            code = await process.finished()
        finally:
            process.kill()
        if code != 0:
            raise CannotRun(f"The databases could not be migrated and seeded: {process.story()}")
        self.say("databases migrated and seeded")

    async def _open(self, worker: Process, api: Process, worker_port: int) -> None:
        worker.open_gate()
        api.open_gate()
        for service in SERVICES:
            await _answering(worker, worker_port, f"/{service}/health/ready")
            await _answering(api, self.port, f"/api/{service}/health/ready")
        self.say("worker and API answer")

    def _child(self, command: str, settings: Mapping[str, str]) -> Process:
        line = [sys.executable, "-m", "embedded", command]
        log = self.home.logs / f"{command}.log"
        return Process(command, line, log=log, environment=settings, gated=True)

    def _announce(self) -> None:
        base = f"http://127.0.0.1:{self.port}"
        print(f"\n  Pospolu                 {base}/")
        for service in SERVICES:
            print(f"  {service:<11} API docs    {base}/api/{service}/docs")
        print(f"  identity provider       {base}/identity/.well-known/openid-configuration")
        print(f"  letters that would leave {base}/mail")
        print(f"  logs                    {self.home.logs}\n\n  Demo identities (no password):")
        for person in PERSONAS:
            print(f"    {person.id:<21} {person.name}, {person.affiliation}")
        print(
            f"\nready in {time.monotonic() - self.began:.1f} s: {base}/ (Ctrl-C stops everything)", flush=True
        )


async def _answering(process: Process, port: int, path: str) -> None:
    """Wait until GET answers 200; raises CannotRun when the process ends before."""
    deadline = time.monotonic() + START_SECONDS
    while not await _is_ok(port, path):
        process.check(deadline)
        await asyncio.sleep(PAUSE)


async def _is_ok(port: int, path: str) -> bool:
    """Ask by hand: a whole HTTP client would double the time that the runner takes to start."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            status = await reader.readline()
            writer.close()
    except (OSError, TimeoutError):
        return False
    return status.startswith(b"HTTP/1.1 200")
