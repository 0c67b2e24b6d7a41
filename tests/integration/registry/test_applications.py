"""An application is filled in, submitted with a number, checked, decided; each step over the API."""

import asyncio
from datetime import timedelta

import pytest

from registry.applications import use_cases
from registry.applications.steps import Move
from registry.calls.domain import Call, Status
from shared.contracts.base import Role
from shared.contracts.intake import ApplicationDecided, ApplicationSubmitted, DecisionOutcome
from shared.contracts.registry import UnitKind
from tests.support.applications import (
    CALL,
    TODAY,
    Filed,
    a_call,
    a_town,
    announced,
    checklist_json,
    content_json,
    draft_json,
    drafted,
    version_of,
    with_municipalities,
)
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
    OBRNICE,
    TRMICE,
    an_actor,
)


@pytest.fixture
async def intake(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Have a call open, and two municipalities that may apply."""
    await with_municipalities(registry)
    await announced(registry)
    return registry


async def test_an_application_goes_from_the_draft_to_the_signed_memorandum(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake)
    assert (filed.status, filed.answer.json()["allowed_moves"]) == ("draft", ["submit", "withdraw"])
    await filed.moved("submission")
    assert filed.answer.json()["number"] == "KPSV21-2/001"
    await filed.moved("formal-check", ANALYST)
    await filed.evaluated()
    await filed.moved("approval", DIRECTOR)
    async with intake.transaction() as tx:
        await use_cases.sign_memorandum(tx, filed.id, tx.today)
    await filed.reread()
    assert (filed.status, filed.answer.json()["allowed_moves"]) == ("memorandum-signed", [])
    (submitted,) = await intake.told(ApplicationSubmitted)
    (decided,) = await intake.told(ApplicationDecided)
    assert (submitted.number, submitted.unit_id) == ("KPSV21-2/001", OBRNICE)
    assert (decided.outcome, decided.decided_on) == (DecisionOutcome.ACCEPTED, TODAY)


@pytest.mark.parametrize(
    ("call", "changes", "status", "code"),
    [
        (a_call(status=Status.DRAFT), {}, 422, "call-of-application-unknown"),
        (a_call(opens_on=TODAY - timedelta(9), closes_on=TODAY - timedelta(1)), {}, 409, "call-is-over"),
        (a_call(kinds=frozenset({UnitKind.REGION})), {}, 409, "applicant-not-eligible"),
        (a_call(), {"unit_id": str(CALL)}, 403, "not-your-unit"),
        (a_call(), {"content": content_json(areas=["ZDR"])}, 422, "area-not-of-the-call"),
        (a_call(), {"content": content_json(form={"localities": "tři"})}, 422, "form-does-not-fit"),
        (a_call(), {"content": content_json(form={"unknown": 1})}, 422, "form-does-not-fit"),
        (a_call(), {"content": content_json(form={"localities": 2.5})}, 422, "decimal-is-not-text"),
        (a_call(), {"content": content_json(form={"reason": "a\0"})}, 422, "text-is-not-storable"),
    ],
)
async def test_a_draft_against_the_call_is_refused_and_leaves_nothing(
    registry: ServiceUnderTest, call: Call, changes: dict[str, object], status: int, code: str
) -> None:
    await with_municipalities(registry)
    await announced(registry, call)
    async with registry.client(COORDINATOR) as client:
        refused = await client.post("/applications", json=draft_json() | changes)
        listed = await client.get("/applications")
    assert (refused.status_code, code_of(refused)) == (status, code), refused.text
    assert listed.json()["items"] == []


async def test_a_draft_keeps_what_is_there_and_says_all_that_is_missing_at_once(
    intake: ServiceUnderTest,
) -> None:
    empty = content_json(
        form={"had_cooperation": True}, areas=[], contact=None, attachments=[], resolution=None
    )
    filed = await drafted(intake, content=empty)
    async with intake.client(COORDINATOR, **{"Accept-Language": "cs"}) as client:
        found = (await client.get(f"/applications/{filed.id}/completeness")).json()
        refused = await client.post(
            f"/applications/{filed.id}/submission", json={}, headers={"If-Match": '"1"'}
        )
        kept = await client.get(f"/applications/{filed.id}")
    assert found["is_complete"] is False
    assert [(each["pointer"], each["code"]) for each in found["lacks"]] == [
        ("/form/earlier_cooperation", "required"),
        ("/form/localities", "required"),
        ("/form/reason", "required"),
        ("/areas", "areas-missing"),
        ("/contact", "contact-missing"),
        ("/attachments", "attachment-missing"),
        ("/resolution", "resolution-missing"),
    ]
    assert found["lacks"][0]["detail"] == "Chybí povinný údaj „Dřívější spolupráce“."
    assert (refused.status_code, code_of(refused)) == (409, "application-is-incomplete")
    assert refused.json()["rule"] == "submit-only-complete"
    assert [each["pointer"] for each in refused.json()["errors"]] == [
        each["pointer"] for each in found["lacks"]
    ]
    assert (kept.json()["status"], kept.json()["form"]) == ("draft", {"had_cooperation": True})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"covers": ["memorandum"]}, "resolution-does-not-cover-filing"),
        ({"adopted_on": (TODAY + timedelta(days=1)).isoformat()}, "resolution-adopted-later"),
    ],
)
async def test_a_resolution_must_approve_the_filing_before_it(
    intake: ServiceUnderTest, changes: dict[str, object], code: str
) -> None:
    resolution = {"number": "97/18-ZM", "adopted_on": "2018-12-10", "body": "assembly", "covers": ["filing"]}
    filed = await drafted(intake, content=content_json(resolution=resolution | changes))
    refused = await filed.post("submission")
    assert [each["code"] for each in refused.json()["errors"]] == [code]


async def test_a_refused_submission_uses_no_number(intake: ServiceUnderTest) -> None:
    incomplete = await drafted(intake, content=content_json(areas=[]))
    assert (await incomplete.post("submission")).status_code == 409
    other = await drafted(intake, COORDINATOR_OF_TRMICE, unit=TRMICE)
    await other.moved("submission", COORDINATOR_OF_TRMICE)
    async with intake.client(COORDINATOR) as client:
        completed = await client.put(
            f"/applications/{incomplete.id}", json=content_json(), headers=version_of(incomplete.answer)
        )
    incomplete.answer = completed
    await incomplete.moved("submission")
    assert other.answer.json()["number"] == "KPSV21-2/001"
    assert incomplete.answer.json()["number"] == "KPSV21-2/002"


async def test_many_that_submit_at_once_get_numbers_without_a_gap(intake: ServiceUnderTest) -> None:
    towns = [await a_town(intake, number) for number in range(6)]
    filed = [await drafted(intake, town, unit=next(iter(town.units))) for town in towns]
    await asyncio.gather(*(each.moved("submission", town) for each, town in zip(filed, towns, strict=True)))
    numbers = sorted(each.answer.json()["number"] for each in filed)
    assert numbers == [f"KPSV21-2/{ordinal:03}" for ordinal in range(1, 7)]


async def test_of_two_submissions_of_one_draft_one_is_numbered(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake)
    answers = await asyncio.gather(*(filed.post("submission") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert len(await intake.told(ApplicationSubmitted)) == 1


async def test_of_a_submission_and_a_withdrawal_at_once_one_wins(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake)
    answers = await asyncio.gather(filed.post("submission"), filed.post("withdrawal"))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    await filed.reread()
    assert filed.answer.json()["version"] == 2


async def test_of_two_formal_checks_at_once_one_wins(intake: ServiceUnderTest) -> None:
    filed = await (await drafted(intake)).moved("submission")
    answers = await asyncio.gather(
        filed.post("formal-check", ANALYST),
        filed.post("return", CONSULTANT),
        filed.post("formal-rejection", ANALYST),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


async def test_of_two_drafts_of_a_unit_at_once_one_lives(intake: ServiceUnderTest) -> None:
    async with intake.client(COORDINATOR) as client:
        answers = await asyncio.gather(*(client.post("/applications", json=draft_json()) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert (code_of(refused), refused.json()["allowed_moves"]) == (
        "application-already-lives",
        ["submit", "withdraw"],
    )


async def test_after_a_withdrawal_the_unit_may_apply_again(intake: ServiceUnderTest) -> None:
    await (await drafted(intake)).moved("withdrawal")
    assert (await drafted(intake)).status == "draft"


async def test_a_form_edited_by_two_is_not_overwritten(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake)
    async with intake.client(COORDINATOR) as client:
        address = f"/applications/{filed.id}"
        first = await client.put(address, json=content_json(), headers=version_of(filed.answer))
        second = await client.put(address, json=content_json(areas=[]), headers=version_of(filed.answer))
        bare = await client.put(address, json=content_json())
    assert (first.status_code, second.status_code, bare.status_code) == (200, 412, 428)


async def test_whoever_submitted_or_wrote_the_receipt_down_does_not_check(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake, CONSULTANT)
    await filed.moved("submission", CONSULTANT, message_id="DZ-1")
    for what in ("formal-check", "return", "formal-rejection"):
        refused = await filed.post(what, CONSULTANT)
        assert (refused.status_code, code_of(refused)) == (409, "checked-by-who-submitted")
        assert refused.json()["rule"] == "check-only-who-did-not-submit"
    await filed.moved("formal-check", ANALYST)


async def test_whoever_checked_does_not_decide(intake: ServiceUnderTest) -> None:
    both = an_actor(Role.CONSULTANT, Role.DIRECTOR, affiliation="Agentura", sub="both-hats")
    filed = await (await drafted(intake)).moved("submission")
    await filed.moved("formal-check", both)
    await filed.evaluated()
    for what in ("approval", "rejection"):
        refused = await filed.post(what, both)
        assert (refused.status_code, code_of(refused)) == (409, "decided-by-who-checked-or-scored")
    await filed.moved("rejection", DIRECTOR)


async def test_an_item_of_the_checklist_that_is_not_met_stops_the_check(intake: ServiceUnderTest) -> None:
    filed = await (await drafted(intake)).moved("submission")
    refused = await filed.post("formal-check", ANALYST, checklist=checklist_json(signed=False))
    assert (refused.status_code, code_of(refused)) == (409, "checklist-fails")
    assert refused.json()["failed"] == "signed"
    malformed = await filed.post("formal-check", ANALYST, checklist={"complete": {"is_met": 1}})
    assert malformed.status_code == 422


async def test_the_capacity_is_exceeded_only_with_a_reason(registry: ServiceUnderTest) -> None:
    await with_municipalities(registry)
    await announced(registry, a_call(capacity=1))
    filed = [
        await _evaluated(registry, number, Move.RECOMMEND if number < 2 else Move.PLACE_IN_RESERVE)
        for number in range(3)
    ]
    answers = await asyncio.gather(*(each.post("approval", DIRECTOR) for each in filed[:2]))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = await filed[2].post("approval", DIRECTOR)
    assert (code_of(refused), refused.json()["rule"]) == (
        "capacity-is-exhausted",
        "approve-only-within-capacity",
    )
    await filed[2].moved("approval", DIRECTOR, exceeding_reason="Uvolněné prostředky")
    outcomes = [each.outcome for each in await registry.told(ApplicationDecided)]
    assert outcomes.count(DecisionOutcome.ACCEPTED) == 2
    assert outcomes.count(DecisionOutcome.RESERVE) == 1


async def test_an_evaluation_is_opened_for_all_or_for_none(intake: ServiceUnderTest) -> None:
    checked = await (await drafted(intake)).checked()
    other = await drafted(intake, COORDINATOR_OF_TRMICE, unit=TRMICE)
    with pytest.raises(Exception, match="draft") as refused:
        async with intake.transaction() as tx:
            await use_cases.open_evaluation(tx, [checked.id, other.id], tx.today)
    assert refused.value.facts["rule"] == "open-evaluation-only-from-formally-correct"  # type: ignore[attr-defined]
    assert (await checked.reread()).status == "formally-correct"


async def test_a_stranger_decides_nothing_and_learns_nothing(intake: ServiceUnderTest) -> None:
    filed = await drafted(intake)
    before = filed.answer
    for what in ("submission", "withdrawal"):
        refused = await filed.post(what, COORDINATOR_OF_TRMICE)
        assert (refused.status_code, code_of(refused)) == (404, "application-unknown")
    for what in ("approval", "rejection"):
        assert (await filed.post(what, ADMINISTRATOR)).status_code == 403
    assert (await filed.reread()).answer.json()["version"] == before.json()["version"]


async def _evaluated(service: ServiceUnderTest, number: int, move: Move) -> Filed:
    town = await a_town(service, number)
    filed = await drafted(service, town, unit=next(iter(town.units)))
    await filed.moved("submission", town)
    await filed.moved("formal-check", ANALYST)
    return await filed.evaluated(move)
