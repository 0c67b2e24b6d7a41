"""Every process of an API has a pulse: work on time that begins before the first request."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert

from shared.clock import Every, EveryOne, time_kept
from shared.ids import uuid7
from shared.service import Service, api_app
from shared.transaction import Transaction
from tests.integration.shared.conftest import Toy
from tests.support.eventually import eventually
from tests.support.toy import EFFECT, METADATA, toys


async def beat(tx: Transaction) -> None:
    id_ = tx.new_id()
    await tx.session.execute(insert(EFFECT).values(unit_id=id_, note=str(id_)))


async def test_work_is_done_before_the_block_begins_and_again_while_it_lasts(toy: Toy) -> None:
    async def three_times() -> bool:
        return await toy.count("effect") >= 3

    async with time_kept(toy.engine, "toy", [Every(3600, beat)]):
        assert await toy.count("effect") == 1
    async with time_kept(toy.engine, "toy", [Every(0.01, beat)]):
        await eventually("the work is done again", three_times)


async def test_work_that_fails_stops_nobody_and_is_tried_again(toy: Toy) -> None:
    tried: list[Transaction] = []

    async def fails_at_first(tx: Transaction) -> None:
        tried.append(tx)
        await beat(tx)
        if len(tried) == 1:
            raise ConnectionError("the database is away")

    async def done() -> bool:
        return await toy.count("effect") > 0

    async with time_kept(toy.engine, "toy", [Every(0.01, fails_at_first)]):
        await eventually("the work is done after all", done)
    assert len(tried) > 1


async def test_work_is_done_for_each_that_is_due_in_a_transaction_of_its_own(toy: Toy) -> None:
    first, broken, last = (uuid7() for _ in range(3))

    async def find(_: Transaction) -> list[UUID]:
        return [first, broken, last]

    async def note(tx: Transaction, one: UUID) -> None:
        await tx.session.execute(insert(EFFECT).values(unit_id=one, note=str(one)))
        if one == broken:
            raise ValueError("of this one alone")

    async with time_kept(toy.engine, "toy", [EveryOne(3600, find, note)]):
        assert set(await toy.column("SELECT unit_id FROM effect")) == {first, last}


async def test_a_fault_inside_the_block_ends_the_work_and_comes_through(toy: Toy) -> None:
    with pytest.raises(ConnectionError, match="the server fell"):
        async with time_kept(toy.engine, "toy", [Every(3600, beat)]):
            raise ConnectionError("the server fell")
    assert await toy.count("effect") == 1


async def test_the_api_of_a_service_has_its_pulse_while_it_serves(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = toy.resources.settings
    for name, value in {
        "POSPOLU_ENVIRONMENT": "development",
        "DATABASE_URL": settings.database_url,
        "NATS_URL": settings.nats_url,
        "NATS_MONITOR_URL": settings.nats_monitor_url,
        "OIDC_ISSUER": "https://identity.test",
    }.items():
        monkeypatch.setenv(name, value)
    service = Service(
        name="toy",
        title="Toy",
        metadata=METADATA,
        migrations=Path(),
        routers=(toys,),
        pulse=(Every(3600, beat),),
    )
    app = api_app([service])
    assert await toy.count("effect") == 0
    async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
        assert await toy.count("effect") == 1
