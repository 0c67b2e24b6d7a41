"""How evidence is read: lists with what needs an answer first, one link, its steps."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from planning.evidence.domain import Freshness
from planning.evidence.tables import EvidenceRow, EvidenceStepRow
from planning.plans.domain import PUBLIC
from planning.plans.repository import P, own
from planning.plans.tables import AmendmentRow, NodeRow, PlanUnitRow
from planning.units.tables import UnitRow
from shared.reads import Query, decimal_text

E = EvidenceRow.__table__
_GRAVEST_FIRST: Final = (
    Freshness.AMBER,
    Freshness.WITHDRAWN,
    Freshness.UNKNOWN,
    Freshness.NEWER,
    Freshness.FRESH,
)
_RANK: Final = case(
    {state.value: rank for rank, state in enumerate(_GRAVEST_FIRST)},
    value=E.c.state,
    else_=len(_GRAVEST_FIRST),
)


def _drafted() -> FromClause:
    """Find the problem in the draft of the plan's next revision, for who may know of it."""
    problems = cast(AmendmentRow.content, JSONB)["problems"]
    problem = func.jsonb_array_elements(problems).table_valued(column("value", JSONB), name="problem")
    drafted = problem.c.value
    return (
        select(drafted["number"].as_string().label("number"), drafted["title"].as_string().label("title"))
        .select_from(AmendmentRow)
        .join(problem, true())
        .where(
            AmendmentRow.plan_id == E.c.plan_id,
            drafted["id"].as_string() == cast(E.c.node_id, Text),
            own(),
        )
        .correlate(E, P)
        .lateral("drafted")
    )


def _found() -> Select[*tuple[object, ...]]:
    """Select links of problems that are in a plan the caller may know of, or in a draft of his own."""
    drafted = _drafted()
    in_force = and_(NodeRow.id.is_not(None), or_(P.c.status.in_(sorted(PUBLIC)), own()))
    return (
        select(
            E.c.id,
            E.c.version,
            E.c.plan_id,
            P.c.title.label("plan_title"),
            E.c.node_id,
            func.coalesce(NodeRow.number, drafted.c.number).label("node_number"),
            func.coalesce(NodeRow.title, drafted.c.title).label("node_title"),
            E.c.measure,
            E.c.title,
            E.c.unit_id,
            UnitRow.name.label("unit_name"),
            E.c.series,
            E.c.period,
            E.c.vintage,
            E.c.method,
            decimal_text(E.c.value).label("value"),
            E.c.url,
            E.c.document_id,
            E.c.claim,
            decimal_text(E.c.at_least).label("at_least"),
            decimal_text(E.c.at_most).label("at_most"),
            decimal_text(E.c.tolerance_percent).label("tolerance_percent"),
            E.c.state,
            E.c.reason_cs,
            E.c.reason_en,
            decimal_text(E.c.current_value).label("current_value"),
            E.c.current_from,
            E.c.current_vintage,
            E.c.checked_at,
            E.c.created_at,
            E.c.changed_at,
        )
        .select_from(E)
        .join(P, P.c.id == E.c.plan_id)
        .outerjoin(NodeRow, and_(NodeRow.plan_id == E.c.plan_id, NodeRow.id == E.c.node_id))
        .outerjoin(UnitRow, UnitRow.id == E.c.unit_id)
        .outerjoin(drafted, true())
        .where(E.c.removed_on.is_(None), or_(in_force, drafted.c.number.is_not(None)))
    )


def _filters() -> dict[str, ColumnElement[bool]]:
    of_unit = exists().where(
        PlanUnitRow.plan_id == E.c.plan_id, PlanUnitRow.unit_id == bindparam("unit", type_=Uuid)
    )
    return {
        "state": E.c.state == bindparam("state", type_=Text),
        "unit": of_unit,
        "plan": E.c.plan_id == bindparam("plan", type_=Uuid),
        "node": E.c.node_id == bindparam("node", type_=Uuid),
        "series": E.c.series == bindparam("series", type_=Text),
    }


@cache
def links(asked: frozenset[str]) -> Query:
    """Return the query for links by the filters that were given: amber first, then the oldest."""
    conditions = _filters()
    found = _found().where(*(conditions[name] for name in sorted(asked)))
    return Query(found, keys=(cast(_RANK, Integer), E.c.id))


ONE: Final = Query(_found().where(E.c.id == bindparam("evidence_id", type_=Uuid)), version="version")
OWN: Final = Query(
    select(E.c.id).join(P, P.c.id == E.c.plan_id).where(E.c.id == bindparam("evidence_id", type_=Uuid), own())
)
"""Whether a link is of the caller's own, also one that was removed or whose problem left the plan."""
S = EvidenceStepRow.__table__
STEPS: Final = Query(
    select(
        S.c.version,
        S.c.kind,
        S.c.state,
        S.c.reason_cs,
        S.c.reason_en,
        S.c.citation,
        S.c.note,
        S.c.affiliation,
        S.c.at,
    ).where(S.c.evidence_id == bindparam("evidence_id", type_=Uuid)),
    keys=(S.c.version,),
)
