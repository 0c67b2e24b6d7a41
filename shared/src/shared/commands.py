"""A service on the command line: `python -m <service> api | worker | migrate | seed | republish`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import asyncpg
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import SQLAlchemyError

from shared.auth import Actor
from shared.database import create_engine
from shared.ids import uuid7
from shared.logs import configure_logs
from shared.migrations import migrate
from shared.reactions import reactions_in
from shared.relay import republish
from shared.resources import open_resources
from shared.service import Service, api_app, run_workers, serve
from shared.settings import Settings, load_settings
from shared.transaction import transaction
from shared.worker import consumers


async def migrate_and_close(service: Service) -> None:
    engine = create_engine(load_settings(service.name), statement_seconds=None)
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
    try:
        _obey(service, settings, options)
    except (OSError, SQLAlchemyError, asyncpg.PostgresError) as error:
        sys.exit(f"{service.name}: {type(error).__name__}: {error}")


def _obey(service: Service, settings: Settings, options: argparse.Namespace) -> None:
    match options.command:
        case "api":
            asyncio.run(serve(api_app([service]), options.port, options.host))
        case "worker" if options.task == "replay":
            print(f"{asyncio.run(replay(service, settings))} dead letters handled")  # noqa: T201
        case "worker":
            asyncio.run(run_workers([service], port=options.port, host=options.host))
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
