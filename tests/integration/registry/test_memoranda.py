"""Memoranda through the API: the timeline of Jihlava, signatures, who may know and do what."""

import asyncio
from datetime import date

import asyncpg
import pytest
from sqlalchemy import text

from shared.contracts.intake import MemorandumConcluded
from tests.support.applications import Filed, announced, drafted, with_municipalities
from tests.support.memoranda import (
    COORDINATOR,
    JIHLAVA,
    MAYOR,
    NEIGHBOUR,
    TEXT,
    concluded_memorandum,
    done,
    drafted_memorandum,
    registered_towns,
    sent,
)
from tests.support.registry import code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, COORDINATOR_OF_TRMICE, DIRECTOR, OBRNICE, TRMICE
from tests.support.tokens import COORDINATOR as OF_OBRNICE
from tests.support.tokens import MAYOR as MAYOR_OF_OBRNICE

OF_GOVERNMENT = {"agency_party": "office-of-government"}
RENEWED = {
    "reason": "party-changed",
    "agency_party": "ministry",
    "adopted_on": "2021-12-07",
    "unit_signed_on": "2021-12-14",
    "agency_signed_on": "2021-12-20",
}
RESOLUTION = {"number": "97/18-ZM", "adopted_on": "2018-12-10"}


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    await registered_towns(registry)
    return registry


async def listed(registry: ServiceUnderTest, **filters: str) -> list[dict[str, object]]:
    async with registry.client() as anybody:
        answer = await anybody.get("/memoranda", params={"filter[unit]": str(JIHLAVA), **filters})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_the_memorandum_of_jihlava_is_replayed_with_its_days(towns: ServiceUnderTest) -> None:
    first = await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    second = await concluded_memorandum(towns, JIHLAVA, **RENEWED)
    async with towns.client() as anybody:
        old = (await anybody.get(first)).json()
        new = (await anybody.get(second)).json()
    assert (old["status"], old["concluded_on"], old["in_force_until"]) == (
        "superseded",
        "2019-02-21",
        "2021-12-19",
    )
    assert old["resolution"] == {
        "number": "97/18-ZM",
        "adopted_on": "2018-12-10",
        "body": "assembly",
        "document_id": None,
    }
    assert (new["status"], new["edition"], new["concluded_on"], new["in_force_until"]) == (
        "concluded",
        2,
        "2021-12-20",
        None,
    )
    assert [event.edition for event in await towns.told(MemorandumConcluded)] == [1, 2]
    assert [event.concluded_on for event in await towns.told(MemorandumConcluded)] == [
        date(2019, 2, 21),
        date(2021, 12, 20),
    ]


async def test_the_edition_in_force_on_a_day_is_found_before_and_after_reconclusion(
    towns: ServiceUnderTest,
) -> None:
    await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    await concluded_memorandum(towns, JIHLAVA, **RENEWED)
    days = {"2019-02-20": [], "2019-02-21": [1], "2021-12-19": [1], "2021-12-20": [2], "2026-11-22": [2]}
    for day, editions in days.items():
        assert [each["edition"] for each in await listed(towns, as_of=day)] == editions


async def test_a_memorandum_whose_party_is_no_more_is_to_be_concluded_anew(towns: ServiceUnderTest) -> None:
    await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    wanted = {"filter[to_reconclude]": "true"}
    assert [each["needs_reconclusion"] for each in await listed(towns, **wanted)] == ["agency-party-ended"]
    assert await listed(towns, **wanted, as_of="2019-12-31") == []
    assert await listed(towns, **{"filter[to_reconclude]": "false"}) == []
    await concluded_memorandum(towns, JIHLAVA, **RENEWED)
    assert await listed(towns, **wanted) == []


async def test_a_unit_that_took_another_over_concludes_anew(towns: ServiceUnderTest) -> None:
    await concluded_memorandum(towns, JIHLAVA, **{**RENEWED, "reason": "first"})
    async with towns.transaction() as tx:
        await tx.session.execute(
            text(
                "INSERT INTO succession SELECT u.id, :unit, DATE '2023-01-01', 'merge', '', now() "
                "FROM unit u WHERE u.id <> :unit"
            ),
            {"unit": JIHLAVA},
        )
    (found,) = await listed(towns, **{"filter[to_reconclude]": "true"})
    assert found["needs_reconclusion"] == "unit-changed"
    assert await listed(towns, **{"filter[to_reconclude]": "true"}, as_of="2022-12-31") == []


