"""How rounds of approval are read: lists, one round with its steps, where approvals wait."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from planning.approvals.rounds import LIVE, RoundStatus
from planning.approvals.tables import ApprovalPartyRow, ApprovalStepRow, RoundRow
from planning.partnerships.domain import MemberRole
from planning.partnerships.list_repository import holds_on
from planning.partnerships.tables import MandateRow
from planning.plans.tables import PlanRow
from planning.units import repository as units
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel
from shared.reads import Query, json_object

_ROUND: Final = RoundRow.__table__.c
TODAY: Final = bindparam("today", type_=Date)
_UNITS: Final = bindparam("units", type_=ARRAY(Uuid))
_AGENCY: Final = bindparam("agency", type_=Boolean)
_CALLER: Final = bindparam("caller", type_=Text)
_ROLES: Final = bindparam("roles", type_=ARRAY(Text))
RUNS: Final[ColumnElement[bool]] = _ROUND.status == literal_column(f"'{RoundStatus.RUNNING.value}'", Text)
_ENDED: Final[ColumnElement[bool]] = _ROUND.status.not_in(
    [literal_column(f"'{status.value}'", Text) for status in sorted(LIVE)]
)
_DUE: Final = func.coalesce(_ROUND.due_on, literal_column("DATE '9999-12-31'"), type_=Date())
_HERE: Final = aliased(ApprovalStepRow, name="here")
_AT_HERE: Final = (_HERE.round_id == RoundRow.id) & (_HERE.position == RoundRow.position)


def visible() -> ColumnElement[bool]:
    """Let the Agency and the units of the plan know of how it is decided on."""
    return or_(_AGENCY, RoundRow.unit_ids.bool_op("&&")(_UNITS))


def known_deciders(step: type[ApprovalStepRow]) -> ColumnElement[int | None]:
    """Count who can decide a step as chair or manager of its body with an account; NULL without a body.

    Who submitted the plan or decided another step of the round is not counted. How many people have a
    role is known to the identity provider alone.
    """
    decided = exists().where(
        ApprovalPartyRow.round_id == step.round_id,
        ApprovalPartyRow.position != step.position,
        ApprovalPartyRow.decided_by == MandateRow.person,
    )
    counted = (
        select(func.count(MandateRow.person.distinct()))
        .where(
            MandateRow.body_id == step.body_id,
            MandateRow.role.in_([MemberRole.CHAIR.value, MemberRole.MANAGER.value]),
            holds_on(TODAY),
            MandateRow.person != RoundRow.submitted_by,
            ~decided,
        )
        .correlate(step, RoundRow)
        .scalar_subquery()
    )
    return case((step.body_id.is_not(None), counted))


def _step_here() -> ColumnElement[object]:
    shown = json_object(
        {
            "position": _HERE.position,
            "level": _HERE.level,
            "label_cs": _HERE.label_cs,
            "label_en": _HERE.label_en,
            "opened_on": _HERE.opened_on,
            "due_on": _HERE.due_on,
            "days_pending": TODAY - _HERE.opened_on,
            "escalated_at": _HERE.escalated_at,
            "escalates_to": _HERE.escalates_to,
        }
    )
    return select(shown).where(_AT_HERE, RUNS).correlate(RoundRow).scalar_subquery()


_HEAD: Final = (
    _ROUND.id,
    _ROUND.version,
    _ROUND.plan_id,
    PlanRow.title,
    PlanRow.kind,
    _ROUND.revision,
    _ROUND.number,
    units.as_json(_ROUND.unit_ids).label("units"),
    _ROUND.status,
    (RUNS & (TODAY > _DUE)).label("is_overdue"),
    _step_here().label("step"),
    _ROUND.opened_on,
    _ROUND.quiet_until,
    _ROUND.ended_on,
    _ROUND.reason,
    _ROUND.hindered_by,
)


def _parties() -> ColumnElement[object]:
    party = json_object(
        {
            "unit_id": ApprovalPartyRow.unit_id,
            "decided_on": ApprovalPartyRow.decided_on,
            "affiliation": ApprovalPartyRow.affiliation,
            "body": ApprovalPartyRow.body,
            "reference": ApprovalPartyRow.reference,
            "decision_id": ApprovalPartyRow.decision_id,
            "note": ApprovalPartyRow.note,
            "recorded_at": ApprovalPartyRow.recorded_at,
        }
    )
    here = (ApprovalPartyRow.round_id == ApprovalStepRow.round_id) & (
        ApprovalPartyRow.position == ApprovalStepRow.position
    )
    found = select(func.json_agg(aggregate_order_by(party, ApprovalPartyRow.ordinal))).where(here)
    return found.correlate(ApprovalStepRow).scalar_subquery()


def _steps() -> ColumnElement[object]:
    step = json_object(
        {
            "position": ApprovalStepRow.position,
            "level": ApprovalStepRow.level,
            "label_cs": ApprovalStepRow.label_cs,
            "label_en": ApprovalStepRow.label_en,
            "body_id": ApprovalStepRow.body_id,
            "roles": ApprovalStepRow.roles,
            "working_days": ApprovalStepRow.working_days,
            "escalates_to": ApprovalStepRow.escalates_to,
            "state": ApprovalStepRow.state,
            "opened_on": ApprovalStepRow.opened_on,
            "due_on": ApprovalStepRow.due_on,
            "closed_on": ApprovalStepRow.closed_on,
            "escalated_at": ApprovalStepRow.escalated_at,
            "known_deciders": known_deciders(ApprovalStepRow),
            "parties": _parties(),
        }
    )
    found = select(func.json_agg(aggregate_order_by(step, ApprovalStepRow.position)))
    return found.where(ApprovalStepRow.round_id == RoundRow.id).correlate(RoundRow).scalar_subquery()


def _rounds(*more: ColumnElement[object]) -> Select[*tuple[object, ...]]:
    joined = select(*_HEAD, *more).select_from(RoundRow).join(PlanRow, PlanRow.id == RoundRow.plan_id)
    return joined.where(visible())


ROUND: Final = Query(
    _rounds(_steps().label("steps")).where(RoundRow.id == bindparam("round_id", type_=Uuid)),
    version="version",
    moves_on=True,
)


@cache
def rounds(*, of_plan: bool, of_unit: bool, of_status: bool, overdue: bool, mine: bool) -> Query:
    """Return the query for rounds: those that run first, by the day that they are due."""
    found = _rounds()
    if of_plan:
        found = found.where(RoundRow.plan_id == bindparam("plan_id", type_=Uuid))
    if of_unit:
        found = found.where(bindparam("unit_id", type_=Uuid) == any_(RoundRow.unit_ids))
    if of_status:
        found = found.where(RoundRow.status == bindparam("status", type_=Text))
    if overdue:
        found = found.where(RUNS, TODAY > _DUE)
    if mine:
        found = found.where(_mine())
    return Query(found, keys=(_ENDED, _DUE, _ROUND.id))


def _mine() -> ColumnElement[bool]:
    """Return whether the step waits for the caller, by the rules of `domain.expect_decider`."""
    decided = exists().where(ApprovalPartyRow.round_id == RoundRow.id, ApprovalPartyRow.decided_by == _CALLER)
    by_role = _HERE.roles.bool_op("&&")(_ROLES)
    agency = _HERE.level == ApprovalLevel.AGENCY.value
    led = exists().where(
        MandateRow.body_id == _HERE.body_id,
        MandateRow.person == _CALLER,
        MandateRow.role.in_([MemberRole.CHAIR.value, MemberRole.MANAGER.value]),
        holds_on(TODAY),
    )
    coordinates = bindparam("coordinator", type_=Text, value=Role.COORDINATOR.value) == any_(_ROLES)
    at_agency = agency & _AGENCY & by_role & ~coordinates
    at_home = ~agency & or_(led, by_role & _party_of_caller())
    return (
        RUNS
        & (RoundRow.submitted_by != _CALLER)
        & ~decided
        & exists().where(_AT_HERE, or_(at_agency, at_home))
    )


def _party_of_caller() -> ColumnElement[bool]:
    theirs = or_(
        _AGENCY,
        ApprovalPartyRow.unit_id.is_(None) & RoundRow.unit_ids.bool_op("&&")(_UNITS),
        ApprovalPartyRow.unit_id == any_(_UNITS),
    )
    return exists().where(
        ApprovalPartyRow.round_id == RoundRow.id,
        ApprovalPartyRow.position == RoundRow.position,
        ApprovalPartyRow.decided_by.is_(None),
        theirs,
    )
