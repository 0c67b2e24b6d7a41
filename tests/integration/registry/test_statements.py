"""Statements over HTTP: from the request to the signature, who may what, what stays for ever."""

import asyncio
import json

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.statements.schemas import StatementOut
from shared.canonical import canonical_json, digest
from shared.contracts.base import Role
from shared.contracts.intake import StatementIssued, StatementKind, StatementOutcome
from tests.support.comparisons import OBRNICE, TRMICE, id_of, some_municipalities
from tests.support.registry import CONSULTANT, COORDINATOR, code_of
from tests.support.service import ServiceUnderTest
from tests.support.statements import (
    DIRECTOR,
    DRAFTER,
    FORM,
    Json,
    a_request,
    all_that_it_takes,
    an_issued,
    decide,
    decided,
    drafted,
    filed,
    signed_by,
)
from tests.support.tokens import BY_ROLE, COORDINATOR_OF_TRMICE, an_actor


@pytest.fixture
async def ready(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    await all_that_it_takes(registry)
    return registry


async def test_a_request_is_drafted_signed_numbered_and_told(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        request = await filed(client, message_id="1284567890")
        proposed = await drafted(client, request, reasons="Město plní plán.")
        issued = await decided(director, proposed, "issue")
        read = await client.get(f"/statements/{issued['id']}")
    year = str(request["received_on"])[:4]
    assert [each["status"] for each in (request, proposed, issued)] == ["received", "drafted", "issued"]
    assert request["allowed_moves"] == ["return", "draft", "withdraw", "refuse"]
    assert (issued["issue"]["number"], issued["allowed_moves"]) == (f"1/{year}", [])
    assert StatementOut.model_validate(read.json()) == StatementOut.model_validate(issued)
    assert read.headers["ETag"] == '"3"'
    (event,) = await ready.told(StatementIssued)
    assert (event.kind, event.number, event.outcome) == (
        StatementKind.MAP_CONFIRMATION,
        f"1/{year}",
        StatementOutcome.FAVOURABLE,
    )
    assert (event.unit_ids, event.digest) == ((id_of(OBRNICE),), issued["issue"]["digest"])


async def test_what_is_read_is_what_decisions_answer_in_every_state(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        states = [await filed(client, requested_amount_czk="1000.5")]

        async def step(who: httpx.AsyncClient, decision: str, **body: object) -> None:
            states.append(await decided(who, states[-1], decision, **body))
            read = await client.get(f"/statements/{states[-1]['id']}")
            listed = (await client.get("/statements")).json()["items"]
            as_of = await client.get(f"/statements/{states[-1]['id']}", params={"as_of": "9999-12-31"})
            answers = [StatementOut.model_validate(each) for each in (read.json(), *listed, states[-1])]
            assert answers == [answers[0]] * 3
            assert as_of.json()["status"] == states[-1]["status"]

        await step(client, "return", reason="Chybí podpis.")
        await step(client, "completion")
        await step(client, "draft", outcome="unfavourable", reasons="Projekt míří jinam.")
        await step(director, "draft-return", reason="Doplňte důvody.")
        await step(client, "draft", outcome="favourable-with-condition", conditions=["a"], has_capacity=True)
        await step(director, "issue")
    assert states[1]["due_on"] is None
    assert states[1]["days_left"] == 10
    assert states[-1]["days_left"] is None


async def test_the_text_is_made_of_what_was_frozen(ready: ServiceUnderTest) -> None:
    issued = await an_issued(ready, message_id="77")
    async with ready.client(DRAFTER) as client:
        document = (await client.get(f"/statements/{issued['id']}/document")).json()
    content, czech = document["content"], document["text_cs"].replace("\N{NO-BREAK SPACE}", " ")
    assert document["digest"] == digest(canonical_json(content)) == issued["issue"]["digest"]
    assert content["findings"]["units"][0]["memorandum"]["concluded_on"] == "2014-01-28"
    assert "POTVRZENÍ O SPOLUPRÁCI MAP S MMR V KPSV 2021+" in czech
    assert f"č. {issued['issue']['number']}" in czech
    assert "Žadatel: Město Obrnice, IČO 00266086, datová schránka b9qb5xm" in czech
    assert "– Obrnice (567337): memorandum uzavřené 28. 1. 2014; spolupráce v režimu KPSV21" in czech
    assert "schránka Agentury 26iaava, datová zpráva 77" in czech
    assert "Agentura spolupráci POTVRZUJE." in czech
    assert "Daniel Rozhodný\nředitel odboru pro sociální začleňování" in czech
    assert "The Agency CONFIRMS the cooperation." in document["text_en"]


async def test_who_drafted_does_not_sign(ready: ServiceUnderTest) -> None:
    both = an_actor(Role.CONSULTANT, Role.DIRECTOR, affiliation="Agentura", sub="both")
    async with ready.client(both) as client:
        proposed = await drafted(client, await filed(client))
        refused = await decide(client, proposed, "issue")
    assert (refused.status_code, code_of(refused)) == (409, "signed-by-its-drafter")
    assert refused.json()["allowed_moves"] == ["return-draft", "issue", "withdraw"]
    assert await ready.told(StatementIssued) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"outcome": "unfavourable"}, 422, "reasons-missing"),
        ({"outcome": "favourable-with-condition", "has_capacity": True}, 422, "conditions-missing"),
        ({"outcome": "favourable", "conditions": ["x"]}, 422, "conditions-without-such-outcome"),
        ({"outcome": "favourable", "has_capacity": 1}, 422, "malformed"),
        ({"outcome": "favourable", "has_capacity": True, "on": "2001-01-01"}, 409, "preconditions-unmet"),
        ({"outcome": "unfavourable", "reasons": "x", "on": "2001-01-01"}, 409, "decided-before-the-last"),
        ({"outcome": "unfavourable", "reasons": "x", "on": "9999-12-31"}, 422, "decided-in-the-future"),
    ],
)
async def test_half_a_draft_is_refused_and_leaves_nothing(
    ready: ServiceUnderTest, body: Json, status: int, code: str
) -> None:
    async with ready.client(DRAFTER) as client:
        request = await filed(client)
        refused = await decide(client, request, "draft", **body)
        read = await client.get(f"/statements/{request['id']}")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert (read.json()["status"], read.json()["version"]) == ("received", 1)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"applicant": {"name": "x", "ico": "00266087"}}, 422, "check-digit-wrong"),
        ({"applicant": {"name": "x", "ico": "266086", "data_box": "26iaava"}}, 422, "sender-is-the-agency"),
        ({"applicant": {"name": "x", "ico": "266086", "data_box": "26IAAVA"}}, 422, "malformed"),
        ({"unit_ids": []}, 422, "malformed"),
        ({"unit_ids": [str(id_of(OBRNICE))] * 2}, 422, "covered-units-repeated"),
        ({"unit_ids": ["00000000-0000-0000-0000-000000000000"]}, 422, "covered-units-unknown"),
        ({"unit_ids": [str(id_of(OBRNICE))] * 201}, 422, "malformed"),
        ({"form": {**FORM, "digest": "xyz"}}, 422, "malformed"),
        ({"project_title": "a\0b"}, 422, "malformed"),
        ({"project_title": "\ud800"}, 422, "malformed"),
        ({"requested_amount_czk": "1e99"}, 422, "malformed"),
        ({"requested_amount_czk": "-1"}, 422, "malformed"),
        ({"message_id": "abc"}, 422, "malformed"),
        ({"received_on": "9999-12-31"}, 422, "decided-in-the-future"),
        ({"received_on": "2008-01-22"}, 422, "malformed"),
        ({"replaces": "00000000-0000-0000-0000-000000000000"}, 404, "statement-unknown"),
    ],
)
async def test_a_request_that_makes_no_sense_is_refused(
    ready: ServiceUnderTest, changes: Json, status: int, code: str
) -> None:
    async with ready.client(DRAFTER) as client:
        body = a_request(**changes)
        sent = json.dumps(body).encode()  # escapes half a surrogate, which the client's own JSON refuses
        headers = {"Content-Type": "application/json"}
        refused = await client.post("/statements", content=sent, headers=headers)
        listed = await client.get("/statements")
    assert (refused.status_code, code_of(refused)) == (status, code), refused.text
    assert listed.json()["items"] == []


