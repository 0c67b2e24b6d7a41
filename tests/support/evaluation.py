"""Builders for evaluation: what planning, registry and documents tell it, and who works with it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

import httpx

from evaluation.monitoring.domain import ObligationStatus
from evaluation.progress.domain import Aim
from evaluation.values.domain import Obligation, Report
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind, DocumentPublished
from shared.contracts.planning import (
    Direction,
    Periodicity,
    PlanApproved,
    PlanClosed,
    PlanKind,
    PlannedIndicator,
)
from shared.contracts.registry import UnitKind, UnitRegistered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE, an_actor

PLAN = UUID("0192f0c1-0000-7000-8000-000000000001")
CONSULTANT = an_actor(Role.CONSULTANT, affiliation="Agentura", sub="petr.konzultant")
EVALUATOR = an_actor(Role.EVALUATOR, affiliation="Agentura", sub="eva.evaluatorka")
COORDINATOR = an_actor(Role.COORDINATOR, units=[OBRNICE], affiliation="Obec Obrnice", sub="jana.malinova")
NEIGHBOUR = an_actor(Role.COORDINATOR, units=[TRMICE], affiliation="Město Trmice", sub="karel.soused")


def indicator_id(number: int, plan_id: UUID = PLAN) -> UUID:
    return uuid5(plan_id, f"indicator {number}")


def an_indicator(which: int = 1, plan_id: UUID = PLAN, /, **changes: object) -> PlannedIndicator:
    planned = PlannedIndicator(
        indicator_id=indicator_id(which, plan_id),
        measures=uuid5(plan_id, "goal 1"),
        number=f"1.{which}",
        name="Počet domácností v dlouhodobém nájmu",
        unit="domácnost",
        direction=Direction.INCREASE,
        periodicity=Periodicity.YEARLY,
        owner="Odbor sociálních věcí",
        baseline=Decimal(10),
        baseline_on=date(2025, 12, 31),
        target=Decimal(60),
        target_on=date(2030, 12, 31),
    )
    return replace(planned, **changes)  # type: ignore[arg-type]


def a_plan_approved(
    *,
    revision: int = 1,
    indicators: Sequence[PlannedIndicator] | None = None,
    plan_id: UUID = PLAN,
    kind: PlanKind = PlanKind.PSZ,
    valid_from: date = date(2026, 1, 1),
    valid_until: date = date(2030, 12, 31),
    unit_ids: Sequence[UUID] = (OBRNICE,),
) -> PlanApproved:
    return PlanApproved(
        version=revision * 10,
        plan_id=plan_id,
        revision=revision,
        kind=kind,
        title="Plán sociálního začleňování obce Obrnice",
        unit_ids=tuple(unit_ids),
        valid_from=valid_from,
        valid_until=valid_until,
        body="Zastupitelstvo obce Obrnice",
        approved_on=date(2026, 1, 20),
        resolution_number=f"{revision}/2026",
        digest="0" * 64,
        indicators=tuple(indicators) if indicators is not None else (an_indicator(),),
    )


def a_plan_closed(*, closed_on: date, plan_id: UUID = PLAN, revision: int = 1) -> PlanClosed:
    return PlanClosed(
        version=99,
        plan_id=plan_id,
        revision=revision,
        unit_ids=(OBRNICE,),
        closed_on=closed_on,
        reason="Obec od spolupráce odstoupila.",
    )


def a_unit_registered(*, version: int = 1, name: str = "Obrnice", **changes: object) -> UnitRegistered:
    registered = UnitRegistered(
        version=version,
        unit_id=OBRNICE,
        kind=UnitKind.MUNICIPALITY,
        code="567337",
        name=name,
        parent_id=None,
        valid_from=date(2000, 1, 1),
        valid_until=None,
    )
    return replace(registered, **changes)  # type: ignore[arg-type]


def a_document_published(number: int = 1, *, version: int = 1, **changes: object) -> DocumentPublished:
    published = DocumentPublished(
        version=version,
        document_id=uuid5(PLAN, f"document {number}"),
        kind=DocumentKind.PLAN,
        title="Plán sociálního začleňování obce Obrnice",
        plan_id=PLAN,
        revision=version,
        unit_ids=(OBRNICE,),
        media_type="application/pdf",
        size_bytes=120_000,
        digest=f"{version:064x}",
        published_at=datetime(2026, 2, number, 12, tzinfo=UTC),
    )
    return replace(published, **changes)  # type: ignore[arg-type]


def an_obligation(
    *,
    status: ObligationStatus = ObligationStatus.OPEN,
    value: Decimal | None = None,
    reported_by: str | None = None,
    starts_on: date = date(2026, 1, 1),
    ends_on: date = date(2026, 12, 31),
) -> Obligation:
    return Obligation(
        obligation_id=uuid5(indicator_id(1), "2026"),
        plan_id=PLAN,
        unit_ids=frozenset({OBRNICE}),
        indicator_id=indicator_id(1),
        period="2026",
        starts_on=starts_on,
        ends_on=ends_on,
        status=status,
        version=1,
        value=value,
        measured_on=None,
        reported_by=reported_by,
    )


def a_report(*, value: str = "20", measured_on: date = date(2026, 12, 31)) -> Report:
    return Report(value=Decimal(value), measured_on=measured_on, source="Evidence obce", note="")


def an_aim(**changes: object) -> Aim:
    aim = Aim(
        direction=Direction.INCREASE,
        periodicity=Periodicity.YEARLY,
        unit="domácnost",
        baseline=Decimal(0),
        baseline_on=date(2026, 1, 1),
        target=Decimal(100),
        target_on=date(2036, 1, 1),
    )
    return replace(aim, **changes)  # type: ignore[arg-type]


def a_report_in(
    *, value: object = "20", measured_on: str = "2026-06-30", **changes: object
) -> dict[str, object]:
    return {"value": value, "measured_on": measured_on, "source": "Evidence obce", **changes}


async def decide(
    evaluation: ServiceUnderTest,
    obligation: UUID,
    decision: str,
    *,
    actor: Actor,
    version: int | None = None,
    body: dict[str, object] | None = None,
) -> httpx.Response:
    """Post a decision on the version given, or on the current one."""
    async with evaluation.client(actor) as client:
        address = f"/obligations/{obligation}"
        tag = f'"{version}"' if version else (await client.get(address)).headers["etag"]
        headers = {"If-Match": tag, "Content-Type": "application/json"}
        return await client.post(f"{address}/{decision}", content=json.dumps(body), headers=headers)


async def report_value(evaluation: ServiceUnderTest, obligation: UUID, *, value: str) -> None:
    answer = await decide(evaluation, obligation, "report", actor=COORDINATOR, body=a_report_in(value=value))
    assert answer.status_code == 200, answer.text


async def return_value(evaluation: ServiceUnderTest, obligation: UUID) -> None:
    body: dict[str, object] = {"reason": "Hodnota je za okres."}
    answer = await decide(evaluation, obligation, "return", actor=CONSULTANT, body=body)
    assert answer.status_code == 200, answer.text


async def report_and_approve(evaluation: ServiceUnderTest, obligation: UUID, *, value: str) -> None:
    await report_value(evaluation, obligation, value=value)
    answer = await decide(evaluation, obligation, "approval", actor=CONSULTANT)
    assert answer.status_code == 200, answer.text
