"""The four levels of a strategy: priority, specific goal, measure, activity; with what hangs on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planning.workbooks.json_form import DEEPEST, without_numbers
from planning.workbooks.refusals import ContentMalformed

FORM: Final = "pospolu.strategy/1"
Json = Mapping[str, object]
COMMON: Final = ("id", "number", "title")
HEAD: Final = ("title", "vision", "valid_from", "valid_until")


class Mode(StrEnum):
    """Whether a hierarchy is put after what the draft has, or in its place."""

    APPEND = "append"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level: its name in the exchange, and the fields that it keeps (exchange name → ours)."""

    name: str
    fields: Mapping[str, str]
    below: Mapping[str, str]


INDICATOR: Final = Level(
    name="indicator",
    fields={
        "title": "name",
        "unit": "unit",
        "direction": "direction",
        "periodicity": "periodicity",
        "responsible": "owner",
        "source": "source",
        "baseline": "baseline",
        "baseline_on": "baseline_on",
        "target": "target",
        "target_on": "target_on",
    },
    below={},
)
BUDGET: Final = Level(
    name="budget-line",
    fields={
        "year": "year",
        "funder": "funder",
        "category": "category",
        "amount_czk": "amount_czk",
        "note": "note",
    },
    below={},
)
LINK: Final = Level(
    name="link",
    fields={"strategy": "strategy_code", "goal": "goal_code", "title": "title"},
    below={},
)
ACTIVITY: Final = Level(
    name="activity", fields={"title": "title", "responsible": "owner", "deadline": "due_on"}, below={}
)
MEASURE: Final = Level(
    name="measure",
    fields={
        "title": "title",
        "description": "description",
        "responsible": "owner",
        "cooperating": "partners",
        "starts_on": "starts_on",
        "deadline": "ends_on",
        "cost_czk": "cost_czk",
        "funding_source": "funding_source",
    },
    below={"indicators": "indicators", "activities": "activities", "links": "strategies", "budget": "budget"},
)
GOAL: Final = Level(
    name="specific-goal",
    fields={"title": "title", "description": "target_state", "deadline": "due_on"},
    below={"indicators": "indicators", "measures": "measures", "links": "strategies"},
)
PRIORITY: Final = Level(
    name="priority",
    fields={
        "title": "title",
        "area": "area",
        "description": "description",
        "causes": "causes",
        "consequences": "consequences",
        "affected_group": "affected_group",
        "estimated_people": "estimated_people",
        "source": "source",
    },
    below={"specific_goals": "goals"},
)
LEVELS: Final[Mapping[str, Level]] = {
    "priorities": PRIORITY,
    "specific_goals": GOAL,
    "measures": MEASURE,
    "activities": ACTIVITY,
    "indicators": INDICATOR,
    "links": LINK,
    "budget": BUDGET,
}
"""What stands in each list of the exchange."""
NUMBERS: Final = frozenset({"estimated_people", "year"})
LISTS: Final = frozenset({"cooperating"})


def exchanged(content: Json, head: Json, about: Json) -> dict[str, object]:
    """Return the hierarchy of a plan, from its content as plain data."""
    priorities = content["problems"]
    assert isinstance(priorities, list)  # noqa: S101 - content is made by us
    told = [_out(each, PRIORITY) for each in priorities]
    return {"schema": FORM, **about, **{name: head[name] for name in HEAD}, "priorities": told}


def _out(node: Json, level: Level) -> dict[str, object]:
    own = {theirs: node[ours] for theirs, ours in level.fields.items() if node[ours] not in (None, "", ())}
    below: dict[str, object] = {}
    for theirs, ours in level.below.items():
        members = node[ours]
        if isinstance(members, list | tuple) and members:
            below[theirs] = [_out(each, LEVELS[theirs]) for each in members]
    return {"id": str(node["id"]), "number": node["number"], **own, **below}


def tree_of(whole: Json, *, area: str | None, mode: Mode, now: Json) -> dict[str, object]:
    """Return the tree of the draft with the hierarchy in it; nodes that the draft does not have are new.

    A priority without an area gets `area`. What the exchange does not know of a node (its projects)
    stays where its id does. Raises `ContentMalformed`.
    """
    priorities = whole.get("priorities")
    if whole.get("schema") != FORM or not isinstance(priorities, list):
        raise ContentMalformed(reason=f"schema ≠ {FORM}")
    present = without_numbers(now["problems"], DEEPEST)
    stays = present if mode is Mode.APPEND and isinstance(present, list) else []
    known = {} if mode is Mode.APPEND else dict(_by_id(present))
    came = [_in(each, PRIORITY, f"/priorities/{place}", known) for place, each in enumerate(priorities)]
    return {"problems": [*stays, *({**({"area": area} if area else {}), **each} for each in came)]}


def _by_id(value: object) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"], value
        for each in value.values():
            yield from _by_id(each)
    elif isinstance(value, list):
        for each in value:
            yield from _by_id(each)


def _in(node: object, level: Level, where: str, known: Mapping[str, Json]) -> dict[str, object]:
    if not isinstance(node, dict):
        raise ContentMalformed(reason=where)
    allowed = {*COMMON, *level.fields, *level.below}
    if strange := [name for name in node if name not in allowed]:
        raise ContentMalformed(reason=f"{where}/{str(strange[0])[:60]}")
    ours_alone = known.get(str(node.get("id", "")).lower(), {}).items()
    told = {*level.fields.values(), *level.below.values()}
    own = {name: value for name, value in ours_alone if name not in told}
    own |= {ours: node[theirs] for theirs, ours in level.fields.items() if theirs in node}
    for theirs, ours in level.below.items():
        members = node.get(theirs, [])
        if not isinstance(members, list):
            raise ContentMalformed(reason=f"{where}/{theirs}")
        own[ours] = [
            _in(each, LEVELS[theirs], f"{where}/{theirs}/{place}", known)
            for place, each in enumerate(members)
        ]
    return own
