"""How the parts of the run are: asked anew for each look at the page."""

import asyncio
import os
from collections.abc import Awaitable, Mapping

import asyncpg
import httpx

from embedded.nats_users import SERVICES

PATIENCE_SECONDS = 2


async def _database(url: str) -> bool:
    connection = await asyncpg.connect(url, timeout=PATIENCE_SECONDS)
    try:
        return bool(await connection.fetchval("SELECT true"))
    finally:
        await connection.close()


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    return (await client.get(url)).is_success


async def _holds(question: Awaitable[bool]) -> bool:
    """Whatever goes wrong while we ask means that the part is not well."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await question
    except (OSError, TimeoutError, httpx.HTTPError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


async def states(base: str, environ: Mapping[str, str] = os.environ) -> dict[str, bool]:
    """Return for each part whether it is well: database, broker, workers, and the four services."""
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False) as client:
        worker = f"http://127.0.0.1:{environ['POSPOLU_WORKER_PORT']}"
        questions = {
            "database": _database(environ["REGISTRY_DATABASE_URL"]),
            "broker": _answers(client, f"{environ['NATS_MONITOR_URL']}/healthz"),
            "worker": _answers(client, f"{worker}/registry/health/ready"),
            **{service: _answers(client, f"{base}/api/{service}/health/ready") for service in SERVICES},
        }
        answers = await asyncio.gather(*(_holds(question) for question in questions.values()))
    return dict(zip(questions, answers, strict=True))
