"""How revisions and steps are read: lists, frozen texts, the revision in force on a day, drafts."""

from functools import cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB

from planning.plans.domain import PUBLIC, PlanStatus
from planning.plans.repository import P, own, visible
from planning.plans.tables import AmendmentRow, RevisionRow, StepRow
from planning.plans.tree_repository import PLAN_ID
from planning.units import repository as units
from planning.units.tables import UnitRow
from shared.reads import Query

R = RevisionRow.__table__
REVISIONS = Query(
    select(R.c.number, R.c.digest, R.c.body, R.c.approved_on, R.c.resolution_number, R.c.recorded_at).where(
        R.c.plan_id == PLAN_ID
    ),
    keys=(R.c.number,),
    descending=True,
)
STEPS = Query(
    select(
        StepRow.id,
        StepRow.status,
        StepRow.revision,
        StepRow.at,
        StepRow.affiliation,
        StepRow.note,
        StepRow.changes,
    )
    .select_from(StepRow)
    .join(P, P.c.id == StepRow.plan_id)
    .where(StepRow.plan_id == PLAN_ID, or_(StepRow.revision <= P.c.revision, own())),
    keys=(StepRow.__table__.c.id,),
)
SNAPSHOT = Query(
    select(R.c.snapshot, R.c.digest).where(
        R.c.plan_id == PLAN_ID, R.c.number == bindparam("number", type_=Integer)
    )
)

A = AmendmentRow.__table__


DRAFT = Query(
    select(
        P.c.id,
        P.c.version,
        P.c.kind,
        A.c.status,
        A.c.revision,
        P.c.revision.label("amends"),
        A.c.reason,
        A.c.title,
        A.c.vision,
        A.c.valid_from,
        A.c.valid_until,
        units.as_json(A.c.unit_ids, whole=True).label("units"),
        A.c.begun_at,
        A.c.changed_at,
        cast(A.c.content, JSON).label("content"),
    )
    .select_from(P)
    .join(A, A.c.plan_id == P.c.id)
    .where(P.c.id == PLAN_ID, own()),
    version="version",
)
"""The draft of a plan's next revision."""


def _text_of(number: ColumnElement[int]) -> ColumnElement[str | None]:
    found = select(R.c.snapshot).where(R.c.plan_id == P.c.id, R.c.number == number)
    return found.correlate(P).scalar_subquery()


_FROM, _TO = bindparam("from_number", type_=Integer), bindparam("to_number", type_=Integer)
COMPARED = Query(
    select(
        P.c.revision,
        func.coalesce(_FROM, P.c.revision).label("from_number"),
        func.coalesce(_TO, P.c.revision).label("to_number"),
        _text_of(func.coalesce(_FROM, P.c.revision)).label("from_text"),
        _text_of(func.coalesce(_TO, P.c.revision)).label("to_text"),
        A.c.revision.label("draft_revision"),
        A.c.title,
        A.c.vision,
        A.c.unit_ids,
        A.c.valid_from,
        A.c.valid_until,
        A.c.content,
    )
    .select_from(P)
    .outerjoin(A, and_(A.c.plan_id == P.c.id, own()))
    .where(P.c.id == PLAN_ID, visible())
)
"""Two revisions (the one in force where none is named) and the draft, as far as the caller may know of it."""
UNIT_NAMES = Query(
    select(UnitRow.id, UnitRow.name).where(UnitRow.id == func.any(bindparam("ids", type_=ARRAY(Uuid))))
)

_DAY = bindparam("day", type_=Date)


def _in_force() -> ColumnElement[bool]:
    """Select, of each plan, the newest revision that was approved until the day."""
    last = (
        select(func.max(R.c.number))
        .where(R.c.plan_id == P.c.id, R.c.approved_on <= _DAY)
        .correlate(P)
        .scalar_subquery()
    )
    return and_(P.c.status.in_(sorted(PUBLIC)), R.c.number == last)


def _status() -> ColumnElement[str]:
    started = exists().where(
        StepRow.plan_id == P.c.id,
        StepRow.revision == R.c.number,
        StepRow.status == PlanStatus.IN_IMPLEMENTATION.value,
        cast(func.timezone("Europe/Prague", StepRow.at), Date) <= _DAY,
    )
    return case(
        (P.c.closed_on <= _DAY, literal(PlanStatus.CLOSED.value)),
        (started, literal(PlanStatus.IN_IMPLEMENTATION.value)),
        else_=literal(PlanStatus.APPROVED.value),
    )


def _said(name: str) -> ColumnElement[object]:
    return cast(R.c.snapshot, JSON)[name]


_HEAD = (
    P.c.id,
    P.c.version,
    P.c.kind,
    _said("title").label("title"),
    _status().label("status"),
    R.c.number.label("revision"),
    _said("valid_from").label("valid_from"),
    _said("valid_until").label("valid_until"),
    _said("units").label("units"),
    P.c.created_at,
    R.c.recorded_at.label("changed_at"),
    cast(null(), JSON).label("draft"),
)
ON_DAY = Query(
    select(*_HEAD, _said("vision").label("vision"), R.c.snapshot)
    .select_from(P)
    .join(R, R.c.plan_id == P.c.id)
    .where(P.c.id == PLAN_ID, _in_force())
)
"""A plan as its revision in force on a day has it."""


@cache
def plans_on_day(*, of_kind: bool, of_status: bool, of_unit: bool) -> Query:
    """Return the query for a list of plans as they were in force on a day, the newest first."""
    found = select(*_HEAD).select_from(P).join(R, R.c.plan_id == P.c.id).where(_in_force())
    if of_kind:
        found = found.where(P.c.kind == bindparam("kind", type_=Text))
    if of_status:
        found = found.where(_status() == bindparam("status", type_=Text))
    if of_unit:
        member = func.jsonb_build_array(
            func.jsonb_build_object(literal("id"), bindparam("unit_id", type_=Uuid))
        )
        found = found.where(cast(_said("units"), JSONB).contains(member))
    return Query(found, keys=(P.c.id,), descending=True)
