"""HTTP of what-if: asked by the Agency, towns and systems, kept by the Agency."""

import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from registry.scenarios import repository, use_cases
from registry.scenarios.domain import ScenarioUnknown
from registry.scenarios.outcome_schemas import KeptOut, OutcomeOut, RerunOut
from registry.scenarios.schemas import QuestionIn, ScenarioIn, ScenarioList, ScenarioOut
from registry.scenarios.use_cases import Kept
from shared.contracts.base import Role
from shared.http import Caller, InDigits, Page, Reads, Tx, allow, router

scenarios = router("/index", tag="what-if")

_ASK = allow(
    *(Role.ANALYST, Role.CONSULTANT, Role.EVALUATOR, Role.ADMINISTRATOR),
    *(Role.COORDINATOR, Role.MAYOR, Role.SYSTEM),
)
_KEEP = allow(Role.ANALYST, Role.CONSULTANT, Role.EVALUATOR, Role.ADMINISTRATOR)
Limit = Annotated[int, Field(ge=0, le=1000), InDigits, Query(description="Municipalities listed")]
Offset = Annotated[int, Field(ge=0, le=100_000), InDigits]


@scenarios.post("/what-if", response_model=OutcomeOut, dependencies=[_ASK])
async def ask_what_if(reads: Reads, body: QuestionIn, limit: Limit = 100, offset: Offset = 0) -> OutcomeOut:
    """Compute the Index of the whole country anew; nothing is kept."""
    answer = await use_cases.ask(reads, body.asked())
    return OutcomeOut.of(answer, *await use_cases.listed(reads, answer, limit=limit, offset=offset))


@scenarios.post("/scenarios", status_code=201, response_model=KeptOut, dependencies=[_KEEP])
async def keep_scenario(
    tx: Tx, reads: Reads, body: ScenarioIn, request: Request, response: Response
) -> KeptOut:
    """Keep a question with a name, the editions it was asked of, and what came out."""
    answer = await use_cases.ask(reads, body.asked())
    id_ = await use_cases.keep(
        tx, answer, name=body.name, note=body.note, visibility=body.visibility, question=body.question()
    )
    response.headers["Location"] = f"{request.url.path}/{id_}"
    outcome = OutcomeOut.of(answer, *await use_cases.listed(reads, answer, limit=100, offset=0))
    return KeptOut(**dict(outcome), id=id_, name=body.name)


@scenarios.get("/scenarios", response_model=ScenarioList, dependencies=[_KEEP])
async def list_scenarios(
    reads: Reads,
    page: Page,
    caller: Caller,
    year: Annotated[
        Annotated[int, Field(ge=1900, le=2999), InDigits] | None, Query(alias="filter[year]")
    ] = None,
    owner: Annotated[
        Literal["me"] | None, Query(alias="filter[owner]", description="Only those of the caller")
    ] = None,
) -> Response:
    """List one's own and those that are shared, the latest first."""
    query = repository.scenarios(of_year=year is not None, own=owner is not None)
    return await reads.page(query, page, caller=caller.id, year=year)


@scenarios.get("/scenarios/{scenario_id}", response_model=ScenarioOut, dependencies=[_KEEP])
async def get_scenario(reads: Reads, caller: Caller, scenario_id: UUID) -> Response:
    found = await reads.one(repository.ONE, scenario_id=scenario_id, caller=caller.id)
    if found is None:
        raise ScenarioUnknown
    return found


@scenarios.get("/scenarios/{scenario_id}/outcome", response_model=RerunOut, dependencies=[_KEEP])
async def rerun_scenario(
    reads: Reads, caller: Caller, scenario_id: UUID, limit: Limit = 100, offset: Offset = 0
) -> RerunOut:
    """Compute a kept scenario again: does the same come out, and is there a newer edition."""
    row = await reads.row(repository.KEPT, scenario_id=scenario_id, caller=caller.id)
    if row is None:
        raise ScenarioUnknown
    kept = Kept(
        computation_id=row["computation_id"],
        other_computation_id=row["other_computation_id"],
        areas=json.loads(row["areas"]),
    )
    question = QuestionIn.model_validate_json(row["question"]).asked()
    answer = await use_cases.ask_again(reads, question, kept)
    outcome = OutcomeOut.of(answer, *await use_cases.listed(reads, answer, limit=limit, offset=offset))
    return RerunOut(
        **dict(outcome),
        equal=answer.outcome.digest == row["outcome_digest"],
        newer_edition=row["newer_edition"],
    )
