"""Rumburk and Staré Křečany, which plan together: two units, their people, one plan."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.registry import UnitRegistered
from tests.support.planning import (
    Json,
    a_goal,
    a_measure,
    a_problem,
    a_registered_unit,
    a_started_cooperation,
    a_tree,
    an_indicator,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

RUMBURK = UUID("5b0ff0a1-0000-5000-8000-000000000001")
KRECANY = UUID("5b0ff0a1-0000-5000-8000-000000000002")
TOWN, VILLAGE = "Město Rumburk", "Obec Staré Křečany"
TOWN_COUNCIL, VILLAGE_COUNCIL = "Zastupitelstvo města Rumburk", "Zastupitelstvo obce Staré Křečany"


def _someone(role: Role, unit_id: UUID, affiliation: str) -> Actor:
    sub = f"{role.value}-{'rumburk' if unit_id == RUMBURK else 'krecany'}"
    return an_actor(role, units=[unit_id], affiliation=affiliation, sub=sub, name=sub)


COORDINATOR_OF_RUMBURK = _someone(Role.COORDINATOR, RUMBURK, TOWN)
COORDINATOR_OF_KRECANY = _someone(Role.COORDINATOR, KRECANY, VILLAGE)
MAYOR_OF_RUMBURK = _someone(Role.MAYOR, RUMBURK, TOWN)
MAYOR_OF_KRECANY = _someone(Role.MAYOR, KRECANY, VILLAGE)


def a_town(unit_id: UUID, name: str) -> UnitRegistered:
    return replace(a_registered_unit(unit_id, name=name), code=None)


async def both_cooperate(planning: ServiceUnderTest) -> None:
    since = date(2016, 9, 1)
    await planning.hear(
        a_town(RUMBURK, "Rumburk"),
        a_town(KRECANY, "Staré Křečany"),
        a_started_cooperation(RUMBURK, starts_on=since),
        a_started_cooperation(KRECANY, starts_on=since),
    )


def the_head(**changes: object) -> Json:
    return {
        "kind": "SPSZ",
        "title": "Strategický plán sociálního začleňování Rumburk a Staré Křečany 2022–2026",
        "vision": "Šluknovsko, kde se dá žít.",
        "unit_ids": [str(RUMBURK), str(KRECANY)],
        "valid_from": "2022-01-01",
        "valid_until": "2026-12-31",
        **changes,
    }


def a_joint_tree() -> Json:
    """Return a problem with a measure of the town, one of the village, and one that nobody will keep."""
    days: Json = {"baseline_on": "2020-12-31", "target_on": "2026-06-30"}
    lasting: Json = {
        "starts_on": "2022-01-01",
        "ends_on": "2026-12-31",
        "partners": [],
        "activities": [],
        "indicators": [an_indicator(name="Zabydlené domácnosti", unit="domácnosti", **days)],
    }
    measures = [
        a_measure(title="Městské byty pro rodiny z ubytoven", owner=TOWN, cost_czk="3000000", **lasting),
        a_measure(title="Terénní práce v místních částech", owner=VILLAGE, cost_czk="800000", **lasting),
        a_measure(title="Společná pračka", owner=TOWN, cost_czk="50000", **lasting),
    ]
    goal = a_goal(due_on="2026-12-31", indicators=[an_indicator(**days)], measures=measures)
    return a_tree(a_problem(goals=[goal]))
