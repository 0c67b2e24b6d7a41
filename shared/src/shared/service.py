"""A service on the command line: `python -m <service> api | worker | migrate | seed | republish`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import asyncpg
import uvicorn
from fastapi import APIRouter
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import MetaData
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from shared.auth import Actor
from shared.clock import Every
from shared.database import create_engine
from shared.http.app import create_app
from shared.ids import uuid7
from shared.logs import configure_logs
from shared.migrations import migrate
from shared.reactions import reactions_in
from shared.relay import republish
from shared.resources import Resources, open_resources
from shared.settings import Settings, load_settings
from shared.transaction import Transaction, transaction
from shared.worker import consumers, run_worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """All that makes up a service; each declares one in its `app.py`."""

    name: str
    title: str
    metadata: MetaData
    migrations: Path
    routers: Sequence[APIRouter]
    reactions: Sequence[ModuleType] = ()
    clock: Sequence[Every] = ()
    seed: Callable[[Transaction], Awaitable[None]] | None = None


def api_app(services: Sequence[Service], *, also: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Return one application with each service under `/api/<service>`; `also` comes after them."""
    apps = {
        service.name: create_app(service.name, service.title, service.routers, load_settings(service.name))
        for service in services
    }

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for app in apps.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield

    mounts = [Mount(f"/api/{name}", app) for name, app in apps.items()]
    return Starlette(routes=[*mounts, *also], lifespan=lifespan)


async def run_workers(services: Sequence[Service], *, port: int) -> None:
    """Run the workers of the services until a signal, with their health and metrics on `port`."""
    async with AsyncExitStack() as stack:
        opened = {
            service.name: await stack.enter_async_context(
                open_resources(service.name, load_settings(service.name))
            )
            for service in services
        }
        async with asyncio.TaskGroup() as tasks:
            working = [
                tasks.create_task(
                    run_worker(
                        service.name, reactions_in(service.reactions), service.clock, opened[service.name]
                    )
                )
                for service in services
            ]
            await serve(_health_of(services, opened), port)
            for task in working:
                task.cancel()


def _health_of(services: Sequence[Service], opened: dict[str, Resources]) -> ASGIApp:
    mounts = []
    for service in services:
        resources = opened[service.name]
        app = create_app(service.name, service.title, (), resources.settings, resources=resources)
        mounts.append(Mount("/" if len(services) == 1 else f"/{service.name}", app))
    return Starlette(routes=mounts)


class _Server(uvicorn.Server):
    """Stops on a signal and returns; uvicorn's own would raise the signal again and kill our clean-up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def serve(app: ASGIApp, port: int, host: str = "0.0.0.0") -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=10
    )
    await _Server(config).serve()


async def migrate_and_close(service: Service) -> None:
    engine = create_engine(load_settings(service.name))
    try:
        await migrate(engine, service.migrations)
    finally:
        await engine.dispose()


async def seed(service: Service) -> None:
    """Put in what a new installation begins with; a second run changes nothing."""
    if service.seed is None:
        return
    engine = create_engine(load_settings(service.name))
    try:
        actor = Actor.system("seed")
        async with transaction(engine, actor=actor, correlation_id=str(uuid7())) as tx:
            await service.seed(tx)
    finally:
        await engine.dispose()


async def replay(service: Service, settings: Settings) -> int:
    """Handle the dead letters again; return how many went through."""
    async with open_resources(service.name, settings) as resources:
        found = consumers(service.name, reactions_in(service.reactions), resources)
        return sum([await consumer.replay() for consumer in found.values()])


async def _republish(service: Service, position: int) -> int:
    connection = await asyncpg.connect(load_settings(service.name).database_url)
    try:
        return await republish(connection, from_position=position)
    finally:
        await connection.close()


def main(service: Service, arguments: Sequence[str] | None = None) -> None:
    """Run one command; settings that are missing or unsafe end it with a sentence."""
    options = _parser(service.name).parse_args(arguments)
    try:
        settings = load_settings(service.name)
    except ValidationError as error:
        sys.exit(f"{service.name}: " + "; ".join(_explain(found) for found in error.errors()))
    configure_logs(settings.log_level, service=service.name, process=options.command)
    match options.command:
        case "api":
            asyncio.run(serve(api_app([service]), options.port, options.host))
        case "worker" if options.task == "replay":
            print(f"{asyncio.run(replay(service, settings))} dead letters handled")  # noqa: T201
        case "worker":
            asyncio.run(run_workers([service], port=options.port))
        case "migrate":
            asyncio.run(migrate_and_close(service))
        case "seed":
            asyncio.run(seed(service))
        case "republish":
            print(f"{asyncio.run(_republish(service, options.since))} events wait again")  # noqa: T201


def _explain(error: ErrorDetails) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper() or "settings"
    return f"{name}: {error['msg']}"


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=name)
    commands = parser.add_subparsers(dest="command", required=True)
    api = commands.add_parser("api", help="serve the HTTP API")
    worker = commands.add_parser("worker", help="relay events, react to them, keep time; or replay")
    worker.add_argument("task", nargs="?", choices=["run", "replay"], default="run")
    for server, port in ((api, 8000), (worker, 8001)):
        server.add_argument("--port", type=int, default=port)
        server.add_argument("--host", default="0.0.0.0")
    commands.add_parser("migrate", help="bring the database to the newest version")
    commands.add_parser("seed", help="put in what a new installation begins with")
    again = commands.add_parser("republish", help="publish events again, to rebuild a lost stream")
    again.add_argument("--from", dest="since", type=int, default=0, metavar="POSITION")
    return parser
