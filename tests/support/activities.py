"""Builders for the log of activities, for contacts and for correspondence."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

import httpx

from registry.activities.code_lists import PeopleRole, StaffRole
from registry.activities.domain import Facts, Participant, People, Staff
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.registry import ThematicArea
from shared.http import today
from tests.support.registry import OBRNICE, registered
from tests.support.tokens import TRMICE

KEY: Final = "p4f7Qz81Lk"
DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def some_facts(
    kind: ExpertActivityKind = ExpertActivityKind.KON,
    held_on: date = date(2026, 11, 12),
    minutes: int = 90,
    *,
    unit_ids: tuple[UUID, ...] = (OBRNICE,),
    areas: tuple[ThematicArea, ...] = (ThematicArea.BYD,),
    staff: tuple[Staff, ...] | None = None,
    people: tuple[People, ...] = (),
    attendance: tuple[Participant, ...] = (),
    title: str = "Konzultace opatření k bydlení",
) -> Facts:
    return Facts(
        kind=kind,
        unit_ids=unit_ids,
        areas=areas,
        held_on=held_on,
        minutes=minutes,
        place="Obecní úřad",
        online=False,
        title=title,
        note="",
        documents=(),
        staff=staff or (Staff(person="petr.konzultant", role=StaffRole.LEAD, minutes=minutes),),
        people=people,
        attendance=attendance,
    )


def residents(count: int = 3, minutes: int = 60) -> People:
    return People(role=PeopleRole.RESIDENT, count=count, minutes=minutes)


def a_participant(person: str = KEY, minutes: int = 60) -> Participant:
    return Participant(person=person, role=PeopleRole.RESIDENT, minutes=minutes)


def yesterday() -> str:
    return (today() - timedelta(days=1)).isoformat()


def activity_json(**changes: object) -> dict[str, object]:
    return {
        "kind": "KON",
        "unit_ids": [str(OBRNICE)],
        "areas": ["BYD"],
        "held_on": yesterday(),
        "minutes": 90,
        "title": "Konzultace opatření k bydlení",
        **changes,
    }


def contact_json(**changes: object) -> dict[str, object]:
    return {
        "unit_id": str(OBRNICE),
        "role": "mayor",
        "name": "Karel Novotný",
        "function": "starosta",
        "email": "starosta@obrnice.test",
        "phone": "+420 777 123 456",
        "valid_from": "2022-10-20",
        **changes,
    }


def entry_json(**changes: object) -> dict[str, object]:
    return {
        "unit_ids": [str(OBRNICE)],
        "occurred_on": yesterday(),
        "direction": "in",
        "channel": "e-mail",
        "subject": "Příprava žádosti o sociální bydlení",
        "summary": "Obec žádá o pomoc se žádostí.",
        **changes,
    }


async def two_towns(client: httpx.AsyncClient) -> None:
    """Register Obrnice and Trmice."""
    await registered(client)
    await registered(client, code="553697", name="Trmice")


async def written(client: httpx.AsyncClient, address: str, body: dict[str, object]) -> httpx.Response:
    """POST what must succeed."""
    answer = await client.post(address, json=body)
    assert answer.status_code == 201, answer.text
    return answer


__all__ = ["OBRNICE", "TRMICE"]
