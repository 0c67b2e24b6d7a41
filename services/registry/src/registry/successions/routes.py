"""HTTP of successions: merging and splitting by administrators, the history for everybody."""

from uuid import UUID

from fastapi import Response

from registry.successions import repository, use_cases
from registry.successions.schemas import SucceededOut, SuccessionIn, SuccessionList, UnitThen
from registry.units.domain import UnitUnknown
from shared.contracts.base import Role
from shared.http import Page, Reads, Tx, allow, public, router

successions = router("", tag="successions")


@successions.post(
    "/successions",
    status_code=201,
    response_model=SucceededOut,
    dependencies=[allow(Role.ADMINISTRATOR)],
)
async def succeed_units(tx: Tx, body: SuccessionIn) -> SucceededOut:
    """Merge units or split one: a decision on several units at once, each by the version seen."""
    done = await use_cases.succeed(tx, body.act(), versions=body.versions(), new=body.details())
    return SucceededOut(units=[UnitThen.of(unit) for unit in done.units])


@successions.get("/units/{unit_id}/successions", response_model=SuccessionList, dependencies=[public()])
async def list_successions(reads: Reads, page: Page, unit_id: UUID) -> Response:
    """List who followed whom, all before the unit and all after it, the earliest first."""
    if await reads.row(repository.KNOWN, unit_id=unit_id) is None:
        raise UnitUnknown
    return await reads.page(repository.SUCCESSIONS, page, unit_id=unit_id)
