"""Recommendations: issued with the report, answered in planning, followed up by the evaluator."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import httpx
from sqlalchemy import text

from evaluation.recommendations import repository
from shared.auth import Actor
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.planning import RecommendationAnswer
from shared.contracts.reports import EvaluationType
from tests.support.evaluation import COORDINATOR, EVALUATOR, NEIGHBOUR
from tests.support.evaluations import (
    DIRECTOR,
    LATER,
    REVIEWER,
    Json,
    a_completed_evaluation,
    a_proposal,
    a_written_report,
    an_answer,
    in_days,
    taken,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE


async def post(
    evaluation: ServiceUnderTest,
    recommendation: UUID,
    step: str,
    body: Json,
    *,
    version: int,
    actor: Actor = EVALUATOR,
) -> httpx.Response:
    async with evaluation.client(actor) as client:
        return await client.post(
            f"/recommendations/{recommendation}/{step}", json=body, headers={"If-Match": f'"{version}"'}
        )


async def listed(evaluation: ServiceUnderTest, asked: str = "", actor: Actor = EVALUATOR) -> list[Json]:
    async with evaluation.client(actor) as client:
        answer = await client.get(f"/recommendations{asked}")
        assert answer.status_code == 200, answer.text
        items = answer.json()["items"]
        assert isinstance(items, list)
        return items


async def expect_states_of_the_domain(evaluation: ServiceUnderTest) -> None:
    """Compare what SQL says with what the rules say."""
    for each in await listed(evaluation):
        async with evaluation.transaction() as tx:
            known = await repository.lock(tx.session, UUID(str(each["id"])))
            assert known is not None
            assert known.state(tx.today).value == each["state"]


async def pass_the_day(evaluation: ServiceUnderTest, number: str) -> None:
    """Let the day of an answer be past."""
    async with evaluation.resources.engine.begin() as connection:
        await connection.execute(
            text("UPDATE recommendation SET response_due_on = :day WHERE number = :number"),
            {"day": date.today() - timedelta(days=1), "number": number},  # noqa: DTZ011
        )


def a_follow_up(**changes: object) -> Json:
    return {
        "fulfilment": "fulfilled",
        "evidence": "Smlouva s poradnou, evidence klientů.",
        "followed_up_on": in_days(0).isoformat(),
        **changes,
    }


async def test_the_register_shows_the_most_pressing_first_and_follows_to_the_end(
    evaluation: ServiceUnderTest,
) -> None:
    await a_completed_evaluation(
        evaluation,
        a_proposal(),
        a_proposal(text="Zřídit terénní program.", priority="low", addressee="Diecézní charita"),
        a_proposal(text="Obnovit lokální partnerství."),
        a_proposal(text="Rozšířit předškolní vzdělávání."),
    )
    first, second, third, fourth = await evaluation.told(RecommendationIssued)
    await pass_the_day(evaluation, "D2")
    accepted = an_answer(first.recommendation_id)
    rejected = an_answer(
        third.recommendation_id,
        answer=RecommendationAnswer.REJECTED,
        reasons="Scházejí se jinak.",
        responsible="",
        due_on=None,
    )
    late = an_answer(fourth.recommendation_id, due_on=in_days(0) - timedelta(days=1))
    await evaluation.hear(accepted, rejected, late)
    found = [(each["number"], each["state"]) for each in await listed(evaluation)]
    assert found == [("D2", "overdue"), ("D4", "late"), ("D1", "answered"), ("D3", "closed")]
    await expect_states_of_the_domain(evaluation)
    assert [each["number"] for each in await listed(evaluation, "?q=charita")] == ["D2"]
    assert [each["number"] for each in await listed(evaluation, "?filter[state]=late")] == ["D4"]
    assert len(await listed(evaluation, f"?filter[unit]={OBRNICE}&limit=2", COORDINATOR)) == 2
    assert await listed(evaluation, actor=NEIGHBOUR) == []
    fulfilled = an_answer(first.recommendation_id, version=3, fulfilled_on=in_days(0))
    await evaluation.hear(fulfilled, accepted)
    (reported,) = await listed(evaluation, "?filter[state]=reported")
    assert (reported["number"], reported["fulfilled_on"]) == ("D1", in_days(0).isoformat())
    await expect_states_of_the_domain(evaluation)
    partly = a_follow_up(fulfilment="partly", evidence="Poradna je, klienti nejsou.")
    answer = await post(evaluation, first.recommendation_id, "follow-up", partly, version=3)
    assert (answer.status_code, answer.json()["state"]) == (200, "answered")
    answer = await post(evaluation, first.recommendation_id, "follow-up", a_follow_up(), version=4)
    assert (answer.status_code, answer.json()["state"]) == (200, "closed")
    silent = await post(evaluation, second.recommendation_id, "follow-up", a_follow_up(), version=1)
    assert silent.status_code == 200, silent.text
    await expect_states_of_the_domain(evaluation)
    async with evaluation.client(EVALUATOR) as client:
        one = (await client.get(f"/recommendations/{first.recommendation_id}")).json()
        assert [each["fulfilment"] for each in one["follow_ups"]] == ["partly", "fulfilled"]
        summary = (await client.get("/recommendations/summary")).json()["states"]
        assert {state: count for state, count in summary.items() if count} == {"late": 1, "closed": 3}


async def test_words_out_of_order_or_heard_twice_change_nothing(evaluation: ServiceUnderTest) -> None:
    await a_completed_evaluation(evaluation)
    (issued,) = await evaluation.told(RecommendationIssued)
    newer = an_answer(issued.recommendation_id, version=3, responsible="Odbor bydlení")
    older = an_answer(issued.recommendation_id, version=2)
    await evaluation.hear(newer, newer, older)
    (found,) = await listed(evaluation)
    assert (found["responsible"], found["version"]) == ("Odbor bydlení", 2)


async def test_two_follow_ups_at_once_are_one(evaluation: ServiceUnderTest) -> None:
    await a_completed_evaluation(evaluation)
    (issued,) = await evaluation.told(RecommendationIssued)
    await evaluation.hear(an_answer(issued.recommendation_id))
    answers = await asyncio.gather(
        *(
            post(evaluation, issued.recommendation_id, "follow-up", a_follow_up(), version=2, actor=actor)
            for actor in (EVALUATOR, REVIEWER)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_nobody_judges_before_the_time_to_answer_is_over(evaluation: ServiceUnderTest) -> None:
    await a_completed_evaluation(evaluation)
    (issued,) = await evaluation.told(RecommendationIssued)
    early = await post(evaluation, issued.recommendation_id, "follow-up", a_follow_up(), version=1)
    assert (early.status_code, early.json()["state"]) == (409, "open")
    recorded: Json = {"answer": "accepted", "reasons": "Dopis č. j. 1/2026."}
    by_us = await post(evaluation, issued.recommendation_id, "answer", recorded, version=1)
    assert by_us.json()["type"].endswith("answered-in-planning")
    await evaluation.hear(an_answer(issued.recommendation_id))
    future = a_follow_up(followed_up_on=LATER)
    answer = await post(evaluation, issued.recommendation_id, "follow-up", future, version=2)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/followed_up_on")


async def test_what_is_recommended_outside_a_plan_is_answered_here(evaluation: ServiceUnderTest) -> None:
    async with evaluation.client(EVALUATOR) as client:
        body = {
            "type": EvaluationType.SITUATIONAL_ANALYSIS.value,
            "title": "Situační analýza",
            "due_on": LATER,
            "unit_ids": [str(OBRNICE)],
        }
        of = (await client.post("/evaluation-register", json=body)).json()["id"]
    await taken(evaluation, "beginning", {"mode": "internal", "organisation": "Agentura"}, of=of)
    await a_written_report(evaluation, of=of)
    await taken(evaluation, "draft", of=of)
    await taken(evaluation, "review", {}, actor=REVIEWER, of=of)
    await taken(evaluation, "completion", actor=DIRECTOR, of=of)
    assert await evaluation.told(RecommendationIssued) == []
    (found,) = await listed(evaluation, f"?filter[evaluation]={of}")
    recorded: Json = {"answer": "rejected", "reasons": "Dopis starosty č. j. 1/2026."}
    answer = await post(evaluation, UUID(str(found["id"])), "answer", recorded, version=1)
    assert (answer.status_code, answer.json()["state"]) == (200, "closed")


async def test_thirty_recommendations_are_issued_in_one_statement(evaluation: ServiceUnderTest) -> None:
    proposals = [a_proposal(text=f"Doporučení číslo {number}.") for number in range(1, 31)]
    with evaluation.counted_statements() as statements:
        await a_completed_evaluation(evaluation, *proposals)
    assert len([each for each in statements if each.startswith("INSERT INTO recommendation ")]) == 1
    told = await evaluation.told(RecommendationIssued)
    assert [each.number for each in told] == [f"D{number}" for number in range(1, 31)]
