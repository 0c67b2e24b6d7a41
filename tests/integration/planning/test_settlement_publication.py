"""From a settled consultation to the published table: two people, no personal data, frozen."""

import hashlib
import json

from shared.contracts.consultation import SettlementPublished
from tests.support.service import ServiceUnderTest
from tests.support.settlement import SettlementUnderWay, a_consulted_draft, measure_of
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR

CALL_ME = "Volejte 777 123 456, Jan Novák."


async def a_settled_consultation(planning: ServiceUnderTest) -> SettlementUnderWay:
    """Comment 1 is accepted and names its sender, 2 is rejected, 3 says the same as 2, 4 is withdrawn."""
    of = await a_consulted_draft(planning)
    measure = await measure_of(of)
    await of.comment(node_id=measure, text=CALL_ME, submitter_name="Jan Novák")
    for _ in range(3):
        await of.comment()
    await of.close()
    await of.run(
        "UPDATE comment SET duplicate_of = (SELECT id FROM comment WHERE number = 2) WHERE number = 3"
    )
    await of.run("UPDATE comment SET withdrawn_at = now() WHERE number = 4")
    version = int((await of.plan.get()).headers["etag"].strip('"'))
    change = {"values": {"title": "=Deset bytů"}, "plan_version": version}
    accepted = await of.settle(1, result="accepted", justification="Ano, +420 777 123 456.", change=change)
    assert accepted.status_code == 200, accepted.text
    assert (await of.settle(2)).status_code == 200
    approved = await of.approve()
    assert approved.status_code == 200, approved.text
    return of


async def test_texts_are_checked_redacted_and_published_by_another_one(planning: ServiceUnderTest) -> None:
    of = await a_settled_consultation(planning)
    looked = await of.get("/comments/1/release")
    texts = looked.json()["texts"]
    assert looked.headers["etag"] == '"0"'
    assert texts["text"]["suggested"] == "Volejte […], […] […]."
    assert [found["kind"] for found in texts["text"]["found"]] == [
        "phone",
        "submitter-name",
        "submitter-name",
    ]
    as_it_is = await of.release(1)
    assert as_it_is.json()["type"] == "urn:pospolu:problem:personal-data-left"
    assert {error["pointer"] for error in as_it_is.json()["errors"]} == {"/text", "/justification"}
    assert "777 123" not in json.dumps(as_it_is.json()["errors"])
    reworded = await of.release(1, text="Zavolejte mi.")
    assert reworded.json()["errors"][0]["pointer"] == "/text"
    released = await of.release(1, text="Volejte […].", despite="Telefon podatelny obce.")
    assert released.status_code == 200, released.text
    assert (await of.release(1, version='"0"')).status_code == 412
    assert (await of.release(4)).json()["type"] == "urn:pospolu:problem:comment-withdrawn"
    waiting = await of.publish()
    assert waiting.json()["type"] == "urn:pospolu:problem:comments-not-released"
    assert waiting.json()["numbers"] == "2, 3"
    numbers = {"numbers": [1, 2, 3, 4, 9]}
    many = await of.send("POST", "/releases", numbers, actor=COORDINATOR, version=await of.version())
    assert [(row["problem"] or {}).get("code") for row in many.json()["rows"]] == [
        "released-already",
        None,
        None,
        "comment-withdrawn",
        "comment-unknown",
    ]
    listed = (await of.get("/releases?filter[state]=despite")).json()["items"]
    assert [item["number"] for item in listed] == [1]
    assert (await of.publish(COORDINATOR)).json()["type"] == "urn:pospolu:problem:checked-by-you"
    assert (await of.get("/publication", None)).status_code == 404
    published = await of.publish()
    assert published.json()["status"] == "published", published.text
    assert (await of.publish(CONSULTANT)).status_code == 409


async def test_the_published_settlement_is_frozen_without_names_and_annexed_to_the_plan(
    planning: ServiceUnderTest,
) -> None:
    of = await a_settled_consultation(planning)
    assert (await of.release(1, text="Volejte […].", justification="Ano, […].")).status_code == 200
    many = {"numbers": [2, 3]}
    await of.send("POST", "/releases", many, actor=COORDINATOR, version=await of.version())
    assert (await of.get("/comments/1/change", None)).status_code == 404
    assert (await of.publish()).status_code == 200
    answer = await of.get("/publication", None)
    digest = hashlib.sha256(answer.content).hexdigest()
    assert answer.headers["etag"] == f'"{digest}"'
    [told] = await planning.told(SettlementPublished)
    assert (told.digest, told.comments) == (digest, 4)
    assert "Novák" not in answer.text
    assert "777 123" not in answer.text
    table = answer.json()
    assert (table["schema"], table["counts"]["rejected"]) == ("pospolu.settlement/1", 2)
    first, second, third, withdrawn = table["comments"]
    assert (first["text"], first["result"]) == ("Volejte […].", "accepted")
    assert first["change"]["fields"][0]["after"] == "=Deset bytů"
    assert (second["result"], second["settled_by"]) == ("rejected", "Obec Obrnice")
    assert (third["result"], third["same_as"], third["justification"]) == ("rejected", 2, "")
    assert (withdrawn["is_withdrawn"], withdrawn["text"], withdrawn["result"]) == (True, "", None)
    answered = await of.get("/publication.csv?delimiter=semicolon", None)
    sheet = answered.content.decode("utf-8-sig")
    async with planning.client() as client:
        for path, known, status in (
            ("", answer.headers["etag"], 304),
            ("", '"another"', 200),
            (".csv?delimiter=semicolon", answered.headers["etag"], 304),
            (".csv", answered.headers["etag"], 200),
        ):
            again = await client.get(
                f"/consultations/{of.id}/publication{path}", headers={"If-None-Match": known}
            )
            assert (again.status_code, bool(again.content)) == (status, status == 200)
    rows = sheet.split("\r\n")
    assert rows[0].startswith("č.;včas;druh předkladatele;místo v návrhu")
    assert "neakceptováno (viz č. 2)" in sheet
    assert "vzato zpět" in sheet

    path = (await of.get("/comments/1/change", None)).json()
    assert (path["decided"]["how"], path["revision"], path["still_there"]) == ("changed", None, None)
    of.plan.etag = (await of.plan.get()).headers["etag"]
    assert (await of.plan.submit()).status_code == 200
    approved = await of.plan.approve()
    assert approved.status_code == 200, approved.text
    frozen = (await of.plan.get(None, "/revisions/1")).json()
    assert frozen["consultations"] == [{"consultation_id": of.id, "comments": 4, "digest": digest}]
    path = (await of.get("/comments/1/change", None)).json()
    assert (path["revision"], path["still_there"]) == (1, True)
    assert path["since"]["fields"] == [
        {"field": "title", "before": "Zabydlování s podporou", "after": "=Deset bytů"}
    ]


async def test_another_town_checks_nothing_and_texts_are_checked_only_after_the_settlement(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    await of.comment()
    assert (await of.release(1)).json()["type"] == "urn:pospolu:problem:consultation-does-not-allow"
    assert (await of.get("/comments/1/release", COORDINATOR_OF_TRMICE)).status_code == 403
    assert (await of.release(1, actor=COORDINATOR_OF_TRMICE)).status_code == 403
    assert (await of.release(1, actor=MAYOR)).status_code == 403
    assert (await of.get("/releases", COORDINATOR_OF_TRMICE)).json()["items"] == []
    assert (await of.publish()).status_code == 409
