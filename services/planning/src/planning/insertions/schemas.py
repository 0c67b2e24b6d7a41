"""The JSON of what is put into a plan from the library."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from planning.library.content import EntrySort
from planning.library.domain import EntryStatus
from planning.plans.domain import PlanStatus
from planning.plans.tree_schemas import Area
from shared.contracts.planning import PlanKind
from shared.http import ApiModel


class InsertionIn(ApiModel):
    entry_id: UUID = Field(description="A published edition of an entry")
    parent_id: UUID | None = Field(
        default=None, description="The problem of a goal or the goal of a measure; none for a problem"
    )
    area: Area | None = Field(default=None, description="Of a problem, by default that of the entry")


class InsertionState(ApiModel):
    """`version` is that of the plan, `node_id` the new node."""

    id: UUID
    plan_id: UUID
    version: int
    node_id: UUID
    entry_id: UUID
    edition: int


class InsertionOut(ApiModel):
    """Where a node of the plan came from; `stands` where it is in what is in force or first drafted."""

    id: UUID
    node_id: UUID
    revision: int
    entry_id: UUID
    edition: int
    title: str
    sort: EntrySort
    status: EntryStatus
    superseded_by: UUID | None
    inserted_at: datetime
    affiliation: str
    stands: bool


class InsertionList(ApiModel):
    items: tuple[InsertionOut, ...]
    next: str | None


class UnitOfUse(ApiModel):
    id: UUID
    kind: str | None
    code: str | None
    name: str | None


class UseOut(ApiModel):
    """A plan in which an entry stands; `edition` is the newest of it there."""

    id: UUID
    kind: PlanKind
    title: str
    status: PlanStatus
    units: tuple[UnitOfUse, ...]
    edition: int


class UseList(ApiModel):
    items: tuple[UseOut, ...]
    next: str | None
