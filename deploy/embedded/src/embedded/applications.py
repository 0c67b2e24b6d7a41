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
from embedded.mail_pages import mail_routes
from embedded.mailbox import Mailbox, mail_server
from embedded.midnight import midnight_route
from embedded.nats_users import SERVICES
from shared.collector import spared
from shared.commands import migrate_and_close, seed
from shared.logs import configure_logs
from shared.service import Service, api_app, run_workers, serve


def services() -> tuple[Service, ...]:
    with spared():
        return tuple(cast("Service", import_module(f"{name}.app").SERVICE) for name in SERVICES)


def whole_api(port: int, mailbox: Mailbox) -> ASGIApp:
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
    return api_app(services(), also=[identity, *front_routes(base), *mail_routes(mailbox), midnight_route()])


def run_api() -> None:
    configure_logs("INFO", process="api")
    asyncio.run(_serve_all(int(os.environ["POSPOLU_PORT"])))


async def _serve_all(port: int) -> None:
    mailbox = Mailbox(Path(os.environ["POSPOLU_MAIL"]))
    async with mail_server(mailbox, int(os.environ["POSPOLU_MAIL_PORT"])):
        await serve(whole_api(port, mailbox), port, "127.0.0.1")


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
