"""A report: begun by somebody independent, written, reviewed, frozen for ever, corrected as an edition."""

import asyncio
import hashlib
import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.reports import EvaluationCompleted
from tests.support.evaluation import (
    COORDINATOR,
    EVALUATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    a_report_in,
    a_unit_registered,
    decide,
    indicator_id,
    report_and_approve,
)
from tests.support.evaluations import (
    DIRECTOR,
    ENTRY,
    REVIEWER,
    a_begun_evaluation,
    a_completed_evaluation,
    a_cooperation_started,
    a_description_agreed,
    a_judgement,
    a_proposal,
    a_written_report,
    act,
    an_assignment,
    taken,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, SYSTEM


async def test_a_report_tells_what_is_known_and_names_every_gap(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered(), a_cooperation_started(), a_description_agreed())
    await a_begun_evaluation(evaluation)
    async with evaluation.client(COORDINATOR) as client:
        listed = (await client.get("/obligations?filter[status]=open")).json()["items"]
    await report_and_approve(evaluation, listed[0]["id"], value="20")
    await taken(evaluation, "report/questions", [a_judgement(), {"code": "EQ6"}])
    async with evaluation.client(EVALUATOR) as client:
        report = (await client.get(f"/evaluation-register/{ENTRY}/report")).json()
    sections = {section["code"]: section for section in report["sections"]}
    assert sections["cooperation"]["computed"]["cooperations"][0]["areas"] == ["BYD", "ZAM"]
    assert sections["policies"]["computed"]["plan"]["revision"] == 1
    first, second = sections["areas"]["computed"]["indicators"]
    assert (first["value"], [point["value"] for point in first["series"]]) == ("20", ["20"])
    assert (second["value"], second["light"]) == (None, "grey")
    gaps = {(gap["section"], gap["code"]) for gap in report["gaps"]}
    assert gaps >= {
        ("areas", "no-value"),
        ("areas", "measures-unknown"),
        ("areas", "quality-unknown"),
        ("conclusion", "evidence-missing"),
        ("conclusion", "comparison-missing"),
        ("key-moments", "text-missing"),
    }
    assert ("cooperation", "cooperation-unknown") not in gaps
    assert all(gap["cs"].startswith("chybí") for gap in report["gaps"])
    assert [line["question"]["criterion"] for line in report["matrix"]] == ["effectiveness", "sustainability"]


async def test_a_completed_report_is_frozen_told_and_can_be_made_again(evaluation: ServiceUnderTest) -> None:
    done = await a_completed_evaluation(evaluation)
    assert (done["status"], done["edition"]) == ("completed", 1)
    (told,) = await evaluation.told(EvaluationCompleted)
    assert (told.evaluation_id, told.plan_id, told.revision, told.edition) == (ENTRY, PLAN, 1, 1)
    (issued,) = await evaluation.told(RecommendationIssued)
    assert (issued.number, issued.version, issued.plan_id, issued.revision) == ("D1", 1, PLAN, 1)
    root = f"/evaluation-register/{ENTRY}/reports"
    for reader in (COORDINATOR, SYSTEM, ANALYST):
        async with evaluation.client(reader) as client:
            frozen = await client.get(f"{root}/1")
            assert hashlib.sha256(frozen.content).hexdigest() == told.digest == done["digest"]
            verified = (await client.get(f"{root}/1/verification")).json()
            assert verified == {"digest": told.digest, "is_intact": True, "is_reproducible": True}
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(f"{root}/1")).status_code == 404
        assert (await client.get(f"/evaluation-register/{ENTRY}")).status_code == 404
        assert (await client.get(root)).json()["items"] == []
    with pytest.raises(DBAPIError, match="append-only"):
        async with evaluation.resources.engine.begin() as connection:
            await connection.execute(text("UPDATE report SET body = '{}'"))
    async with evaluation.client(ANALYST) as client:
        compared = (await client.get("/evaluation-questions/EQ3/judgements")).json()["items"]
        assert [(line["verdict"], line["evidence"]) for line in compared] == [("rather-yes", 1)]
        trail = (await client.get(f"/evaluation-register/{ENTRY}")).json()
        assert [line["move"] for line in trail["acts"]] == ["beginning", "draft", "review", "completion"]
        types = (await client.get("/evaluation-register/types")).json()["items"]
    by_type = {each["type"]: each for each in types}
    assert by_type["plan-entry"]["counts"] == {"completed": 1}
    assert sum(each["promised"] or 0 for each in types if "KA4" in each["source"]) == 223


