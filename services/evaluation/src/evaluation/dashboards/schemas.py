"""JSON of the dashboard of a project."""

from collections.abc import Iterable, Mapping
from typing import Self
from uuid import UUID

from pydantic import Field

from evaluation.dashboards.domain import PlanState, Standing, UnitPlans
from evaluation.progress.domain import Light
from evaluation.projects.sum_schemas import ProjectProgress
from evaluation.shifts.schemas import ProgrammeShift
from shared.http import ApiModel
from shared.names import sort_key


class StandingOut(ApiModel):
    plans: int
    indicators: int
    lights: dict[Light, int] = Field(description="How many indicators have which light")
    overdue: int = Field(description="Values that should have been reported by now")


class UnitStanding(StandingOut):
    id: UUID
    name: str | None = Field(description="Null where registry has not told us of the unit yet")


class Dashboard(ApiModel):
    """What a project promised, and how far the plans of its units are, on the day of the project's numbers.

    A plan of several units counts in each of them, and once in the whole.
    """

    project: ProjectProgress
    whole: StandingOut
    quality: ProgrammeShift = Field(description="What changed since the baselines of the quality criteria")
    units: list[UnitStanding] = Field(description="In Czech order of their names")

    @classmethod
    def of(
        cls,
        project: ProjectProgress,
        plans: Mapping[UUID, PlanState],
        units: Iterable[UnitPlans],
        quality: ProgrammeShift,
    ) -> Self:
        in_order = sorted(units, key=lambda unit: (sort_key(unit.name or ""), unit.id))
        return cls(
            project=project,
            quality=quality,
            whole=StandingOut.model_validate(Standing.of(plans.values())),
            units=[_unit(unit, plans) for unit in in_order],
        )


def _unit(unit: UnitPlans, plans: Mapping[UUID, PlanState]) -> UnitStanding:
    standing = StandingOut.model_validate(Standing.of(plans[plan_id] for plan_id in unit.plan_ids))
    return UnitStanding(id=unit.id, name=unit.name, **dict(standing))
