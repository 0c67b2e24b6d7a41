"""The whole platform: each service an API and a worker process of its own, and a broker that can die."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx

from embedded.demo_client import Person
from embedded.nats import Nats
from embedded.nats_users import SERVICES
from embedded.process import Process, free_ports
from shared.auth import Actor
from shared.contracts.base import Role
from tests.support import tokens
from tests.support.issuer import HttpIssuer
from tests.support.servers import PostgresServer

PEOPLE: Mapping[str, Actor] = {
    "administrator": tokens.ADMINISTRATOR,
    "consultant": tokens.CONSULTANT,
    "evaluator": tokens.EVALUATOR,
    "coordinator-obrnice": tokens.COORDINATOR,
    "mayor-obrnice": tokens.MAYOR,
    "coordinator-trmice": tokens.COORDINATOR_OF_TRMICE,
    "analyst": tokens.ANALYST,
    "director": tokens.DIRECTOR,
    "commissioner-mpsv": tokens.an_actor(Role.COMMISSIONER, affiliation="MPSV", sub="commissioner-mpsv"),
    "commissioner-sms": tokens.an_actor(Role.COMMISSIONER, affiliation="SMS ČR", sub="commissioner-sms"),
}


BASE = "http://gateway"


class Gateway(httpx.BaseTransport):
    """Sends `/api/<service>/…` to the service's own port."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._ports = ports
        self._inner = httpx.HTTPTransport(retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        service = request.url.path.removeprefix("/api/").partition("/")[0]
        if service not in self._ports:
            return httpx.Response(404)
        request.url = request.url.copy_with(host="127.0.0.1", port=self._ports[service])
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


@dataclass(kw_only=True)
class Platform:
    """Names of processes are `planning-api`, `planning-worker` and so on."""

    folder: Path
    postgres: PostgresServer
    issuer: HttpIssuer
    nats: Nats
    databases: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)

    def environment(self, service: str) -> dict[str, str]:
        return {
            **os.environ,
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": self.databases[service],
            "NATS_URL": self.nats.url(service),
            "NATS_MONITOR_URL": self.nats.monitor_url,
            "OIDC_ISSUER": self.issuer.url,
            "OIDC_CLIENT_ID": service,
            "OIDC_CLIENT_SECRET": "secret",
            "REGISTRY_URL": f"http://127.0.0.1:{self.ports['registry-api']}/api/registry",
            "PLANNING_URL": f"http://127.0.0.1:{self.ports['planning-api']}/api/planning",
            "EVALUATION_URL": f"http://127.0.0.1:{self.ports['evaluation-api']}/api/evaluation",
            "FILES_URL": (self.folder / "files").as_uri(),
            "DATABASE_POOL_SIZE": "4",
            "LOG_LEVEL": "INFO",
        }

    def run(self, service: str, *command: str) -> Process:
        name = f"{service}-{command[0]}"
        return Process(
            name,
            [sys.executable, "-m", service, *command],
            log=self.folder / f"{name}.log",
            environment=self.environment(service),
        )

    def begin(self, name: str) -> None:
        """Start one process; it need not be ready when this returns."""
        service, _, role = name.partition("-")
        host = ("--host", "127.0.0.1")
        self.processes[name] = self.run(service, role, "--port", str(self.ports[name]), *host)

    def kill(self, name: str) -> None:
        self.processes[name].kill()

    def ready(self, name: str) -> bool:
        service, _, role = name.partition("-")
        prefix = f"/api/{service}" if role == "api" else ""
        try:
            url = f"http://127.0.0.1:{self.ports[name]}{prefix}/health/ready"
            return httpx.get(url, timeout=1, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def await_ready(self, *names: str) -> None:
        for name in names or tuple(self.processes):
            self.processes[name].wait(lambda name=name: self.ready(name), seconds=60)  # type: ignore[misc]

    def lag(self, name: str) -> dict[str, float]:
        """Return what each consumer of a worker has not handled yet, as its metrics say."""
        text = httpx.get(f"http://127.0.0.1:{self.ports[name]}/metrics", trust_env=False, timeout=5).text
        lines = [line for line in text.splitlines() if line.startswith("consumer_lag{")]
        return {line.partition("}")[0]: float(line.rpartition(" ")[2]) for line in lines}

    def stop_broker(self) -> None:
        self.nats.stop()

    def start_broker(self) -> None:
        self.nats.start()

    def lose_broker_data(self) -> None:
        shutil.rmtree(self.nats.folder)

    def people(self) -> dict[str, Person]:
        found = {name: self._person(name, actor) for name, actor in PEOPLE.items()}
        return {**found, "citizen": Person(http=self.http, base=BASE, name="citizen")}

    def _person(self, name: str, actor: Actor) -> Person:
        token = tokens.token_of(actor, issuer=self.issuer.url, expires_in=7200)
        return Person(http=self.http, base=BASE, name=name, token=token)

    @cached_property
    def http(self) -> httpx.Client:
        return httpx.Client(timeout=30, transport=Gateway(self._api_ports()))

    def _api_ports(self) -> dict[str, int]:
        return {service: self.ports[f"{service}-api"] for service in SERVICES}

    async def query(self, service: str, sql: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.databases[service])
        try:
            rows: list[asyncpg.Record] = await connection.fetch(sql)
        finally:
            await connection.close()
        return rows


@contextmanager
def a_platform(folder: Path, postgres: PostgresServer) -> Iterator[Platform]:
    """Start everything on empty databases, seed it, and stop it all."""
    logs = folder / "logs"
    logs.mkdir(parents=True)
    nats = Nats(folder=folder / "nats", logs=logs, passwords=dict.fromkeys(SERVICES, "secret"))
    platform = Platform(folder=folder, postgres=postgres, issuer=HttpIssuer(), nats=nats)
    processes = [f"{service}-{role}" for service in SERVICES for role in ("api", "worker")]
    platform.ports = dict(zip(processes, free_ports(len(processes)), strict=True))
    names = {service: f"e2e_{service}_{uuid4().hex[:6]}" for service in SERVICES}
    platform.databases = {service: postgres.url_for(name) for service, name in names.items()}
    _admin(postgres, [f'CREATE DATABASE "{name}"' for name in names.values()])
    try:
        nats.start()
        for command in ("migrate", "seed"):
            for process in [platform.run(service, command) for service in SERVICES]:
                assert process.finish() == 0, process.tail(40)
        for name in platform.ports:
            platform.begin(name)
        platform.await_ready()
        yield platform
    finally:
        platform.http.close()
        for process in platform.processes.values():
            process.kill()
        nats.stop()
        platform.issuer.stop()
        _admin(postgres, [f'DROP DATABASE "{name}" WITH (FORCE)' for name in names.values()])


def _admin(postgres: PostgresServer, statements: list[str]) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(postgres.admin_url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(execute())
