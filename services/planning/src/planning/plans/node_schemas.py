"""The JSON of a change of one node: some of its own values, by the schema of its kind."""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from planning.plans.domain import PlanStatus
from planning.plans.edition import own_fields, own_values
from planning.plans.node_change import NodeValuesMalformed
from planning.plans.node_use_cases import NodeChanged
from planning.plans.part_schemas import AreaIn, BudgetLineIn, ChapterIn, ProjectIn, RiskIn, StrategyIn
from planning.plans.tree import KINDS, Node, NodeKind
from planning.plans.tree_schemas import ActivityIn, GoalIn, IndicatorIn, MeasureIn, ProblemIn
from shared.canonical import plain
from shared.errors import Finding
from shared.http import ApiModel
from shared.http.phrases import phrase

AnyNodeIn = (
    ProblemIn
    | GoalIn
    | MeasureIn
    | ActivityIn
    | IndicatorIn
    | BudgetLineIn
    | ProjectIn
    | StrategyIn
    | RiskIn
    | AreaIn
    | ChapterIn
)
INPUTS: Final[Mapping[NodeKind, type[AnyNodeIn]]] = {
    NodeKind.PROBLEM: ProblemIn,
    NodeKind.GOAL: GoalIn,
    NodeKind.MEASURE: MeasureIn,
    NodeKind.ACTIVITY: ActivityIn,
    NodeKind.INDICATOR: IndicatorIn,
    NodeKind.BUDGET_LINE: BudgetLineIn,
    NodeKind.PROJECT: ProjectIn,
    NodeKind.STRATEGY: StrategyIn,
    NodeKind.RISK: RiskIn,
    NodeKind.AREA: AreaIn,
    NodeKind.CHAPTER: ChapterIn,
}
Values = Annotated[
    dict[str, JsonValue],
    Field(
        min_length=1,
        max_length=30,
        description="Own fields of the node's kind, as in the tree; what is not sent stays",
        examples=[{"title": "Zabydlování rodin s podporou", "ends_on": "2029-12-31"}],
    ),
]


class NodePatch(ApiModel):
    values: Values

    def onto(self, node: Node) -> Node:
        """Return the node with the values sent; raises `NodeValuesMalformed`."""
        return reworded(node, self.values)


def reworded(node: Node, values: Mapping[str, JsonValue], *, at: str = "/values") -> Node:
    """Return the node with the values; `at` is their place in the body, for the pointers of errors."""
    kind = KINDS[type(node)]
    strange = [_strange(name, at) for name in values if name not in own_fields(kind)]
    if strange:
        raise NodeValuesMalformed(findings=strange)
    try:
        sent = INPUTS[kind].model_validate({**own_values(node), **values, "id": node.id})
    except ValidationError as error:
        raise NodeValuesMalformed(findings=[_finding(found, at) for found in error.errors()[:100]]) from None
    return sent.node(_never)


def _strange(name: str, at: str) -> Finding:
    cs, en = "Takové pole uzel tohoto druhu nemá.", "A node of this kind has no such field."
    return Finding(pointer=f"{at}/{name}", code="extra_forbidden", cs=cs, en=en)


def _finding(found: ErrorDetails, at: str) -> Finding:
    place = "/".join(map(str, found["loc"]))
    pointer = f"{at}/{place}" if place else at
    return Finding(pointer=pointer, code=found["type"], cs=phrase(found, "cs"), en=phrase(found, "en"))


def _never() -> UUID:
    raise AssertionError("the node has its id")


class FieldChange(ApiModel):
    field: str
    before: JsonValue
    after: JsonValue


class NodeState(ApiModel):
    """What a change made of the node, and the version of its plan."""

    plan_id: UUID
    version: int
    status: PlanStatus
    node_id: UUID
    changes: tuple[FieldChange, ...]

    @classmethod
    def of(cls, node_id: UUID, changed: NodeChanged) -> "NodeState":
        changes = plain(changed.change.changes if changed.change else ())
        return cls.model_validate(
            {
                "plan_id": changed.plan.id,
                "version": changed.plan.version,
                "status": changed.plan.working.status,
                "node_id": node_id,
                "changes": changes,
            }
        )
