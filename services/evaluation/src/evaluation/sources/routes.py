"""HTTP of values whose sources changed: one may hold nevertheless."""

from uuid import UUID

from fastapi import Response

from evaluation.sources import use_cases
from evaluation.sources.schemas import UpholdingIn
from evaluation.values.schemas import ObligationState
from shared.contracts.base import Role
from shared.http import ExpectedVersion, Tx, allow, etag, router

doubts = router("/obligations", tag="obligations")


@doubts.post("/{obligation_id}/upholding", dependencies=[allow(Role.CONSULTANT, Role.EVALUATOR)])
async def uphold_value(
    tx: Tx, obligation_id: UUID, body: UpholdingIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    """Say why a value holds in spite of newer figures, or of an input that was corrected."""
    done = await use_cases.uphold_value(tx, obligation_id, reason=body.reason, expected_version=expected)
    response.headers.update(etag(done.version))
    return ObligationState.of(done)
