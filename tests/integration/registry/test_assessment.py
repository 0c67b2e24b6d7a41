"""An assessment over HTTP: opened, declared on, scored and sealed, closed once, signed by two."""

import asyncio
import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.commission.domain import NominatingBody
from registry.commission.repository import involved_in
from shared.canonical import canonical_json, digest
from tests.support.applications import CALL, announced, version_of
from tests.support.commission import (
    FIRST_RECEIPT,
    SECRETARY,
    Bench,
    a_bench,
    a_commission,
    a_member,
    checked_applications,
    outcomes,
    points_of,
    problems,
    seat_json,
    the_call,
)
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, COORDINATOR, DIRECTOR, EVALUATOR

CHAIR, SECOND, THIRD = (a_member(number) for number in (1, 2, 3))


@pytest.fixture
async def bench(registry: ServiceUnderTest) -> Bench:
    return await a_bench(registry)


async def test_an_assessment_takes_criteria_and_members_as_they_were_on_its_day(bench: Bench) -> None:
    answer = await bench.get(SECRETARY)
    found = answer.json()
    assert (found["status"], found["quorum"], found["spread_alarm"]) == ("open", 2, "7.5")
    assert [each["code"] for each in found["criteria"]] == ["K1", "K2", "K3"]
    assert {each["body"] for each in found["assessors"]} == {"MSMT", "MPSV", "URAD_VLADY"}
    assert [each["person"] for each in found["assessors"] if each["is_chair"]] == ["member-1"]
    assert "close" in found["allowed_moves"]
    async with bench.service.client(EVALUATOR) as client:
        application = await client.get(f"/applications/{bench.filed[0].id}")
    assert application.json()["status"] == "in-evaluation"


async def test_nobody_scores_before_the_declaration(bench: Bench) -> None:
    first = bench.filed[0].id
    answer = await bench.score(SECOND, {first: points_of(5, 5, 5)})
    form = await bench.get(SECOND, f"/applications/{first}")
    assert problems(answer) == ["declaration-missing"]
    assert answer.json()["rows"][0]["problem"]["rule"] == "declare-before-scoring"
    assert (form.status_code, form.json()["rule"]) == (409, "declare-before-reading")
    await bench.declare(SECOND)
    assert (await bench.get(SECOND, f"/applications/{first}")).json()["form"]["localities"] == 3


async def test_a_conflict_recuses_for_good(bench: Bench) -> None:
    first = bench.filed[0].id
    declared = await bench.declare(SECOND, {first: "Bratr je starostou."})
    assert [row["status"] for row in declared.json()["rows"]] == ["recused", "scoring"]
    again = await bench.declare(SECOND, only=[first])
    scored = await bench.score(SECOND, {first: points_of(9, 9, 9)})
    form = await bench.get(SECOND, f"/applications/{first}")
    assert (problems(again), problems(scored)) == (["declared-already"], ["member-is-recused"])
    assert (form.status_code, code_of(form)) == (409, "member-is-recused")


async def test_a_conflict_needs_its_ground(bench: Bench) -> None:
    answer = await bench.declare(SECOND, {bench.filed[0].id: " "})
    assert outcomes(answer) == ["refused", "done"]
    assert problems(answer) == ["conflict-without-ground"]


@pytest.mark.parametrize("by", ["unit", "affiliation"])
async def test_who_belongs_to_the_applicant_is_recused_by_itself(bench: Bench, by: str) -> None:
    applicant = bench.filed[0]
    acting = replace(SECOND, units=frozenset({applicant.unit_id}))
    belongs = acting if by == "unit" else replace(SECOND, affiliation="OBEC  001")
    declared = await bench.declare(belongs)
    assert [row["recusal"] for row in declared.json()["rows"]] == [by, None]


async def test_who_came_to_act_for_the_applicant_is_recused_instead_of_sealing(bench: Bench) -> None:
    applicant = bench.filed[0]
    await bench.declare(SECOND)
    await bench.score(SECOND, {applicant.id: points_of(9, 9, 9)})
    sealed = await bench.seal(replace(SECOND, units=frozenset({applicant.unit_id})), [applicant.id])
    assert [row["status"] for row in sealed.json()["rows"]] == ["recused"]


