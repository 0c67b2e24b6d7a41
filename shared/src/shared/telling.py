"""Thousands of events at once: what a statement changed is told by a statement, inside PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime
from types import NoneType
from typing import Final, get_args, get_type_hints
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Insert, Text, Uuid, cast, func, insert, literal, select
from sqlalchemy.dialects.postgresql import TIMESTAMP

from shared.codec import attributes_of
from shared.contracts.base import Event
from shared.database import OUTBOX
from shared.reads import json_object
from shared.transaction import Transaction

PLAIN: Final = frozenset({UUID, int, str, bool, date, NoneType})
"""Types that PostgreSQL writes into JSON exactly as we do; instants and decimals it writes otherwise."""


class NotPlain(TypeError):  # noqa: N818 - the fact that stopped us
    """An event has a field that PostgreSQL would write in another form than we do."""


def telling(tx: Transaction, event: type[Event], rows: CTE, *, order: Sequence[str]) -> Insert:
    """Return the statement that tells an event of each row, in the order of the columns named.

    `rows` has a column for each field of the event. It commits with the transaction, as `emit` does, and
    stands before what is emitted. Raises NotPlain.
    """
    fields = get_type_hints(event)
    names = [name for name in event.__dataclass_fields__ if name in rows.c]
    for name in names:
        if not {*(get_args(fields[name]) or (fields[name],))} <= PLAIN:
            raise NotPlain(f"{event.__name__}.{name}")
    each = select(*rows.c, func.gen_random_uuid(type_=Uuid()).label("event_id")).subquery("each_told")
    aggregate = each.c[event.identity]
    attributes = attributes_of(
        event,
        id=each.c.event_id,
        subject=aggregate,
        time=tx.now,
        correlation_id=tx.correlation_id,
        causation_id=tx.causation_id,
    )
    body = json_object(
        {name: _written(value) for name, value in attributes.items()}
        | {"data": json_object({name: each.c[name] for name in names})}
    )
    told = select(each.c.event_id, aggregate, literal(event.type, Text()), cast(body, Text), _at(tx.now))
    columns = ["event_id", "aggregate_id", "subject", "body", "recorded_at"]
    return insert(OUTBOX).from_select(columns, told.order_by(*(each.c[name] for name in order)))


def _written(value: object) -> ColumnElement[object]:
    return value if isinstance(value, ColumnElement) else literal(value, Text())


def _at(now: datetime) -> ColumnElement[datetime]:
    return literal(now, TIMESTAMP(timezone=True))
