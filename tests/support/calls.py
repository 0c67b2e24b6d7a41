"""Builders for calls: the second call of 2023, as a dataclass and as JSON."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from uuid import UUID

import httpx

from registry.calls.decisions import drafted
from registry.calls.domain import AttachmentKind, Call, Content, Criterion
from registry.calls.methodology import Methodology, methodologies_in
from registry.calls.use_cases import seed_methodologies
from shared.contracts.registry import ThematicArea, UnitKind
from tests.support.registry import decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, DIRECTOR

KINDS = ("local-action-group", "municipality", "municipality-association", "region")
AREAS = ("BEZ", "BYD", "DLU", "ROD", "ZAM", "ZDR")
FORM: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Přihláška ke spolupráci",
    "properties": {
        "need": {"type": "string", "minLength": 1, "title": "Popis potřeby"},
        "has_plan": {"type": "boolean", "title": "Má obec plán?"},
        "plan": {"type": "string"},
    },
    "required": ["need", "has_plan"],
    "if": {"properties": {"has_plan": {"const": True}}},
    "then": {"required": ["plan"]},
}


def a_content(**changes: object) -> Content:
    values: dict[str, object] = {
        "code": "KPSV21-2",
        "title": "2. výzva ke spolupráci v rámci KPSV 2021+",
        "text": "Ministerstvo vyzývá k podání přihlášek ke spolupráci.",
        "contact": "vyzvy@agentura.test",
        "methodology": "KPSV21/1.0",
        "opens_on": date(2023, 3, 20),
        "closes_on": date(2023, 4, 6),
        "eligible_kinds": frozenset(map(UnitKind, KINDS)),
        "areas": frozenset(map(ThematicArea, AREAS)),
        "form": FORM,
        "attachments": (
            AttachmentKind(
                code="usneseni",
                name_cs="Usnesení zastupitelstva",
                name_en="Resolution of the assembly",
                required=True,
            ),
        ),
        "criteria": (
            Criterion(
                code="K1",
                name_cs="Naléhavost",
                name_en="Urgency",
                weight=Decimal("1.5"),
                max_points=10,
                min_points=4,
            ),
            Criterion(
                code="K2", name_cs="Připravenost", name_en="Readiness", weight=Decimal(1), max_points=10
            ),
        ),
        "minimum_points": Decimal("12.5"),
        "capacity": 10,
        "formal_check_days": 10,
        "completion_days": 5,
        **changes,
    }
    return Content(**values)  # type: ignore[arg-type]


def a_draft(number: int = 1, **changes: object) -> Call:
    return drafted(a_content(**changes), id_=UUID(int=number), version=1)


def call_json(**changes: object) -> dict[str, object]:
    """Return the second call of 2023, as it is sent."""
    return {
        "code": "KPSV21-2",
        "title": "2. výzva ke spolupráci v rámci KPSV 2021+",
        "text": "Ministerstvo vyzývá k podání přihlášek ke spolupráci.",
        "contact": "vyzvy@agentura.test",
        "methodology": "KPSV21/1.0",
        "opens_on": "2023-03-20",
        "closes_on": "2023-04-06",
        "eligible_kinds": list(KINDS),
        "areas": list(AREAS),
        "form": FORM,
        "attachments": [
            {
                "code": "usneseni",
                "name_cs": "Usnesení zastupitelstva",
                "name_en": "Resolution of the assembly",
                "required": True,
            }
        ],
        "criteria": [
            {
                "code": "K1",
                "name_cs": "Naléhavost",
                "name_en": "Urgency",
                "weight": "1.5",
                "max_points": 10,
                "min_points": 4,
            },
            {
                "code": "K2",
                "name_cs": "Připravenost",
                "name_en": "Readiness",
                "weight": "1",
                "max_points": 10,
                "min_points": None,
            },
        ],
        "minimum_points": "12.5",
        "capacity": 10,
        "formal_check_days": 10,
        "completion_days": 5,
        **changes,
    }


def seeded_methodologies() -> list[Methodology]:
    text = files("registry").joinpath("data/methodologies.csv").read_text(encoding="utf-8")
    return methodologies_in(csv.DictReader(text.splitlines()))


async def with_methodologies(registry: ServiceUnderTest) -> None:
    """Put in what a new registry knows of methodologies."""
    async with registry.transaction() as tx:
        await seed_methodologies(tx, seeded_methodologies())


async def drafted_call(registry: ServiceUnderTest, **changes: object) -> httpx.Response:
    async with registry.client(ADMINISTRATOR) as client:
        answer = await client.post("/calls", json=call_json(**changes))
    assert answer.status_code == 201, answer.text
    return answer


async def announced_call(
    registry: ServiceUnderTest, *, on: str | None = "2023-02-27", **changes: object
) -> UUID:
    """Draft and announce a call; methodologies have to be in. Return its id."""
    drafted_one = (await drafted_call(registry, **changes)).json()
    async with registry.client(DIRECTOR) as client:
        address = f"/calls/{drafted_one['id']}/announcement"
        answer = await client.post(address, json={"on": on}, headers=decided_on(1))
    assert answer.status_code == 200, answer.text
    return UUID(drafted_one["id"])


def at(text: str) -> datetime:
    """Return the instant, given in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