async def test_points_outside_the_scale_are_refused_line_by_line(bench: Bench) -> None:
    first, second = (each.id for each in bench.filed)
    await bench.declare(SECOND)
    answer = await bench.score(SECOND, {first: points_of(11, 0, 0), second: points_of(10, 0, 0)})
    assert (outcomes(answer), problems(answer)) == (["refused", "done"], ["points-outside-scale"])
    assert answer.json()["rows"][0]["problem"]["pointer"] == "/scores/0/marks/0/points"
    unknown = await bench.score(SECOND, {first: {"K9": 1}})
    assert problems(unknown) == ["not-a-criterion-of-the-call"]


async def test_only_a_complete_score_is_sealed_and_then_it_stays(bench: Bench) -> None:
    first = bench.filed[0].id
    await bench.declare(SECOND)
    await bench.score(SECOND, {first: {"K1": 5}})
    assert problems(await bench.seal(SECOND, [first])) == ["score-unfinished"]
    await bench.score(SECOND, {first: points_of(5, 5, 5)})
    assert outcomes(await bench.seal(SECOND, [first])) == ["done"]
    assert problems(await bench.score(SECOND, {first: points_of(9, 9, 9)})) == ["score-is-sealed"]
    assert problems(await bench.seal(SECOND, [first])) == ["score-is-sealed"]


async def test_of_two_seals_and_a_change_at_once_one_wins(bench: Bench) -> None:
    first = bench.filed[0].id
    await bench.declare(SECOND)
    await bench.score(SECOND, {first: points_of(5, 5, 5)})
    answers = await asyncio.gather(
        bench.seal(SECOND, [first]),
        bench.seal(SECOND, [first]),
        bench.score(SECOND, {first: points_of(9, 9, 9)}),
    )
    assert sorted(outcomes(answer) for answer in answers) == [["done"], ["refused"], ["refused"]]


async def test_a_score_changes_once_after_the_reveal_and_the_first_is_kept(bench: Bench) -> None:
    first = bench.filed[0].id
    for member in (CHAIR, SECOND):
        await bench.sealed(member, {first: points_of(5, 5, 5)})
    path = f"{bench.address}/applications/{first}/score/revision"
    body = {
        "reason": "Po diskusi",
        "marks": [{"criterion": f"K{n}", "points": 6, "reason": "Ano"} for n in (1, 2, 3)],
    }
    async with bench.service.client(SECOND) as client:
        version = (await bench.versions(SECOND))[first]
        early = await client.post(path, json=body, headers={"If-Match": f'"{version}"'})
        await bench.sealed(THIRD, {first: points_of(5, 5, 5)})
        done = await client.post(path, json=body, headers={"If-Match": f'"{version}"'})
        again = await client.post(path, json=body, headers={"If-Match": done.headers["ETag"]})
    assert (early.status_code, code_of(early)) == (409, "scores-are-blind")
    assert (done.status_code, code_of(again)) == (200, "score-changed-once")
    members = (await bench.get(CHAIR, f"/applications/{first}/scores")).json()["members"]
    (changed,) = (each["rounds"] for each in members if each["person_name"] == SECOND.name)
    assert [found["marks"][0]["points"] for found in changed] == [5, 6]


async def scored_by_all(bench: Bench, points: dict[str, tuple[int, int, int]] | None = None) -> None:
    given = points or {}
    for member in (CHAIR, SECOND, THIRD):
        marks = points_of(*given.get(member.id, (6, 6, 6)))
        await bench.sealed(member, {each.id: marks for each in bench.filed})


