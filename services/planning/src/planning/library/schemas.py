"""The JSON of the library."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from planning.library.content import Content, EntrySort, Practice, Result
from planning.library.domain import EntryStatus
from planning.library.pattern_schemas import PatternJson
from planning.library.patterns import PatternKind
from planning.library.use_cases import Told
from planning.plans.tree_schemas import Cost, Day
from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, DecimalText, LongText, Reason, ShortText, Title

_NOWHERE: Final = UUID(int=0)
Areas = Annotated[tuple[ThematicArea, ...], Field(max_length=len(ThematicArea))]
Groups = Annotated[tuple[Title, ...], Field(max_length=20)]
Sources = Annotated[tuple[Title, ...], Field(max_length=20)]


class ResultIn(ApiModel):
    name: Title
    unit: ShortText = ""
    before: DecimalText | None = None
    after: DecimalText


class PracticeRecordIn(ApiModel):
    """Where and how it worked. The contact is an office; no person is named here."""

    worked_from: Day
    worked_until: Day | None = None
    results: Annotated[tuple[ResultIn, ...], Field(max_length=30)] = ()
    cost_czk: Cost | None = None
    conditions: LongText = ""
    contact_office: ShortText = Field(default="", examples=["Odbor sociálních věcí, MěÚ Obrnice"])
    evidence: Sources = Field(default=(), description="Documents, evaluations, published data")

    def practice(self) -> Practice:
        own = self.model_dump(exclude={"results"})
        results = tuple(Result(**result.model_dump()) for result in self.results)
        return Practice(
            plan_id=_NOWHERE, revision=0, node_id=_NOWHERE, node_number="", results=results, **own
        )


class EntryIn(ApiModel):
    """An entry, said whole; `practice` only where it came of a measure of a plan."""

    pattern: PatternJson
    areas: Areas = Field(description="Areas that it is about; none: all of them")
    plan_kinds: Annotated[tuple[PlanKind, ...], Field(max_length=len(PlanKind))] = Field(
        default=(), description="Kinds of plan that it fits; none: all of them"
    )
    target_groups: Groups = ()
    sources: Sources = ()
    practice: PracticeRecordIn | None = None

    def content(self) -> Content:
        return Content(
            pattern=self.pattern.pattern(),
            areas=tuple(dict.fromkeys(self.areas)),
            plan_kinds=tuple(dict.fromkeys(self.plan_kinds)),
            target_groups=tuple(dict.fromkeys(self.target_groups)),
            sources=tuple(dict.fromkeys(self.sources)),
            practice=None if self.practice is None else self.practice.practice(),
        )


class PracticeIn(PracticeRecordIn):
    """A measure of an approved plan that worked; what it says is copied from the plan."""

    node_id: UUID = Field(description="The measure")
    unit_id: UUID | None = Field(
        default=None, description="Whose practice it is, where the plan is of several"
    )
    areas: Areas = Field(default=(), description="By default that of the problem")
    target_groups: Groups = Field(default=(), description="By default that of the problem")

    def told(self) -> Told:
        mine = PracticeRecordIn.model_validate(self.model_dump(include=set(PracticeRecordIn.model_fields)))
        return Told(
            unit_id=self.unit_id,
            areas=tuple(dict.fromkeys(self.areas)),
            target_groups=tuple(dict.fromkeys(self.target_groups)),
            practice=mine.practice(),
        )


class EntryReasonIn(ApiModel):
    reason: Reason


class VerificationIn(ApiModel):
    review_on: Day = Field(description="The day by which somebody says whether it still holds")


class EntryState(ApiModel):
    """What a change or a decision made of the entry."""

    id: UUID
    version: int
    edition: int
    status: EntryStatus


class EntryUnit(ApiModel):
    id: UUID
    name: str


class EntryHead(ApiModel):
    """An entry in a list; `used_in_plans` counts all editions where they stand in a plan."""

    id: UUID
    version: int
    lineage_id: UUID
    edition: int
    code: str | None
    sort: EntrySort
    kind: PatternKind
    status: EntryStatus
    title: str
    areas: tuple[ThematicArea, ...]
    plan_kinds: tuple[PlanKind, ...]
    target_groups: tuple[str, ...]
    unit: EntryUnit | None
    published_on: date | None
    review_on: date | None
    to_be_reviewed: bool
    used_in_plans: int
    used_in_units: int


class PracticeOut(PracticeRecordIn):
    plan_id: UUID
    revision: int
    node_id: UUID
    node_number: str


class EntryOut(EntryHead):
    pattern: PatternJson
    sources: tuple[str, ...]
    practice: PracticeOut | None
    affiliation: str = Field(description="The organisation that wrote it")
    verified_by: str | None = Field(description="Who verified it, for the Agency alone")
    reason: str
    superseded_by: UUID | None


class EntryList(ApiModel):
    items: tuple[EntryHead, ...]
    next: str | None