async def test_both_parties_sign_with_their_own_hands_today(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA, by=COORDINATOR)
    async with towns.client(MAYOR) as mayor, towns.client(DIRECTOR) as director:
        approved = await done(mayor, f"{address}/approval", 1, resolution=RESOLUTION)
        unit_side = {"side": "unit", "name": "Jan Starosta", "function": "starosta"}
        signed = await done(mayor, f"{address}/signatures", 2, **unit_side)
        agency_side = {"side": "agency", "name": "Daniel Rozhodný", "function": "ředitel"}
        concluded = await done(director, f"{address}/signatures", 3, **agency_side)
    assert [each["status"] for each in (approved, signed, concluded)] == ["approved", "signed", "concluded"]
    assert signed["allowed_moves"] == ["countersign", "discard"]
    assert concluded["allowed_moves"] == ["terminate"]
    party = concluded["unit_party"]
    assert isinstance(party, dict)
    assert party["name"] == "Jihlava"
    assert concluded["needs_reconclusion"] is None


async def test_of_two_signatures_at_once_one_has_to_look_again(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA, by=COORDINATOR)
    async with towns.client(MAYOR) as mayor, towns.client(DIRECTOR) as director:
        await done(mayor, f"{address}/approval", 1, resolution=RESOLUTION)
        answers = await asyncio.gather(
            sent(mayor, f"{address}/signatures", 2, {"side": "unit", "name": "Jan", "function": "starosta"}),
            sent(
                director,
                f"{address}/signatures",
                2,
                {"side": "agency", "name": "Daniel", "function": "ředitel"},
            ),
        )
        state = (await mayor.get(address)).json()
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert (state["status"], len(state["signatures"])) == ("signed", 1)


