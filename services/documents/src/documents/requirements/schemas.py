"""The JSON of requirements and of what is missing."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from documents.files.states import DocumentState
from documents.requirements.domain import Fulfilment, Milestone, Need, Requirement, SubjectKind
from shared.contracts.documents import DocumentKind
from shared.http import ApiModel, Count, Day, ShortText


class RequirementIn(ApiModel):
    subject: SubjectKind
    kind: DocumentKind
    milestone: Milestone
    due_days: Annotated[Count, Field(le=3650, description="Days after the milestone")]
    need: Need
    applies_to: Annotated[tuple[ShortText, ...], Field(max_length=20)] = Field(
        default=(), description="Regimes of cooperation or kinds of plan; none means all"
    )

    def requirement(self) -> Requirement:
        return Requirement(
            subject=self.subject,
            kind=self.kind,
            milestone=self.milestone,
            due_days=self.due_days,
            need=self.need,
            applies_to=tuple(dict.fromkeys(self.applies_to)),
        )


class RequirementEditionIn(ApiModel):
    """All that is required of what begins on `valid_from` or later."""

    valid_from: Day
    note: ShortText = ""
    requirements: Annotated[tuple[RequirementIn, ...], Field(min_length=1, max_length=200)]


class RequirementOut(ApiModel):
    subject: SubjectKind
    kind: DocumentKind
    milestone: Milestone
    due_days: int
    need: Need
    applies_to: tuple[str, ...]


class RequirementEditionOut(ApiModel):
    number: int
    valid_from: date
    note: str
    requirements: tuple[RequirementOut, ...]


class RequirementEditionList(ApiModel):
    items: tuple[RequirementEditionOut, ...]
    next: str | None


class SubjectUnit(ApiModel):
    id: UUID
    name: str


class CompletenessItem(ApiModel):
    """One required document; `due_on` is None until its milestone is reached.

    `kind_name` is in the caller's language; `document_address` lasts while anything of it is public.
    """

    edition: int
    kind: DocumentKind
    kind_name: str
    need: Need
    milestone: Milestone
    due_on: date | None
    fulfilment: Fulfilment
    is_overdue: bool
    document_id: UUID | None
    document_title: str | None
    document_state: DocumentState | None
    document_address: str | None


class Completeness(ApiModel):
    """What a cooperation or a plan ought to have; `overdue_from` is the first day that passed.

    `variant` is the regime of a cooperation or the kind of a plan, `variant_name` what the caller calls it.
    `title` is that of a plan; of a cooperation its unit and regime.
    """

    id: UUID
    kind: SubjectKind
    variant: str
    variant_name: str
    title: str
    units: tuple[SubjectUnit, ...]
    begins_on: date
    ends_on: date | None
    ended_on: date | None
    required: int
    complete: int
    overdue: int
    overdue_from: date | None
    items: tuple[CompletenessItem, ...]


class CompletenessList(ApiModel):
    items: tuple[Completeness, ...]
    next: str | None
