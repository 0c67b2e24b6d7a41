"""Registry's copy of plans: the newest approval and the newest state, whatever the order of events."""

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import select

from registry.plans.tables import PlanRow
from shared.contracts.base import Event
from shared.contracts.planning import ImplementationStarted, PlanApproved, PlanClosed, PlanKind
from tests.support.service import ServiceUnderTest

PLAN = UUID("01900000-0000-7000-8000-000000000001")
TOWN = UUID("01900000-0000-7000-8000-0000000000aa")
NEIGHBOUR = UUID("01900000-0000-7000-8000-0000000000bb")


def approved(version: int, **changes: object) -> PlanApproved:
    facts: dict[str, object] = {
        "plan_id": PLAN,
        "version": version,
        "revision": 1,
        "kind": PlanKind.PSZ,
        "title": "Plán sociálního začleňování",
        "unit_ids": (TOWN,),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2028, 12, 31),
        "body": "zastupitelstvo",
        "approved_on": date(2025, 12, 10),
        "resolution_number": "12/2025",
        "digest": "0" * 64,
        "indicators": (),
    }
    return PlanApproved(**{**facts, **changes})  # type: ignore[arg-type]


def started(version: int) -> ImplementationStarted:
    return ImplementationStarted(plan_id=PLAN, version=version, revision=1, unit_ids=(TOWN,))


def closed(version: int) -> PlanClosed:
    return PlanClosed(
        plan_id=PLAN,
        version=version,
        revision=1,
        unit_ids=(TOWN,),
        closed_on=date(2027, 6, 30),
        reason="Nový plán",
    )


async def copied(registry: ServiceUnderTest) -> list[tuple[object, ...]]:
    async with registry.resources.engine.connect() as connection:
        row = PlanRow
        found = await connection.execute(
            select(row.title, row.revision, row.state, row.closed_on, row.approved_version, row.unit_ids)
        )
    return [tuple(each) for each in found]


async def test_an_approved_plan_is_copied(registry: ServiceUnderTest) -> None:
    await registry.hear(approved(3))

    assert await copied(registry) == [("Plán sociálního začleňování", 1, "approved", None, 3, [TOWN])]


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_the_order_of_events_does_not_matter(
    registry: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    events: list[Event] = [
        approved(3),
        started(4),
        approved(7, revision=2, title="Plán po změně", unit_ids=(TOWN, NEIGHBOUR)),
        closed(9),
    ]
    for place in order:
        await registry.hear(events[place])

    assert await copied(registry) == [("Plán po změně", 2, "closed", date(2027, 6, 30), 7, [TOWN, NEIGHBOUR])]


async def test_a_whole_batch_leaves_the_newest(registry: ServiceUnderTest) -> None:
    await registry.hear(started(4), approved(3), approved(5, revision=2), started(6))

    ((_, revision, state, *_),) = await copied(registry)
    assert (revision, state) == (2, "in-implementation")


async def test_a_state_that_comes_before_the_approval_waits_for_it(registry: ServiceUnderTest) -> None:
    await registry.hear(started(4))
    before = await copied(registry)
    await registry.hear(approved(3))

    assert before == [(None, 1, "in-implementation", None, 0, [TOWN])]
    assert await copied(registry) == [
        ("Plán sociálního začleňování", 1, "in-implementation", None, 3, [TOWN])
    ]
