"""HTTP of commitments: owners and partners answer, authors see who stands behind what."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from planning.commitments import pulse_use_cases, use_cases
from planning.commitments.absence_repository import ABSENCES
from planning.commitments.domain import Party
from planning.commitments.schemas import (
    AbsenceEndIn,
    AbsenceIn,
    AbsenceList,
    AbsenceOut,
    AdoptionOut,
    AnswerIn,
    AnswerOut,
    CandidatesOut,
    CommitmentsOut,
)
from planning.plans.refusals import PlanUnknown
from planning.plans.repository import KNOWN
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, InDigits, Page, Reads, Tx, allow, etag, logged_in, router

commitments = router("/plans", tag="commitments")
Months = Annotated[
    Annotated[int, Field(ge=0, le=120), InDigits],
    Query(description="So many months before the plan's validity an acceptance lapses"),
]

Shown = Annotated[
    Literal["in-force", "draft"],
    Query(description="What is in force, or the draft of the next revision where there is one"),
]
_SPEAKERS = allow(Role.PARTNER, Role.COORDINATOR, Role.CONSULTANT)


@commitments.get("/{plan_id}/commitments", dependencies=[logged_in()])
async def list_commitments(
    tx: Tx, plan_id: UUID, lapse_after_months: Months = 12, edition: Shown = "in-force"
) -> CommitmentsOut:
    """List owners and partners of all measures, and the measures without an accepted owner."""
    found = await use_cases.standings(
        tx, plan_id, lapse_after_months=lapse_after_months, draft=edition == "draft"
    )
    return CommitmentsOut.of(found)


@commitments.post(
    "/{plan_id}/measures/{measure_id}/answers",
    status_code=201,
    dependencies=[allow(Role.PARTNER, Role.COORDINATOR)],
)
async def answer_for_party(
    tx: Tx, plan_id: UUID, measure_id: UUID, body: AnswerIn, expected: ExpectedVersion, response: Response
) -> AnswerOut:
    """Accept, decline or withdraw for a party; If-Match is the version of its last word, 0 before the first.

    A partner speaks for its own organisation and for whom it stands in, a coordinator for every party.
    """
    party = Party(measure_id=measure_id, side=body.side, name=body.party)
    said = await use_cases.answer_for_party(tx, plan_id, party, body.word, expected=expected, note=body.note)
    response.headers.update(etag(said.version))
    return AnswerOut.of(said)


@commitments.get("/{plan_id}/adoption", dependencies=[logged_in()])
async def get_adoption(tx: Tx, plan_id: UUID, lapse_after_months: Months = 12) -> AdoptionOut:
    """Say how many measures in force have an owner who accepted, and how fresh the words are."""
    found = await pulse_use_cases.measure_adoption(tx, plan_id, lapse_after_months=lapse_after_months)
    return AdoptionOut.of(found)


@commitments.get("/{plan_id}/measures/{measure_id}/candidates", dependencies=[logged_in()])
async def propose_owners(tx: Tx, plan_id: UUID, measure_id: UUID) -> CandidatesOut:
    """Propose who could own a measure: its partners first, then who owns others of its goal and plan."""
    return CandidatesOut.of(await pulse_use_cases.propose_owners(tx, plan_id, measure_id))


@commitments.post("/{plan_id}/absences", status_code=201, dependencies=[_SPEAKERS])
async def declare_absence(tx: Tx, plan_id: UUID, body: AbsenceIn, response: Response) -> AbsenceOut:
    """Say who answers for an owner or a partner while it is away; a partner for itself alone."""
    absence = await pulse_use_cases.declare_absence(
        tx,
        plan_id,
        party=body.party,
        deputy=body.deputy,
        reason=body.reason,
        days=(body.starts_on, body.ends_on),
    )
    response.headers.update(etag(absence.version))
    return AbsenceOut.of(absence)


@commitments.get("/{plan_id}/absences", response_model=AbsenceList, dependencies=[logged_in()])
async def list_absences(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List absences of owners and partners, the oldest first: for units of the plan and the Agency."""
    if await reads.row(KNOWN, plan_id=plan_id, **caller.sees()) is None:
        raise PlanUnknown
    return await reads.page(ABSENCES, page, plan_id=plan_id, **caller.sees())


@commitments.post("/{plan_id}/absences/{absence_id}/end", dependencies=[_SPEAKERS])
async def end_absence(
    tx: Tx,
    plan_id: UUID,
    absence_id: UUID,
    body: AbsenceEndIn,
    expected: ExpectedVersion,
    response: Response,
) -> AbsenceOut:
    """Cut an absence short, or call it off before it begins."""
    absence = await pulse_use_cases.end_absence(
        tx, plan_id, absence_id, ends_on=body.ends_on, expected=expected
    )
    response.headers.update(etag(absence.version))
    return AbsenceOut.of(absence)
