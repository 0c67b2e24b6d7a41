"""The register of all evaluations: by hand, from cooperations, and questions in editions."""

from datetime import date

import pytest

from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationRegime
from tests.support.evaluation import COORDINATOR, EVALUATOR, NEIGHBOUR, PLAN, a_unit_registered
from tests.support.evaluations import (
    COOPERATION,
    LATER,
    Json,
    a_cooperation_started,
    act,
    in_days,
    taken,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE

CONSUMER = "evaluation-evaluations-from-registry"


async def register(evaluation: ServiceUnderTest) -> dict[str, tuple[str, str, str | None]]:
    async with evaluation.client(EVALUATOR) as client:
        items = (await client.get("/evaluation-register")).json()["items"]
    return {each["type"]: (each["due_on"], each["status"], each["cancelled_reason"]) for each in items}


async def test_a_cooperation_asks_for_an_entry_analysis_an_exit_outline_and_a_final_report(
    evaluation: ServiceUnderTest,
) -> None:
    started = a_cooperation_started()
    await evaluation.hear(started, started, consumer=CONSUMER)
    await evaluation.hear(a_unit_registered())
    async with evaluation.client(EVALUATOR) as client:
        listed = (await client.get("/evaluation-register?limit=1")).json()["items"][0]
        (waiting,) = (await client.get("/tasks")).json()["items"]
    assert (listed["title"], listed["unit_names"]) == ("", ["Obrnice"])
    assert waiting["plan_title"] == "Obrnice", "what has no title goes by its unit"
    assert await register(evaluation) == {
        "entry-analysis": ("2026-04-01", "planned", None),
        "exit-outline": ("2029-09-27", "planned", None),
        "expert-support-final": ("2030-03-29", "planned", None),
    }
    changed = CooperationChanged(
        version=2,
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        regime=CooperationRegime.KPSV21,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    await evaluation.hear(changed, started, consumer=CONSUMER)
    assert (await register(evaluation))["expert-support-final"] == ("2028-03-31", "planned", None)
    async with evaluation.client(COORDINATOR) as client:
        assert len((await client.get("/evaluation-register")).json()["items"]) == 3
        assert (await client.get("/evaluations")).json()["items"] == []
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get("/evaluation-register")).json()["items"] == []


@pytest.mark.parametrize("end_first", [True, False])
async def test_a_cooperation_that_ended_early_needs_no_entry_analysis(
    evaluation: ServiceUnderTest, *, end_first: bool
) -> None:
    ended = CooperationEnded(
        version=2, cooperation_id=COOPERATION, unit_id=OBRNICE, ended_on=date(2026, 2, 28)
    )
    events = [ended, a_cooperation_started()] if end_first else [a_cooperation_started(), ended]
    for event in events:
        await evaluation.hear(event, consumer=CONSUMER)
    found = await register(evaluation)
    assert found["expert-support-final"] == ("2026-05-28", "planned", None)
    expected = None if end_first else ("2026-04-01", "cancelled", "cooperation-ended")
    assert found.get("entry-analysis") == expected


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"type": "situational-analysis"}, "/unit_ids"),
        ({"type": "plan-final"}, "/plan_id"),
        ({"type": "plan-final", "plan_id": str(PLAN)}, "/plan_id"),
        ({"type": "centre-final"}, "/region"),
        ({"type": "external-final"}, "/project"),
        ({"type": "unit-reports", "unit_ids": [str(OBRNICE)]}, "/unit_ids"),
        ({"type": "thematic-research"}, "/themes"),
        ({"type": "cross-sectional-research", "due_on": "2020-01-01"}, "/due_on"),
    ],
)
async def test_an_evaluation_needs_what_its_type_looks_at(
    evaluation: ServiceUnderTest, changes: Json, pointer: str
) -> None:
    body = {"title": "Situační analýza", "due_on": LATER, **changes}
    async with evaluation.client(EVALUATOR) as client:
        answer = await client.post("/evaluation-register", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await register(evaluation) == {}


async def test_an_analysis_by_hand_goes_its_way_without_a_plan_and_can_be_called_off(
    evaluation: ServiceUnderTest,
) -> None:
    body = {
        "type": "situational-analysis",
        "title": "Situační analýza, 2. vlna",
        "due_on": LATER,
        "unit_ids": [str(OBRNICE), str(TRMICE)],
    }
    async with evaluation.client(EVALUATOR) as client:
        made = await client.post("/evaluation-register", json=body)
        assert made.status_code == 201, made.text
        assert (await client.get(made.headers["location"])).status_code == 200
        of = made.json()["id"]
        narrow = await client.get(f"/evaluation-register?filter[unit]={TRMICE}&filter[status]=planned")
        assert [each["id"] for each in narrow.json()["items"]] == [of]
    await taken(evaluation, "beginning", {"mode": "internal", "organisation": "Agentura"}, of=of)
    stale = await act(evaluation, "cancellation", {"reason": "Omyl."}, of=of, version=1)
    assert stale.status_code == 412
    done = await taken(evaluation, "cancellation", {"reason": "Omyl."}, of=of)
    assert done["status"] == "cancelled"
    over = (await act(evaluation, "beginning", {"mode": "internal", "organisation": "A"}, of=of)).json()
    assert (over["state"], over["allowed_moves"]) == ("cancelled", [])


async def test_a_question_worded_anew_is_the_next_edition(evaluation: ServiceUnderTest) -> None:
    worded = {
        "code": "EQ1",
        "criterion": "relevance",
        "cs": "Řeší plán problémy, které lidé sami pojmenovali?",
        "en": "Does the plan address problems that people named themselves?",
        "valid_from": in_days(30).isoformat(),
        "reason": "Zkušenost z pilotu.",
    }
    async with evaluation.client(EVALUATOR) as client:
        made = await client.post("/evaluation-questions", json=worded)
        assert (made.status_code, made.json()["edition"], made.json()["in_force"]) == (201, 2, False)
        listed = (await client.get("/evaluation-questions")).json()["items"]
        assert [(each["code"], each["edition"], each["in_force"]) for each in listed][:3] == [
            ("EQ1", 1, True),
            ("EQ1", 2, False),
            ("EQ2", 1, True),
        ]
        past = await client.post("/evaluation-questions", json=worded | {"valid_from": "2020-01-01"})
        assert (past.status_code, past.json()["errors"][0]["pointer"]) == (422, "/valid_from")
        with evaluation.counted_statements() as statements:
            await client.get("/evaluation-register")
        assert len(statements) <= 2


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("report/questions", [{"code": "EQ1\x00"}]),
        ("report/questions", [{"code": "EQ1", "evidence": [{"kind": "meeting", "reference": ""}]}]),
        ("report/findings", [{"text": "\x00"}]),
        ("report/recommendations", [{"text": "x"}]),
        ("report/measures", {}),
        ("report/comparison", {"reference": "r", "peers": [], "figures": [{"peers": "NaN"}]}),
        ("report/sections/nothing", {"text": "x"}),
        ("beginning", {"mode": "nobody", "organisation": "A"}),
        ("cancellation", {"reason": "  "}),
    ],
)
async def test_what_makes_no_sense_is_refused_whole(
    evaluation: ServiceUnderTest, step: str, body: object
) -> None:
    answer = await act(evaluation, step, body, of=PLAN)
    assert answer.status_code == 422, answer.text
    async with evaluation.client(EVALUATOR) as client:
        for address in ("/reports/99999999999", "/reports/0", "/reports/1/verification", "/report"):
            unknown = await client.get(f"/evaluation-register/{PLAN}{address}")
            assert unknown.status_code in {404, 422}, unknown.text
        assert (await client.get("/evaluation-questions/EQ0/judgements")).status_code == 422
        assert (await client.get("/recommendations?cursor=bm9uc2Vuc2U")).status_code == 422