async def test_one_data_box_message_is_registered_once(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        answers = await asyncio.gather(
            *(client.post("/statements", json=a_request(message_id="42")) for _ in range(6))
        )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    (first,) = [answer.json() for answer in answers if answer.status_code == 201]
    second = next(answer for answer in answers if answer.status_code == 409)
    assert (code_of(second), second.json()["first_id"]) == ("message-registered-already", first["id"])


async def test_numbers_are_unbroken_though_many_sign_at_once(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        proposed = [await drafted(client, await filed(client)) for _ in range(20)]

        async def sign(place: int, statement: Json) -> Json:
            async with ready.client(signed_by(place)) as director:
                return await decided(director, statement, "issue")

        issued = await asyncio.gather(*(sign(*each) for each in enumerate(proposed)))
        recommended = await client.get(
            "/statements/issued", params={"filter[kind]": "recommending-statement"}
        )
    numbers = sorted(int(each["issue"]["number"].split("/")[0]) for each in issued)
    assert numbers == list(range(1, 21))
    assert recommended.json()["items"] == []


async def test_of_two_that_sign_the_same_draft_one_wins(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        proposed = await drafted(client, await filed(client))
        answers = await asyncio.gather(*(decide(director, proposed, "issue") for _ in range(4)))
        stale = await decide(client, proposed, "withdrawal")
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert stale.status_code == 412
    assert len(await ready.told(StatementIssued)) == 1


async def test_what_was_issued_cannot_be_changed_in_the_database_either(ready: ServiceUnderTest) -> None:
    issued = await an_issued(ready)
    for change in ("UPDATE statement SET text_cs = ''", "DELETE FROM statement"):
        with pytest.raises(DBAPIError, match="never changed"):
            async with ready.transaction() as tx:
                await tx.session.execute(text(change))
    async with ready.client(DRAFTER) as client:
        refused = await decide(client, issued, "withdrawal")
    assert (refused.status_code, code_of(refused)) == (409, "statement-move-refused")
    assert (refused.json()["rule"], refused.json()["allowed_moves"]) == (
        "withdraw-only-from-drafted-or-received-or-returned",
        [],
    )


async def test_a_correction_is_a_new_statement_that_replaces_the_old(ready: ServiceUnderTest) -> None:
    old = await an_issued(ready)
    async with ready.client(DRAFTER) as client:
        requests = [client.post("/statements", json=a_request(replaces=old["id"])) for _ in range(3)]
        answers = await asyncio.gather(*requests)
        other_kind = await client.post(
            "/statements", json=a_request(kind="recommending-statement", replaces=old["id"])
        )
        (new,) = [answer.json() for answer in answers if answer.status_code == 201]
        of_a_draft = await client.post("/statements", json=a_request(replaces=new["id"]))
        async with ready.client(DIRECTOR) as director:
            await decided(director, await drafted(client, new), "issue")
        heads = (await client.get("/statements/issued")).json()["items"]
        document = (await client.get(f"/statements/{new['id']}/document")).json()
    assert {code_of(answer) for answer in answers if answer.status_code != 201} == {"replaced-already"}
    assert (other_kind.status_code, code_of(other_kind)) == (422, "replaces-another-kind")
    assert (of_a_draft.status_code, code_of(of_a_draft)) == (409, "not-issued-yet")
    assert {head["id"]: head["replaced_by"] for head in heads} == {old["id"]: new["id"], new["id"]: None}
    assert document["content"]["corrects"] == old["issue"]["number"]


async def test_a_unit_files_for_itself_and_sees_no_draft(ready: ServiceUnderTest) -> None:
    async with ready.client(COORDINATOR) as town, ready.client(CONSULTANT) as client:
        request = await filed(town)
        both = [str(id_of(OBRNICE)), str(id_of(TRMICE))]
        for_others = await town.post("/statements", json=a_request(unit_ids=both))
        message = await town.post("/statements", json=a_request(message_id="1"))
        backdated = await town.post("/statements", json=a_request(received_on="2020-01-02"))
        await drafted(client, request, reasons="Jen pro Agenturu.")
        seen = (await town.get(f"/statements/{request['id']}")).json()
        found = (await town.get(f"/statements/{request['id']}/preconditions")).json()
        journal = (await town.get("/journal")).json()["items"]
        document = await town.get(f"/statements/{request['id']}/document")
    assert (for_others.status_code, code_of(for_others)) == (403, "not-your-unit")
    assert (message.status_code, code_of(message)) == (403, "messages-are-read-by-the-agency")
    assert (backdated.status_code, code_of(backdated)) == (403, "only-the-agency-backdates")
    assert (seen["status"], seen["draft"], found["at_draft"]) == ("drafted", None, None)
    assert [entry["action"] for entry in journal] == ["receive"]
    assert document.status_code == 404


async def test_a_draft_that_was_never_signed_stays_with_the_agency(ready: ServiceUnderTest) -> None:
    async with ready.client(COORDINATOR) as town, ready.client(DRAFTER) as client:
        proposed = await drafted(client, await filed(town), reasons="Jen pro Agenturu.")
        await decided(town, proposed, "withdrawal", reason="Projekt jsme zrušili.")
        entries = (await town.get("/journal")).json()["items"]
        seen = [(await town.get(f"/journal/{entry['id']}")).text for entry in entries]
        as_of = await town.get(f"/statements/{proposed['id']}", params={"as_of": "9999-12-31"})
        kept = (await client.get("/journal")).json()["items"]
    assert [entry["action"] for entry in entries] == ["withdraw", "receive"]
    assert [entry["action"] for entry in kept] == ["withdraw", "draft", "receive"]
    assert not any("Jen pro Agenturu." in text for text in (*seen, as_of.text))


async def test_the_colleague_of_another_town_knows_of_nothing(ready: ServiceUnderTest) -> None:
    async with ready.client(COORDINATOR) as town, ready.client(COORDINATOR_OF_TRMICE) as other:
        request = await filed(town)
        address = f"/statements/{request['id']}"
        reads = [
            await other.get(address + part)
            for part in ("", "/preconditions", "/document", "?as_of=9999-12-31")
        ]
        withdrawal = await decide(other, request, "withdrawal")
        listed = await other.get("/statements")
    assert [answer.status_code for answer in (*reads, withdrawal)] == [404] * 5
    assert listed.json()["items"] == []


async def test_everybody_reads_the_heads_of_what_was_issued(ready: ServiceUnderTest) -> None:
    issued = await an_issued(ready)
    async with ready.client() as anybody:
        (head,) = (await anybody.get("/statements/issued")).json()["items"]
        shut = await anybody.get(f"/statements/{issued['id']}")
        (entry,) = (await anybody.get("/journal")).json()["items"]
    assert (head["number"], head["outcome"], head["applicant_ico"]) == (
        issued["issue"]["number"],
        "favourable",
        "00266086",
    )
    assert (shut.status_code, entry["action"]) == (401, "issue")


@pytest.mark.parametrize(
    ("decision", "body", "allowed"),
    [
        ("return", {"reason": "x"}, {Role.CONSULTANT, Role.ADMINISTRATOR}),
        ("draft", {"outcome": "favourable"}, {Role.CONSULTANT, Role.ADMINISTRATOR}),
        ("issue", {}, {Role.DIRECTOR}),
        ("draft-return", {"reason": "x"}, {Role.DIRECTOR}),
    ],
)
async def test_each_decision_is_of_its_role(
    ready: ServiceUnderTest, decision: str, body: Json, allowed: set[Role]
) -> None:
    statement = {"id": id_of(OBRNICE), "version": 1}
    for role, actor in BY_ROLE.items():
        async with ready.client(actor) as client:
            answer = await decide(client, statement, decision, **body)
        assert answer.status_code == (404 if role in allowed else 403), role


async def test_a_consultant_of_other_units_does_not_draft(ready: ServiceUnderTest) -> None:
    assigned = {"unit_id": str(id_of(OBRNICE)), "person": "somebody.else"}
    async with ready.transaction() as tx:
        await tx.session.execute(
            text(
                "INSERT INTO assignment (id, unit_id, person, person_name, duty, starts_on, version) "
                "VALUES (gen_random_uuid(), CAST(:unit_id AS uuid), :person, 'x', 'local-consultant', "
                "'2020-01-01', 1)"
            ),
            assigned,
        )
    both = [str(id_of(OBRNICE)), str(id_of(TRMICE))]
    async with ready.client(DRAFTER) as client, ready.client(BY_ROLE[Role.ADMINISTRATOR]) as administrator:
        refused = await decide(client, await filed(administrator), "return", reason="x")
        joint = await decide(client, await filed(administrator, unit_ids=both), "return", reason="x")
    assert (refused.status_code, code_of(refused)) == (403, "not-your-unit")
    assert joint.status_code == 200