async def test_of_two_editions_at_once_one_is_drafted(towns: ServiceUnderTest) -> None:
    body = {"unit_id": str(JIHLAVA), "document": TEXT}
    async with towns.client(CONSULTANT) as client:
        answers = await asyncio.gather(*(client.post("/memoranda", json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert code_of(refused) == "memorandum-in-the-making"
    assert refused.json()["allowed_moves"] == ["edit", "approve", "discard"]


@pytest.mark.parametrize(
    ("move", "body", "code", "rule"),
    [
        ("signatures", {"side": "unit", "name": "A", "function": "b"}, "memorandum-does-not-allow", "sign"),
        ("termination", {"reason": "Nic"}, "memorandum-does-not-allow", "terminate"),
    ],
)
async def test_a_move_out_of_order_names_the_rule_and_what_is_possible(
    towns: ServiceUnderTest, move: str, body: dict[str, object], code: str, rule: str
) -> None:
    address = await drafted_memorandum(towns, JIHLAVA)
    async with towns.client(ADMINISTRATOR) as client:
        refused = await sent(client, f"{address}/{move}", 1, body)
    problem = refused.json()
    assert (refused.status_code, code_of(refused), problem["move"]) == (409, code, rule)
    assert problem["rule"].startswith(f"{rule}-only-from-")
    assert problem["allowed_moves"] == ["edit", "approve", "discard"]


async def test_a_past_edition_is_not_signed_by_a_party_that_did_not_exist(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA, {"agency_party": "ministry"})
    side = {"side": "unit", "name": "Karolína Koubová", "function": "primátorka", "on": "2019-02-21"}
    async with towns.client(CONSULTANT) as client:
        await done(client, f"{address}/approval", 1, resolution=RESOLUTION, on="2018-12-10")
        refused = await sent(client, f"{address}/signatures", 2, side)
    assert (refused.status_code, code_of(refused)) == (409, "party-does-not-exist-then")


async def test_the_resolution_comes_before_the_signatures(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA)
    async with towns.client(CONSULTANT) as client:
        late = await sent(client, f"{address}/approval", 1, {"resolution": RESOLUTION, "on": "2018-12-09"})
        none = await sent(client, f"{address}/approval", 1, {})
        await done(client, f"{address}/approval", 1, resolution=RESOLUTION, on="2018-12-10")
        early = await sent(
            client,
            f"{address}/signatures",
            2,
            {"side": "unit", "name": "A", "function": "b", "on": "2018-12-09"},
        )
    assert (late.status_code, code_of(late)) == (409, "resolution-adopted-later")
    assert (none.status_code, code_of(none)) == (422, "resolution-missing")
    assert early.status_code == 409


async def test_one_person_signs_for_one_party_only(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA)
    side = {"side": "unit", "name": "Jan Starosta", "function": "starosta"}
    other = {"side": "agency", "name": "JAN STAROSTA", "function": "ředitel"}
    async with (
        towns.client(CONSULTANT) as consultant,
        towns.client(MAYOR) as mayor,
        towns.client(DIRECTOR) as director,
    ):
        await done(consultant, f"{address}/approval", 1, resolution=RESOLUTION)
        not_his = await sent(mayor, f"{address}/signatures", 2, other)
        not_hers = await sent(director, f"{address}/signatures", 2, side)
        backdated = await sent(mayor, f"{address}/signatures", 2, {**side, "on": "2020-01-01"})
        await done(mayor, f"{address}/signatures", 2, **side)
        again = await sent(mayor, f"{address}/signatures", 3, side)
        same = await sent(director, f"{address}/signatures", 3, other)
    assert [each.status_code for each in (not_his, not_hers, backdated)] == [403, 403, 403]
    assert (again.status_code, code_of(again)) == (409, "party-has-signed")
    assert (same.status_code, code_of(same)) == (409, "same-person-signs")


async def test_a_draft_is_unknown_to_other_towns_and_a_concluded_one_is_public(
    towns: ServiceUnderTest,
) -> None:
    address = await drafted_memorandum(towns, JIHLAVA, by=COORDINATOR)
    async with towns.client(NEIGHBOUR) as neighbour, towns.client() as anybody:
        assert (await neighbour.get(address)).status_code == 404
        assert (await anybody.get(address)).status_code == 404
        assert (await anybody.get("/memoranda")).json()["items"] == []
        edited = await neighbour.put(address, json={"document": TEXT}, headers=decided_on(1))
        assert edited.status_code == 404
        approval = await sent(neighbour, f"{address}/approval", 1, {"resolution": RESOLUTION})
        assert approval.status_code == 404
    async with towns.client(COORDINATOR) as coordinator:
        assert (await coordinator.get(address)).json()["status"] == "draft"
        assert len((await coordinator.get("/memoranda")).json()["items"]) == 1


async def test_what_was_signed_shows_names_and_functions_and_nobody_who_wrote_it_down(
    towns: ServiceUnderTest,
) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    async with towns.client() as anybody:
        signatures = (await anybody.get(address)).json()["signatures"]
    assert signatures[0] == {
        "side": "unit",
        "name": "Karolína Koubová",
        "function": "primátorka",
        "signed_on": "2019-02-21",
    }


async def test_the_state_of_an_edition_on_a_day_is_what_the_last_decision_left(
    towns: ServiceUnderTest,
) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, unit_signed_on="2019-01-10", **OF_GOVERNMENT)
    async with towns.client(COORDINATOR) as coordinator, towns.client() as anybody:
        states = {
            day: (await coordinator.get(address, params={"as_of": day})).json().get("status")
            for day in ("2018-12-10", "2019-01-10", "2019-02-20", "2019-02-21")
        }
        before = await anybody.get(address, params={"as_of": "2019-02-20"})
        journal = (await anybody.get("/journal", params={"filter[subject]": "memorandum"})).json()["items"]
    assert states == {
        "2018-12-10": "approved",
        "2019-01-10": "signed",
        "2019-02-20": "signed",
        "2019-02-21": "concluded",
    }
    assert before.status_code == 404
    assert [entry["action"] for entry in journal] == ["countersign"]


async def test_a_terminated_memorandum_is_renewed_by_another(towns: ServiceUnderTest) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    async with towns.client(DIRECTOR) as director, towns.client(MAYOR) as mayor:
        not_alone = await sent(mayor, f"{address}/termination", 4, {"reason": "Dohoda", "by": "agency"})
        ended = await done(director, f"{address}/termination", 4, reason="Dohoda obou stran", on="2020-06-30")
    assert (not_alone.status_code, code_of(not_alone)) == (403, "other-side-terminates")
    assert (ended["status"], ended["in_force_until"]) == ("terminated", "2020-06-30")
    async with towns.client(CONSULTANT) as client:
        wrong = await client.post(
            "/memoranda", json={"unit_id": str(JIHLAVA), "reason": "party-changed", "document": TEXT}
        )
    assert (wrong.status_code, code_of(wrong)) == (422, "reason-does-not-fit")
    await concluded_memorandum(towns, JIHLAVA, **{**RENEWED, "reason": "renewed"})
    assert [each["edition"] for each in await listed(towns, as_of="2021-12-20")] == [2]
    assert await listed(towns, as_of="2020-07-01") == []


async def test_an_edition_holds_only_after_the_one_before_it(towns: ServiceUnderTest) -> None:
    await concluded_memorandum(towns, JIHLAVA, agency_signed_on="2019-03-01", **OF_GOVERNMENT)
    address = await drafted_memorandum(towns, JIHLAVA, {"reason": "content-changed", **OF_GOVERNMENT})
    side = {"name": "Jan Starosta", "function": "starosta", "on": "2019-03-01"}
    async with towns.client(CONSULTANT) as client, towns.client(DIRECTOR) as director:
        await done(client, f"{address}/approval", 1, resolution=RESOLUTION, on="2019-02-28")
        await done(client, f"{address}/signatures", 2, side="unit", **side)
        body = {**side, "side": "agency", "name": "David Beňák"}
        refused = await sent(director, f"{address}/signatures", 3, body)
    assert (refused.status_code, code_of(refused)) == (409, "concluded-no-later-than-the-last")


@pytest.fixture
async def application(registry: ServiceUnderTest) -> Filed:
    """Give the approved application of Obrnice, whose resolution covers the memorandum too."""
    await with_municipalities(registry)
    await announced(registry)
    filed = await (await (await drafted(registry)).checked()).evaluated()
    return await filed.moved("approval", DIRECTOR)


async def test_a_memorandum_follows_from_an_approved_application_and_its_resolution(
    registry: ServiceUnderTest, application: Filed
) -> None:
    draft = {"application_id": str(application.id)}
    address = await drafted_memorandum(registry, OBRNICE, draft, by=OF_OBRNICE)
    unit_side = {"side": "unit", "name": "Karel Starosta", "function": "starosta"}
    agency_side = {"side": "agency", "name": "Daniel Rozhodný", "function": "ředitel"}
    async with registry.client(MAYOR_OF_OBRNICE) as mayor, registry.client(DIRECTOR) as director:
        approved = await done(mayor, f"{address}/approval", 1)
        await done(mayor, f"{address}/signatures", 2, **unit_side)
        assert (await application.reread()).status == "approved"
        await done(director, f"{address}/signatures", 3, **agency_side)
    assert approved["resolution"] == {**RESOLUTION, "body": "assembly", "document_id": None}
    assert (await application.reread()).status == "memorandum-signed"


async def test_an_application_that_is_not_approved_or_of_another_unit_leads_to_no_memorandum(
    registry: ServiceUnderTest, application: Filed
) -> None:
    await registered_towns(registry)
    other = await drafted(registry, COORDINATOR_OF_TRMICE, unit=TRMICE)
    async with registry.client(CONSULTANT) as client:
        bodies = [
            {"unit_id": str(TRMICE), "application_id": str(other.id)},
            {"unit_id": str(JIHLAVA), "application_id": str(application.id)},
        ]
        answers = [await client.post("/memoranda", json=body) for body in bodies]
    assert [(answer.status_code, code_of(answer)) for answer in answers] == [
        (409, "application-not-approved"),
        (422, "memorandum-application-unknown"),
    ]


async def test_a_discarded_draft_gives_its_number_to_the_next(towns: ServiceUnderTest) -> None:
    address = await drafted_memorandum(towns, JIHLAVA)
    async with towns.client(CONSULTANT) as client:
        gone = await done(client, f"{address}/discarding", 1, reason="Omyl")
        again = (await client.get(await drafted_memorandum(towns, JIHLAVA))).json()
    assert (gone["status"], gone["allowed_moves"], again["edition"]) == ("discarded", [], 1)


async def test_a_concluded_edition_is_not_written_anew_whatever_is_in_the_making(
    towns: ServiceUnderTest,
) -> None:
    address = await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    async with towns.client(CONSULTANT) as client:
        alone = await client.put(address, json={"document": TEXT}, headers=decided_on(4))
        await drafted_memorandum(towns, JIHLAVA, {"reason": "party-changed"})
        beside = await client.put(address, json={"document": TEXT}, headers=decided_on(4))
    for refused in (alone, beside):
        assert (refused.status_code, refused.json()["rule"]) == (409, "edit-only-from-draft")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE memorandum SET document = NULL",
        "UPDATE memorandum SET signatures = '[]'",
        "UPDATE memorandum SET digest = 'x', concluded_on = concluded_on + 1",
        "DELETE FROM memorandum",
    ],
)
async def test_the_database_itself_keeps_what_was_signed(towns: ServiceUnderTest, change: str) -> None:
    await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    with pytest.raises(Exception, match="never changed") as refused:
        async with towns.transaction() as tx:
            await tx.session.execute(text(change))
    assert isinstance(refused.value.__cause__.__cause__, asyncpg.RaiseError)  # type: ignore[union-attr]


async def test_a_list_of_memoranda_takes_one_statement(towns: ServiceUnderTest) -> None:
    await concluded_memorandum(towns, JIHLAVA, **OF_GOVERNMENT)
    async with towns.client(CONSULTANT) as client:
        with towns.counted_statements() as statements:
            answer = await client.get(
                "/memoranda", params={"filter[status]": "concluded", "as_of": "2019-06-01"}
            )
    assert len(statements) <= 2
    assert [each["unit_name"] for each in answer.json()["items"]] == ["Jihlava"]
