"""JSON of what projects come to, apart from that of projects as they were entered."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, TypeAdapter

from evaluation.projects import sums
from evaluation.projects.conversion import Operator
from evaluation.projects.domain import Programme
from evaluation.projects.schemas import OutputOut
from shared.http import ApiModel

PROJECT_SUMS = TypeAdapter(sums.ProjectSums)
"""What the database gives."""


class ProgressOut(ApiModel):
    target: int | None
    actual: int | None = Field(description="Null to the public where it is a number of few people")
    missing: int | None = Field(description="What the target still wants; more of one output hides nothing")
    forecast: int | None = Field(
        description="At the end, at the pace so far; null before a tenth of the time has passed"
    )
    fulfilled: bool | None


class OutputProgress(OutputOut):
    incomplete: int = Field(description="Published, but without an approval or another required fact")
    withdrawn: int
    progress: ProgressOut

    @classmethod
    def of(cls, output: sums.OutputSum, activity: sums.ActivitySum, on: date) -> Self:
        return cls(
            **{name: getattr(output, name) for name in OutputOut.model_fields},
            incomplete=output.incomplete,
            withdrawn=output.withdrawn,
            progress=ProgressOut.model_validate(sums.of_output(output, activity, on=on)),
        )


class ActivityProgress(ApiModel):
    id: UUID
    number: str
    title: str
    starts_on: date
    ends_on: date
    progress: ProgressOut
    outputs: tuple[OutputProgress, ...]

    @classmethod
    def of(cls, activity: sums.ActivitySum, on: date) -> Self:
        return cls(
            **{name: getattr(activity, name) for name in ("id", "number", "title", "starts_on", "ends_on")},
            progress=ProgressOut.model_validate(sums.of_activity(activity, on=on)),
            outputs=tuple(OutputProgress.of(output, activity, on) for output in activity.outputs),
        )


class IndicatorOut(ApiModel):
    code: str = Field(description="80500 or 805000: documents; 60000 or 600000: participants")
    progress: ProgressOut


class PeopleOut(ApiModel):
    """People of a project. To the public until the end of the last month, and nothing of fewer than ten."""

    registered: int | None
    supported: int | None
    counted: int | None = Field(description="Above the threshold")
    hours: str | None = Field(examples=["1204:30"], description="To the public cut off to tens")


class ProjectProgress(ApiModel):
    """A project on a day: its indicators, its key activities and what each of them promised."""

    id: UUID
    programme: Programme
    registration_number: str
    title: str
    starts_on: date
    ends_on: date
    as_of: date
    threshold_hours: int
    operator: Operator
    indicators: tuple[IndicatorOut, ...]
    outputs: ProgressOut
    people: PeopleOut
    key_activities: tuple[ActivityProgress, ...]

    @classmethod
    def of(cls, project: sums.ProjectSums, on: date) -> Self:
        return cls(
            **{name: getattr(project, name) for name in _AS_THEY_ARE},
            as_of=on,
            indicators=tuple(map(IndicatorOut.model_validate, sums.indicators(project, on=on))),
            outputs=ProgressOut.model_validate(sums.of_project(project, on=on)),
            people=PeopleOut.model_validate(project.people),
            key_activities=tuple(ActivityProgress.of(each, on) for each in project.key_activities),
        )


_AS_THEY_ARE = (
    *("id", "programme", "registration_number", "title", "starts_on", "ends_on"),
    *("threshold_hours", "operator"),
)
