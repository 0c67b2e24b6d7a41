"""Ostrava as it made its fifth community plan: nine areas, ten groups, two hundred made-up people."""

from itertools import product
from uuid import UUID

import httpx

from planning.plans.kinds import OF_OSTRAVA
from shared.contracts.base import Role
from tests.support.planning import Json, a_goal, a_measure, a_problem, an_indicator
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

OSTRAVA = UUID("0a57a0a0-0000-5000-8000-000000554821")
CITY = "Statutární město Ostrava"
COORDINATOR = an_actor(
    Role.COORDINATOR, units=[OSTRAVA], affiliation=CITY, sub="koordinatorka-kp", name="Koordinátorka KP"
)
MAYOR = an_actor(Role.MAYOR, units=[OSTRAVA], affiliation=CITY, sub="primator", name="Primátor")
AREAS = tuple(area.code for area in OF_OSTRAVA)
GROUPS = (*AREAS[:7], "VII", *AREAS[7:])
"""The area of each of the ten groups; people at risk of exclusion have two."""
PEOPLE_IN_GROUP = 20
_FIRST = ("Anna", "Božena", "Čeněk", "Dana", "Eva", "František", "Hana", "Ivo", "Jana", "Karel")
_LAST = (
    "Adamčík", "Bílek", "Čermák", "Dvořák", "Fiala", "Hájek", "Chalupa", "Jelínek", "Kříž", "Lím",
    "Malý", "Němec", "Ondra", "Polák", "Říha", "Sova", "Šimek", "Tůma", "Urban", "Žák",
)  # fmt: skip
PEOPLE = tuple(f"{first} {last}" for first, last in product(_FIRST, _LAST))


def people_of(group: int) -> tuple[str, ...]:
    """Return the people of a group, counted from 0; the first one is its manager."""
    return PEOPLE[group * PEOPLE_IN_GROUP : (group + 1) * PEOPLE_IN_GROUP]


def members_as_csv(group: int) -> bytes:
    """Return the list of a group as its manager keeps it."""
    rows = ["Jméno;Organizace;Role;Od"]
    for place, name in enumerate(people_of(group)):
        role = "manažer" if place == 0 else "člen"
        rows.append(f"{name};Organizace {group + 1}/{place % 7 + 1};{role};1. 9. 2017")
    return "\r\n".join(rows).encode("utf-8-sig")


def team_as_csv() -> bytes:
    """Return the management team: who coordinates, the ten managers, ten contact persons of the city."""
    rows = ["jméno,organizace,role,od", f"{COORDINATOR.name},{CITY},předsedkyně,2017-09-01"]
    rows += [f"{people_of(group)[0]},Organizace {group + 1}/1,člen,2017-09-01" for group in range(10)]
    rows += [f"Kontaktní Osoba {group + 1},{CITY},kontaktní osoba,2017-09-01" for group in range(10)]
    return "\r\n".join(rows).encode()


def the_tree() -> Json:
    """Return a problem, a goal and a measure in each of the areas, and the areas with their managers."""
    areas: list[Json] = [
        {
            "code": area.code,
            "title": area.cs,
            "managers": [
                f"Organizace {place + 1}/1" for place, code in enumerate(GROUPS) if code == area.code
            ],
        }
        for area in OF_OSTRAVA
    ]
    return {"problems": [_problem(area.code, area.cs) for area in OF_OSTRAVA], "areas": areas}


def _problem(code: str, about: str) -> Json:
    days: Json = {"baseline_on": "2017-12-31", "target_on": "2022-06-30"}
    measure = a_measure(
        title=f"Rozvoj služeb: {about}",
        owner=f"Organizace {AREAS.index(code) + 1}/1",
        starts_on="2019-01-01",
        ends_on="2022-12-31",
        indicators=[an_indicator(name=f"Klienti, {about}", unit="osoby", **days)],
        activities=[],
    )
    goal = a_goal(
        title=f"Dostupné služby: {about}",
        due_on="2022-12-31",
        indicators=[an_indicator(name=f"Dostupnost, {about}", **days)],
        measures=[measure],
    )
    return a_problem(area=code, title=f"Služeb je málo: {about}", goals=[goal])


async def call(
    planning: ServiceUnderTest,
    method: str,
    path: str,
    body: Json | bytes | None = None,
    *,
    actor: object = COORDINATOR,
    version: str = "",
) -> httpx.Response:
    """Send one request, a file as it is and all else as JSON."""
    headers = {"If-Match": version} if version else {}
    raw = body if isinstance(body, bytes) else None
    async with planning.client(actor) as client:  # type: ignore[arg-type]
        if raw is not None:
            return await client.request(method, path, content=raw, headers=headers)
        return await client.request(method, path, json=body, headers=headers)
