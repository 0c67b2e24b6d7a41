"""Keys of a cursor are held to their columns before PostgreSQL is asked."""

import pytest
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid, select

from shared.reads import Query

SEEN_AT = "2026-11-23 07:14:56.123456+00"
ID = "0191a2b3-0000-7000-8000-000000000001"
THINGS = Table(
    "thing",
    MetaData(),
    Column("name", Text),
    Column("place", Integer),
    Column("due_on", Date),
    Column("seen_at", DateTime(timezone=True)),
    Column("id", Uuid),
)
LIST = Query(select(THINGS.c.name), keys=tuple(THINGS.c))


@pytest.mark.parametrize("due_on", ["2026-11-23", "infinity"])
def test_keys_of_a_row_fit(due_on: str) -> None:
    assert LIST.keys_fit(["Most", "-3", due_on, SEEN_AT, ID])


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["Most"],
        ["Most", "3", "2026-11-23", SEEN_AT, "not a uuid"],
        ["Most", "three", "2026-11-23", SEEN_AT, ID],
        ["Most", "3", "2026-02-30", SEEN_AT, ID],
        ["Most", "3", "2026-11-23", "soon", ID],
        ["Most", "infinity", "2026-11-23", SEEN_AT, ID],
        ["Most", "3", "2026-11-23", SEEN_AT, ID, ID],
    ],
)
def test_other_keys_do_not(keys: list[str]) -> None:
    assert not LIST.keys_fit(keys)
