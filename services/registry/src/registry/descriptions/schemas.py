"""JSON of descriptions of cooperation."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from registry.decided import DecisionDay
from registry.descriptions.content import BaselineItem, Content, Result
from registry.descriptions.domain import Description
from registry.descriptions.steps import PROCEDURE, Move, Status
from registry.descriptions.use_cases import Consent, Text
from registry.memoranda.content import Side
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Count, Day, LongText, ShortText, Title

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Level = Annotated[Count, Field(le=4)]


class EvidenceRef(ApiModel):
    """A file in `documents`, by reference."""

    document_id: UUID
    file_name: Title
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ResultBody(ApiModel):
    """What is to be reached in an area; empty texts are for a draft only."""

    area: ThematicArea
    text: ShortText = ""
    target: ShortText = Field(default="", description="Measurable", examples=["80 domácností do 2026"])
    due_on: Day | None = None

    def result(self) -> Result:
        return Result(area=self.area, text=self.text, target=self.target, due_on=self.due_on)


class BaselineBody(ApiModel):
    """A quality criterion at the start: 0 missing, 1 by chance, 2 set up, 3 used, 4 improved.

    Without a level it was not assessed, and the reason is told; levels 0 and 4 are justified.
    """

    area: ThematicArea
    code: Code = Field(examples=["BYD-1"])
    name: Title
    level: Level | None = None
    not_assessed_reason: ShortText = ""
    justification: LongText = ""
    assessed_on: Day | None = None
    assessor: ShortText = Field(default="", description="An office or a function, never a person's name")
    evidence: list[EvidenceRef] = Field(default=[], max_length=20)

    def item(self) -> BaselineItem:
        evidence = tuple(DocumentRef(**each.model_dump()) for each in self.evidence)
        return BaselineItem(
            area=self.area,
            code=self.code,
            name=self.name,
            level=self.level,
            not_assessed_reason=self.not_assessed_reason,
            justification=self.justification,
            assessed_on=self.assessed_on,
            assessor=self.assessor,
            evidence=evidence,
        )


class ContentBody(ApiModel):
    """What a description must contain; what is empty in a draft is found when it is proposed."""

    methodology: ShortText = Field(
        default="",
        description="Code of the edition of the methodology that it follows",
        examples=["KPSV21/1.0"],
    )
    focus: LongText = ""
    responsibilities: LongText = ""
    unit_activities: LongText = ""
    agency_activities: LongText = ""
    outputs: LongText = ""
    evaluation: LongText = Field(default="", description="How the cooperation is evaluated")
    revision: LongText = Field(default="", description="How the description is revised")
    starts_on: Day | None = None
    ends_on: Day | None = Field(default=None, description="Last day")
    areas: list[ThematicArea] = Field(default=[], max_length=8)
    results: list[ResultBody] = Field(default=[], max_length=100)


class DescriptionDraftIn(ContentBody):
    baseline: list[BaselineBody] = Field(default=[], max_length=200)

    def written(self) -> Text:
        texts = self.model_dump(include=ContentBody.model_fields.keys() - {"areas", "results"})
        return Text(
            content=Content(
                **texts,
                areas=tuple(self.areas),
                results=tuple(each.result() for each in self.results),
            ),
            baseline=tuple(each.item() for each in self.baseline),
        )


class DescriptionIn(DescriptionDraftIn):
    cooperation_id: UUID
    domain: CooperationDomain


class DescriptionDayIn(ApiModel):
    on: DecisionDay = None


class DescriptionReasonIn(ApiModel):
    reason: Title
    on: DecisionDay = None


class ConsentIn(ApiModel):
    side: Side
    name: Title = Field(description="Of the one who agrees; it is published")
    function: Title
    on: DecisionDay = None

    def consent(self) -> Consent:
        return Consent(side=self.side, name=self.name, function=self.function, agreed_on=self.on)


class AgreementOut(ApiModel):
    """Who agreed; not who wrote it down."""

    model_config = ConfigDict(extra="ignore")

    side: Side
    name: str
    function: str
    agreed_on: date


class DescriptionOut(ApiModel):
    """In force from `in_force_from` until `in_force_until`, both included."""

    id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    edition: int
    version: int
    status: Status
    content: ContentBody
    baseline: list[BaselineBody]
    agreements: list[AgreementOut]
    memorandum_id: UUID | None
    agreed_on: date | None
    in_force_from: date | None
    in_force_until: date | None
    end_reason: str | None
    digest: str | None
    allowed_moves: list[Move]

    @classmethod
    def of(cls, description: Description) -> "DescriptionOut":
        known = {name: getattr(description, name) for name in cls.model_fields if hasattr(description, name)}
        return cls.model_validate({**known, "allowed_moves": PROCEDURE.allowed(description.status)})


class DescriptionHead(ApiModel):
    id: UUID
    cooperation_id: UUID
    unit_id: UUID
    unit_name: str
    domain: CooperationDomain
    edition: int
    version: int
    status: Status
    areas: list[ThematicArea]
    starts_on: date | None
    ends_on: date | None
    agreed_on: date | None
    in_force_from: date | None
    in_force_until: date | None
    digest: str | None


class DescriptionList(ApiModel):
    items: list[DescriptionHead]
    next: str | None


class FindingOut(ApiModel):
    pointer: str
    code: str
    title: str


class CompletenessOut(ApiModel):
    """Everything that is missing or wrong at once; nothing where it may be proposed."""

    complete: bool
    findings: list[FindingOut]


class FieldChangeOut(ApiModel):
    field: str
    before: str | None
    after: str | None


class ChangesOut(ApiModel):
    """From the edition `before` to the edition `after`."""

    before: int
    after: int
    fields: list[FieldChangeOut]
    areas_added: list[ThematicArea]
    areas_removed: list[ThematicArea]
    results_added: list[ResultBody]
    results_removed: list[ResultBody]
    baseline_added: list[BaselineBody]


class LevelOut(ApiModel):
    level: int
    name: str


class LevelList(ApiModel):
    items: list[LevelOut]
