"""The copy of registry's units is the newest word on each, however it was heard."""

from collections.abc import Sequence
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planning.units.tables import UnitRow
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from tests.support.service import ServiceUnderTest
from tests.support.units import ANOTHER_LIFE, LIFE

Told = UnitRegistered | UnitChanged | UnitClosed


async def the_copy(planning: ServiceUnderTest) -> dict[UUID, tuple[object, ...]]:
    query = select(UnitRow.id, UnitRow.version, UnitRow.kind, UnitRow.code, UnitRow.name, UnitRow.valid_until)
    async with planning.resources.engine.connect() as connection:
        return {row.id: tuple(row)[1:] for row in await connection.execute(query)}


def the_newest(events: Sequence[Told]) -> dict[UUID, tuple[object, ...]]:
    return {
        event.unit_id: (event.version, event.kind, event.code, event.name, event.valid_until)
        for event in sorted(events, key=lambda event: event.version)
    }


@settings(max_examples=50)
@given(batches=st.lists(st.lists(st.sampled_from(LIFE + ANOTHER_LIFE), min_size=1), min_size=1, max_size=6))
async def test_events_in_any_order_any_number_of_times_end_in_the_newest_word(
    planning_service: ServiceUnderTest, batches: list[list[Told]]
) -> None:
    await planning_service.empty()
    for batch in batches:
        await planning_service.hear(*batch)
    assert await the_copy(planning_service) == the_newest([event for batch in batches for event in batch])


async def test_the_events_of_a_batch_are_one_statement_whatever_they_tell(planning: ServiceUnderTest) -> None:
    with planning.counted_statements() as statements:
        await planning.hear(*LIFE, *ANOTHER_LIFE, *LIFE)
        assert sum("INSERT INTO unit " in statement for statement in statements) == 1
    assert await the_copy(planning) == the_newest(LIFE + ANOTHER_LIFE)
