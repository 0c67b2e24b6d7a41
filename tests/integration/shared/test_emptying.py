"""Between two tests nothing is left of the first."""

import pytest
from sqlalchemy import text

from registry.journal import use_cases
from tests.support import emptying
from tests.support.journal import Matter, a_decision
from tests.support.registry import ADMINISTRATOR, OBRNICE, unit_json
from tests.support.service import ServiceUnderTest

TABLES = ("journal", "unit", "unit_state", "outbox", "audit")


@pytest.mark.parametrize("big", [emptying.BIG, 0])
async def test_rows_go_past_triggers_and_foreign_keys_and_counting_begins_at_one(
    registry: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, big: int
) -> None:
    monkeypatch.setattr(emptying, "BIG", big)
    assert await first_position(registry) == 1
    assert min(await counts(registry)) > 0
    await registry.empty()
    assert await counts(registry) == [0] * len(TABLES)
    assert await first_position(registry) == 1


async def test_triggers_keep_watch_again_afterwards(registry: ServiceUnderTest) -> None:
    await registry.empty()
    async with registry.transaction() as tx:
        assert await tx.session.scalar(text("SHOW session_replication_role")) == "origin"


async def first_position(registry: ServiceUnderTest) -> int:
    """Register a unit and write a decision about it, which a trigger protects from deletion."""
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/units", json=unit_json())).status_code == 201
    async with registry.transaction(ADMINISTRATOR) as tx:
        await use_cases.record(tx, a_decision(unit_id=OBRNICE, before=None, after=Matter(status="draft")))
        found = await tx.session.scalar(text("SELECT min(position) FROM outbox"))
    return int(found or 0)


async def counts(registry: ServiceUnderTest) -> list[int]:
    async with registry.transaction() as tx:
        return [
            int(await tx.session.scalar(text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608
            for name in TABLES
        ]
