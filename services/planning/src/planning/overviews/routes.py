"""HTTP of what a plan comes to: findings, budget; the rules and the kinds of plan for everybody."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.overviews import use_cases
from planning.overviews.domain import csv_of
from planning.overviews.schemas import BudgetOut, FindingsOut, KindList, KindOut, RuleList, RuleOut
from planning.plans.kinds import KINDS_OF_PLAN
from planning.plans.rules import RULES
from shared.csv_files import Delimiter
from shared.http import Csv, InDigits, Tx, language_of, logged_in, public, router

overviews = router("/plans", tag="overviews")
lists = router("", tag="overviews")
Months = Annotated[
    Annotated[int, Field(ge=0, le=120), InDigits],
    Query(description="So many months before the plan's validity an owner's acceptance lapses"),
]

Shown = Annotated[
    Literal["in-force", "draft"],
    Query(description="What is in force (or was never approved), or the draft of the next revision"),
]


@lists.get("/lint-rules", dependencies=[public()])
async def list_rules() -> RuleList:
    """List the rules that plans are read by, the gravest first."""
    return RuleList(items=tuple(RuleOut.of(rule) for rule in RULES.values()))


@lists.get("/plan-kinds", dependencies=[public()])
async def list_kinds_of_plan() -> KindList:
    """List the kinds of plan with their areas, chapters and how long they may last."""
    return KindList(items=tuple(KindOut.of(like) for like in KINDS_OF_PLAN.values()))


@overviews.get("/{plan_id}/findings", dependencies=[logged_in()])
async def list_findings(
    tx: Tx, plan_id: UUID, request: Request, lapse_after_months: Months = 12
) -> FindingsOut:
    """Say what the rules find in a plan, the gravest first; errors alone stop its approval."""
    found = await use_cases.find(tx, plan_id, lapse_after_months=lapse_after_months)
    return FindingsOut.of(found, language_of(request))


@overviews.get("/{plan_id}/budget", dependencies=[public()])
async def get_budget(tx: Tx, plan_id: UUID, edition: Shown = "in-force") -> BudgetOut:
    """Give the budget by measure, and its sums by year, source and category."""
    return BudgetOut.of(await use_cases.sum_budget(tx, plan_id, draft=edition == "draft"))


@overviews.get("/{plan_id}/budget.csv", response_class=Csv, response_model=None, dependencies=[public()])
async def get_budget_as_csv(
    tx: Tx,
    plan_id: UUID,
    request: Request,
    delimiter: Annotated[Delimiter, Query(description="A semicolon comes with decimal commas")] = (
        Delimiter.SEMICOLON
    ),
    edition: Shown = "in-force",
) -> Response:
    """Give the budget lines as UTF-8 with a byte-order mark, headings by Accept-Language."""
    language = language_of(request)
    budget = await use_cases.sum_budget(tx, plan_id, draft=edition == "draft")
    content = csv_of(budget, delimiter=delimiter, language=language)
    name = f'attachment; filename="budget-{plan_id}.csv"'
    return Csv(content, headers={"Content-Disposition": name, "Content-Language": language})
