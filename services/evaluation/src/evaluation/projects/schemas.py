"""JSON of projects and of what they come to."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.projects.budget import Source
from evaluation.projects.conversion import Operator, SupportUnit, Threshold
from evaluation.projects.domain import KeyActivity, Output, Programme, Project, normalised
from shared.contracts.documents import OutputKind
from shared.contracts.intake import ExpertActivityKind
from shared.http import ApiModel, Count, Day, DecimalText, Flag, Storable, Title

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Storable]
Ico = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
Target = Annotated[Count, Field(le=100_000)]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, allow_inf_nan=False)]
Share = Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4, allow_inf_nan=False)]
Hours = Annotated[int, Field(strict=True, gt=0, le=10_000)]


class SourceIn(ApiModel):
    name: Title = Field(examples=["ESF"])
    share_percent: Share = Field(examples=["85"])


class OutputIn(ApiModel):
    code: Code = Field(examples=["KA02-02"])
    title: Title
    kind: OutputKind
    target: Target | None = Field(default=None, description="Null where nobody said how many")
    per_unit: Flag = Field(default=False, description="One for each unit, never two")
    in_indicator: Flag = Field(default=True, description="Counts among written and published documents")

    def output(self) -> Output:
        return Output(
            code=self.code,
            title=self.title,
            kind=self.kind,
            target=self.target,
            per_unit=self.per_unit,
            in_indicator=self.in_indicator,
        )


class KeyActivityIn(ApiModel):
    number: Code = Field(examples=["KA02"])
    title: Title
    starts_on: Day
    ends_on: Day
    activity_kinds: frozenset[ExpertActivityKind] = Field(
        default=frozenset(), description="Expert activities whose attendance is support in it"
    )
    outputs: Annotated[tuple[OutputIn, ...], Field(max_length=100)] = ()

    def key_activity(self) -> KeyActivity:
        return KeyActivity(
            number=self.number,
            title=self.title,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            activity_kinds=self.activity_kinds,
            outputs=tuple(output.output() for output in self.outputs),
        )


class ProjectIn(ApiModel):
    programme: Programme
    registration_number: Code = Field(examples=["CZ.03.02.02/00/22_004/0000366"])
    title: Title
    beneficiary: Title
    beneficiary_ico: Ico | None = None
    owner_unit_id: UUID | None = Field(
        default=None, description="The municipality whose project it is; null for one of the Agency. It stays"
    )
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=1000)] = ()
    starts_on: Day
    ends_on: Day
    total_czk: Money | None = Field(default=None, examples=["3648425.00"])
    sources: Annotated[tuple[SourceIn, ...], Field(max_length=10)] = Field(
        default=(), description="The last one takes what rounding leaves"
    )
    document_target: Target | None = None
    participant_target: Target | None = None
    threshold_hours: Hours = 40
    operator: Operator = Operator.AT_LEAST
    threshold_valid_from: Day | None = Field(
        default=None,
        description="From which day another threshold holds, today where left out; who counted until then "
        "goes on counting. A mistake is mended from the first day of the project",
    )
    support_units: Annotated[frozenset[SupportUnit], Field(min_length=1)] = frozenset({SupportUnit.HOUR_60})
    attendance_unit: SupportUnit | None = Field(
        default=None, description="In what attendance at expert activities counts; null: it does not"
    )
    key_activities: Annotated[tuple[KeyActivityIn, ...], Field(max_length=50)] = ()

    def project(self, project_id: UUID) -> Project:
        sources = tuple(
            Source(name=source.name, share_percent=source.share_percent) for source in self.sources
        )
        return Project(
            id=project_id,
            version=1,
            programme=self.programme,
            registration_number=normalised(self.registration_number),
            title=self.title,
            beneficiary=self.beneficiary,
            beneficiary_ico=self.beneficiary_ico,
            owner_unit_id=self.owner_unit_id,
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            total_czk=self.total_czk,
            sources=sources,
            document_target=self.document_target,
            participant_target=self.participant_target,
            threshold=Threshold(hours=self.threshold_hours, operator=self.operator),
            support_units=self.support_units,
            attendance_unit=self.attendance_unit,
            key_activities=tuple(each.key_activity() for each in self.key_activities),
        )


class ProjectState(ApiModel):
    id: UUID
    version: int


class SourceOut(ApiModel):
    name: str
    share_percent: DecimalText
    amount_czk: DecimalText | None


class OutputOut(ApiModel):
    id: UUID
    code: str
    title: str
    kind: OutputKind
    target: int | None
    per_unit: bool
    in_indicator: bool


class KeyActivityOut(ApiModel):
    id: UUID
    number: str
    title: str
    starts_on: date
    ends_on: date
    activity_kinds: tuple[ExpertActivityKind, ...]
    outputs: tuple[OutputOut, ...]


class ProjectSummary(ApiModel):
    id: UUID
    version: int
    programme: Programme
    registration_number: str
    title: str
    beneficiary: str
    beneficiary_ico: str | None
    owner_unit_id: UUID | None
    unit_ids: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    total_czk: DecimalText | None
    document_target: int | None
    participant_target: int | None


class ThresholdOut(ApiModel):
    valid_from: date | None = Field(description="Null: since ever")
    hours: int
    operator: Operator


class ProjectOut(ProjectSummary):
    sources: tuple[SourceOut, ...]
    threshold_hours: int
    operator: Operator
    thresholds: tuple[ThresholdOut, ...] = Field(default=(), description="In time, the newest last")
    support_units: tuple[SupportUnit, ...]
    attendance_unit: SupportUnit | None
    key_activities: tuple[KeyActivityOut, ...]


class ProjectList(ApiModel):
    items: tuple[ProjectSummary, ...]
    next: str | None
