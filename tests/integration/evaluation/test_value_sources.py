"""What values were made of changes: corrected inputs, newer figures of the registry."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import httpx
import pytest

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.base import Event
from shared.contracts.evaluation import ValueCorrected
from shared.contracts.registry import FiguresPublished
from tests.support.definitions import define, link
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    EVALUATOR,
    a_plan_approved,
    a_report_in,
    an_indicator,
    decide,
    indicator_id,
    report_and_approve,
)
from tests.support.evidence import OBRNICE, asked, published
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, seeded

A, B, RATIO, SCORE = (obligation_id(indicator_id(number), "2026") for number in (1, 2, 3, 4))
TAKEN = obligation_id(indicator_id(1), "2022")


async def correct(service: ServiceUnderTest, obligation: UUID, value: str) -> int:
    body = a_report_in(value=value) | {"reason": "Chyba v podkladech"}
    return (await decide(service, obligation, "correction", actor=EVALUATOR, body=body)).status_code


async def shown(service: ServiceUnderTest, obligation: UUID) -> httpx.Response:
    async with service.client(CONSULTANT) as client:
        return await client.get(f"/obligations/{obligation}")


async def doubted(service: ServiceUnderTest) -> list[tuple[str, bool]]:
    async with service.client(CONSULTANT) as client:
        items = (await client.get("/tasks?filter[kind]=source-changed")).json()["items"]
        sums = (await client.get("/tasks/sums")).json()["items"]
    counts = [each["count"] for each in sums if each["kind"] == "source-changed"]
    assert sum(counts) == len(items)
    return [(item["id"], item["is_overdue"]) for item in items]


@pytest.fixture
async def computed(evaluation: ServiceUnderTest) -> ServiceUnderTest:
    """Two approved inputs and, not computed yet, their quotient and a score of it."""
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(number) for number in (1, 2, 3, 4)]))
    for code in ("X_A", "X_B"):
        await define(evaluation, code, unit="domácnosti")
    said = {"kind": "ratio", "unit": "domácnost", "value_source": "formula"}
    await define(evaluation, "X_R", **said, formula="X_A / X_B")
    await define(evaluation, "X_S", **said, formula="X_R * 10 + X_A")
    for which, code in ((1, "X_A"), (2, "X_B"), (3, "X_R"), (4, "X_S")):
        assert (await link(evaluation, which, code)).status_code == 200
    await report_and_approve(evaluation, A, value="30")
    await report_and_approve(evaluation, B, value="12")
    return evaluation


async def test_a_correction_is_carried_into_what_was_computed_of_it(computed: ServiceUnderTest) -> None:
    assert (await decide(computed, RATIO, "computation", actor=COORDINATOR, body={})).status_code == 200
    assert (await decide(computed, RATIO, "approval", actor=CONSULTANT)).status_code == 200
    assert (await decide(computed, SCORE, "computation", actor=COORDINATOR, body={})).json()["value"] == "55"
    assert await correct(computed, A, "24") == 200

    ratio, score = [(await shown(computed, each)).json() for each in (RATIO, SCORE)]
    assert (ratio["value"], ratio["status"], score["value"], score["status"]) == (
        *("2", "approved"),
        *("44", "submitted"),
    )
    act = ratio["acts"][-1]
    assert (act["act"], act["reason"]) == ("recomputed", "Přepočteno po opravě vstupu: Chyba v podkladech")
    assert [each["value"] for each in ratio["acts"][0]["derivation"]["inputs"]] == ["30", "12"]
    assert [each["value"] for each in act["derivation"]["inputs"]] == ["24", "12"]
    told = {event.obligation_id: str(event.value) for event in await computed.told(ValueCorrected)}
    assert told == {A: "24", RATIO: "2"}
    assert await doubted(computed) == []


async def test_what_cannot_be_computed_anew_stays_and_is_doubted_until_it_is_upheld(
    computed: ServiceUnderTest,
) -> None:
    await decide(computed, RATIO, "computation", actor=COORDINATOR, body={})
    await decide(computed, RATIO, "approval", actor=CONSULTANT)
    assert await correct(computed, B, "0") == 200
    ratio = (await shown(computed, RATIO)).json()
    assert (ratio["value"], ratio["doubt"]["because"]) == ("2.5", "not-recomputed")
    assert ratio["doubt"]["told"]["problem"] == "computation-has-no-value"
    assert await doubted(computed) == [(str(RATIO), False)]
    assert await correct(computed, B, "12") == 200
    assert await doubted(computed) == [], "it agrees with its inputs again"
    assert await correct(computed, B, "0") == 200
    assert await doubted(computed) == [(str(RATIO), False)]
    because: dict[str, object] = {"reason": "Dům byl prázdný jen přes léto."}
    both = await asyncio.gather(
        *(decide(computed, RATIO, "upholding", actor=CONSULTANT, version=3, body=because) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    again = await decide(computed, RATIO, "upholding", actor=CONSULTANT, body=because)
    assert again.json()["type"].endswith("nothing-in-doubt")
    assert await doubted(computed) == []
    assert [act["act"] for act in (await shown(computed, RATIO)).json()["acts"]] == [
        "reported",
        "approved",
        "upheld",
    ]
    assert await correct(computed, B, "10") == 200
    assert (await shown(computed, RATIO)).json()["value"] == "3"


async def test_nothing_is_computed_of_a_value_that_is_being_corrected(computed: ServiceUnderTest) -> None:
    corrected, done = await asyncio.gather(
        correct(computed, A, "24"), decide(computed, RATIO, "computation", actor=COORDINATOR, body={})
    )
    assert (corrected, done.status_code) == (200, 200)
    assert (await shown(computed, RATIO)).json()["value"] == "2"


async def test_newer_figures_raise_a_doubt_and_change_nothing_by_themselves(
    evaluation: ServiceUnderTest, registry: ServiceUnderTest
) -> None:
    await seeded(registry)
    first = await published(registry, *TOWNS, year=2022)
    planned = an_indicator(1, unit="osoby", baseline_on=date(2021, 12, 31))
    plan = a_plan_approved(unit_ids=[OBRNICE], indicators=[planned], valid_from=date(2022, 3, 1))
    await evaluation.hear(plan)
    await define(evaluation, "X_E", unit="osoby", value_source="table", series="EXE")
    await link(evaluation, 1, "X_E")
    async with asked(evaluation, registry):
        assert (await decide(evaluation, TAKEN, "figure", actor=COORDINATOR, body={})).status_code == 200
        assert (await decide(evaluation, TAKEN, "approval", actor=CONSULTANT)).status_code == 200
        await evaluation.hear(*_figures(first))
        assert await doubted(evaluation) == []
        second = await published(registry, replace(OBRNICE_ROW, exe=400), *TOWNS[1:], year=2022)
        told = await evaluation.hear(*_figures(second))
        await evaluation.hear_again(told)
        value = (await shown(evaluation, TAKEN)).json()
        assert (value["value"], value["doubt"]["because"]) == (str(OBRNICE_ROW.exe), "newer-figures")
        assert value["doubt"]["told"]["value"] == "400"
        assert await doubted(evaluation) == [(str(TAKEN), False)]
        because: dict[str, object] = {"reason": "Oprava se týká jiného roku."}
        await decide(evaluation, TAKEN, "upholding", actor=CONSULTANT, body=because)
        third = await published(registry, replace(OBRNICE_ROW, exe=400, uoz=99), *TOWNS[1:], year=2022)
        await evaluation.hear(*_figures(third))
        assert await doubted(evaluation) == []
        fourth = await published(registry, replace(OBRNICE_ROW, exe=500), *TOWNS[1:], year=2022)
        await evaluation.hear(*_figures(fourth))
        assert [key for key, _ in await doubted(evaluation)] == [str(TAKEN)]
        done = await decide(
            evaluation, TAKEN, "figure-correction", actor=EVALUATOR, body={"reason": "Novější údaj registru"}
        )
    assert (done.status_code, done.json()["value"]) == (200, "500"), done.text
    value = (await shown(evaluation, TAKEN)).json()
    assert (value["doubt"], value["acts"][-1]["derivation"]["kind"]) == (None, "table")
    assert await doubted(evaluation) == []


def _figures(told: Sequence[Event]) -> list[FiguresPublished]:
    return [event for event in told if isinstance(event, FiguresPublished)]
