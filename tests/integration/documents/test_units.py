"""The copy of registry's units."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from documents.units.tables import UnitRow
from shared.contracts.registry import UnitChanged, UnitClosed
from tests.support.documents import MOST, OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest


def changed(version: int, name: str) -> UnitChanged:
    registered = unit_registered(version=version, name=name)
    return UnitChanged(
        version=version,
        unit_id=registered.unit_id,
        kind=registered.kind,
        code=registered.code,
        name=name,
        parent_id=None,
        valid_from=registered.valid_from,
        valid_until=None,
    )


CLOSED = UnitClosed(version=3, unit_id=OBRNICE, valid_until=date(2027, 12, 31))


async def copies(documents: ServiceUnderTest) -> dict[UUID, tuple[str | None, date | None]]:
    async with documents.transaction() as tx:
        rows = (await tx.session.scalars(select(UnitRow))).all()
    return {row.unit_id: (row.name, row.valid_until) for row in rows}


async def test_a_whole_batch_is_copied_by_one_statement(documents: ServiceUnderTest) -> None:
    with documents.counted_statements() as statements:
        await documents.hear(unit_registered(), unit_registered(MOST, name="Most"))
    assert sum("INTO unit" in statement for statement in statements) == 1
    assert await copies(documents) == {OBRNICE: ("Obrnice", None), MOST: ("Most", None)}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1), (0, 1, 2, 1, 0)])
async def test_the_latest_word_on_a_unit_holds_in_whatever_order_it_comes(
    documents: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    events = (unit_registered(), changed(2, "Obrnice nad Bílinou"), CLOSED)
    for place in order:
        await documents.hear(events[place])
    assert await copies(documents) == {OBRNICE: ("Obrnice nad Bílinou", date(2027, 12, 31))}


async def test_a_batch_may_name_a_unit_twice(documents: ServiceUnderTest) -> None:
    await documents.hear(unit_registered(version=2, name="Nová"), unit_registered(version=1, name="Stará"))
    assert await copies(documents) == {OBRNICE: ("Nová", None)}
