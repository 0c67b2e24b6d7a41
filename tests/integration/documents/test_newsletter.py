"""Issues are approved by another person, go out once to whom they are for, and stay for everybody."""

import asyncio
import os
from collections import Counter
from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from tests.support.documents import OBRNICE, unit_registered
from tests.support.mail import PUBLIC_URL, Mailbox, a_closed_port, a_mail_server
from tests.support.newsletter import (
    ADDRESS,
    an_approved_issue,
    an_issue,
    counts_of,
    handed_over,
    key_in,
    many_subscribers,
    no_more_pauses,
    signed_up,
    subscribed,
)
from tests.support.published import MEMORANDUM, a_published_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, COORDINATOR, DIRECTOR

LETTERS = int(os.environ.get("TEST_NEWSLETTER_LETTERS") or 60)
"""5,000 for the figure in the record; fewer where time is scarce."""


def linking(document_id: object = MEMORANDUM) -> dict[str, object]:
    item = {"document_id": str(document_id), "note": "Co jsme si slíbili."}
    return an_issue(sections=[{"heading": "Dokumenty", "items": [item]}])


async def test_an_issue_is_approved_by_another_person_and_links_to_what_is_public_alone(
    documents: ServiceUnderTest,
) -> None:
    await a_published_document(documents, published=False)
    async with documents.client(COORDINATOR) as client:
        assert (await client.post("/newsletter-issues", json=an_issue())).status_code == 403
    async with documents.client(ADMINISTRATOR) as client:
        empty = await client.post("/newsletter-issues", json=an_issue(sections=[]))
        refused = await client.post(f"{empty.headers['location']}/submission", headers={"If-Match": '"1"'})
        assert refused.json()["type"].endswith("issue-is-empty")
        place = (await client.post("/newsletter-issues", json=linking())).headers["location"]
        hidden = await client.post(f"{place}/submission", headers={"If-Match": '"1"'})
        assert (hidden.status_code, hidden.json()["allowed_moves"]) == (409, ["edit", "submission"])
        edited = await client.put(place, json=an_issue(), headers={"If-Match": '"1"'})
        assert edited.status_code == 200
        submitted = await client.post(f"{place}/submission", headers={"If-Match": '"2"'})
        own = await client.post(f"{place}/approval", json={}, headers={"If-Match": '"3"'})
        assert own.json()["type"].endswith("issue-approved-by-author")
        assert (await client.put(place, json=an_issue(), headers={"If-Match": '"3"'})).status_code == 409
    assert submitted.json()["state"] == "submitted"
    async with documents.client(DIRECTOR, **{"If-Match": '"3"'}) as client:
        past = {"send_at": (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")}
        assert (await client.post(f"{place}/approval", json=past)).status_code == 422
        answers = await asyncio.gather(
            *(client.post(f"{place}/approval", json={"send_at": "2199-01-01T08:00:00Z"}) for _ in range(2))
        )
        assert sorted(each.status_code for each in answers) == [200, 412]
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        assert await handed_over(documents, port) == 0, "its time has not come"
    async with documents.client(DIRECTOR, **{"If-Match": '"4"'}) as client:
        back = await client.post(f"{place}/return", json={"reason": "Chybí pozvánka."})
    assert back.json()["state"] == "draft"


async def test_a_letter_is_read_by_people_and_programs_and_the_issue_stays_in_the_archive(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    await a_published_document(documents)
    section = {"heading": "Přečtěte si", "text": "Dva plány <b>schváleny</b>."}
    items = [
        {"document_id": str(MEMORANDUM)},
        {"text": "Pozvánka", "address": "https://obrnice.test/?a=1&b=2"},
    ]
    place = await an_approved_issue(documents, sections=[{**section, "items": items}])
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        with capture_logs() as logs:
            assert await handed_over(documents, port) == 1
    assert ADDRESS not in str(logs)
    (letter,) = mailbox.letters
    leave = f"{PUBLIC_URL}/api/documents/newsletter/unsubscription?key={key_in(mailbox.plain())}"
    assert letter["List-Unsubscribe"] == f"<{leave}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Precedence"] == "bulk"
    assert "Memorandum o spolupráci s obcí Obrnice" in mailbox.plain()
    assert f"{PUBLIC_URL}/api/documents/publications/{MEMORANDUM}" in mailbox.plain()
    assert "&lt;b&gt;schváleny&lt;/b&gt;" in mailbox.html()
    assert '<html lang="cs">' in mailbox.html()
    assert "<img" not in mailbox.html(), "nobody is watched"
    archived = "/newsletter/archive/1"
    async with documents.client() as client:
        assert [each["number"] for each in (await client.get("/newsletter/archive")).json()["items"]] == [1]
        page = await client.get(archived)
        assert "Memorandum o spolupráci" in page.text
        assert "key=" not in page.text
        assert (await client.get("/newsletter/archive/2")).status_code == 404
        async with documents.client(COORDINATOR) as coordinator:
            version = (await coordinator.get(f"/documents/{MEMORANDUM}")).headers["etag"]
            withdrawn = await coordinator.post(
                f"/documents/{MEMORANDUM}/withdrawal",
                json={"number": 1, "reason": "Chybná příloha."},
                headers={"If-Match": version},
            )
            assert withdrawn.status_code == 200, withdrawn.text
        later = (await client.get(archived)).text
    assert "Memorandum o spolupráci s obcí Obrnice (dokument byl stažen)" in later
    assert (await counts_of(documents, place))["state"] == "sent"


async def test_an_issue_goes_to_whom_it_is_for(documents: ServiceUnderTest) -> None:
    await documents.hear(unit_registered())
    for name, chosen in (
        ("vse", {}),
        ("plany", {"themes": ["plans"]}),
        ("obrnice", {"unit_ids": [str(OBRNICE)]}),
        ("english", {"language": "en"}),
    ):
        await subscribed(documents, address=f"{name}@obec.test", **chosen)
    await signed_up(documents, address="nepotvrzena@obec.test")
    for segment, gets in (
        ({}, {"vse", "plany", "obrnice"}),
        ({"themes": ["plans"]}, {"vse", "plany", "obrnice"}),
        ({"themes": ["events"]}, {"vse", "obrnice"}),
        ({"unit_ids": [str(OBRNICE)], "themes": ["events"]}, {"vse", "obrnice"}),
        ({"language": "en"}, {"english"}),
    ):
        await an_approved_issue(documents, **segment)
        mailbox = Mailbox()
        async with a_mail_server(mailbox) as port:
            await handed_over(documents, port)
        assert {str(letter["To"]).partition("@")[0] for letter in mailbox.letters} == gets, segment


async def test_each_gets_the_issue_once_though_the_mail_server_dies_twice_and_two_workers_send(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, LETTERS)
    place = await an_approved_issue(documents)
    assert await handed_over(documents, a_closed_port()) == 0
    await no_more_pauses(documents)
    mailbox = Mailbox(dies_after=LETTERS // 3)
    async with a_mail_server(mailbox) as port:
        await asyncio.gather(*(handed_over(documents, port) for _ in range(2)))
        assert len(mailbox.letters) == LETTERS // 3, "dead for the first time"
        mailbox.dies_after = 2 * LETTERS // 3
        await no_more_pauses(documents)
        await asyncio.gather(*(handed_over(documents, port) for _ in range(2)))
        assert len(mailbox.letters) == 2 * LETTERS // 3, "and again"
        assert (await counts_of(documents, place))["state"] == "sending"
        mailbox.dies_after = None
        await no_more_pauses(documents)
        await asyncio.gather(*(handed_over(documents, port) for _ in range(2)))
    to = Counter(str(letter["To"]) for letter in mailbox.letters)
    assert (len(to), set(to.values())) == (LETTERS, {1})
    assert len({str(letter["Message-ID"]) for letter in mailbox.letters}) == LETTERS
    assert await counts_of(documents, place) == {
        "state": "sent",
        "recipients": LETTERS,
        "waiting": 0,
        "sent": LETTERS,
        "refused": 0,
        "dropped": 0,
    }


async def test_who_left_meanwhile_is_dropped_who_is_refused_suspended_and_sending_can_be_stopped(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    await many_subscribers(documents, 4)
    place = await an_approved_issue(documents)
    mailbox = Mailbox(recipient=lambda to: "550 <x@y> unknown" if to == "1@obec.test" else "250 OK")
    async with a_mail_server(mailbox) as port:
        assert await handed_over(documents, port, per_minute=1) == 1, "one in a minute"
        assert await handed_over(documents, port, per_minute=1) == 0
        async with documents.client(ADMINISTRATOR) as client:
            waiting = {str(letter["To"]) for letter in mailbox.letters}
            found = (await client.get("/newsletter-subscribers")).json()["items"]
            for gone in [each for each in found if each["address"] == ADDRESS and ADDRESS not in waiting]:
                headers = {"If-Match": f'"{gone["version"]}"'}
                await client.delete(f"/newsletter-subscribers/{gone['id']}", headers=headers)
        await handed_over(documents, port)
        counts = await counts_of(documents, place)
        assert counts["refused"] == 1
        assert counts["recipients"] == 5
        assert counts["sent"] + counts["dropped"] == 4  # type: ignore[operator]
        async with documents.client(ADMINISTRATOR) as client:
            suspended = await client.get("/newsletter-subscribers", params={"filter[status]": "suspended"})
        assert [each["address"] for each in suspended.json()["items"]] == ["1@obec.test"]
        second = await an_approved_issue(documents)
        await handed_over(documents, port, per_minute=1_000_000)
        assert (await counts_of(documents, second))["refused"] == 0, "no letter goes there any more"
    third = await an_approved_issue(documents)
    assert await handed_over(documents, a_closed_port()) == 0
    async with documents.client(DIRECTOR, **{"If-Match": '"4"'}) as client:
        stopped = await client.post(f"{third}/stop", json={"reason": "Chyba v odkazu."})
    assert stopped.json()["state"] == "stopped"
    assert (await counts_of(documents, third))["waiting"] == 0


async def test_a_letter_that_was_taken_without_a_word_goes_again_as_the_same_bytes(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, 2)
    await an_approved_issue(documents)
    mailbox = Mailbox(mute_after=0)
    async with a_mail_server(mailbox) as port:
        await handed_over(documents, port)
        mailbox.mute_after = None
        await no_more_pauses(documents)
        await handed_over(documents, port)
    ids = Counter(str(letter["Message-ID"]) for letter in mailbox.letters)
    assert sorted(ids.values()) == [1, 2]
    twice = [letter.as_bytes() for letter in mailbox.letters if ids[str(letter["Message-ID"])] == 2]
    assert twice[0] == twice[1], "programs of mail show one of them"
    assert not [each for each in mailbox.letters if CONSULTANT.name in each.as_string()]
