"""What is done with values beyond one report: parts, drafts, many at once, locks, corrections, formulas."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.evaluation import PeriodsLocked, ValueApproved, ValueCorrected, WordingApproved
from tests.support.definitions import define, link, post, redefine
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    EVALUATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    a_report_in,
    an_indicator,
    decide,
    indicator_id,
    report_and_approve,
    report_value,
)
from tests.support.service import ServiceUnderTest

SOCIAL = "Zabydlené domácnosti"


def of(which: int, period: str = "2026") -> UUID:
    return obligation_id(indicator_id(which), period)


@pytest.fixture
async def monitored(evaluation: ServiceUnderTest) -> ServiceUnderTest:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(number) for number in (1, 2, 3)]))
    return evaluation


@pytest.fixture
async def past(evaluation: ServiceUnderTest) -> ServiceUnderTest:
    """A plan of which two years are over."""
    indicators = [an_indicator(number, baseline_on=date(2023, 12, 31)) for number in (1, 2, 3)]
    await evaluation.hear(a_plan_approved(indicators=indicators, valid_from=date(2024, 1, 1)))
    return evaluation


async def report_past(service: ServiceUnderTest, which: int, value: str) -> None:
    body = a_report_in(value=value, measured_on="2024-06-30")
    answer = await decide(service, of(which, "2024"), "report", actor=COORDINATOR, body=body)
    assert answer.status_code == 200, answer.text


async def test_an_indicator_is_linked_by_name_and_its_values_must_fit(evaluation: ServiceUnderTest) -> None:
    await define(evaluation, "X_D", name_cs=SOCIAL, dimensions=["sex"])
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1, name=SOCIAL.upper())]))

    async def report(**said: object) -> tuple[int, str]:
        body = a_report_in() | said
        answer = await decide(evaluation, of(1), "report", actor=COORDINATOR, body=body)
        return answer.status_code, answer.json().get("type", "").rpartition(":")[2]

    women, men = ({"dimension": "sex", "part": part, "value": "10"} for part in ("women", "men"))
    assert await report(value="-1") == (422, "count-negative")
    assert await report(value="20", wording="dobře") == (422, "number-expected")
    assert await report(value="20") == (422, "breakdown-missing")
    assert await report(value="21", parts=[women, men]) == (422, "parts-do-not-add-up")
    assert await report(value="20", parts=[women, women]) == (422, "part-repeated")
    assert await report(value="20", parts=[women | {"part": "robots"}]) == (422, "part-unknown")
    assert await report(value="20", parts=[women], not_broken_down=["sex"]) == (422, "broken-down-and-not")
    evidence = [{"document_id": str(PLAN), "file_name": "výkaz.pdf", "digest": "a" * 64}]
    assert await report(value="20", parts=[women, men], evidence=evidence) == (200, "")
    async with evaluation.client(COORDINATOR) as client:
        found = (await client.get(f"/obligations/{of(1)}")).json()
    [act] = found["acts"]
    assert act["breakdown"] == {"parts": [women, men], "not_broken_down": []}
    assert (act["evidence"], act["definition_code"], act["definition_edition"]) == (evidence, "X_D", 1)


async def test_ordinal_values_are_levels_and_qualitative_ones_words(monitored: ServiceUnderTest) -> None:
    levels = [{"value": value, "cs": f"stupeň {value}", "en": f"level {value}"} for value in (0, 1, 2)]
    await define(monitored, "X_O", kind="ordinal", levels=levels)
    await define(monitored, "X_Q", kind="qualitative")
    for which, code in ((1, "X_O"), (2, "X_Q")):
        assert (await link(monitored, which, code)).status_code == 200
    refused = await decide(monitored, of(1), "report", actor=COORDINATOR, body=a_report_in(value="1.5"))
    assert refused.json()["type"] == "urn:pospolu:problem:level-unknown"
    await report_and_approve(monitored, of(1), value="2")
    number = await decide(monitored, of(2), "report", actor=COORDINATOR, body=a_report_in(value="1"))
    assert number.json()["type"] == "urn:pospolu:problem:wording-expected"
    said = a_report_in(value=None, wording="Sousedé si pomáhají.")
    assert (await decide(monitored, of(2), "report", actor=COORDINATOR, body=said)).status_code == 200
    assert (await decide(monitored, of(2), "approval", actor=CONSULTANT)).status_code == 200
    assert len(await monitored.told(WordingApproved)) == len(await monitored.told(ValueApproved)) == 1
    async with monitored.client(CONSULTANT) as client:
        shown = (await client.get(f"/monitoring/{PLAN}")).json()["indicators"]
    assert (shown[1]["light"], shown[1]["reason"], shown[1]["progress"]) == ("grey", "qualitative", None)
    assert (shown[1]["wording"], shown[1]["value"]) == ("Sousedé si pomáhají.", None)


async def test_a_draft_is_seen_by_the_plans_people_alone_and_ends_with_the_report(
    monitored: ServiceUnderTest,
) -> None:
    async def prepare(version: int, value: str) -> int:
        async with monitored.client(COORDINATOR, **{"If-Match": f'"{version}"'}) as client:
            return (await client.put(f"/obligations/{of(1)}/draft", json={"value": value})).status_code

    assert sorted(await asyncio.gather(prepare(1, "7"), prepare(1, "8"))) == [200, 412]
    async with monitored.client(COORDINATOR) as client:
        mine = (await client.get(f"/obligations/{of(1)}")).json()
    async with monitored.client(CONSULTANT) as client:
        theirs = (await client.get(f"/obligations/{of(1)}")).json()
    assert (mine["status"], mine["value"], mine["draft"]["content"]["value"]) in {
        ("open", None, "7"),
        ("open", None, "8"),
    }
    assert theirs["draft"] is None
    await report_value(monitored, of(1), value="9")
    async with monitored.client(COORDINATOR) as client:
        assert (await client.get(f"/obligations/{of(1)}")).json()["draft"] is None
    assert await prepare(3, "1") == 409


async def test_many_are_decided_at_once_each_with_its_result(monitored: ServiceUnderTest) -> None:
    rows = [a_report_in(value=str(which), id=str(of(which)), version=1) for which in (1, 2, 3)]
    rows[1] |= {"version": 9}
    rows[2] |= {"measured_on": "2020-01-01"}
    with monitored.counted_statements() as statements:
        reported = await post(monitored, COORDINATOR, "/obligations/reports", {"rows": rows})
        of_three = len(statements)
    body = reported.json()
    assert (reported.status_code, body["done"], body["refused"]) == (200, 1, 2)
    assert [row["problem"] and row["problem"]["type"].rpartition(":")[2] for row in body["rows"]] == [
        None,
        "version-is-stale",
        "measured-before-the-period",
    ]
    with monitored.counted_statements() as statements:
        await post(monitored, COORDINATOR, "/obligations/reports", {"rows": [rows[1] | {"version": 1}]})
        assert len(statements) == of_three
    strangers = [{"id": str(of(1)), "version": 2}, {"id": str(PLAN), "version": 1}]
    returns = [row | {"reason": "Za okres"} for row in strangers]
    assert (await post(monitored, COORDINATOR, "/obligations/returns", {"rows": returns})).status_code == 403
    returned = (await post(monitored, EVALUATOR, "/obligations/returns", {"rows": returns[:1]})).json()
    assert returned["rows"][0]["state"]["status"] == "returned"
    approvals = [{"id": str(of(2)), "version": 2}, strangers[1]]
    answers = await asyncio.gather(
        *(
            post(monitored, who, "/obligations/approvals", {"rows": approvals})
            for who in (CONSULTANT, EVALUATOR)
        )
    )
    assert sorted(answer.json()["done"] for answer in answers) == [0, 1]
    assert len(await monitored.told(ValueApproved)) == 1
    hidden = (await post(monitored, NEIGHBOUR, "/obligations/reports", {"rows": rows[:1]})).json()
    assert hidden["rows"][0]["problem"]["type"].endswith("obligation-not-found")


async def test_a_locked_period_moves_only_with_a_reason_and_the_old_value_stays(
    past: ServiceUnderTest,
) -> None:
    await report_past(past, 1, "20")
    await decide(past, of(1, "2024"), "approval", actor=CONSULTANT)
    await report_past(past, 2, "5")
    lock = {"locked_until": "2024-12-31", "reason": "Výroční zpráva vyšla"}
    path = f"/monitoring/{PLAN}/lock"
    early = await post(past, CONSULTANT, path, lock | {"locked_until": "2999-01-01"}, version=1)
    assert early.json()["type"].endswith("lock-in-the-future")
    locked = await asyncio.gather(*(post(past, CONSULTANT, path, lock, version=1) for _ in range(2)))
    assert sorted(answer.status_code for answer in locked) == [200, 412]
    assert [str(each.locked_until) for each in await past.told(PeriodsLocked)] == ["2024-12-31"]

    refused = await decide(past, of(2, "2024"), "approval", actor=CONSULTANT)
    assert (refused.status_code, refused.json()["allowed_moves"]) == (409, ["approval", "return"])
    assert "31.\N{NO-BREAK SPACE}12.\N{NO-BREAK SPACE}2024" in refused.json()["title"]
    late: dict[str, object] = {"late_reason": "Zpráva se vydá znovu"}
    assert (await decide(past, of(2, "2024"), "approval", actor=CONSULTANT, body=late)).status_code == 200
    body = a_report_in(measured_on="2024-06-30")
    assert (await decide(past, of(3, "2024"), "report", actor=COORDINATOR, body=body)).status_code == 409
    body |= late
    assert (await decide(past, of(3, "2024"), "report", actor=COORDINATOR, body=body)).status_code == 200
    said = a_report_in(value="19", measured_on="2024-06-30", reason="Chyba v součtu")
    assert (await decide(past, of(1, "2024"), "correction", actor=CONSULTANT, body=said)).status_code == 200
    assert [told.late for told in await past.told(ValueCorrected)] == [True]
    async with past.client(COORDINATOR) as client:
        found = (await client.get(f"/obligations/{of(2, '2024')}")).json()
        open_one = (await client.get(f"/obligations/{of(2, '2025')}")).json()
    assert [(act["act"], act["late"], act["reason"]) for act in found["acts"]] == [
        ("reported", False, None),
        ("approved", True, "Zpráva se vydá znovu"),
    ]
    assert (found["is_locked"], open_one["is_locked"]) == (True, False)
    unlocked = await post(past, CONSULTANT, path, lock | {"locked_until": None}, version=2)
    assert (unlocked.status_code, unlocked.json()["locked_until"]) == (200, None)


async def test_an_approved_value_is_corrected_with_a_reason_by_another_person(
    monitored: ServiceUnderTest,
) -> None:
    await report_and_approve(monitored, of(1), value="20")
    said = a_report_in(value="19", reason="Jedna domácnost byla započtena dvakrát.")
    assert (await decide(monitored, of(1), "correction", actor=COORDINATOR, body=said)).status_code == 403
    early = await decide(monitored, of(2), "correction", actor=CONSULTANT, body=said)
    assert (early.status_code, early.json()["allowed_moves"]) == (409, ["report"])
    done = await decide(monitored, of(1), "correction", actor=CONSULTANT, body=said)
    assert (done.status_code, done.json()["status"], done.json()["value"]) == (200, "approved", "19")
    [told] = await monitored.told(ValueCorrected)
    assert (str(told.value), told.late) == ("19", False)
    async with monitored.client(COORDINATOR) as client:
        acts = (await client.get(f"/obligations/{of(1)}")).json()["acts"]
    assert [(act["act"], act["value"], act["reason"]) for act in acts] == [
        ("reported", "20", None),
        ("approved", "20", None),
        ("corrected", "19", said["reason"]),
    ]


async def test_a_cumulative_series_does_not_fall_but_by_corrections(past: ServiceUnderTest) -> None:
    await define(past, "X_C", accumulation="cumulative")
    await define(past, "X_S", kind="share", unit="%")
    assert (await link(past, 1, "X_S")).json()["type"].endswith("unit-of-measure-differs")
    targets = [{"dimension": "sex", "part": "women", "value": "8"}]
    linked = await link(past, 1, "X_C", part_targets=targets)
    assert (linked.status_code, linked.json()["part_targets"]) == (200, targets)
    await report_past(past, 1, "20")
    await decide(past, of(1, "2024"), "approval", actor=CONSULTANT)
    body = a_report_in(value="19", measured_on="2025-12-31")
    fallen = await decide(past, of(1, "2025"), "report", actor=COORDINATOR, body=body)
    assert (fallen.status_code, fallen.json()["type"].rpartition(":")[2]) == (409, "cumulative-series-falls")
    assert (fallen.json()["other"], fallen.json()["period"]) == ("20", "2024")
    said = a_report_in(value="18", measured_on="2024-12-31", reason="Dvě osoby byly započteny dvakrát")
    await decide(past, of(1, "2024"), "correction", actor=CONSULTANT, body=said)
    assert (await decide(past, of(1, "2025"), "report", actor=COORDINATOR, body=body)).status_code == 200
    said |= {"value": "19.5"}
    above = await decide(past, of(1, "2024"), "correction", actor=CONSULTANT, body=said)
    assert (above.status_code, above.json()["period"]) == (409, "2025")
    assert (await link(past, 1, None, version=2)).json()["type"].endswith("values-defined-already")


async def test_two_values_of_a_cumulative_series_are_not_reported_past_each_other(
    past: ServiceUnderTest,
) -> None:
    await define(past, "X_C", accumulation="cumulative")
    await link(past, 1, "X_C")
    older = a_report_in(value="30", measured_on="2024-12-31")
    newer = a_report_in(value="20", measured_on="2025-12-31")
    answers = await asyncio.gather(
        decide(past, of(1, "2024"), "report", actor=COORDINATOR, body=older, version=1),
        decide(past, of(1, "2025"), "report", actor=COORDINATOR, body=newer, version=1),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_formula_is_computed_of_approved_values_and_tells_of_which(
    monitored: ServiceUnderTest,
) -> None:
    for code in ("X_A", "X_B"):
        await define(monitored, code, unit="domácnosti")
    await define(
        monitored, "X_F", kind="ratio", unit="domácnost", value_source="formula", formula="X_A / X_B"
    )
    for which, code in ((1, "X_A"), (2, "X_B"), (3, "X_F")):
        assert (await link(monitored, which, code)).status_code == 200
    plain = await decide(monitored, of(3), "report", actor=COORDINATOR, body=a_report_in(value="3"))
    assert plain.json()["type"].endswith("value-is-computed")
    await report_and_approve(monitored, of(1), value="30")
    missing = await decide(monitored, of(3), "computation", actor=COORDINATOR, body={})
    assert (missing.status_code, missing.json()["codes"]) == (409, "X_B")
    await report_and_approve(monitored, of(2), value="12")
    done = await decide(monitored, of(3), "computation", actor=COORDINATOR, body={})
    assert (done.status_code, done.json()["value"], done.json()["status"]) == (200, "2.5", "submitted")
    async with monitored.client(CONSULTANT) as client:
        [act] = (await client.get(f"/obligations/{of(3)}")).json()["acts"]
    inputs = act["derivation"]["inputs"]
    assert [(each["code"], each["value"], each["obligation_id"]) for each in inputs] == [
        ("X_A", "30", str(of(1))),
        ("X_B", "12", str(of(2))),
    ]
    async with monitored.client(CONSULTANT) as client:
        prov = (await client.get(f"/obligations/{of(3)}/provenance")).json()
    assert {each["prov:entity"] for each in prov["used"].values()} == {
        f"pospolu:value/{of(1)}/3",
        f"pospolu:value/{of(2)}/3",
    }
    assert prov["entity"][f"pospolu:value/{of(3)}/2"]["pospolu:derivation/formula"] == "X_A / X_B"
    assert "jana.malinova" not in str(prov)
    async with monitored.client(NEIGHBOUR) as client:
        assert (await client.get(f"/obligations/{of(3)}/provenance")).status_code == 404
    by_hand = await decide(monitored, of(1), "computation", actor=COORDINATOR, body={})
    assert by_hand.json()["type"].endswith("nothing-to-compute")


async def test_a_changed_definition_breaks_the_series_where_everybody_sees_it(
    monitored: ServiceUnderTest,
) -> None:
    await define(monitored, "X_D")
    assert (await link(monitored, 1, "X_D")).status_code == 200
    await report_and_approve(monitored, of(1), value="20")
    bridge = {"kind": "linear", "factor": "2", "offset": "1"}
    await redefine(monitored, "X_D", method="Nově i podnájem", valid_from="2026-07-01", bridge=bridge)
    async with monitored.client(CONSULTANT) as client:
        with monitored.counted_statements() as statements:
            found = await client.get(f"/monitoring/{PLAN}/indicators/{indicator_id(1)}")
        assert len(statements) == 2
        stranger = await client.get(f"/monitoring/{PLAN}/indicators/{PLAN}")
    assert stranger.status_code == 404
    [point] = found.json()["points"]
    assert (point["value"], point["definition_edition"], point["comparable"]) == ("20", 1, "41")
    assert (found.json()["newest_edition"], point["breaks"]) == (2, False)
