"""A handover from the open checklist to two signatures, with the pack that goes with it."""

import asyncio
from datetime import date
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, update

from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow, PromiseRow
from registry.handovers.checklist import TASKS, Step
from registry.handovers.pack import HEADINGS
from registry.handovers.tables import HandoverRow
from registry.plans.tables import PlanRow
from shared.canonical import canonical_json, digest
from tests.support.caseload import (
    CONSULTANT_JANA,
    CONSULTANT_PETR,
    MAYOR_OF_TRMICE,
    assigned,
    cooperating,
    handovers_opened,
)
from tests.support.registry import NOON, OBRNICE, code_of, decided_on, registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, COORDINATOR, DIRECTOR, MAYOR, PARTNER

MEETING = {
    "met_on": "2026-11-20",
    "leadership": [{"name": "Marie Nová", "function": "starostka"}],
    "note": "Paní starostka chce pokračovat.",
}


@pytest.fixture
async def handover(registry: ServiceUnderTest) -> str:
    """Open the handover of Obrnice, which Petr looks after; give its address."""
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        await assigned(client)
    await cooperating(registry, [OBRNICE])
    (found,) = await handovers_opened(registry)
    return f"/handovers/{found}"


async def done(client: httpx.AsyncClient, address: str, *steps: Step, version: int) -> int:
    """Tick all items of the steps; return the version after it."""
    for task in TASKS:
        if task.step in steps:
            answer = await client.put(
                f"{address}/items/{task.code}", json={"done": True}, headers=decided_on(version)
            )
            assert answer.status_code == 200, answer.text
            version += 1
    return version


async def ready_to_sign(client: httpx.AsyncClient, address: str) -> int:
    version = await done(client, address, *Step, version=1)
    for path, body in (("preparation", {}), ("meeting", MEETING)):
        answer = await client.post(f"{address}/{path}", json=body, headers=decided_on(version))
        assert answer.status_code == 200, answer.text
        version += 1
    return version