async def test_closing_is_refused_while_scores_quorum_or_discussion_are_missing(bench: Bench) -> None:
    first, second = bench.filed
    await bench.sealed(CHAIR, {first.id: points_of(0, 0, 0)})
    await bench.sealed(SECOND, {first.id: points_of(9, 9, 9)})
    unsealed = await bench.decide(CHAIR, "/closure", {})
    assert unsealed.json()["unsealed"] == f"{first.number}, {second.number}"
    await bench.decided(CHAIR, "/absences", {"person": THIRD.id, "reason": "Nemoc"})
    await bench.decided(CHAIR, "/absences", {"person": SECOND.id, "reason": "Nemoc"})
    await bench.sealed(CHAIR, {second.id: points_of(6, 6, 6)})
    refused = await bench.decide(CHAIR, "/closure", {})
    found = refused.json()
    assert (refused.status_code, code_of(refused)) == (409, "assessment-unfinished")
    assert (found["undiscussed"], found["without_quorum"]) == (first.number, second.number)
    assert "close" in found["allowed_moves"]


async def test_an_alarm_is_closed_after_its_discussion(bench: Bench) -> None:
    first = bench.filed[0]
    await scored_by_all(bench, {CHAIR.id: (2, 2, 2)})
    assert (await bench.decide(SECRETARY, "/closure", {})).status_code == 409
    for each in bench.filed:
        path = f"/applications/{each.id}/discussion"
        await bench.decided(CHAIR, path, {"note": "Předseda vidí potřebnost jinak."})
    closed = await bench.decided(SECRETARY, "/closure", {})
    line = (await bench.get(CHAIR, "/ranking")).json()["items"][0]
    assert closed.json()["status"] == "closed"
    assert (line["number"], line["is_alarmed"], line["spread"]) == (first.number, True, "12.00")
    assert line["discussion"] == "Předseda vidí potřebnost jinak."


