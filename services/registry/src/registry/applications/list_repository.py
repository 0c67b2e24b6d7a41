"""SQL of lists of applications and of published decisions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.types import Boolean, DateTime, Uuid

from registry.applications.register import Line
from registry.applications.repository import COLUMNS, from_read, visible
from registry.applications.steps import Status
from registry.applications.tables import ApplicationRow
from registry.calls.tables import CallRow
from registry.memberships.repository import DAY, inside
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader

_LAST: Final = literal_column("2147483647", Integer)
_NEVER: Final = literal_column("'infinity'::timestamptz", DateTime(timezone=True))
_HEAD: Final = (
    ApplicationRow.id,
    ApplicationRow.version,
    ApplicationRow.number,
    ApplicationRow.call_id,
    CallRow.code.label("call_code"),
    ApplicationRow.unit_id,
    UnitStateRow.name.label("unit_name"),
    ApplicationRow.status,
    ApplicationRow.areas,
    ApplicationRow.received_at,
    ApplicationRow.due_on,
)
_VERDICT: Final = ApplicationRow.verdict
_DECISION: Final = (
    ApplicationRow.id.label("application_id"),
    ApplicationRow.number,
    ApplicationRow.call_id,
    CallRow.code.label("call_code"),
    ApplicationRow.unit_id,
    UnitStateRow.name.label("unit_name"),
    _VERDICT["outcome"].astext.label("outcome"),
    _VERDICT["decided_on"].astext.label("decided_on"),
    _VERDICT["reasons"].astext.label("reasons"),
)


class Due(StrEnum):
    """Whether the deadline that runs is near, or over."""

    SOON = "soon"
    OVERDUE = "overdue"


class Sort(StrEnum):
    NUMBER = "number"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    by_call: bool = False
    by_status: bool = False
    by_unit: bool = False
    by_region: bool = False
    due: Due | None = None


@cache
def applications(filters: Filters, sort: Sort) -> Query:
    """Return the query for heads: drafts come last.

    Parameters: `day` (names and region as on it), `horizon` (until when is soon), `call_id`, `status`,
    `unit_id`, `region`; `agency`, `commission`, `units` of the caller.
    """
    found = _named(select(*_HEAD)).where(_listed())
    if filters.by_call:
        found = found.where(ApplicationRow.call_id == bindparam("call_id", type_=Uuid))
    if filters.by_status:
        found = found.where(ApplicationRow.status == bindparam("status", type_=Text))
    if filters.by_unit:
        found = found.where(ApplicationRow.unit_id == bindparam("unit_id", type_=Uuid))
    if filters.by_region:
        found = found.where(ApplicationRow.unit_id.in_(inside("region", None)))
    if filters.due is Due.OVERDUE:
        found = found.where(ApplicationRow.due_on < DAY)
    elif filters.due is Due.SOON:
        found = found.where(ApplicationRow.due_on.between(DAY, bindparam("horizon", type_=Date)))
    return Query(found, keys=_KEYS[sort])


@cache
def decisions(*, by_call: bool, by_unit: bool, by_outcome: bool) -> Query:
    """Return the query for published decisions, by the names of units in Czech order."""
    found = _named(select(*_DECISION)).where(
        _VERDICT.is_not(None), ApplicationRow.status != Status.WITHDRAWN.value
    )
    if by_call:
        found = found.where(ApplicationRow.call_id == bindparam("call_id", type_=Uuid))
    if by_unit:
        found = found.where(ApplicationRow.unit_id == bindparam("unit_id", type_=Uuid))
    if by_outcome:
        found = found.where(_VERDICT["outcome"].astext == bindparam("outcome", type_=Text))
    return Query(found, keys=(UnitStateRow.__table__.c.sort_key, ApplicationRow.__table__.c.id))


_KEYS: Final = {
    Sort.NUMBER: (
        CallRow.__table__.c.code,
        func.coalesce(ApplicationRow.ordinal, _LAST),
        ApplicationRow.__table__.c.id,
    ),
    Sort.RECEIVED: (
        func.coalesce(ApplicationRow.received_at, _NEVER),
        ApplicationRow.__table__.c.id,
    ),
}


def _listed() -> ColumnElement[bool]:
    """Add for members of a commission what is being evaluated: heads, nothing of the content."""
    evaluated = ApplicationRow.status == Status.IN_EVALUATION.value
    return or_(visible(), bindparam("commission", type_=Boolean) & evaluated)


def _named(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    return (
        found.select_from(ApplicationRow)
        .join(CallRow, CallRow.id == ApplicationRow.call_id)
        .join(UnitStateRow, (UnitStateRow.unit_id == ApplicationRow.unit_id) & named_on(UnitStateRow, DAY))
    )


OF_CALL: Final = Query(
    _named(select(*COLUMNS, UnitStateRow.code.label("unit_code"), UnitStateRow.name.label("unit_name")))
    .where(ApplicationRow.call_id == bindparam("call_id", type_=Uuid))
    .order_by(func.coalesce(ApplicationRow.ordinal, _LAST), ApplicationRow.id)
)
"""All applications of a call, whole, in the order of their numbers."""


async def register(reads: Reader, call_id: UUID, *, day: date) -> list[Line]:
    return [
        Line(application=from_read(dict(row)), unit_code=row["unit_code"], unit_name=row["unit_name"])
        for row in await reads.rows(OF_CALL, call_id=call_id, day=day)
    ]