async def test_a_handover_is_prepared_the_new_leadership_met_and_both_sides_sign(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(MAYOR) as mayor:
        early = await petr.post(f"{handover}/preparation", json={}, headers=decided_on(1))
        version = await ready_to_sign(petr, handover)
        first = await petr.post(f"{handover}/signature", json={}, headers=decided_on(version))
        second = await mayor.post(f"{handover}/signature", json={}, headers=decided_on(version + 1))
        read = await mayor.get(handover)
        noted = await mayor.get("/journal", params={"filter[subject]": "handover"})
        more = await petr.post(f"{handover}/meeting", json=MEETING, headers=decided_on(version + 2))
    assert (early.status_code, code_of(early)) == (409, "tasks-not-done")
    assert early.json()["allowed_moves"] == ["prepare", "dispense"]
    assert (first.json()["status"], first.json()["pack_digest"]) == ("prepared", None)
    assert (second.json()["status"], second.json()["allowed_moves"]) == ("handed-over", [])
    assert [each["side"] for each in second.json()["signatures"]] == ["agency", "unit"]
    assert read.json() == second.json()
    assert [entry["action"] for entry in noted.json()["items"]][:4] == ["sign", "sign", "meet", "prepare"]
    assert (more.status_code, code_of(more)) == (409, "handover-does-not-move")
    assert more.json()["rule"] == "meet-only-from-prepared"


async def test_what_was_handed_over_stays_as_it_was_and_its_digest_proves_it(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(MAYOR) as mayor:
        version = await ready_to_sign(petr, handover)
        live = (await petr.get(f"{handover}/pack")).json()
        await petr.post(f"{handover}/signature", json={}, headers=decided_on(version))
        signed = await mayor.post(f"{handover}/signature", json={}, headers=decided_on(version + 1))
        assert signed.status_code == 200, signed.text
        async with registry.client(DIRECTOR) as director:
            await assigned(director, person="eva.nova", person_name="Eva", duty="evaluator")
        frozen = (await mayor.get(f"{handover}/pack")).json()
    assert (live["frozen"], frozen["frozen"]) == (False, True)
    assert frozen["parts"] == live["parts"]
    assert frozen["digest"] == signed.json()["pack_digest"]
    content = {name: value for name, value in frozen.items() if name not in {"digest", "frozen"}}
    assert digest(canonical_json(content)) == frozen["digest"]


async def _log(registry: ServiceUnderTest) -> None:
    """Write down a letter and an internal note, each with an open promise."""
    async with registry.transaction() as tx:
        for number, direction in enumerate(("out", "internal"), start=1):
            entry = {
                "id": UUID(int=number),
                "version": 1,
                "occurred_on": date(2026, 10, number),
                "direction": direction,
                "channel": "letter",
                "subject": f"Dopis {direction}",
                "recorded_by": "petr",
                "recorded_at": NOON,
            }
            texts = dict.fromkeys(("summary", "others", "reference_number", "message_id", "search_text"), "")
            lists: dict[str, list[object]] = {"contact_ids": [], "documents": []}
            await tx.session.execute(insert(CorrespondenceRow).values(**entry, **texts, **lists))
            link = {"correspondence_id": UUID(int=number), "unit_id": OBRNICE, "position": 0}
            await tx.session.execute(insert(CorrespondenceUnitRow).values(**link))
            promise = {
                "id": UUID(int=10 + number),
                "version": 1,
                "correspondence_id": UUID(int=number),
                "promised_on": date(2026, 10, number),
                "what": f"Slib {direction}",
                "side": "agency",
                "status": "open",
                "settlement_note": "",
                "person": "petr.konzultant",
            }
            await tx.session.execute(insert(PromiseRow).values(**promise))


async def _plan(registry: ServiceUnderTest) -> None:
    async with registry.transaction() as tx:
        await tx.session.execute(
            insert(PlanRow).values(
                id=UUID(int=99),
                told_version=1,
                state="in-implementation",
                approved_version=1,
                unit_ids=[OBRNICE],
                revision=1,
                kind="PSZ",
                title="Plán sociálního začleňování",
                valid_from=date(2025, 1, 1),
                valid_until=date(2034, 12, 31),
                body="zastupitelstvo",
                approved_on=date(2024, 12, 10),
                resolution_number="12/2024",
            )
        )


async def test_the_pack_says_all_in_six_statements_and_where_there_is_nothing_it_says_so(
    registry: ServiceUnderTest, handover: str
) -> None:
    await _log(registry)
    await _plan(registry)
    async with registry.client(COORDINATOR) as client:
        with registry.counted_statements() as statements:
            answer = await client.get(f"{handover}/pack")
    assert answer.status_code == 200, answer.text
    assert len(statements) <= 6
    pack = answer.json()
    assert (pack["unit_name"], pack["election"], pack["unit_id"]) == (
        "Obrnice",
        "municipal-2026",
        str(OBRNICE),
    )
    parts = {part["code"]: part for part in pack["parts"]}
    assert list(parts) == list(HEADINGS)
    assert [each["phases"][0]["status"] for each in parts["cooperations"]["items"]] == ["active"]
    assert [each["person_name"] for each in parts["people"]["items"]] == ["Petr Konzultant"]
    assert [each["resolution_number"] for each in parts["plans"]["items"]] == ["12/2024"]
    assert [each["what"] for each in parts["promises"]["items"]] == ["Slib out"]
    assert [each["subject"] for each in parts["correspondence"]["items"]] == ["Dopis out"]
    assert (parts["memorandum"]["items"], parts["memorandum"]["note_cs"]) == ([], "Žádné memorandum neplatí.")
    assert all(bool(part["items"]) != bool(part["note_cs"]) for part in parts.values())


async def test_who_may_not_know_of_a_handover_does_not_find_it(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(MAYOR_OF_TRMICE) as other, registry.client(PARTNER) as partner:
        for address in (handover, f"{handover}/pack", f"{handover}?as_of=2026-11-22"):
            hidden = await other.get(address)
            assert (hidden.status_code, code_of(hidden)) == (404, "handover-unknown")
            assert (await partner.get(address)).status_code == 403
        signed = await other.post(f"{handover}/signature", json={}, headers=decided_on(1))
        assert (signed.status_code, code_of(signed)) == (404, "handover-unknown")
        assert (await other.get("/handovers")).json()["items"] == []


async def test_colleagues_without_the_unit_read_and_do_not_decide(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_JANA) as jana, registry.client(ANALYST) as analyst:
        assert (await jana.get(handover)).status_code == (await analyst.get(handover)).status_code == 200
        refused = await jana.post(f"{handover}/dispensation", json={"reason": "x"}, headers=decided_on(1))
        assert (refused.status_code, code_of(refused)) == (403, "not-your-unit")
        prepared = await analyst.post(f"{handover}/preparation", json={}, headers=decided_on(1))
        assert prepared.status_code == 403


async def test_the_same_leadership_needs_no_handover_and_the_reason_is_kept(
    registry: ServiceUnderTest, handover: str
) -> None:
    reason = {"reason": "Starosta byl zvolen znovu."}
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(MAYOR) as mayor:
        missing = await petr.post(f"{handover}/dispensation", json={"reason": " "}, headers=decided_on(1))
        gone = await petr.post(f"{handover}/dispensation", json=reason, headers=decided_on(1))
        again = await petr.post(f"{handover}/dispensation", json=reason, headers=decided_on(2))
        entry = (await mayor.get("/journal", params={"filter[subject]": "handover"})).json()["items"][0]
    assert missing.status_code == 422
    assert (gone.json()["status"], gone.json()["reason"]) == ("not-needed", reason["reason"])
    assert (again.status_code, code_of(again)) == (409, "handover-does-not-move")
    assert (entry["action"], entry["reason"]) == ("dispense", reason["reason"])


async def test_of_two_signatures_of_one_side_at_once_one_counts(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(DIRECTOR) as director:
        version = await ready_to_sign(petr, handover)
        answers = await asyncio.gather(
            *(
                client.post(f"{handover}/signature", json={}, headers=decided_on(version))
                for client in (petr, director)
            )
        )
        second = await director.post(f"{handover}/signature", json={}, headers=decided_on(version + 1))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert (second.status_code, code_of(second)) == (409, "side-has-signed")


@pytest.mark.parametrize("on", ["0001-01-01", "1999-12-31", "2026-11-19"])
async def test_a_signature_dated_before_the_meeting_is_refused(
    registry: ServiceUnderTest, handover: str, on: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(MAYOR) as mayor:
        version = await ready_to_sign(petr, handover)
        signed = await mayor.post(f"{handover}/signature", json={}, headers=decided_on(version))
        early = await petr.post(f"{handover}/signature", json={"on": on}, headers=decided_on(version + 1))
        left = await petr.get(handover)
    assert signed.status_code == 200, signed.text
    assert (early.status_code, code_of(early)) == (409, "signed-before-the-meeting")
    assert (early.json()["met_on"], left.json()["status"]) == ("2026-11-20", "prepared")


async def test_the_state_of_a_day_is_what_the_last_decision_until_then_made_of_it(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(COORDINATOR) as coordinator:
        await petr.post(f"{handover}/dispensation", json={"reason": "Beze změny."}, headers=decided_on(1))
        before = await coordinator.get(handover, params={"as_of": "2026-11-21"})
        after = await coordinator.get(handover, params={"as_of": "9999-12-31"})
    assert (before.status_code, code_of(before)) == (404, "handover-unknown")
    assert (after.json()["status"], after.json()["version"], after.json()["allowed_moves"]) == (
        "not-needed",
        2,
        [],
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("meeting", {**MEETING, "leadership": []}),
        ("meeting", {**MEETING, "leadership": [{"name": "", "function": "starosta"}]}),
        ("meeting", {**MEETING, "met_on": 20261120}),
        ("meeting", {**MEETING, "note": "a\u0000b"}),
        ("signature", {"as": "mayor"}),
        ("reopening", {}),
    ],
)
async def test_what_makes_no_sense_is_refused(
    registry: ServiceUnderTest, handover: str, path: str, body: dict[str, object]
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr:
        refused = await petr.post(f"{handover}/{path}", json=body, headers=decided_on(1))
        assert (refused.status_code, code_of(refused)) == (422, "malformed")
        assert (await petr.get(handover)).headers["ETag"] == '"1"'


async def test_the_alarm_of_a_handover_rings_for_who_knows_its_version_too(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr:
        known = await petr.get(handover)
        async with registry.transaction() as tx:  # the day passes
            await tx.session.execute(update(HandoverRow).values(due_on=date(2026, 11, 1)))
        again = await petr.get(handover, headers={"If-None-Match": known.headers["ETag"]})
    assert (known.json()["alarm"], again.status_code) == ("not-prepared", 200)
    assert again.json()["alarm"] == "overdue"


async def test_an_item_that_the_checklist_does_not_have_is_not_found(
    registry: ServiceUnderTest, handover: str
) -> None:
    async with registry.client(CONSULTANT_PETR) as petr:
        unknown = await petr.put(f"{handover}/items/uklid", json={"done": True}, headers=decided_on(1))
        listed = await petr.get("/handovers/checklist")
    assert (unknown.status_code, code_of(unknown)) == (404, "task-unknown")
    assert [each["code"] for each in listed.json()["items"]] == [task.code for task in TASKS]
