"""What a running service holds open: engine for decisions, pool for reads, keys of its issuer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from nats.js import JetStreamContext
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth import IssuerKeys, Verifier
from shared.database import create_engine
from shared.metrics import Metrics
from shared.reads import create_read_pool
from shared.settings import Settings


@dataclass(slots=True, kw_only=True)
class Resources:
    """`js` is there in a worker only: the API takes decisions without the broker."""

    settings: Settings
    engine: AsyncEngine
    pool: asyncpg.Pool
    verifier: Verifier
    metrics: Metrics
    js: JetStreamContext | None = None


@asynccontextmanager
async def open_resources(service: str, settings: Settings) -> AsyncIterator[Resources]:
    engine = create_engine(settings)
    pool = await create_read_pool(settings.database_url, settings.database_pool_size)
    keys = IssuerKeys(settings.oidc_issuer, discovery_url=settings.oidc_discovery_url or None)
    verifier = Verifier(settings.oidc_issuer, settings.oidc_audience, keys)
    try:
        yield Resources(
            settings=settings, engine=engine, pool=pool, verifier=verifier, metrics=Metrics(service)
        )
    finally:
        await pool.close()
        await engine.dispose()
