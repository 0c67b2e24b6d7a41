"""What plans come to together: their lights and what they owe."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from evaluation.progress.domain import Light
from shared.errors import Invalid


class DayToCome(Invalid):
    cs = "Přehled je nejpozději k dnešnímu dni ({today})."
    en = "The dashboard is of today ({today}) at the latest."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """The light of each indicator of a plan, and how many of its values should have come by now."""

    lights: tuple[Light, ...]
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlans:
    """`name` is None where registry has not told us of the unit yet."""

    id: UUID
    name: str | None
    plan_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    plans: int
    indicators: int
    lights: Mapping[Light, int]
    overdue: int

    @classmethod
    def of(cls, plans: Iterable[PlanState]) -> Self:
        known = list(plans)
        lights = Counter(light for plan in known for light in plan.lights)
        return cls(
            plans=len(known),
            indicators=lights.total(),
            lights={light: lights[light] for light in Light},
            overdue=sum(plan.overdue for plan in known),
        )


def by_unit(rows: Iterable[Mapping[str, object]]) -> list[UnitPlans]:
    """Gather rows of a unit and one of its plans each; a unit without a plan has one row."""
    names: dict[UUID, str | None] = {}
    plans: dict[UUID, list[UUID]] = {}
    for row in rows:
        unit_id, name, plan_id = row["unit_id"], row["unit_name"], row["plan_id"]
        if isinstance(unit_id, UUID):
            names[unit_id] = name if isinstance(name, str) else None
            of_unit = plans.setdefault(unit_id, [])
            if isinstance(plan_id, UUID):
                of_unit.append(plan_id)
    return [UnitPlans(id=unit, name=names[unit], plan_ids=tuple(of_unit)) for unit, of_unit in plans.items()]