async def test_a_correction_is_the_next_edition_with_its_reason(evaluation: ServiceUnderTest) -> None:
    await a_completed_evaluation(evaluation)
    (first,) = await evaluation.told(RecommendationIssued)
    await taken(evaluation, "correction", {"reason": "Chybně uvedený počet domácností."})
    left_out = await act(evaluation, "report/recommendations", [a_proposal(text="Jiné.")])
    assert left_out.status_code == 409
    assert left_out.json()["type"].endswith("issued-recommendation-left-out")
    again = a_proposal(id=str(first.recommendation_id), text="Doplnit poradenství do roku 2030.")
    await taken(evaluation, "report/recommendations", [again, a_proposal(text="Druhé.", priority="low")])
    await taken(evaluation, "draft")
    await taken(evaluation, "review", {}, actor=REVIEWER)
    done = await taken(evaluation, "completion", actor=DIRECTOR)
    assert done["edition"] == 2
    issued = (await evaluation.told(RecommendationIssued))[1:]
    assert [(each.number, each.version) for each in issued] == [("D1", 2), ("D2", 1)]
    async with evaluation.client(ANALYST) as client:
        editions = (await client.get(f"/evaluation-register/{ENTRY}/reports")).json()["items"]
        assert [(each["edition"], each["reason"]) for each in editions] == [
            (2, "Chybně uvedený počet domácností."),
            (1, ""),
        ]
        old = await client.get(f"/evaluation-register/{ENTRY}/reports/1")
        assert json.loads(old.content)["recommendations"][0]["text"] == first.text
        compared = (await client.get("/evaluation-questions/EQ3/judgements")).json()["items"]
        assert [line["edition"] for line in compared] == [2]


async def test_who_wrote_the_plan_or_carries_it_cannot_evaluate_it(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    refused = [
        (an_assignment(organisation="OBEC OBRNICE"), 409, "evaluator-wrote-the-plan"),
        (an_assignment(organisation="odbor socialnich veci"), 409, "evaluator-carries-the-plan"),
        (an_assignment(authors=[]), 422, "authors-missing"),
        (an_assignment(mode="external", organisation="PAQ Research"), 422, "contract-missing"),
    ]
    for body, status, code in refused:
        answer = await act(evaluation, "beginning", body)
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (status, code), answer.text
    assert (await act(evaluation, "beginning", an_assignment(), actor=COORDINATOR)).status_code == 403
    await taken(
        evaluation,
        "beginning",
        an_assignment(mode="external", organisation="PAQ Research", contract="SML 12/2026"),
    )


async def test_a_draft_with_holes_is_not_handed_in_and_its_author_does_not_review_it(
    evaluation: ServiceUnderTest,
) -> None:
    await a_begun_evaluation(evaluation)
    await taken(evaluation, "report/questions", [{"code": "EQ1"}])
    answer = (await act(evaluation, "draft")).json()
    assert answer["type"].endswith("report-incomplete")
    assert {each["pointer"] for each in answer["errors"]} == {
        "/sections/assignment",
        "/sections/method",
        "/sections/conclusion",
        "/questions/EQ1",
    }
    await a_written_report(evaluation)
    await taken(evaluation, "draft")
    assert (await act(evaluation, "review", {})).json()["type"].endswith("author-reviews-the-report")
    refused = (await act(evaluation, "completion")).json()
    assert (refused["state"], refused["allowed_moves"]) == ("drafted", ["return", "review", "cancellation"])
    stopped = (await act(evaluation, "report/sections/method", {"text": "x"})).json()
    assert stopped["type"].endswith("evaluation-does-not-allow")
    await taken(evaluation, "return", {"reason": "Doplnit metodu."}, actor=REVIEWER)
    await taken(evaluation, "report/sections/method", {"text": "Rozhovory a data."})


@pytest.mark.parametrize(
    ("part", "body", "code"),
    [
        ("questions", [{"code": "EQ99"}], "question-not-asked"),
        ("questions", [{"code": "EQ1"}, {"code": "EQ1"}], "question-twice"),
        ("findings", [{"text": "Zjištění.", "question": "EQ4"}], "finding-of-no-question"),
        ("findings", [{"id": str(PLAN), "text": "Cizí."}], "report-part-unknown"),
        ("recommendations", [a_proposal(finding_ids=[str(PLAN)])], "finding-unknown"),
    ],
)
async def test_parts_of_a_report_hang_together(
    evaluation: ServiceUnderTest, part: str, body: object, code: str
) -> None:
    await a_begun_evaluation(evaluation)
    answer = await act(evaluation, f"report/{part}", body)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (422, code), answer.text


async def test_two_completions_at_once_freeze_one_edition(evaluation: ServiceUnderTest) -> None:
    await a_begun_evaluation(evaluation)
    await a_written_report(evaluation)
    await taken(evaluation, "draft")
    reviewed = await taken(evaluation, "review", {}, actor=REVIEWER)
    version = reviewed["version"]
    assert isinstance(version, int)
    answers = await asyncio.gather(
        *(act(evaluation, "completion", actor=actor, version=version) for actor in (DIRECTOR, REVIEWER))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(await evaluation.told(EvaluationCompleted)) == 1
    assert len(await evaluation.told(RecommendationIssued)) == 1


async def test_whoever_corrected_a_value_of_the_plan_does_not_evaluate_it(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    value = obligation_id(indicator_id(1), "2026")
    await report_and_approve(evaluation, value, value="20")
    said = a_report_in(value="21", reason="Překlep ve výkazu.")
    corrected = await decide(evaluation, value, "correction", actor=EVALUATOR, body=said)
    assert corrected.status_code == 200, corrected.text
    refused = await act(evaluation, "beginning", an_assignment())
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (
        403,
        "evaluator-reported-values",
    )
    assert (await act(evaluation, "beginning", an_assignment(), actor=REVIEWER)).status_code == 200
