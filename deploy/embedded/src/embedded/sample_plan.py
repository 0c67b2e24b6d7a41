"""A realistic plan of any size: what the demo, the tests and the benchmarks draft."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypedDict

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | None"


class MeasureText(TypedDict):
    title: str
    owner: str
    partner: str
    cost_czk: str
    funding: str
    activities: list[str]


class IndicatorText(TypedDict):
    name: str
    unit: str
    direction: str
    baseline: str
    target: str
    periodicity: str
    source: str


class AreaText(TypedDict):
    code: str
    problem: str
    description: str
    causes: str
    consequences: str
    group: str
    people: int
    goal: str
    target_state: str
    measures: list[MeasureText]
    indicators: list[IndicatorText]


@cache
def _areas() -> tuple[AreaText, ...]:
    return tuple(tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["area"])


def sample_plan(
    *,
    goals: int = 6,
    measures: int = 20,
    indicators: int = 60,
    valid_from: date = date(2026, 1, 1),
    years: int = 5,
) -> dict[str, Json]:
    """Return the content of a complete draft; each of the first six goals has a problem of its own.

    Every goal gets a measure, every goal and measure an indicator, as the completeness check
    wants; raises ValueError where the numbers do not allow it.
    """
    if goals < 1 or measures < goals or indicators < goals + measures:
        raise ValueError("a complete plan has goals <= measures and goals + measures <= indicators")
    valid_until = valid_from.replace(year=valid_from.year + years) - timedelta(days=1)
    tree = _Tree(goals=goals, measures=measures, indicators=indicators, begins=valid_from, ends=valid_until)
    return {
        "kind": "PSZ",
        "title": f"Plán sociálního začleňování {valid_from.year}–{valid_until.year}",
        "vision": "Obec, ve které má každý kde bydlet, z čeho žít a kam se obrátit o pomoc.",
        "valid_from": valid_from.isoformat(),
        "valid_until": valid_until.isoformat(),
        "problems": [tree.problem(place) for place in range(min(goals, len(_areas())))],
    }


def indicators_of(node: Json) -> Iterator[dict[str, Json]]:
    """Find every indicator of a tree."""
    if isinstance(node, list):
        for each in node:
            yield from indicators_of(each)
    elif isinstance(node, dict):
        if "periodicity" in node:
            yield node
        for value in node.values():
            yield from indicators_of(value)


def _numbered(title: str, repetition: int) -> str:
    return title if repetition == 0 else f"{title} – {repetition + 1}. etapa"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """Goal g belongs to problem g mod 6, measure m to goal m mod goals, indicators go round them all."""

    goals: int
    measures: int
    indicators: int
    begins: date
    ends: date

    def problem(self, place: int) -> dict[str, Json]:
        area = _areas()[place]
        return {
            "area": area["code"],
            "title": area["problem"],
            "description": area["description"],
            "causes": area["causes"],
            "consequences": area["consequences"],
            "affected_group": area["group"],
            "estimated_people": area["people"],
            "source": f"Vstupní analýza {self.begins.year - 1}",
            "goals": [self._goal(area, goal) for goal in range(place, self.goals, len(_areas()))],
        }

    def _goal(self, area: AreaText, goal: int) -> dict[str, Json]:
        return {
            "title": _numbered(area["goal"], goal // len(_areas())),
            "target_state": area["target_state"],
            "due_on": self.ends.isoformat(),
            "indicators": self._indicators_of(area, goal),
            "measures": [self._measure(area, each) for each in range(goal, self.measures, self.goals)],
        }

    def _measure(self, area: AreaText, measure: int) -> dict[str, Json]:
        repetition, which = divmod(measure // self.goals, len(area["measures"]))
        text = area["measures"][which]
        return {
            "title": _numbered(text["title"], repetition),
            "description": f"Cílová skupina: {area['group']}. {area['target_state']}",
            "owner": text["owner"],
            "partners": [text["partner"]],
            "starts_on": self.begins.isoformat(),
            "ends_on": self.ends.isoformat(),
            "cost_czk": text["cost_czk"],
            "funding_source": text["funding"],
            "indicators": self._indicators_of(area, self.goals + measure),
            "activities": [
                {"title": title, "owner": text["owner"], "due_on": due_on.isoformat()}
                for title, due_on in zip(text["activities"], self._deadlines(), strict=True)
            ],
        }

    def _deadlines(self) -> tuple[date, date]:
        return self.begins + timedelta(days=180), self.ends

    def _indicators_of(self, area: AreaText, holder: int) -> list[Json]:
        holders = self.goals + self.measures
        return [self._indicator(area, each, holder) for each in range(holder, self.indicators, holders)]

    def _indicator(self, area: AreaText, indicator: int, holder: int) -> dict[str, Json]:
        text = area["indicators"][(indicator + holder) % len(area["indicators"])]
        return {
            "name": f"{text['name']} ({indicator + 1})",
            "unit": text["unit"],
            "direction": text["direction"],
            "periodicity": text["periodicity"],
            "owner": area["measures"][0]["owner"],
            "source": text["source"],
            "baseline": text["baseline"],
            "baseline_on": (self.begins - timedelta(days=1)).isoformat(),
            "target": text["target"],
            "target_on": self.ends.isoformat(),
        }
