"""The four services in two processes: all APIs in one, all workers in the other."""

import asyncio
import os
from importlib import import_module
from pathlib import Path
from typing import cast

from starlette.routing import Mount
from starlette.types import ASGIApp

from embedded.front import front_routes
from embedded.home import CLIENTS
from embedded.identity.app import identity_app
from embedded.identity.settings import IdentitySettings
from embedded.nats_users import SERVICES
from shared.collector import spared
from shared.commands import migrate_and_close, seed
from shared.logs import configure_logs
from shared.service import Service, api_app, run_workers, serve


def services() -> tuple[Service, ...]:
    with spared():
        return tuple(cast("Service", import_module(f"{name}.app").SERVICE) for name in SERVICES)


def whole_api(port: int) -> ASGIApp:
    """Return the services' APIs, the identity provider and the first page as one application."""
    base = f"http://127.0.0.1:{port}"
    settings = IdentitySettings(
        environment=os.environ["POSPOLU_ENVIRONMENT"],
        issuer=os.environ["OIDC_ISSUER"],
        audience=os.environ["OIDC_AUDIENCE"],
        folder=Path(os.environ["POSPOLU_DATA"]) / "identity",
        client_secrets={name: os.environ[f"{name.upper()}_OIDC_CLIENT_SECRET"] for name in CLIENTS},
    )
    identity = Mount("/identity", identity_app(settings))
    return api_app(services(), also=[identity, *front_routes(base)])


def run_api() -> None:
    configure_logs("INFO", process="api")
    port = int(os.environ["POSPOLU_PORT"])
    asyncio.run(serve(whole_api(port), port, "127.0.0.1"))


def run_worker() -> None:
    configure_logs("INFO", process="worker")
    asyncio.run(run_workers(services(), port=int(os.environ["POSPOLU_WORKER_PORT"]), host="127.0.0.1"))


def run_preparation() -> None:
    """Migrate all databases, then seed what is empty."""
    configure_logs("INFO", process="prepare")
    asyncio.run(_prepare())


async def _prepare() -> None:
    for service in services():
        await migrate_and_close(service)
        await seed(service)
