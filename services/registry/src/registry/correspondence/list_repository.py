"""SQL of what is read of correspondence and promises: who may read what, lists, search."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    all_,
    any_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.types import Boolean

from registry.correspondence import promises
from registry.correspondence.promises import PromiseStatus
from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow, PromiseRow
from shared.names import search_text
from shared.reads import Query

_UNITS: Final = (
    select(CorrespondenceUnitRow.unit_id)
    .where(CorrespondenceUnitRow.correspondence_id == CorrespondenceRow.id)
    .order_by(CorrespondenceUnitRow.position)
    .correlate(CorrespondenceRow)
)
UNIT_IDS: Final[ColumnElement[list[UUID]]] = func.array(_UNITS.scalar_subquery(), type_=ARRAY(Uuid))
WHOLE: Final = (
    CorrespondenceRow.id,
    CorrespondenceRow.version,
    UNIT_IDS.label("unit_ids"),
    CorrespondenceRow.occurred_on,
    CorrespondenceRow.direction,
    CorrespondenceRow.channel,
    CorrespondenceRow.subject,
    CorrespondenceRow.summary,
    CorrespondenceRow.contact_ids,
    CorrespondenceRow.others,
    CorrespondenceRow.reference_number,
    CorrespondenceRow.message_id,
    CorrespondenceRow.documents,
    CorrespondenceRow.recorded_by,
    CorrespondenceRow.recorded_at,
)
PROMISE: Final = (
    PromiseRow.id,
    PromiseRow.version,
    PromiseRow.correspondence_id,
    PromiseRow.promised_on,
    PromiseRow.what,
    PromiseRow.side,
    PromiseRow.person,
    PromiseRow.contact_id,
    PromiseRow.due_on,
    PromiseRow.status,
    PromiseRow.settled_on,
    PromiseRow.settlement_note,
)
_MOVES: Final = case(
    *(
        (
            PromiseRow.status == status.value,
            literal_column(f"'{json.dumps(promises.PROCEDURE.allowed(status))}'::json"),
        )
        for status in PromiseStatus
    )
)
_OPEN: Final = PromiseRow.status == PromiseStatus.OPEN.value
_OVERDUE: Final = _OPEN & (PromiseRow.due_on < bindparam("day", type_=Date))
_BY_DAY: Final = (CorrespondenceRow.__table__.c.occurred_on, CorrespondenceRow.__table__.c.id)
_SETTLED: Final = PromiseRow.__table__.c.status != literal_column("'open'")
_DUE: Final = func.coalesce(PromiseRow.due_on, literal_column("DATE '9999-12-31'"), type_=Date())


def visible() -> ColumnElement[bool]:
    """Return whether the caller (`agency`, `units`) may read an entry; internal ones are the Agency's."""
    own = for_unit(CorrespondenceUnitRow.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))))
    return or_(bindparam("agency", type_=Boolean), own & (CorrespondenceRow.direction != "internal"))


def for_unit(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CorrespondenceUnitRow.correspondence_id == CorrespondenceRow.id, which)


_PROMISES: Final = (
    select(
        func.coalesce(
            func.json_agg(literal_column("made ORDER BY made.promised_on, made.id")),
            literal_column("'[]'::json"),
        )
    )
    .select_from(
        select(*PROMISE, _MOVES.label("allowed_moves"))
        .where(PromiseRow.correspondence_id == CorrespondenceRow.id)
        .correlate(CorrespondenceRow)
        .subquery("made")
    )
    .scalar_subquery()
)
ONE: Final = Query(
    select(*WHOLE, _PROMISES.label("promises")).where(
        CorrespondenceRow.id == bindparam("correspondence_id", type_=Uuid), visible()
    ),
    version="version",
)
ONE_PROMISE: Final = Query(
    select(*PROMISE, _MOVES.label("allowed_moves"))
    .join(CorrespondenceRow, CorrespondenceRow.id == PromiseRow.correspondence_id)
    .where(PromiseRow.id == bindparam("promise_id", type_=Uuid), visible()),
    version="version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_unit: bool = False
    by_channel: bool = False
    by_direction: bool = False
    since: bool = False
    until: bool = False
    by_text: bool = False


@cache
def correspondence(filters: Filters) -> Query:
    """Return the query for entries, the latest first; `patterns` are those of `patterns_of`."""
    found: Select[*tuple[object, ...]] = select(*WHOLE).where(visible())
    if filters.of_unit:
        found = found.where(for_unit(CorrespondenceUnitRow.unit_id == bindparam("unit_id", type_=Uuid)))
    if filters.by_channel:
        found = found.where(CorrespondenceRow.channel == bindparam("channel", type_=Text))
    if filters.by_direction:
        found = found.where(CorrespondenceRow.direction == bindparam("direction", type_=Text))
    if filters.since:
        found = found.where(CorrespondenceRow.occurred_on >= bindparam("occurred_from", type_=Date))
    if filters.until:
        found = found.where(CorrespondenceRow.occurred_on <= bindparam("occurred_until", type_=Date))
    if filters.by_text:
        patterns = bindparam("patterns", type_=ARRAY(Text))
        found = found.where(CorrespondenceRow.search_text.like(all_(patterns)))
    return Query(found, keys=_BY_DAY, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFilters:
    """`state` is `open`, `overdue`, `done` or None for all."""

    of_unit: bool = False
    by_side: bool = False
    state: str | None = None
    of_person: bool = False


@cache
def promised(filters: PromiseFilters) -> Query:
    """Return the query for promises: open ones by the day when they are due, then those settled."""
    found: Select[*tuple[object, ...]] = (
        select(
            *PROMISE,
            func.coalesce(_OVERDUE, false()).label("overdue"),
            CorrespondenceRow.subject,
            UNIT_IDS.label("unit_ids"),
        )
        .join(CorrespondenceRow, CorrespondenceRow.id == PromiseRow.correspondence_id)
        .where(visible())
    )
    if filters.of_unit:
        found = found.where(for_unit(CorrespondenceUnitRow.unit_id == bindparam("unit_id", type_=Uuid)))
    if filters.by_side:
        found = found.where(PromiseRow.side == bindparam("side", type_=Text))
    if filters.of_person:
        found = found.where(PromiseRow.person == bindparam("person", type_=Text))
    states = {"open": _OPEN, "overdue": _OVERDUE, "done": ~_OPEN}
    if filters.state is not None:
        found = found.where(states[filters.state])
    return Query(found, keys=(_SETTLED, _DUE, PromiseRow.__table__.c.id))


def patterns_of(q: str) -> list[str]:
    r"""Return the LIKE patterns (escape `\`) of texts that hold every word of `q`, without diacritics."""
    return ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in search_text(q).split()]
