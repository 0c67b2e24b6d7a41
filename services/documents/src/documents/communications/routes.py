"""HTTP of communication: plans of one's own units, what is due and what was done, rules of administrators."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from documents.communications import list_repository, use_cases
from documents.communications.domain import CommunicationPlan, Output
from documents.communications.kinds import CommunicationKind, OutputState
from documents.communications.refusals import CommunicationOutputUnknown, CommunicationPlanUnknown
from documents.communications.schemas import (
    CancellationIn,
    CommunicationOutputIn,
    CommunicationOutputList,
    CommunicationOutputMade,
    CommunicationOutputOut,
    CommunicationPlanIn,
    CommunicationPlanList,
    CommunicationPlanMade,
    CommunicationPlanOut,
    CompletionIn,
    RuleIn,
    RuleList,
    RuleOut,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    logged_in,
    router,
    today,
)

communication_plans = router("/communication-plans", tag="communication")
communication_outputs = router("/communication-outputs", tag="communication")
communication_rules = router("/communication-rules", tag="communication")
_PLAN: Final = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ADMINISTRATOR)
_RULE: Final = allow(Role.ADMINISTRATOR)


@communication_plans.post("", status_code=201, dependencies=[_PLAN])
async def make_communication_plan(
    tx: Tx, body: CommunicationPlanIn, request: Request, response: Response
) -> CommunicationPlanMade:
    plan = await use_cases.make_plan(tx, body.plan(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{plan.id}"
    return _plan(plan, response)


def _plan_filters(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    project: Annotated[UUID | None, Query(alias="filter[project]")] = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    cooperation: Annotated[UUID | None, Query(alias="filter[cooperation]")] = None,
) -> dict[str, object]:
    given = {"unit": unit, "project": project, "plan": plan, "cooperation": cooperation}
    return {name: value for name, value in given.items() if value is not None}


@communication_plans.get("", response_model=CommunicationPlanList, dependencies=[logged_in()])
async def list_communication_plans(
    reads: Reads,
    caller: Caller,
    page: Page,
    filters: Annotated[dict[str, object], Depends(_plan_filters)],
) -> Response:
    """List plans of one's own units with what came of their promises, the newest first."""
    query = list_repository.plans(*filters)
    return await reads.page(query, page, **filters, **caller.sees(), today=today())


@communication_plans.get("/{plan_id}", response_model=CommunicationPlanOut, dependencies=[logged_in()])
async def get_communication_plan(reads: Reads, caller: Caller, plan_id: UUID) -> Response:
    found = await reads.one(list_repository.PLAN, id=plan_id, **caller.sees(), today=today())
    if found is None:
        raise CommunicationPlanUnknown
    return found


@communication_plans.put("/{plan_id}", dependencies=[_PLAN])
async def change_communication_plan(
    tx: Tx, plan_id: UUID, body: CommunicationPlanIn, expected: ExpectedVersion, response: Response
) -> CommunicationPlanMade:
    return _plan(await use_cases.change_plan(tx, body.plan(plan_id), expected=expected), response)


@communication_plans.post("/{plan_id}/closing", dependencies=[_PLAN])
async def close_communication_plan(
    tx: Tx, plan_id: UUID, expected: ExpectedVersion, response: Response
) -> CommunicationPlanMade:
    """End it: acts ask for nothing more in its name."""
    return _plan(await use_cases.close_plan(tx, plan_id, expected=expected), response)


@communication_plans.post("/{plan_id}/outputs", status_code=201, dependencies=[_PLAN])
async def add_communication_output(
    tx: Tx, plan_id: UUID, body: CommunicationOutputIn, request: Request, response: Response
) -> CommunicationOutputMade:
    output = await use_cases.add_output(tx, body.output(tx.new_id(), plan_id))
    root = request.url.path.partition("/communication-plans/")[0]
    response.headers["Location"] = f"{root}/communication-outputs/{output.id}"
    return _output(output, response)


def _output_filters(
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    kind: Annotated[CommunicationKind | None, Query(alias="filter[kind]")] = None,
    state: Annotated[OutputState | None, Query(alias="filter[state]")] = None,
    due_until: Annotated[Day | None, Query(alias="filter[due_until]")] = None,
    overdue: Annotated[Literal["true"] | None, Query(alias="filter[overdue]")] = None,
) -> dict[str, object]:
    given = {
        "plan": plan,
        "unit": unit,
        "kind": kind and kind.value,
        "state": state and state.value,
        "due_until": due_until,
        "overdue": overdue,
    }
    return {name: value for name, value in given.items() if value is not None}


@communication_outputs.get("", response_model=CommunicationOutputList, dependencies=[logged_in()])
async def list_communication_outputs(
    reads: Reads,
    caller: Caller,
    page: Page,
    filters: Annotated[dict[str, object], Depends(_output_filters)],
) -> Response:
    """List outputs of one's own units by the day on which they are due."""
    query = list_repository.outputs(*filters)
    return await reads.page(query, page, **filters, **caller.sees(), today=today())


@communication_outputs.get("/{output_id}", response_model=CommunicationOutputOut, dependencies=[logged_in()])
async def get_communication_output(reads: Reads, caller: Caller, output_id: UUID) -> Response:
    found = await reads.one(list_repository.OUTPUT, id=output_id, **caller.sees(), today=today())
    if found is None:
        raise CommunicationOutputUnknown
    return found


@communication_outputs.post("/{output_id}/completion", dependencies=[_PLAN])
async def complete_communication_output(
    tx: Tx, output_id: UUID, body: CompletionIn, expected: ExpectedVersion, response: Response
) -> CommunicationOutputMade:
    """Note that it was done, with a link or a document that proves it."""
    done = await use_cases.complete_output(tx, output_id, body.completion(), expected=expected)
    return _output(done, response)


@communication_outputs.post("/{output_id}/cancellation", dependencies=[_PLAN])
async def cancel_communication_output(
    tx: Tx, output_id: UUID, body: CancellationIn, expected: ExpectedVersion, response: Response
) -> CommunicationOutputMade:
    done = await use_cases.cancel_output(tx, output_id, reason=body.reason, expected=expected)
    return _output(done, response)


@communication_rules.get("", response_model=RuleList, dependencies=[logged_in()])
async def list_communication_rules(reads: Reads, page: Page) -> Response:
    """List what is to be communicated after which act, within how many working days."""
    return await reads.page(list_repository.RULES, page)


@communication_rules.post("", status_code=201, dependencies=[_RULE])
async def add_communication_rule(tx: Tx, body: RuleIn, request: Request, response: Response) -> RuleOut:
    rule = await use_cases.add_rule(tx, body.rule(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{rule.id}"
    response.headers.update(etag(rule.version))
    return RuleOut.model_validate(rule)


@communication_rules.put("/{rule_id}", dependencies=[_RULE])
async def change_communication_rule(
    tx: Tx, rule_id: UUID, body: RuleIn, expected: ExpectedVersion, response: Response
) -> RuleOut:
    """Change what acts ask for from now on."""
    rule = await use_cases.change_rule(tx, body.rule(rule_id), expected=expected)
    response.headers.update(etag(rule.version))
    return RuleOut.model_validate(rule)


def _plan(plan: CommunicationPlan, response: Response) -> CommunicationPlanMade:
    response.headers.update(etag(plan.version))
    return CommunicationPlanMade(id=plan.id, closed_on=plan.closed_on, version=plan.version)


def _output(output: Output, response: Response) -> CommunicationOutputMade:
    response.headers.update(etag(output.version))
    return CommunicationOutputMade(id=output.id, state=output.state, version=output.version)
