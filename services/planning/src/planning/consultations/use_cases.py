"""What is done with consultations: load, decide, save, tell."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from planning.consultations import moves, repository
from planning.consultations.domain import (
    Consultation,
    ConsultationMove,
    Hearing,
    expect_allows,
    expect_window,
)
from planning.consultations.freezing import FrozenDraft, freeze
from planning.consultations.refusals import (
    ConsultationNotYours,
    ConsultationUnderWay,
    ConsultationUnknown,
    DraftIsEmpty,
    NothingToConsult,
)
from planning.plans.amending import concerned
from planning.plans.domain import EDITABLE, Plan, PlanStatus
from planning.plans.refusals import PlanUnknown, UnitNotYours, standing
from planning.plans.revision_use_cases import edition_of_work, load_visible
from planning.units import repository as units
from shared.errors import expect_version
from shared.transaction import Transaction

_AT_WORK = EDITABLE | {PlanStatus.SUBMITTED}


async def prepare_consultation(tx: Transaction, wanted: Consultation) -> Consultation:
    """Begin a consultation of the draft that is being worked on. Raises ConsultationUnderWay."""
    plan = await _load_plan(tx, wanted.plan_id)
    if await repository.is_under_way(tx.session, plan.id):
        raise ConsultationUnderWay
    prepared = expect_window(replace(wanted, revision=plan.working.revision, unit_ids=plan.working.unit_ids))
    await repository.add(tx.session, prepared, now=tx.now)
    return prepared


async def change_consultation(tx: Transaction, wanted: Consultation, *, expected: int) -> Consultation:
    """Say all of it anew, while it is being prepared."""
    before = await load_own(tx, wanted.id, expected)
    kept = replace(wanted, plan_id=before.plan_id, revision=before.revision, unit_ids=before.unit_ids)
    return await _keep(tx, moves.change(before, kept, now=tx.now))


async def open_consultation(tx: Transaction, consultation_id: UUID, *, expected: int) -> Consultation:
    """Freeze the draft as it stands and put it before the public."""
    plan_id = await repository.plan_of(tx.session, consultation_id)
    if plan_id is None:
        raise ConsultationUnknown
    try:
        plan = await _load_plan(tx, plan_id)
    except (PlanUnknown, UnitNotYours):
        raise ConsultationUnknown from None
    before = await load_own(tx, consultation_id, expected)
    expect_allows(before, ConsultationMove.OPENING, now=tx.now)
    frozen = await _freeze(tx, plan)
    opened, event = moves.open_up(before, frozen, now=tx.now)
    await repository.save_opened(tx.session, opened, frozen, now=tx.now)
    tx.emit(event)
    return opened


async def prolong_consultation(
    tx: Transaction, consultation_id: UUID, *, closes_at: datetime, reason: str, expected: int
) -> Consultation:
    before = await load_own(tx, consultation_id, expected)
    return await _keep(tx, moves.prolong(before, closes_at, reason=reason, now=tx.now))


async def cancel_consultation(
    tx: Transaction, consultation_id: UUID, *, reason: str, expected: int
) -> Consultation:
    before = await load_own(tx, consultation_id, expected)
    return await _keep(tx, moves.cancel(before, reason=reason, now=tx.now))


async def record_hearing(
    tx: Transaction, consultation_id: UUID, hearing: Hearing | None, *, expected: int
) -> Consultation:
    before = await load_own(tx, consultation_id, expected)
    return await _keep(tx, moves.record_hearing(before, hearing, now=tx.now))


async def load_own(tx: Transaction, consultation_id: UUID, expected: int | None = None) -> Consultation:
    """Lock a consultation to decide on it; one of another town that is not public does not exist.

    Without `expected` the version is not looked at: what is decided hangs on the consultation.
    """
    found = expect_own(tx, await repository.lock(tx.session, consultation_id))
    if expected is not None:
        expect_version(expected, found.version)
    return found


def expect_own(tx: Transaction, found: Consultation | None) -> Consultation:
    """Raise ConsultationUnknown, or ConsultationNotYours for a public one of another town."""
    if found is None or not (found.is_public or tx.actor.may_see(found.unit_ids)):
        raise ConsultationUnknown
    if not tx.actor.may_see(found.unit_ids):
        raise ConsultationNotYours
    return found


async def _load_plan(tx: Transaction, plan_id: UUID) -> Plan:
    """Lock the plan; raises PlanUnknown, UnitNotYours, NothingToConsult."""
    plan = await load_visible(tx, plan_id)
    if not tx.actor.may_see(concerned(plan)):
        raise UnitNotYours
    if plan.working.status not in _AT_WORK:
        raise NothingToConsult(**standing(plan.working.status))
    return plan


async def _freeze(tx: Transaction, plan: Plan) -> FrozenDraft:
    edition = await edition_of_work(tx, plan)
    frozen = freeze(
        edition,
        plan_id=plan.id,
        revision=plan.working.revision,
        kind=plan.kind,
        units=await units.describe(tx.session, edition.unit_ids),
    )
    if not frozen.nodes:
        raise DraftIsEmpty
    return frozen


async def _keep(tx: Transaction, consultation: Consultation) -> Consultation:
    await repository.save(tx.session, consultation, now=tx.now)
    return consultation
