"""The copy of registry's units."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from documents.units.tables import UnitRow
from tests.support.documents import MOST, OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.units import LIFE


async def copies(documents: ServiceUnderTest) -> dict[UUID, tuple[str, date | None]]:
    async with documents.transaction() as tx:
        rows = (await tx.session.scalars(select(UnitRow))).all()
    return {row.id: (row.name, row.valid_until) for row in rows}


async def test_a_whole_batch_is_copied_by_one_statement(documents: ServiceUnderTest) -> None:
    with documents.counted_statements() as statements:
        await documents.hear(*LIFE, unit_registered(MOST, name="Most"))
        assert sum("INTO unit" in statement for statement in statements) == 1
    assert await copies(documents) == {OBRNICE: ("Nové Obrnice", date(2027, 12, 31)), MOST: ("Most", None)}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1), (0, 1, 2, 1, 0)])
async def test_the_latest_word_on_a_unit_holds_in_whatever_order_it_comes(
    documents: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    for place in order:
        await documents.hear(LIFE[place])
    assert await copies(documents) == {OBRNICE: ("Nové Obrnice", date(2027, 12, 31))}
