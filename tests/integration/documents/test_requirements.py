"""What a cooperation and a plan ought to have, what is there, what is missing since when."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import httpx
from pydantic import TypeAdapter

from documents.requirements import use_cases
from documents.requirements.schemas import CompletenessList
from shared.contracts.intake import MemorandumConcluded
from shared.contracts.planning import PlanClosed
from shared.contracts.registry import CooperationEnded, CooperationRegime, CooperationStarted
from tests.support.documents import (
    MOST,
    OBRNICE,
    PLAN_ID,
    a_snapshot,
    canonical,
    plan_approved,
    unit_registered,
)
from tests.support.filing import approve, call, file_document
from tests.support.interleaving import somebody_waits
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR

COOPERATION = UUID("0199c000-0000-7000-8000-000000000001")
FROM_REGISTRY = "documents-requirements-from-registry"
FROM_PLANNING = "documents-requirements-from-planning"
RULES = [
    ("cooperation", "MEMO", "beginning", 90, "signed", []),
    ("cooperation", "POPIS", "memorandum", 180, "signed", []),
    ("cooperation", "PLAN", "beginning", 365, "published", ["KPSV21"]),
    ("cooperation", "EVAL", "end", 180, "published", []),
    ("plan", "VYPOR", "beginning", 30, "published", []),
]


async def require(
    documents: ServiceUnderTest, *, valid_from: str = "2020-01-01", version: int = 0, days: int = 90
) -> httpx.Response:
    names = ("subject", "kind", "milestone", "due_days", "need", "applies_to")
    rules = [dict(zip(names, rule, strict=True)) for rule in RULES]
    rules[0]["due_days"] = days
    return await call(
        documents,
        "POST",
        "/requirements",
        ADMINISTRATOR,
        version=version,
        valid_from=valid_from,
        requirements=rules,
    )


def started(version: int = 1, unit_id: UUID = OBRNICE, **changes: object) -> CooperationStarted:
    facts = {
        "version": version,
        "cooperation_id": COOPERATION,
        "unit_id": unit_id,
        "regime": CooperationRegime.KPSV21,
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2099, 12, 31),
    } | changes
    return TypeAdapter(CooperationStarted).validate_python(facts)


async def items_of(documents: ServiceUnderTest, subject: UUID = COOPERATION) -> dict[str, dict[str, object]]:
    found = await call(documents, "GET", f"/completeness/{subject}")
    assert found.status_code == 200, found.text
    return {each["kind"]: each for each in found.json()["items"]}


async def test_what_is_missing_is_told_with_the_day_since_when(documents: ServiceUnderTest) -> None:
    assert (await require(documents)).status_code == 201
    filed = await file_document(documents, kind="MEMO", dated_on="2024-02-01")
    await documents.hear(started())
    missing = await items_of(documents)
    assert set(missing) == {"MEMO", "POPIS", "PLAN", "EVAL"}
    assert (missing["MEMO"]["fulfilment"], missing["MEMO"]["due_on"]) == ("in-progress", "2024-03-31")
    assert (missing["PLAN"]["is_overdue"], missing["POPIS"]["due_on"]) == (True, None)
    await approve(filed, MAYOR)
    await filed.decide("signature", signed_on="2026-03-12")
    await documents.hear(
        MemorandumConcluded(
            version=3,
            memorandum_id=COOPERATION,
            unit_id=OBRNICE,
            edition=1,
            concluded_on=date(2026, 3, 12),
            digest="a" * 64,
        ),
        CooperationEnded(version=2, cooperation_id=COOPERATION, unit_id=OBRNICE, ended_on=date(2026, 6, 30)),
        consumer=FROM_REGISTRY,
    )
    later = await items_of(documents)
    assert (later["MEMO"]["fulfilment"], later["MEMO"]["document_id"]) == ("complete", filed.id)
    assert (later["MEMO"]["kind_name"], later["MEMO"]["document_address"]) == ("memorandum", None)
    assert later["POPIS"]["due_on"] == "2026-09-08"
    assert later["EVAL"]["due_on"] == "2026-12-27"


async def test_all_units_are_looked_through_in_two_statements_and_each_sees_its_own(
    documents: ServiceUnderTest,
) -> None:
    await require(documents)
    body = canonical(a_snapshot())
    await file_document(documents)
    await documents.hear(started(), plan_approved(body), consumer=FROM_REGISTRY)
    await documents.hear(plan_approved(body), consumer=FROM_PLANNING)
    await documents.hear(started(unit_id=MOST, cooperation_id=UUID(int=7)), consumer=FROM_REGISTRY)
    with documents.counted_statements() as statements:
        items = (await call(documents, "GET", "/completeness?limit=2")).json()
    assert len(statements) <= 2
    assert len(items["items"]) == 2
    assert items["next"]
    listed = await call(documents, "GET", "/completeness", COORDINATOR)
    CompletenessList.model_validate_json(listed.content)
    own = listed.json()["items"]
    assert {each["id"] for each in own} == {str(COOPERATION), str(PLAN_ID)}
    assert (await call(documents, "GET", "/completeness", COORDINATOR_OF_TRMICE)).json()["items"] == []
    foreign = await call(documents, "GET", f"/completeness/{COOPERATION}", COORDINATOR_OF_TRMICE)
    assert foreign.status_code == 404
    late = (await call(documents, "GET", "/completeness?filter[overdue]=true")).json()["items"]
    assert all(each["overdue"] > 0 and each["overdue_from"] for each in late)
    plans = (await call(documents, "GET", "/completeness?filter[subject]=plan")).json()["items"]
    assert [each["items"][0]["kind"] for each in plans] == ["VYPOR"]


async def test_an_edition_holds_for_what_begins_under_it(documents: ServiceUnderTest) -> None:
    await require(documents)
    assert (await require(documents, valid_from="2025-01-01", version=1, days=30)).status_code == 201
    assert (await require(documents, valid_from="2026-01-01", version=1)).status_code == 412
    again = await require(documents, valid_from="2025-01-01", version=2)
    assert again.json()["type"].endswith("edition-not-later")
    await documents.hear(started(), started(cooperation_id=UUID(int=9), starts_on=date(2025, 3, 1)))
    assert (await items_of(documents))["MEMO"]["edition"] == 1
    newer = await items_of(documents, UUID(int=9))
    assert (newer["MEMO"]["edition"], newer["MEMO"]["due_on"]) == (2, "2025-03-31")
    editions = (await call(documents, "GET", "/requirements", None)).json()["items"]
    assert [each["number"] for each in editions] == [2, 1]
    assert (await call(documents, "GET", "/requirements/3", None)).status_code == 404
    forbidden = await call(documents, "POST", "/requirements", CONSULTANT, version=2)
    assert forbidden.status_code == 403


async def test_an_older_word_on_a_cooperation_changes_nothing(documents: ServiceUnderTest) -> None:
    await require(documents)
    await documents.hear(started(3, starts_on=date(2025, 1, 1)), started(2))
    found = (await call(documents, "GET", f"/completeness/{COOPERATION}")).json()
    assert found["variant_name"] == "spolupráce v KPSV 2021+"
    assert found["begins_on"] == "2025-01-01"


async def test_drafts_of_others_neither_count_nor_show_their_titles(documents: ServiceUnderTest) -> None:
    await require(documents)
    await documents.hear(started())
    ours = str(COOPERATION)
    await file_document(documents, CONSULTANT, units=(MOST,), kind="MEMO", cooperation_id=ours)
    assert (await items_of(documents))["MEMO"]["fulfilment"] == "missing", "it is of another town"
    await file_document(documents, CONSULTANT, units=(), kind="MEMO", cooperation_id=ours, title="Vnitřní")
    seen = (await items_of(documents))["MEMO"]
    assert (seen["fulfilment"], seen["document_title"]) == ("in-progress", "Vnitřní")
    theirs = await call(documents, "GET", f"/completeness/{COOPERATION}", COORDINATOR)
    (shown,) = (each for each in theirs.json()["items"] if each["kind"] == "MEMO")
    assert (shown["fulfilment"], shown["document_id"], shown["document_title"]) == ("in-progress", None, None)
    await file_document(documents, COORDINATOR, kind="MEMO", cooperation_id=ours, title="Memorandum")
    theirs = await call(documents, "GET", f"/completeness?filter[unit]={OBRNICE}", COORDINATOR)
    ((shown,),) = (
        [each for each in one["items"] if each["kind"] == "MEMO"] for one in theirs.json()["items"]
    )
    assert shown["document_title"] == "Memorandum"


def concluded(number: int, on: date) -> MemorandumConcluded:
    return MemorandumConcluded(
        version=3,
        memorandum_id=UUID(int=number),
        unit_id=OBRNICE,
        edition=number,
        concluded_on=on,
        digest="a" * 64,
    )


async def test_each_cooperation_counts_from_the_memorandum_that_it_leans_on(
    documents: ServiceUnderTest,
) -> None:
    await require(documents)
    later = UUID(int=11)
    await documents.hear(
        started(starts_on=date(2022, 1, 1), ends_on=date(2023, 12, 31)),
        started(cooperation_id=later, starts_on=date(2026, 2, 1)),
        concluded(3, date(2026, 9, 1)),
        concluded(1, date(2021, 12, 1)),
        concluded(2, date(2026, 1, 10)),
        consumer=FROM_REGISTRY,
    )
    assert (await items_of(documents))["POPIS"]["due_on"] == "2022-05-30"
    assert (await items_of(documents, later))["POPIS"]["due_on"] == "2026-07-09"


async def test_an_end_told_before_its_beginning_is_kept_for_it(documents: ServiceUnderTest) -> None:
    await require(documents)
    ended = CooperationEnded(
        version=5, cooperation_id=COOPERATION, unit_id=OBRNICE, ended_on=date(2026, 6, 30)
    )
    closed = PlanClosed(
        version=9,
        plan_id=PLAN_ID,
        revision=1,
        unit_ids=(OBRNICE,),
        closed_on=date(2026, 5, 31),
        reason="nahrazen",
    )
    approved = plan_approved(canonical(a_snapshot()))
    await documents.hear(closed, consumer=FROM_PLANNING)
    await documents.hear(approved, consumer=FROM_PLANNING)
    await documents.hear(ended, started(), consumer=FROM_REGISTRY)
    other, later = UUID(int=12), UUID(int=13)
    await documents.hear(
        started(cooperation_id=other), replace(ended, cooperation_id=other), consumer=FROM_REGISTRY
    )
    await documents.hear(
        started(6, cooperation_id=later), replace(ended, cooperation_id=later), consumer=FROM_REGISTRY
    )
    for subject, day in (
        (COOPERATION, "2026-06-30"),
        (other, "2026-06-30"),
        (later, "2026-06-30"),
        (PLAN_ID, "2026-05-31"),
    ):
        found = (await call(documents, "GET", f"/completeness/{subject}")).json()
        assert found["ended_on"] == day, subject
    assert (found["variant"], found["variant_name"]) == ("PSZ", "plán sociálního začleňování")
    await documents.hear(started(6, ends_on=date(2026, 12, 31)), consumer=FROM_REGISTRY)
    again = (await call(documents, "GET", f"/completeness/{COOPERATION}")).json()
    assert (again["ended_on"], again["ends_on"]) == ("2026-06-30", "2026-12-31")
    assert (await items_of(documents))["EVAL"]["due_on"] == "2026-12-27"
    assert again["title"] == "spolupráce v KPSV 2021+"
    await documents.hear(unit_registered())
    again = (await call(documents, "GET", f"/completeness/{COOPERATION}")).json()
    assert again["title"] == "Obrnice: spolupráce v KPSV 2021+"


async def test_an_end_told_at_once_with_its_beginning_is_kept_for_it(documents: ServiceUnderTest) -> None:
    ended = CooperationEnded(
        version=5, cooperation_id=COOPERATION, unit_id=OBRNICE, ended_on=date(2026, 6, 30)
    )

    async def begin() -> None:
        async with documents.transaction() as tx:
            await use_cases.follow_cooperation(tx, started())

    async with documents.transaction() as tx:
        await use_cases.end_cooperation(tx, ended)
        beginning = asyncio.create_task(begin())
        await somebody_waits(documents)
    await beginning
    found = (await call(documents, "GET", f"/completeness/{COOPERATION}")).json()
    assert (found["ended_on"], found["title"]) == ("2026-06-30", "spolupráce v KPSV 2021+")
