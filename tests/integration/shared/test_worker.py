"""The worker: it leads, gives up, begins again, and ends when it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import nats
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from registry.app import SERVICE
from shared.auth import Actor
from shared.database import async_url
from shared.metrics import Metrics
from shared.migrations import migrate
from shared.reactions import reactions_in
from shared.transaction import transaction
from shared.worker import run_worker
from tests.integration.shared.conftest import Toy
from tests.support.eventually import eventually
from tests.support.servers import PostgresServer
from tests.support.service import a_database
from tests.support.toy import a_closure


@asynccontextmanager
async def working(toy: Toy) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(run_worker("registry", reactions_in(SERVICE.reactions), (), toy.resources))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        toy.resources.js = None


async def published(toy: Toy) -> None:
    async with transaction(toy.engine, actor=Actor.system("toy"), correlation_id="x") as tx:
        tx.emit(a_closure())

    async def nothing_waits() -> bool:
        return await toy.count("outbox", "published_at IS NULL") == 0

    await eventually("the event was published", nothing_waits)


async def test_a_worker_whose_broker_connection_was_closed_for_good_connects_anew(toy: Toy) -> None:
    async with working(toy):
        await published(toy)
        closed = toy.resources.js
        assert closed is not None
        await closed._nc.close()
        await published(toy)
        assert toy.resources.js is not closed


async def test_a_worker_whose_lock_was_taken_away_leads_again(toy: Toy) -> None:
    async with working(toy):
        await published(toy)
        killed = await toy.column(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        )
        assert killed == [True]
        await published(toy)


async def test_a_second_worker_waits_and_takes_over(toy: Toy) -> None:
    async with working(toy) as first, working(toy):
        await published(toy)
        first.cancel()
        await published(toy)
        ended, _ = await asyncio.wait({first}, timeout=20)
        assert ended == {first}


async def test_metrics_are_there_when_the_broker_is_not(toy: Toy) -> None:
    client = await nats.connect(toy.resources.settings.nats_url)
    away = client.jetstream()
    await client.close()
    page = (await Metrics("planning").render(toy.resources.pool, away)).decode()
    assert "broker_up 0.0" in page
    assert "outbox_depth 0.0" in page


MIGRATION = """
from alembic import op
revision = "{revision}"
down_revision = {before}
def upgrade():
    op.execute("CREATE TABLE IF NOT EXISTS seen (timeout text)")
    op.execute("INSERT INTO seen SELECT current_setting('lock_timeout')")
"""


async def test_each_of_several_migrations_has_the_lock_timeout(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    (tmp_path / "versions").mkdir()
    env = "from shared.migrations import run\nfrom tests.support.toy import METADATA\nrun(METADATA)\n"
    (tmp_path / "env.py").write_text(env)
    for revision, before in (("1", None), ("2", "1"), ("3", "2")):
        body = MIGRATION.format(revision=revision, before=repr(before))
        (tmp_path / "versions" / f"{revision}.py").write_text(body)
    async with a_database(postgres, "migrations") as url:
        engine = create_async_engine(async_url(url))
        await migrate(engine, tmp_path)
        async with engine.connect() as connection:
            assert list(await connection.scalars(text("SELECT timeout FROM seen"))) == ["5s"] * 3
            assert await connection.scalar(text("SELECT current_setting('lock_timeout')")) == "0"
        await engine.dispose()