async def test_of_two_closings_at_once_one_wins(bench: Bench) -> None:
    await scored_by_all(bench)
    answers = await asyncio.gather(
        bench.decide(CHAIR, "/closure", {}), bench.decide(SECRETARY, "/closure", {})
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    late = await bench.decide(CHAIR, "/closure", {})
    assert (late.status_code, late.json()["rule"]) == (409, "close-only-from-open")


async def test_after_the_closure_nothing_is_scored_any_more(bench: Bench) -> None:
    await scored_by_all(bench)
    await bench.decided(CHAIR, "/closure", {})
    refused = await bench.score(SECOND, {bench.filed[0].id: points_of(9, 9, 9)})
    assert (refused.status_code, refused.json()["rule"]) == (409, "score-only-from-open")
    assert refused.json()["allowed_moves"] == ["sign"]
    for statement, why in (
        ("UPDATE score_sheet SET ground = 'x'", "not changed after the assessment was closed"),
        ("UPDATE assessed_application SET rank = 1", "not changed after the assessment was closed"),
        ("UPDATE sealed_score SET reason = 'x'", "never changed"),
        ("DELETE FROM commission_protocol", "never changed"),
    ):
        with pytest.raises(DBAPIError, match=why):
            await execute(bench, statement)


async def execute(bench: Bench, statement: str) -> None:
    async with bench.service.transaction() as tx:
        await tx.session.execute(text(statement))


async def test_two_different_people_sign_the_minutes(bench: Bench) -> None:
    await scored_by_all(bench)
    early = await bench.decide(CHAIR, "/minutes/signatures")
    await bench.decided(CHAIR, "/closure", {})
    first = await bench.decided(CHAIR, "/minutes/signatures")
    again = await bench.decide(CHAIR, "/minutes/signatures")
    other = await bench.decide(SECOND, "/minutes/signatures")
    second = await bench.decided(SECRETARY, "/minutes/signatures")
    assert (early.status_code, code_of(early)) == (409, "assessment-does-not-move")
    assert (first.json()["status"], code_of(again)) == ("closed", "signed-already")
    assert (other.status_code, second.json()["status"]) == (403, "signed")
    read = await bench.get(CHAIR, "/minutes")
    assert [each["duty"] for each in read.json()["signatures"]] == ["chair", "secretary"]
    assert read.headers["ETag"] == second.headers["ETag"]


async def test_the_minutes_stand_with_their_digest_in_both_languages(bench: Bench) -> None:
    await scored_by_all(bench)
    await bench.decided(CHAIR, "/closure", {})
    czech = (await bench.get(CHAIR, "/minutes")).json()
    english = (await bench.get(CHAIR, "/minutes", **{"Accept-Language": "en"})).json()
    assert digest(canonical_json(czech["content"])) == czech["digest"] == english["digest"]
    assert re.fullmatch(r"HK/\d{4}/0001", czech["number"])
    assert "rozhodnutí ministra č. 25/2021" in czech["text"]
    assert "při rovnosti bodů rozhodlo datum přijetí" in czech["text"]
    assert "the tie was decided by the receipt" in english["text"]


async def test_a_member_is_recused_by_the_chair_and_the_score_no_longer_counts(bench: Bench) -> None:
    first = bench.filed[0].id
    await scored_by_all(bench, {THIRD.id: (9, 9, 9)})
    body = {"person": THIRD.id, "ground": "Poradce žadatele."}
    by_other = await bench.decide(SECOND, f"/applications/{first}/recusals", body)
    await bench.decided(CHAIR, f"/applications/{first}/recusals", body)
    twice = await bench.decide(CHAIR, f"/applications/{first}/recusals", body)
    scores = (await bench.get(CHAIR, f"/applications/{first}/scores")).json()
    assert (by_other.status_code, code_of(by_other)) == (403, "not-the-commissions-officer")
    assert code_of(twice) == "member-is-recused"
    assert (scores["scores"], scores["result"]) == (2, "18.00")
    hidden = await bench.get(THIRD, f"/applications/{first}/scores")
    assert (hidden.status_code, code_of(hidden)) == (403, "recused-reads-after-closure")
    async with bench.service.transaction() as tx:
        assert await involved_in(tx.session, first) == {CHAIR.id, SECOND.id, THIRD.id}


async def test_an_absent_chair_is_recorded_by_the_director_and_replaced(bench: Bench) -> None:
    body = {"person": CHAIR.id, "reason": "Dlouhodobá nemoc"}
    refused = await bench.decide(SECRETARY, "/absences", body)
    await bench.decided(DIRECTOR, "/absences", body)
    assert refused.status_code == 403
    commission = (await bench.get(SECRETARY)).json()["commission_id"]
    new = a_member(4)
    async with bench.service.client(ADMINISTRATOR) as client:
        found = await client.get(f"/commissions/{commission}")
        seat = next(each["id"] for each in found.json()["seats"] if each["duty"] == "chair")
        left = await client.post(
            f"/commissions/{commission}/seats/{seat}/end",
            json={"ends_on": "2024-12-31"},
            headers={"If-Match": found.headers["ETag"]},
        )
        taken = await client.post(
            f"/commissions/{commission}/seats",
            json=seat_json(new, NominatingBody.MSMT, "chair", starts_on="2025-01-01"),
            headers={"If-Match": left.headers["ETag"]},
        )
    assert taken.status_code == 201, taken.text
    await bench.decided(SECRETARY, "/reinforcements", {"person": new.id, "reason": "Nový předseda"})
    for member in (SECOND, THIRD, new):
        await bench.sealed(member, {each.id: points_of(6, 6, 6) for each in bench.filed})
    assert (await bench.decided(new, "/closure", {})).json()["status"] == "closed"


async def test_a_withdrawn_application_takes_no_rank(bench: Bench) -> None:
    first, second = bench.filed
    async with bench.service.client(ADMINISTRATOR) as client:
        current = await client.get(f"/applications/{first.id}")
        withdrawn = await client.post(
            f"/applications/{first.id}/withdrawal",
            json={"reason": "Zastupitelstvo rozhodlo jinak."},
            headers={"If-Match": f'"{current.json()["version"]}"'},
        )
    assert withdrawn.status_code == 200, withdrawn.text
    assert problems(await bench.declare(SECOND)) == ["application-left-the-evaluation"]
    for member in (CHAIR, SECOND, THIRD):
        if member is not SECOND:
            await bench.declare(member, only=[second.id])
        await bench.score(member, {second.id: points_of(6, 6, 6)})
        await bench.seal(member, [second.id])
    await bench.decided(CHAIR, "/closure", {})
    minutes = (await bench.get(CHAIR, "/minutes")).json()["content"]
    assert [line["number"] for line in minutes["ranking"]] == [second.number]
    assert minutes["withdrawn"] == [first.number]


async def test_a_stranger_does_not_know_of_the_assessment(bench: Bench) -> None:
    stranger = a_member(9)
    assert (await bench.get(stranger)).status_code == 404
    assert (await bench.get(stranger, "/progress")).status_code == 404
    assert (await bench.get(stranger, "/worklist")).json()["items"] == []
    assert (await bench.get(COORDINATOR, "/worklist")).status_code == 403
    assert (await bench.decide(stranger, "/closure", {})).status_code == 404


async def test_a_call_is_assessed_once_and_after_its_formal_checks(registry: ServiceUnderTest) -> None:
    bench = await a_bench(registry, receipts=[FIRST_RECEIPT])
    found = (await bench.get(SECRETARY)).json()
    body = {"call_id": found["call_id"], "commission_id": found["commission_id"]}
    async with registry.client(SECRETARY) as client:
        again = await client.post("/assessments", json=body)
        nobody = await client.post("/assessments", json={**body, "call_id": str(UUID(int=1))})
        high = await client.post("/assessments", json={**body, "quorum": 4})
    assert (again.status_code, code_of(again)) == (409, "call-assessed-already")
    assert nobody.status_code == 404
    assert (high.status_code, code_of(high)) == (422, "quorum-too-high")


async def test_who_was_recused_from_an_application_is_not_free_to_decide_on_it(bench: Bench) -> None:
    first = bench.filed[0].id
    await bench.declare(SECOND, {first: "Starosta je můj bratr."})
    async with bench.service.transaction() as tx:
        assert await involved_in(tx.session, first) == {SECOND.id}


async def test_a_commission_whose_term_is_over_assesses_nothing(registry: ServiceUnderTest) -> None:
    await announced(registry, the_call())
    commission_id = await a_commission(registry, 3)
    await checked_applications(registry, [FIRST_RECEIPT])
    async with registry.transaction() as tx:
        await tx.session.execute(text("UPDATE commission SET ends_on = DATE '2024-12-31'"))
    async with registry.client(SECRETARY) as client:
        body = {"call_id": str(CALL), "commission_id": str(commission_id)}
        answer = await client.post("/assessments", json=body)
        sitting = await client.get(f"/commissions/{commission_id}?as_of=2025-01-01")
    assert (answer.status_code, code_of(answer)) == (409, "commission-incomplete")
    assert sitting.json()["seats"] == []


async def test_no_seat_lasts_beyond_its_commission(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        term = {"established_by": "rozhodnutí", "starts_on": "2021-10-19", "ends_on": "2024-12-31"}
        answer = await client.post("/commissions", json=term)
        seats = f"{answer.headers['Location']}/seats"
        seat = seat_json(CHAIR, NominatingBody.MMR, "chair")
        answer = await client.post(seats, json=seat, headers=version_of(answer))
        found = answer.json()["seats"][0]["id"]
        answer = await client.post(
            f"{seats}/{found}/end", json={"ends_on": "2025-01-01"}, headers=version_of(answer)
        )
    assert (answer.status_code, code_of(answer)) == (409, "seat-outside-commission")


async def test_who_checked_an_application_formally_does_not_score_it(bench: Bench) -> None:
    first = bench.filed[0].id
    async with bench.service.transaction() as tx:
        checked = text("UPDATE application SET checkers = ARRAY[:person] WHERE id = :id")
        await tx.session.execute(checked, {"person": SECOND.id, "id": first})
    await bench.declare(SECOND)
    answer = await bench.score(SECOND, {first: points_of(5, 5, 5)})
    assert problems(answer) == ["scored-by-who-checked"]
