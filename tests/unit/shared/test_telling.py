"""What a statement tells inside PostgreSQL must be written as we write it; other types are refused."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import CTE, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.base import Event
from shared.contracts.evaluation import ObligationDue
from shared.telling import NotPlain, telling
from shared.transaction import Transaction
from tests.support.tokens import an_actor


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Event):
    type: ClassVar[str] = "evaluation.thing.told.v1"
    identity: ClassVar[str] = "thing_id"

    thing_id: UUID
    on: date | None = None
    at: datetime | None = None
    amount: Decimal | None = None
    units: tuple[UUID, ...] = ()
    colour: Colour = Colour.RED


TX = Transaction(
    session=AsyncSession(),
    now=datetime(2026, 1, 1, tzinfo=UTC),
    actor=an_actor(),
    correlation_id="test",
)


def rows_with(*names: str) -> CTE:
    return select(*(literal("1").label(name) for name in ("version", "thing_id", *names))).cte("rows")


@pytest.mark.parametrize("name", ["at", "amount", "units", "colour"])
def test_a_field_that_postgresql_writes_in_another_form_is_refused(name: str) -> None:
    with pytest.raises(NotPlain, match=f"^Told.{name}$"):
        telling(TX, Told, rows_with(name), order=["thing_id"])


def test_days_ids_numbers_and_texts_are_told_and_a_field_that_is_left_out_does_not_matter() -> None:
    told = telling(TX, Told, rows_with("on"), order=["on"])
    assert "ORDER BY" in str(told)
    rows = select(*(literal("1").label(name) for name in ObligationDue.__dataclass_fields__)).cte("rows")
    assert telling(TX, ObligationDue, rows, order=["due_on"]) is not None
