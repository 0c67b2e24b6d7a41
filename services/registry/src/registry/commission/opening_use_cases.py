"""An assessment is opened over all applications of a call, and reinforced by replacements."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from registry.applications import use_cases as applications
from registry.applications.domain import Application
from registry.applications.domain import Status as ApplicationStatus
from registry.applications.repository import lock_of_call
from registry.averages import repository as averages
from registry.averages.domain import Asked, Averaging, EditionUsed, Missing, Municipality
from registry.averages.use_cases import average_index
from registry.calls import repository as calls
from registry.calls.domain import Call, CallUnknown
from registry.commission import repository, score_repository
from registry.commission.assessing import (
    Assessment,
    Move,
    Officer,
    Status,
    assessor_on,
    expect_officer,
    take_part,
)
from registry.commission.domain import Commission, Duty
from registry.commission.refusals import (
    ApplicationsAwaitFormalCheck,
    CallAssessedAlready,
    CallStillTakesApplications,
    CommissionIncomplete,
    NothingToAssess,
    NotSeatedAsMember,
    QuorumTooHigh,
)
from registry.commission.score_repository import Applicant
from registry.commission.scoring import highest_total
from registry.commission.sheet import Sheet
from registry.commission.use_cases import known, locked_commission, note_assessment
from registry.confirmations.repository import named_units
from registry.journal.use_cases import decision_day
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from shared.days import day_of, end_of
from shared.errors import Refusal
from shared.transaction import Transaction

_FIRST_YEAR: Final = 2000


async def open_assessment(
    tx: Transaction,
    *,
    call_id: UUID,
    commission_id: UUID,
    quorum: int | None,
    spread_alarm: Decimal | None,
    on: date | None,
) -> Assessment:
    """Give all formally correct applications of a closed call to the commission as it sits that day.

    Raises CallStillTakesApplications, ApplicationsAwaitFormalCheck, NothingToAssess,
    CommissionIncomplete, QuorumTooHigh, CallAssessedAlready.
    """
    opened_on = decision_day(tx, on)
    call = await calls.load(tx.session, call_id, lock=True)
    if call is None:
        raise CallUnknown
    closed_on = _expect_closed(call, tx, opened_on)
    commission = await locked_commission(tx, commission_id, None)
    assessment = _assessment(tx, call, commission, opened_on=opened_on, quorum=quorum, alarm=spread_alarm)
    await _expect_all_checked(tx, call_id)
    found = await lock_of_call(tx.session, call_id, ApplicationStatus.FORMALLY_CORRECT)
    if not await repository.add(tx.session, assessment):
        raise CallAssessedAlready
    if not found:
        raise NothingToAssess
    await score_repository.add_applicants(
        tx.session, assessment.id, await _applicants(tx, found, closed_on=closed_on)
    )
    await score_repository.add_sheets(
        tx.session,
        (
            _blank(tx, assessment, each.id, each.unit_id, person.person)
            for each in found
            for person in assessment.assessors
        ),
    )
    await applications.open_evaluation(tx, [each.id for each in found], opened_on)
    await note_assessment(tx, None, assessment, action="open", on=opened_on)
    return assessment


async def reinforce(
    tx: Transaction, assessment_id: UUID, *, person: str, reason: str, expected: int
) -> Assessment:
    """Let somebody who took a seat later take part: a member scores, a chair or secretary takes over.

    Raises NotSeatedAsMember, AlreadyAssesses.
    """
    assessment = await known(tx, assessment_id, expected)
    assessment.expect(Move.REINFORCE)
    is_director = tx.actor.has_any([Role.DIRECTOR])
    expect_officer(assessment, tx.actor.id, *Officer, is_director=is_director)
    commission = await locked_commission(tx, assessment.commission_id, None)
    seat = next((seat for seat in commission.seated_on(tx.today) if seat.person == person), None)
    if seat is None:
        raise NotSeatedAsMember(standing=assessment.facts, rule="reinforce-only-by-seated-members")
    changed = take_part(assessment, seat)
    if person not in {each.person for each in assessment.assessors} and seat.duty is not Duty.SECRETARY:
        await _give_sheets(tx, changed, person)
    else:
        await repository.save_chair(tx.session, changed)
    await repository.save(tx.session, changed)
    await note_assessment(tx, assessment, changed, action="reinforce", on=tx.today, reason=reason)
    return changed


async def _give_sheets(tx: Transaction, assessment: Assessment, person: str) -> None:
    """Give a newcomer sheets of all that was not withdrawn; what was revealed is hidden again until then."""
    await repository.save_chair(tx.session, assessment)
    await repository.add_assessors(
        tx.session, assessment.id, [each for each in assessment.assessors if each.person == person]
    )
    found = await score_repository.applicants(tx.session, assessment.id)
    await score_repository.add_sheets(
        tx.session,
        (_blank(tx, assessment, each.application_id, each.unit_id, person) for each in found if each.is_live),
    )


def _expect_closed(call: Call, tx: Transaction, opened_on: date) -> date:
    if call.closes_at is None or min(tx.now, end_of(opened_on)) <= call.closes_at:
        raise CallStillTakesApplications(closes_at=call.closes_at or "–", rule="assess-after-intake")
    return day_of(call.closes_at)


async def _expect_all_checked(tx: Transaction, call_id: UUID) -> None:
    """Raise ApplicationsAwaitFormalCheck: who comes later could not be ranked among the others."""
    found = await lock_of_call(tx.session, call_id, ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED)
    if found:
        numbers = ", ".join(sorted(str(each.number) for each in found))
        raise ApplicationsAwaitFormalCheck(numbers=numbers, rule="check-before-assessment")


def _assessment(
    tx: Transaction,
    call: Call,
    commission: Commission,
    *,
    opened_on: date,
    quorum: int | None,
    alarm: Decimal | None,
) -> Assessment:
    seats = commission.seated_on(opened_on)
    secretary = next((seat for seat in seats if seat.duty is Duty.SECRETARY), None)
    assessors = tuple(assessor_on(seat) for seat in seats if seat.duty is not Duty.SECRETARY)
    if secretary is None or not any(each.is_chair for each in assessors):
        raise CommissionIncomplete(on=opened_on, rule="assess-with-chair-and-secretary")
    if quorum is not None and quorum > len(assessors):
        raise QuorumTooHigh(pointer="/quorum", quorum=quorum, members=len(assessors))
    return Assessment(
        id=tx.new_id(),
        version=1,
        call_id=call.id,
        commission_id=commission.id,
        status=Status.OPEN,
        opened_on=opened_on,
        quorum=quorum or len(assessors) // 2 + 1,
        spread_alarm=highest_total(call.criteria) / 4 if alarm is None else alarm,
        criteria=call.criteria,
        minimum_points=call.minimum_points or Decimal(0),
        capacity=call.capacity,
        secretary=secretary.person,
        secretary_name=secretary.person_name,
        assessors=assessors,
    )


def _blank(
    tx: Transaction, assessment: Assessment, application_id: UUID, unit_id: UUID, person: str
) -> Sheet:
    return Sheet(
        id=tx.new_id(),
        assessment_id=assessment.id,
        application_id=application_id,
        unit_id=unit_id,
        number="",
        person=person,
        version=1,
    )


async def _applicants(tx: Transaction, found: Sequence[Application], *, closed_on: date) -> list[Applicant]:
    """Take with each application the name and the Index of who asks, as they were known then."""
    editions = await averages.editions(tx.session, range(_FIRST_YEAR, closed_on.year), method=None)
    unit_ids = {application.unit_id for application in found}
    units = await named_units(tx.session, unit_ids, on=closed_on)
    towns = {unit_id for unit_id, unit in units.items() if unit.kind == UnitKind.MUNICIPALITY.value}
    indexes: dict[UUID, Fraction] = {}
    for edition in editions[-1:]:
        indexes = await _of_municipalities(tx, towns, edition)
        for unit_id in unit_ids - towns:
            mean = await _mean(tx, unit_id, edition, on=closed_on)
            indexes |= {} if mean is None else {unit_id: mean}
    return [
        Applicant(
            application_id=application.id,
            unit_id=application.unit_id,
            unit_name=units[application.unit_id].name if application.unit_id in units else "–",
            number=str(application.number),
            received_at=application.received_at or tx.now,
            index=indexes.get(application.unit_id),
            index_year=editions[-1].year if application.unit_id in indexes else None,
            discussion=None,
            is_live=True,
        )
        for application in found
    ]


async def _of_municipalities(
    tx: Transaction, towns: Iterable[UUID], edition: EditionUsed
) -> dict[UUID, Fraction]:
    asked = [Municipality(unit_id=unit_id, code="", name="") for unit_id in towns]
    values = await averages.recomputed(tx.session, asked, [edition])
    return {each.municipality.unit_id: Fraction(each.index) for each in values if each.index is not None}


async def _mean(tx: Transaction, unit_id: UUID, edition: EditionUsed, *, on: date) -> Fraction | None:
    """Return the mean of the municipalities of a unit weighted by population 15+; None without."""
    asked = Asked(
        municipalities=(),
        within=unit_id,
        set_on=on,
        years=(edition.year,),
        averaging=Averaging.WEIGHTED_BY_POPULATION,
        missing=Missing.LEAVE_OUT,
    )
    try:
        average, _ = await average_index(tx, asked)
    except Refusal:
        return None
    return average.exact
