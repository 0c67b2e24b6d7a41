"""Builders for participants: entries of support, requests, attendance as the registry tells it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from evaluation.participants.domain import Entry, Origin, Participant, SupportKind
from evaluation.projects.conversion import SupportUnit
from shared.auth import Actor
from shared.contracts.intake import ActivityRecorded, Attendance, ExpertActivityKind
from shared.ids import uuid7
from tests.support.programmes import ANALYST, FORTY, Json
from tests.support.service import ServiceUnderTest

PERSON = uuid5(NAMESPACE_URL, "urn:pospolu:tested:participant")
KEY = "x7Kp2mQ9vT4d"


def an_entry(
    amount: int = 60,
    on: date = date(2023, 3, 1),
    unit: SupportUnit = SupportUnit.HOUR_60,
    **changes: object,
) -> Entry:
    entry = Entry(
        id=uuid7(),
        participant_id=PERSON,
        supported_on=on,
        kind=SupportKind.COUNSELLING,
        unit=unit,
        amount=amount,
        key_activity_id=None,
        reason="",
        origin=Origin.ENTERED,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_participant(**changes: object) -> Participant:
    participant = Participant(
        id=PERSON, version=1, project_id=PERSON, key=KEY, role="social-worker", legal_basis=None
    )
    return replace(participant, **changes)  # type: ignore[arg-type]


def an_activity(
    *attendance: tuple[str, int],
    number: int = 1,
    version: int = 1,
    held_on: date = date(2023, 5, 4),
    **changes: object,
) -> ActivityRecorded:
    recorded = ActivityRecorded(
        version=version,
        activity_id=uuid5(NAMESPACE_URL, f"urn:pospolu:tested:activity:{number}"),
        unit_ids=(FORTY[0],),
        kind=ExpertActivityKind.VZA,
        areas=(),
        held_on=held_on,
        minutes=480,
        attendance=tuple(
            Attendance(person=person, role="social-worker", minutes=minutes) for person, minutes in attendance
        ),
        struck_out=False,
    )
    return replace(recorded, **changes)  # type: ignore[arg-type]


async def registered(
    evaluation: ServiceUnderTest, project: UUID, key: str = KEY, *, actor: Actor = ANALYST
) -> str:
    body = {"key": key, "role": "resident", "legal_basis": "public-task"}
    async with evaluation.client(actor) as client:
        answer = await client.post(f"/projects/{project}/participants", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def supported(
    evaluation: ServiceUnderTest,
    project: UUID,
    participant: str,
    *amounts: int,
    first: date = date(2018, 1, 1),
    unit: str = "hour-60",
    actor: Actor = ANALYST,
) -> list[str]:
    """Record one entry a day, from the first day on."""
    address = f"/projects/{project}/participants/{participant}/support"
    found = []
    async with evaluation.client(actor) as client:
        for at, amount in enumerate(amounts):
            on = date.fromordinal(first.toordinal() + at)
            body = {"supported_on": on.isoformat(), "kind": "training", "unit": unit, "amount": amount}
            answer = await client.post(address, json=body)
            assert answer.status_code == 201, answer.text
            found.append(str(answer.json()["id"]))
    return found


async def people_of(
    evaluation: ServiceUnderTest, project: UUID, query: str = "", *, actor: Actor = ANALYST
) -> list[Json]:
    async with evaluation.client(actor) as client:
        answer = await client.get(f"/projects/{project}/participants?limit=200{query}")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


def hours_and_days(people: Sequence[Json]) -> list[tuple[object, object]]:
    return [(each["hours"], each["counted_on"]) for each in people]
