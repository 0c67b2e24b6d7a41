"""HTTP of decisions about the Index: a method enacted, a donor set, years computed anew."""

from fastapi import Response

from registry.exclusion import use_cases
from registry.exclusion.schemas import DonorIn, MethodModel, RecomputedOut, RecomputeIn
from shared.contracts.base import Role
from shared.http import Tx, allow, router

exclusion = router("/index", tag="index")


@exclusion.post(
    "/methods", status_code=201, response_model=MethodModel, dependencies=[allow(Role.ADMINISTRATOR)]
)
async def enact_index_method(tx: Tx, body: MethodModel, response: Response) -> MethodModel:
    """Enact a method for good; the same again answers 200. `POST /index/recompute` computes its years."""
    method = body.method()
    is_new = await use_cases.enact_method(tx, method)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/index/methods/{method.code}"
    return MethodModel.of(method)


@exclusion.post(
    "/recompute",
    response_model=RecomputedOut,
    dependencies=[allow(Role.ADMINISTRATOR, Role.ANALYST, Role.SYSTEM)],
)
async def recompute_index(tx: Tx, body: RecomputeIn) -> RecomputedOut:
    """Compute years from the figures in force and publish what comes out otherwise than before."""
    return RecomputedOut.of(await use_cases.recompute_asked(tx, methods=body.methods, years=body.years))


@exclusion.post(
    "/donors", response_model=RecomputedOut, dependencies=[allow(Role.ADMINISTRATOR, Role.ANALYST)]
)
async def choose_donor(tx: Tx, body: DonorIn) -> RecomputedOut:
    """Set from whom a municipality takes its points over; a choice from the same year is replaced."""
    return RecomputedOut.of(await use_cases.choose_donor(tx, body.choice(), reason=body.reason))
