"""What is read of consultations: who may know of one is decided here, in SQL."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    or_,
    select,
)

from planning.consultations.domain import ConsultationStatus as Status
from planning.consultations.tables import ConsultationRow
from planning.plans.tables import PlanRow
from planning.units import repository as units
from shared.reads import Query, json_object

C: Final = ConsultationRow.__table__.c
NOW: Final = bindparam("now", type_=DateTime(timezone=True))
CONSULTATION_ID: Final = bindparam("consultation_id", type_=Uuid)


def _of_units(name: str) -> ColumnElement[bool]:
    """Return whether the consultation is held by one of the units in the parameter."""
    return C.unit_ids.bool_op("&&")(bindparam(name, type_=ARRAY(Uuid)))


def own() -> ColumnElement[bool]:
    """Let the Agency and its own units know of all (`agency`, `units`)."""
    return or_(bindparam("agency", type_=Boolean), _of_units("units"))


def visible() -> ColumnElement[bool]:
    """Let everybody know of one that was opened, also when it was cancelled later."""
    return or_(C.opened_at.is_not(None), own())


def status() -> ColumnElement[str]:
    """Return where the consultation stands at `now`."""
    return case(
        (C.status != Status.OPEN.value, C.status),
        (C.opens_at > NOW, Status.ANNOUNCED.value),
        (C.closes_at > NOW, Status.OPEN.value),
        else_=Status.CLOSED.value,
    )


def _hearing() -> ColumnElement[object]:
    shown = json_object({"held_at": C.hearing_at, "place": C.hearing_place, "minutes": C.hearing_minutes})
    return case((C.hearing_at.is_not(None), shown))


_HEAD: Final = (
    C.id,
    C.version,
    C.plan_id,
    PlanRow.kind.label("plan_kind"),
    C.revision,
    units.as_json(C.unit_ids).label("units"),
    C.title,
    status().label("status"),
    C.opens_at,
    C.closes_at,
    C.settle_by_on,
    C.last_number.label("comments"),
    C.digest,
    C.opened_at,
    C.settled_at,
    C.published_at,
)
_WHOLE: Final = (
    *_HEAD,
    C.deadline_rule,
    C.channels,
    C.form_required,
    C.contact,
    C.paper_place,
    C.instructions,
    _hearing().label("hearing"),
    C.prolongations,
    C.cancel_reason,
)


def _known(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    joined = found.select_from(ConsultationRow).join(PlanRow, PlanRow.id == C.plan_id)
    return joined.where(visible())


CONSULTATION: Final = Query(
    _known(select(*_WHOLE)).where(C.id == CONSULTATION_ID), version="version", moves_on=True
)
DRAFT: Final = Query(select(C.content, C.digest).where(C.id == CONSULTATION_ID, C.content.is_not(None)))
"""The frozen draft."""
KNOWN: Final = Query(
    select(C.id, C.title, own().label("own"), status().label("status")).where(
        C.id == CONSULTATION_ID, visible()
    )
)
"""Whether the caller may know of a consultation, and belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_plan: bool = False
    of_unit: bool = False
    of_status: bool = False


@cache
def consultations(filters: Filters) -> Query:
    """Return the query for consultations, the one that closes last first."""
    found = _known(select(*_HEAD))
    if filters.of_plan:
        found = found.where(C.plan_id == bindparam("plan_id", type_=Uuid))
    if filters.of_unit:
        found = found.where(_of_units("of_units"))
    if filters.of_status:
        found = found.where(status() == bindparam("status", type_=Text))
    return Query(found, keys=(C.closes_at, C.id), descending=True)
