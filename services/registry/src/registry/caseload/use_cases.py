"""What is done with the caseload: who may act for a unit is asked here."""

from uuid import UUID

from registry.caseload import repository
from registry.caseload.domain import EVERYWHERE, OF_THE_UNIT, NotYourUnit
from shared.auth import Actor
from shared.transaction import Transaction


async def expect_acting_for(tx: Transaction, *unit_ids: UUID) -> None:
    """Raise NotYourUnit (403) unless the actor acts for all of the units today."""
    assigned = await repository.assigned(tx.session, unit_ids, tx.today)
    if not all(_acts_for(tx.actor, unit_id, assigned=assigned[unit_id]) for unit_id in unit_ids):
        raise NotYourUnit


def _acts_for(actor: Actor, unit_id: UUID, *, assigned: frozenset[str]) -> bool:
    """Say yes too where nobody was given the unit: it is everybody's of the Agency then."""
    if actor.has_any(EVERYWHERE):
        return True
    if actor.has_any(OF_THE_UNIT) and unit_id in actor.units:
        return True
    return actor.is_agency and (not assigned or actor.id in assigned)
