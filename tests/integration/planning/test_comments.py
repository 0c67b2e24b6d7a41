"""Comments over HTTP: numbers without a gap, receipts, late ones, duplicates, who reads whose names."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from planning.app import SERVICE
from planning.comments import use_cases
from planning.comments.flood import Limits
from shared.clock import run_once
from shared.http import today
from shared.ids import uuid7
from tests.support.consultations import (
    ConsultationUnderWay,
    a_comment,
    an_entry,
    an_open_consultation,
    from_address,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    MAYOR,
    PARTNER,
)


async def numbers(consultation: ConsultationUnderWay, filters: str = "") -> list[int]:
    found = await consultation.get(f"/comments?limit=200{filters}", COORDINATOR)
    assert found.status_code == 200, found.text
    return [each["number"] for each in found.json()["items"]]


async def test_fifty_at_once_lose_nothing_and_are_numbered_without_a_gap(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    sent = [consultation.comment(address=f"192.0.2.{each}") for each in range(1, 51)]
    entered = [consultation.enter() for _ in range(5)]
    answers = await asyncio.gather(*sent, *entered)
    assert [answer.status_code for answer in answers] == [201] * 55, answers[-1].text
    assert sorted(answer.json()["number"] for answer in answers) == list(range(1, 56))
    assert await numbers(consultation) == list(range(1, 56))
    assert len({answer.json()["receipt"] for answer in answers[:50]}) == 50
    counts = (await consultation.get("/comment-counts", None)).json()
    assert (counts["comments"], counts["by_node"]) == (55, [{"node_id": None, "comments": 55}])


async def test_with_the_receipt_one_reads_and_withdraws_ones_comment(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    draft = (await consultation.get("/draft", None)).json()
    measure = draft["problems"][0]["goals"][0]["measures"][0]
    sent = await consultation.comment(node_id=measure["id"], proposed_wording="Byty spravuje město.")
    receipt, path = sent.json()["receipt"], f"/comments/{sent.json()['number']}"
    assert sent.headers["location"] == f"/consultations/{consultation.id}{path}"
    mine = await consultation.get(path, None, **{"Comment-Receipt": receipt})
    assert mine.json()["proposed_wording"] == "Byty spravuje město."
    assert (mine.json()["node_number"], mine.json()["node_title"]) == (measure["number"], measure["title"])
    assert "submitter_name" not in mine.json()
    for wrong in ("x", f"{receipt}x"):
        assert (await consultation.get(path, None, **{"Comment-Receipt": wrong})).status_code == 404
    assert (await consultation.get(path, None)).status_code == 422
    decided = {"Comment-Receipt": receipt, "If-Match": sent.headers["etag"]}
    refused = await consultation.send(
        "POST", f"{path}/withdrawal", None, None, **{**decided, "Comment-Receipt": "x"}
    )
    assert refused.status_code == 404
    assert (await consultation.send("POST", f"{path}/withdrawal", None, None, **decided)).status_code == 200
    again = await consultation.send("POST", f"{path}/withdrawal", None, None, **decided)
    assert again.status_code == 412
    assert await numbers(consultation, "&filter[withdrawn]=true") == [1]
    assert (await consultation.get("/comment-counts", None)).json()["withdrawn"] == 1
    unknown = await consultation.comment(node_id=str(uuid7()))
    assert unknown.json()["type"] == "urn:pospolu:problem:node-not-consulted"
    assert (await consultation.comment()).json()["number"] == 2


async def test_what_became_of_a_comment_is_read_with_the_receipt_once_it_is_published(
    planning: ServiceUnderTest,
) -> None:
    consultation = await an_open_consultation(planning)
    main = await consultation.comment()
    joined = await consultation.comment()
    await consultation.close()
    async with planning.transaction() as tx:
        await tx.session.execute(
            text("UPDATE comment SET duplicate_of = :main WHERE number = 2"), {"main": main.json()["id"]}
        )
        await tx.session.execute(
            text(
                "INSERT INTO disposition (comment_id, consultation_id, version, result, justification, "
                "settled_by, settled_for, settled_on, recorded_at) "
                "SELECT id, consultation_id, 1, 'rejected', 'Není z čeho.', '', '', current_date, now() "
                "FROM comment WHERE number = 1"
            )
        )

    async def outcome() -> object:
        receipt = {"Comment-Receipt": joined.json()["receipt"]}
        return (await consultation.get("/comments/2", None, **receipt)).json()["outcome"]

    assert await outcome() is None
    async with planning.transaction() as tx:
        await tx.session.execute(text("UPDATE consultation SET status = 'published', published_at = now()"))
    told = await outcome()
    assert isinstance(told, dict)
    assert (told["result"], told["justification"]) == ("rejected", None)


async def test_a_repeated_request_is_the_same_comment(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    async with from_address(planning, "192.0.2.7") as client:
        first, second = await asyncio.gather(
            *(
                client.post(
                    f"/consultations/{consultation.id}/comments",
                    json=a_comment(),
                    headers={"Idempotency-Key": "0d4a1f5e"},
                )
                for _ in range(2)
            )
        )
    assert first.json() == second.json()
    assert await numbers(consultation) == [1]


async def test_late_ones_are_kept_with_the_reason_and_timely_post_is_decided_by_its_sending(
    planning: ServiceUnderTest,
) -> None:
    consultation = await an_open_consultation(planning, deadline_rule="sent", channels=["web", "post"])
    await consultation.close()
    last = date.fromisoformat((await consultation.get()).json()["closes_at"][:10])
    entries = [
        await consultation.enter(sent_on=str(last - timedelta(days=1))),
        await consultation.enter(),
        await consultation.comment(),
    ]
    assert [(each.json()["is_timely"], each.json()["late_reason"]) for each in entries] == [
        (True, None),
        (False, "sending-unknown"),
        (False, "delivered-late"),
    ]
    assert await numbers(consultation, "&filter[timely]=false") == [2, 3]
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert (await consultation.enter(delivered_at=future)).status_code == 422
    assert (await consultation.enter(sent_on=str(today() + timedelta(days=1)))).status_code == 422
    assert (await consultation.comment()).json()["number"] == 4


async def test_names_and_contacts_are_read_by_the_parties_officers_and_the_agency_alone(
    planning: ServiceUnderTest,
) -> None:
    consultation = await an_open_consultation(planning, form_required=True)
    refused = await consultation.comment(submitter_name="Eva Nová")
    assert refused.json()["errors"][0]["pointer"] == "/submitter_contact"
    sent = await consultation.comment(submitter_name="=HYPERLINK(1)", submitter_contact="eva@example.cz")
    detail = f"/comments/{sent.json()['id']}"
    for officer in (COORDINATOR, MAYOR, CONSULTANT, ANALYST):
        async with planning.client(officer) as client:
            assert (await client.get(detail)).json()["submitter_contact"] == "eva@example.cz"
        [shown] = (await consultation.get("/comments", officer)).json()["items"]
        assert shown["submitter_contact"] == "eva@example.cz"
    for stranger, status in ((None, 401), (PARTNER, 403), (COORDINATOR_OF_TRMICE, 403)):
        for path in ("/comments", "/book"):
            assert (await consultation.get(path, stranger)).status_code == status
    async with planning.client(COORDINATOR_OF_TRMICE) as client:
        assert (await client.get(detail)).status_code == 404
    book = await consultation.get("/book?delimiter=semicolon", COORDINATOR, **{"Accept-Language": "cs"})
    heading, row = book.content.decode("utf-8-sig").splitlines()
    assert heading.startswith("č.;doručeno;odesláno;způsob podání;včas;druh předkladatele")
    assert ";web;ano;občan;'=HYPERLINK(1);eva@example.cz;" in row


async def test_duplicates_are_offered_joined_once_and_stand_again_when_the_main_one_goes(
    planning: ServiceUnderTest,
) -> None:
    consultation = await an_open_consultation(planning)
    same = [
        await consultation.comment(text=f"Chybí  {word} HŘIŠTĚ") for word in ("dětské", "DĚTSKÉ", "detske")
    ]
    other = await consultation.comment(text="Něco jiného")
    main, second, third = (each.json()["id"] for each in same)
    async with planning.client(COORDINATOR) as client:
        assert (await client.get(f"/comments/{main}")).json()["same_text"] == [2, 3]

        async def join(comment: str, to: str, version: str = '"1"') -> tuple[int, str]:
            answer = await client.post(
                f"/comments/{comment}/joining", json={"main_id": to}, headers={"If-Match": version}
            )
            return answer.status_code, answer.json().get("type", "").rpartition(":")[2]

        assert await join(main, main) == (422, "duplicate-of-itself")
        assert await join(second, main) == (200, "")
        assert await join(third, second) == (409, "comment-joined")
        assert await join(main, third) == (409, "comment-joined")
        crossed = await asyncio.gather(join(third, other.json()["id"]), join(other.json()["id"], third))
        assert sorted(status for status, _ in crossed) == [200, 409]
        assert (await client.get(f"/comments/{main}")).json()["joined_with_it"] == [2]
        gone = await client.post(
            f"/comments/{main}/withdrawal", json={"reason": "dopis"}, headers={"If-Match": '"1"'}
        )
        assert gone.status_code == 200
        assert (await client.get(f"/comments/{second}")).json()["duplicate_of"] is None
        assert await join(second, main, '"3"') == (422, "main-comment-unknown")
        sorted_out = await client.put(
            f"/comments/{second}/kind", json={"kind": "formal"}, headers={"If-Match": '"3"'}
        )
        assert sorted_out.json()["kind"] == "formal"
    assert await numbers(consultation, "&filter[kind]=formal") == [2]
    assert await numbers(consultation, "&filter[kind]=none&q=hriste") == [1, 3]
    assert len(await numbers(consultation, "&filter[joined]=true")) == 1


async def test_of_one_client_and_of_all_only_so_many_are_taken_in_an_hour(
    planning: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = await an_open_consultation(planning)
    monkeypatch.setattr(use_cases, "LIMITS", Limits(of_client=2, of_all=5))
    answers = await asyncio.gather(*(consultation.comment(address="2001:db8::1") for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 429, 429, 429, 429]
    with planning.counted_statements() as statements:
        refused = await consultation.comment(address="2001:db8::99")
    assert refused.status_code == 429
    assert 3590 <= int(refused.headers["retry-after"]) <= 3600
    assert refused.json()["type"] == "urn:pospolu:problem:too-many-comments"
    assert not [each for each in statements if each.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    others = await asyncio.gather(*(consultation.comment(address=f"192.0.2.{each}") for each in range(5)))
    assert sorted(answer.status_code for answer in others) == [201, 201, 201, 429, 429]
    assert (await consultation.enter()).status_code == 201
    assert await numbers(consultation) == [1, 2, 3, 4, 5, 6]


async def test_submitters_are_forgotten_after_publication_and_retention_or_when_they_ask(
    planning: ServiceUnderTest,
) -> None:
    consultation = await an_open_consultation(planning)
    first, second = [await consultation.enter(), await consultation.enter()]
    path = f"/comments/{first.json()['id']}"
    async with planning.client(ADMINISTRATOR) as client:
        for ground, status in (("retention-over", 409), ("request", 200)):
            erased = await client.post(
                f"{path}/submitter-erasure", json={"ground": ground}, headers={"If-Match": '"1"'}
            )
            assert erased.status_code == status
        shown = (await client.get(path)).json()
        assert (shown["submitter_name"], shown["submitter_contact"], shown["is_erased"]) == ("", "", True)
        assert shown["text"] == an_entry()["text"]
        everybody = f"/consultations/{consultation.id}/submitter-erasure"
        assert (await client.post(everybody, headers={"If-Match": consultation.etag})).status_code == 409
        async with planning.transaction() as tx:
            await tx.session.execute(
                text(
                    "UPDATE consultation SET status = 'published', published_at = now() - interval '2 years'"
                )
            )
        assert (await client.post(everybody, headers={"If-Match": consultation.etag})).json() == {
            "submitters": 1
        }
        shown = (await client.get(f"/comments/{second.json()['id']}")).json()
        assert shown["submitter_name"] == ""


async def test_nothing_sent_is_deleted_or_changed_in_the_database_either(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    await consultation.comment()
    for statement in (
        "DELETE FROM comment",
        "UPDATE comment SET text = 'jinak'",
        "UPDATE comment SET number = 7",
        "UPDATE comment SET is_timely = false, late_reason = 'sent-late'",
        "UPDATE consultation SET last_number = 0",
        "DELETE FROM consultation",
    ):
        async with planning.resources.engine.begin() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(text(statement))
    assert await numbers(consultation) == [1]


async def test_a_page_of_comments_takes_two_statements(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    for _ in range(3):
        await consultation.comment()
    with planning.counted_statements() as statements:
        first = await consultation.get("/comments?limit=2", COORDINATOR)
    assert len(statements) == 2
    following = first.json()["next"]
    rest = await consultation.get(f"/comments?limit=2&cursor={following}", COORDINATOR)
    assert [each["number"] for each in first.json()["items"] + rest.json()["items"]] == [1, 2, 3]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "   "},
        {"text": "a\0b"},
        {"text": "x" * 10_001},
        {"submitter_kind": "robot"},
        {"channel": "post"},
        {"number": 7},
    ],
)
async def test_bad_comments_take_no_number(planning: ServiceUnderTest, changes: dict[str, object]) -> None:
    consultation = await an_open_consultation(planning)
    assert (await consultation.comment(address="192.0.2.1", **changes)).status_code == 422
    assert (await consultation.comment()).json()["number"] == 1


async def test_where_comments_came_from_is_forgotten_though_no_more_come(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    for _ in range(3):
        assert (await consultation.comment()).status_code == 201
    async with planning.resources.engine.begin() as connection:
        last = "(SELECT max(at) FROM comment_arrival)"
        ago = f"UPDATE comment_arrival SET at = at - interval '2 hours' WHERE at < {last}"  # noqa: S608
        await connection.execute(text(ago))
    for every in SERVICE.clock:
        await run_once(planning.resources.engine, SERVICE.name, every)
    async with planning.resources.engine.connect() as connection:
        left = await connection.scalar(text("SELECT count(*) FROM comment_arrival"))
    assert (left, await numbers(consultation)) == (1, [1, 2, 3])
