"""HTTP of commitments: owners and partners answer, authors see who stands behind what."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from planning.commitments import use_cases
from planning.commitments.domain import Party
from planning.commitments.schemas import AnswerIn, AnswerOut, CommitmentsOut
from shared.contracts.base import Role
from shared.http import ExpectedVersion, InDigits, Tx, allow, etag, logged_in, router

commitments = router("/plans", tag="commitments")
Months = Annotated[
    Annotated[int, Field(ge=0, le=120), InDigits],
    Query(description="So many months before the plan's validity an acceptance lapses"),
]


@commitments.get("/{plan_id}/commitments", dependencies=[logged_in()])
async def list_commitments(tx: Tx, plan_id: UUID, lapse_after_months: Months = 12) -> CommitmentsOut:
    """List owners and partners of all measures, and the measures without an accepted owner."""
    found = await use_cases.standings(tx, plan_id, lapse_after_months=lapse_after_months)
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

    A partner speaks for its own organisation, a coordinator for every party of the town.
    """
    party = Party(measure_id=measure_id, side=body.side, name=body.party)
    said = await use_cases.answer_for_party(tx, plan_id, party, body.word, expected=expected, note=body.note)
    response.headers.update(etag(said.version))
    return AnswerOut.of(said)
