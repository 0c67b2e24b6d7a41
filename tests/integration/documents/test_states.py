"""A document on its way from a draft: described, commented on, approved, signed, restored, discarded."""

import asyncio

import pytest

from tests.support.documents import MOST, OBRNICE
from tests.support.filing import approve, call, file_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, EVALUATOR, MAYOR, PARTNER


async def test_a_memorandum_goes_from_draft_to_signed_and_its_history_says_who_did_what(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_document(documents, kind="MEMO", author="Obec Obrnice")
    assert (await filed.decide("comments", COORDINATOR, reason="partnerství do 1. 4.")).json()[
        "allowed_moves"
    ] == ["return", "approval", "discarding"]
    early = await filed.decide("signature", signed_on="2026-03-12")
    assert early.status_code == 409
    assert (early.json()["state"], early.json()["rule"]) == ("for-comment", "signature-only-from-approved")
    own = await approve(filed, COORDINATOR)
    assert own.json()["type"].endswith("approved-by-author")
    approved = (await approve(filed, MAYOR)).json()
    assert (approved["state"], approved["approved_on"]) == ("approved", "2026-03-12")
    before = await filed.decide("signature", signed_on="2026-03-11")
    assert before.json()["errors"][0]["pointer"] == "/signed_on"
    assert (await filed.decide("signature", signed_on="2026-03-14")).json()["state"] == "signed"
    found = (await filed.get()).json()
    assert (found["signed_on"], found["versions"][0]["approved_by"]) == (
        "2026-03-14",
        "Zastupitelstvo obce Obrnice",
    )
    history = (await filed.get("/history", PARTNER)).json()["items"]
    assert [(act["action"], act["number"], act["actor_name"]) for act in history] == [
        ("signature", 1, "Petr Konzultant"),
        ("approval", 1, "Karel Starosta"),
        ("comments", 1, "Jana Malinová"),
        ("filing", 1, "Jana Malinová"),
    ]
    assert (await filed.get("/history", COORDINATOR_OF_TRMICE)).status_code == 404


async def test_a_new_version_of_what_was_approved_is_a_draft_and_an_old_one_can_be_restored(
    documents: ServiceUnderTest,
) -> None:
    filed = await file_document(documents)
    await approve(filed)
    await filed.add_version(b"druhy text")
    found = (await filed.get()).json()
    assert (found["state"], found["approved_by"]) == ("draft", None)
    assert [each["approved_by"] for each in found["versions"]] == [None, "Zastupitelstvo obce Obrnice"]
    old = await filed.decide("approval", MAYOR, number=1, approved_by="Rada", approved_on="2026-03-12")
    assert old.json()["type"].endswith("version-not-latest")
    restored = await filed.decide("restoration", number=1)
    assert restored.status_code == 201
    added = restored.json()["added"]
    assert (added["number"], added["restored_from"]) == (3, 1)
    assert added["digest"] == found["versions"][1]["digest"]


async def test_two_who_decide_at_once_are_told_apart(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents)
    answers = await asyncio.gather(approve(filed, MAYOR), approve(filed, CONSULTANT))
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_what_is_said_of_a_document_is_found_again(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents)
    said = await filed.describe(
        kind="VYZK",
        reference_number="MMR-1234/2026",
        dated_on="2025-06-30",
        cooperation_id=str(OBRNICE),
        output_kind="analysis",
        output_id=str(MOST),
    )
    assert said.status_code == 200, said.text
    for query, expected in {
        "filter[year]=2025": 1,
        "filter[year]=2024": 0,
        f"filter[cooperation]={OBRNICE}": 1,
        f"filter[output]={MOST}": 1,
        "filter[output_kind]=report": 0,
        "filter[state]=draft": 1,
        "filter[state]=published": 0,
        "q=mmr-1234": 1,
    }.items():
        with documents.counted_statements() as statements:
            found = (await call(documents, "GET", f"/documents?{query}")).json()["items"]
        assert len(found) == expected, query
        assert len(statements) <= 2
    assert (await filed.describe(EVALUATOR, kind="EVAL")).status_code == 200
    assert (await filed.describe(COORDINATOR, unit_ids=[str(MOST)])).status_code == 403
    unexplained = await filed.describe(accessibility="exception")
    assert unexplained.json()["errors"][0]["pointer"] == "/accessibility_note"
    await approve(filed)
    assert (await filed.describe(kind="OTHER")).json()["type"].endswith("kind-is-decided-on")


async def test_what_is_discarded_stays_so(documents: ServiceUnderTest) -> None:
    filed = await file_document(documents)
    assert (await filed.decide("discarding", reason="omyl")).json()["state"] == "discarded"
    assert (await filed.add_version(b"dalsi")).json()["type"].endswith("document-discarded")
    assert (await filed.describe()).json()["type"].endswith("document-discarded")
    closed = await approve(filed)
    assert closed.json()["title"].endswith("Dokument je vyřazen.")


@pytest.mark.parametrize(
    ("decision", "body"),
    [
        ("comments", {}),
        ("return", {"reason": "x"}),
        ("approval", {"approved_by": "Rada", "approved_on": "2026-01-01"}),
        ("signature", {"signed_on": "2026-01-01"}),
        ("withdrawal", {"reason": "x"}),
        ("discarding", {"reason": "x"}),
        ("restoration", {}),
        ("release-requests", {}),
    ],
)
async def test_a_decision_on_a_draft_of_another_town_finds_nothing(
    documents: ServiceUnderTest, decision: str, body: dict[str, str]
) -> None:
    filed = await file_document(documents)
    async with documents.client(COORDINATOR_OF_TRMICE, **{"If-Match": '"1"'}) as client:
        answer = await client.post(f"/documents/{filed.id}/{decision}", json={"number": 1, **body})
    assert answer.status_code == 404, answer.text


async def test_kinds_tell_their_way_to_the_public(documents: ServiceUnderTest) -> None:
    kinds = {
        each["code"]: each
        for each in (await call(documents, "GET", "/documents/kinds", None)).json()["items"]
    }
    assert kinds["MEMO"]["path"] == "signed"
    assert kinds["PRIHL"]["audience"] == "internal"
    assert kinds["TAP"]["name"] == "tematický akční plán"
