"""The JSON of revisions: drafts of the next one, and what changed between two."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from planning.plans.domain import PlanStatus
from planning.plans.part_schemas import AreaOut, ChapterOut, RiskOut
from planning.plans.schemas import UnitOut
from planning.plans.tree import NodeKind
from planning.plans.tree_schemas import ProblemOut
from shared.contracts.planning import PlanKind
from shared.http import ApiModel, DecimalText, LongText


class ReasonIn(ApiModel):
    reason: Annotated[LongText, Field(min_length=1)]


class ContentOut(ApiModel):
    problems: tuple[ProblemOut, ...]
    areas: tuple[AreaOut, ...]
    chapters: tuple[ChapterOut, ...]
    risks: tuple[RiskOut, ...]


class DraftOut(ApiModel):
    """The draft of revision `revision`; `amends` is the one in force."""

    id: UUID
    version: int
    kind: PlanKind
    status: PlanStatus
    revision: int
    amends: int
    reason: str
    title: str
    vision: str
    valid_from: date
    valid_until: date
    units: tuple[UnitOut, ...]
    begun_at: datetime
    changed_at: datetime
    content: ContentOut


class ChangeOut(ApiModel):
    field: str
    before: object
    after: object


class AddedOut(ApiModel):
    id: UUID
    kind: NodeKind
    number: str
    title: str
    parent_id: UUID | None
    position: int
    values: dict[str, object]


class RemovedOut(ApiModel):
    id: UUID
    kind: NodeKind
    number: str
    title: str
    parent_id: UUID | None


class MovedOut(ApiModel):
    id: UUID
    kind: NodeKind
    title: str
    number_before: str
    number: str
    parent_before: UUID | None
    parent_id: UUID | None
    position: int


class ChangedOut(ApiModel):
    id: UUID
    kind: NodeKind
    title: str
    number_before: str
    number: str
    changes: tuple[ChangeOut, ...]


class CostOut(ApiModel):
    funding_source: str | None
    before: DecimalText
    after: DecimalText
    delta: DecimalText


class TargetOut(ApiModel):
    id: UUID
    number: str
    title: str
    unit: str
    before: DecimalText | None
    after: DecimalText | None
    delta: DecimalText | None
    before_on: date | None
    after_on: date | None


class DifferenceOut(ApiModel):
    """What changed, by the stable ids of nodes; applied to `from` it gives `to`."""

    form: Annotated[Literal["pospolu.plan-diff/1"], Field(alias="schema")]
    plan_id: UUID
    from_revision: Annotated[int, Field(alias="from")]
    to_revision: Annotated[int | Literal["draft"], Field(alias="to")]
    head: tuple[ChangeOut, ...]
    added: tuple[AddedOut, ...]
    removed: tuple[RemovedOut, ...]
    moved: tuple[MovedOut, ...]
    changed: tuple[ChangedOut, ...]
    total: CostOut
    costs: tuple[CostOut, ...]
    budget: tuple[CostOut, ...]
    targets: tuple[TargetOut, ...]
