"""Calls as they are read: one as JSON, lists by phase and by whom they are for."""

from functools import cache

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Text,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from registry.calls.domain import PROCEDURE, Phase, Status
from registry.calls.tables import CallExtensionRow, CallRow
from shared.canonical import canonical_json
from shared.reads import Query, decimal_text, json_object

_NOW = bindparam("now", type_=DateTime(timezone=True))
_PHASE = case(
    (CallRow.status == Status.DRAFT.value, Phase.DRAFT.value),
    (CallRow.status == Status.CANCELLED.value, Phase.CANCELLED.value),
    (CallRow.opens_at > _NOW, Phase.ANNOUNCED.value),
    (CallRow.closes_at >= _NOW, Phase.OPEN.value),
    else_=Phase.CLOSED.value,
)
"""The phase at an instant, as `domain.phase_of` tells it."""
_VISIBLE = or_(bindparam("agency", type_=Boolean), CallRow.status != Status.DRAFT.value)
_HEAD = tuple(
    column
    for column in CallRow.__table__.c
    if column.name
    in {
        *("id", "version", "code", "title", "methodology", "status", "announced_on", "opens_on"),
        *("closes_on", "opens_at", "closes_at", "eligible_kinds", "areas", "capacity", "cancelled_on"),
    }
)
_BY_DAY = (CallRow.__table__.c.listed_on, CallRow.__table__.c.id)


def _moves_of(status: Status) -> ColumnElement[object]:
    return cast(literal(canonical_json(PROCEDURE.allowed(status)).decode(), Text), JSON)


_EXTENSION = tuple(column for column in CallExtensionRow.__table__.c if column.name != "call_id")
_EXTENSIONS = (
    select(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(
                    json_object({column.name: column for column in _EXTENSION}),
                    CallExtensionRow.version,
                )
            ),
            func.json_build_array(),
        )
    )
    .where(CallExtensionRow.call_id == CallRow.id)
    .correlate(CallRow)
    .scalar_subquery()
)
_MEMBERS = {
    **{column.name: column for column in CallRow.__table__.c if column.name != "listed_on"},
    "minimum_points": decimal_text(CallRow.minimum_points),
    "phase": _PHASE,
    "allowed_moves": case(
        *((CallRow.status == each.value, _moves_of(each)) for each in Status),
        else_=_moves_of(Status.CANCELLED),
    ),
    "extensions": _EXTENSIONS,
}
ONE = Query(
    select(cast(json_object(_MEMBERS), Text).label("body"), CallRow.version).where(
        CallRow.id == bindparam("id"), _VISIBLE
    )
)
"""A call as JSON. Its phase changes without a new version: no answer of it is "not modified"."""
EXTENSIONS_UNTIL = Query(
    select(*_EXTENSION)
    .where(
        CallExtensionRow.call_id == bindparam("id"),
        CallExtensionRow.decided_on <= bindparam("day", type_=Date),
    )
    .order_by(CallExtensionRow.version)
)
TAKING = Query(
    select(*_HEAD, _PHASE.label("phase")).where(
        CallRow.status == Status.ANNOUNCED.value, CallRow.opens_at <= _NOW, CallRow.closes_at >= _NOW
    ),
    keys=(CallRow.__table__.c.closes_at, CallRow.__table__.c.id),
)


@cache
def calls(filters: frozenset[str]) -> Query:
    """Return the query for what the caller may read, the latest announced first."""
    conditions: dict[str, ColumnElement[bool]] = {
        "phase": bindparam("phase", type_=Text) == _PHASE,
        "methodology": CallRow.methodology == bindparam("methodology"),
        "eligible_kind": bindparam("eligible_kind", type_=Text) == any_(CallRow.eligible_kinds),
        "area": bindparam("area", type_=Text) == any_(CallRow.areas),
    }
    asked = [condition for name, condition in conditions.items() if name in filters]
    found = select(*_HEAD, _PHASE.label("phase")).where(_VISIBLE, *asked)
    return Query(found, keys=_BY_DAY, descending=True)
