"""PostgreSQL and NATS for tests: a given server, else a container, else the embedded one."""

import os
import re
import shutil
import socket
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit, urlunsplit

from embedded.nats import CONFIGURATION, Nats
from embedded.postgres import ADMIN, Postgres

if TYPE_CHECKING:
    from testcontainers.core.container import DockerContainer

POSTGRES_IMAGE: Final = os.environ.get("TEST_POSTGRES_IMAGE", "postgres:18-bookworm")
NATS_IMAGE: Final = os.environ.get("TEST_NATS_IMAGE", "nats:2.15-alpine")
PASSWORD: Final = "tests"


def _nothing() -> None:
    """A given server is not ours to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """`admin_url` may create roles and databases; `origin` says where the server came from."""

    admin_url: str
    origin: str
    stop: Callable[[], None] = _nothing

    def url_for(self, database: str, user: str | None = None, password: str | None = None) -> str:
        """Return the URL of a database, for the admin or for another role."""
        parts = urlsplit(self.admin_url)
        login, _, host = parts.netloc.rpartition("@")
        if user is not None:
            login = f"{user}:{quote(password or user, safe='')}"
        return urlunsplit(parts._replace(scheme="postgresql", netloc=f"{login}@{host}", path=f"/{database}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NatsServer:
    """`monitor_url` is the server's own HTTP port."""

    url: str
    monitor_url: str
    origin: str
    stop: Callable[[], None] = _nothing


def docker_answers() -> bool:
    """Say whether an engine listens where the environment, or else the custom, says."""
    host = urlsplit(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    family, address = (
        (socket.AF_UNIX, host.path) if host.scheme == "unix" else (socket.AF_INET, (host.hostname, host.port))
    )
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except (OSError, TypeError):
            return False
    return True


def start_postgres(folder: Path) -> PostgresServer:
    """Start a server whose data may be lost; `folder` is used by the embedded one."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return PostgresServer(admin_url=given, origin="TEST_DATABASE_URL")
    if docker_answers() and (container := _postgres_container()):
        return container
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Postgres(folder=folder / "postgres", logs=folder, password=PASSWORD, durable=False)
    server.start()
    return PostgresServer(admin_url=server.url(), origin="embedded", stop=server.stop)


def start_nats(folder: Path) -> NatsServer:
    """Start a broker on an empty store; everybody may do everything on it."""
    if given := os.environ.get("TEST_NATS_URL"):
        default = f"http://{urlsplit(given).hostname}:8222"
        monitor_url = os.environ.get("TEST_NATS_MONITOR_URL", default)
        return NatsServer(url=given, monitor_url=monitor_url, origin="TEST_NATS_URL")
    if docker_answers() and (container := _nats_container()):
        return container
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Nats(folder=folder / "nats", logs=folder)
    server.start()
    return NatsServer(url=server.url(), monitor_url=server.monitor_url, origin="embedded", stop=server.stop)


def _postgres_container() -> PostgresServer | None:
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    container = DockerContainer(POSTGRES_IMAGE).with_exposed_ports(5432)
    container.with_env("POSTGRES_USER", ADMIN).with_env("POSTGRES_PASSWORD", PASSWORD)
    container.with_command("postgres -c fsync=off -c synchronous_commit=off -c max_connections=200")
    listening = re.compile(r"listening on IPv4[\s\S]*ready to accept connections")
    if not _started(container.waiting_for(LogMessageWaitStrategy(listening))):
        return None
    where = f"{container.get_container_host_ip()}:{container.get_exposed_port(5432)}"
    url = f"postgresql://{ADMIN}:{PASSWORD}@{where}/postgres"
    return PostgresServer(admin_url=url, origin="container", stop=container.stop)


def _nats_container() -> NatsServer | None:
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    container = DockerContainer(NATS_IMAGE).with_exposed_ports(4222, 8222)
    settings = CONFIGURATION.format(port=4222, monitor_port=8222, store="/data", users="")
    settings = settings.replace("127.0.0.1", "0.0.0.0")
    container.with_copy_into_container(settings.encode(), "/etc/pospolu.conf")
    container.with_command("--config /etc/pospolu.conf")
    if not _started(container.waiting_for(LogMessageWaitStrategy("Server is ready"))):
        return None
    host = container.get_container_host_ip()
    url, monitor_url = (f"{host}:{container.get_exposed_port(port)}" for port in (4222, 8222))
    return NatsServer(
        url=f"nats://{url}", monitor_url=f"http://{monitor_url}", origin="container", stop=container.stop
    )


def _started(container: "DockerContainer") -> bool:
    """Say no where the engine has no such image and cannot fetch it; the embedded server is next in order."""
    from docker.errors import DockerException  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings(action="ignore"):
            container.start()
    except DockerException as reason:
        print(f"no container for the tests: {reason}")
        return False
    return True
