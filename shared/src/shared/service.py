"""What a service is made of, and how its API and its worker are run."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import uvicorn
from fastapi import APIRouter
from sqlalchemy import MetaData
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from shared.clock import Timed, time_kept
from shared.http.app import create_app
from shared.reactions import reactions_in
from shared.resources import Resources, open_resources
from shared.settings import load_settings
from shared.transaction import Transaction
from shared.worker import run_worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """All that makes up a service; each declares one in its `app.py`.

    The one worker that leads keeps the `clock`; every process of the API has a `pulse`.
    """

    name: str
    title: str
    metadata: MetaData
    migrations: Path
    routers: Sequence[APIRouter]
    reactions: Sequence[ModuleType] = ()
    clock: Sequence[Timed] = ()
    pulse: Sequence[Timed] = ()
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
            for service in services:
                engine = apps[service.name].state.resources.engine
                await stack.enter_async_context(time_kept(engine, service.name, service.pulse))
            yield

    mounts = [Mount(f"/api/{name}", app) for name, app in apps.items()]
    return Starlette(routes=[*mounts, *also], lifespan=lifespan)


async def run_workers(services: Sequence[Service], *, port: int, host: str = "0.0.0.0") -> None:
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
            await serve(_health_of(services, opened), port, host)
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
    _spare_the_collector()
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=10
    )
    await _Server(config).serve()


def _spare_the_collector() -> None:
    """Take what stands now out of the collector's rounds, and let it come by less often.

    A large import makes a million objects that all live on: a third of its time went into looking at them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
