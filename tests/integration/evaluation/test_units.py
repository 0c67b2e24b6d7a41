"""The copy of registry's units does not depend on the order of events."""

from datetime import date
from itertools import permutations
from uuid import uuid5

import pytest
from sqlalchemy import select

from evaluation.units.tables import UnitRow
from shared.contracts.registry import UnitChanged
from tests.support.evaluation import a_unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE
from tests.support.units import LIFE, a_unit_told


async def the_copy(evaluation: ServiceUnderTest) -> list[tuple[object, ...]]:
    query = select(UnitRow.id, UnitRow.kind, UnitRow.code, UnitRow.name, UnitRow.valid_until)
    async with evaluation.resources.engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(query)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_the_copy_is_the_last_word_in_whatever_order_the_events_come(
    evaluation: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    for index in order:
        await evaluation.hear(LIFE[index])
    expected = (OBRNICE, "municipality", "567337", "Nové Obrnice", date(2027, 12, 31))
    assert await the_copy(evaluation) == [expected]


async def test_a_closing_that_was_taken_back_by_a_later_change_is_taken_back(
    evaluation: ServiceUnderTest,
) -> None:
    for event in (a_unit_told(UnitChanged, 4), *LIFE):
        await evaluation.hear(event)
    assert await the_copy(evaluation) == [(OBRNICE, "municipality", "567337", "Obrnice", None)]


async def test_a_hundred_registrations_are_one_statement(evaluation: ServiceUnderTest) -> None:
    events = [a_unit_registered(unit_id=uuid5(OBRNICE, str(n)), name=f"Obec {n}") for n in range(100)]
    with evaluation.counted_statements() as statements:
        await evaluation.hear(*events)
        assert sum("INSERT INTO unit " in statement for statement in statements) == 1
    assert len(await the_copy(evaluation)) == 100
