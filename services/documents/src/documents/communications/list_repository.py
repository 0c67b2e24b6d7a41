"""How communication plans, outputs and rules are read; who sees which is decided here."""

from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    ScalarSelect,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by, array
from sqlalchemy.orm import aliased

from documents.communications.kinds import CommunicationKind, OutputState
from documents.communications.tables import (
    CommunicationOutputRow,
    CommunicationPlanRow,
    CommunicationRuleRow,
    CommunicationTargetRow,
)
from documents.files.tables import DocumentRow
from shared.reads import Query, json_object

P: Final = CommunicationPlanRow.__table__.c
T: Final = CommunicationTargetRow.__table__.c
R: Final = CommunicationRuleRow.__table__.c
O: Final = CommunicationOutputRow.__table__.c  # noqa: E741 - the first letter, as of the others
D: Final = DocumentRow.__table__.c
_NOTHING: Final = literal_column("'[]'::json", type_=JSON)
_TODAY: Final = bindparam("today", type_=Date)
_AGENCY: Final = bindparam("agency", type_=Boolean)
_UNITS: Final = bindparam("units", type_=ARRAY(Uuid))
_SEES_PLAN: Final = or_(_AGENCY, CommunicationPlanRow.unit_ids.overlap(_UNITS))
_SEES_OUTPUT: Final = or_(_AGENCY, CommunicationOutputRow.unit_ids.overlap(_UNITS))
_IS_OVERDUE: Final = and_(O.state == OutputState.PLANNED.value, O.due_on < _TODAY)
_PLAN: Final = (
    *(P.id, P.title, P.cooperation_id, P.plan_id, P.project_id, P.unit_ids, P.responsible, P.channels),
    *(P.target_groups, P.valid_from, P.valid_until, P.closed_on, P.version),
)


def _fulfilment() -> ScalarSelect[object]:
    """Return what came of each promise: of the plan itself, or of all plans of its project.

    A plan of a project alone sums its project; communication plans are counted as outputs of it too.
    """
    other = aliased(CommunicationPlanRow, name="other")
    whole = and_(P.project_id.is_not(None), P.cooperation_id.is_(None), P.plan_id.is_(None))
    counted = or_(
        O.communication_plan_id == P.id,
        and_(whole, O.communication_plan_id.in_(select(other.id).where(other.project_id == P.project_id))),
    )

    def count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        return (
            select(func.count())
            .select_from(CommunicationOutputRow)
            .where(O.kind == T.kind, counted, *conditions)
            .correlate(CommunicationTargetRow, CommunicationPlanRow)
            .scalar_subquery()
        )

    plans = (
        select(func.count())
        .select_from(other)
        .where(other.project_id == P.project_id, other.id != P.id)
        .correlate(CommunicationPlanRow)
        .scalar_subquery()
    )
    is_plans = and_(whole, T.kind == CommunicationKind.COMMUNICATION_PLAN.value)
    target = json_object(
        {
            "kind": T.kind,
            "promised": T.promised,
            "done": count(O.state == OutputState.DONE.value) + case((is_plans, plans), else_=0),
            "planned": count(O.state == OutputState.PLANNED.value),
            "overdue": count(_IS_OVERDUE),
        }
    )
    listed = func.coalesce(func.json_agg(aggregate_order_by(target, T.kind), type_=JSON), _NOTHING)
    return select(listed).where(T.plan_id == P.id).correlate(CommunicationPlanRow).scalar_subquery()


_SHOWN_PLAN: Final = (*_PLAN, _fulfilment().label("targets"))


@cache
def plans(*filters: str) -> Query:
    by: dict[str, ColumnElement[bool]] = {
        "unit": CommunicationPlanRow.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
        "project": P.project_id == bindparam("project", type_=Uuid),
        "plan": P.plan_id == bindparam("plan", type_=Uuid),
        "cooperation": P.cooperation_id == bindparam("cooperation", type_=Uuid),
    }
    return Query(
        select(*_SHOWN_PLAN).where(_SEES_PLAN, *(by[name] for name in filters)),
        keys=(P.valid_from, P.id),
        descending=True,
    )


PLAN: Final = Query(
    select(*_SHOWN_PLAN).where(P.id == bindparam("id", type_=Uuid), _SEES_PLAN),
    version="version",
    moves_on=True,
)
_PUBLIC: Final = and_(D.public_number.is_not(None), D.output_id.is_not(None))
_OUTPUT: Final = (
    *(O.id, O.communication_plan_id, O.unit_ids, O.kind, O.title, O.channel, O.target_group, O.responsible),
    *(O.due_on, O.state, O.done_on, O.proof_url, O.document_id, O.note, O.rule_id, O.about_id, O.version),
    R.act,
    _IS_OVERDUE.label("is_overdue"),
    func.coalesce(_PUBLIC, False).label("is_counted_by_programme"),
)
_OUTPUTS: Final = (
    select(*_OUTPUT)
    .select_from(CommunicationOutputRow)
    .outerjoin(CommunicationRuleRow, R.id == O.rule_id)
    .outerjoin(DocumentRow, D.id == O.document_id)
    .where(_SEES_OUTPUT)
)


@cache
def outputs(*filters: str) -> Query:
    """Return outputs by the day on which they are due."""
    by: dict[str, ColumnElement[bool]] = {
        "plan": O.communication_plan_id == bindparam("plan", type_=Uuid),
        "unit": CommunicationOutputRow.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
        "kind": O.kind == bindparam("kind", type_=Text),
        "state": O.state == bindparam("state", type_=Text),
        "due_until": O.due_on <= bindparam("due_until", type_=Date),
        "overdue": _IS_OVERDUE,
    }
    return Query(_OUTPUTS.where(*(by[name] for name in filters)), keys=(O.due_on, O.id))


OUTPUT: Final = Query(_OUTPUTS.where(O.id == bindparam("id", type_=Uuid)), version="version", moves_on=True)
RULES: Final = Query(
    select(R.id, R.act, R.kind, R.title, R.channel, R.target_group, R.working_days, R.is_active, R.version),
    keys=(R.act, R.working_days, R.id),
)
