"""Subscribers, issues and the mail server of the newsletter."""

import re
from uuid import uuid4

import asyncpg
import httpx

from documents.newsletter.repository import due
from documents.newsletter.sending_use_cases import hand_over_issue
from documents.subscribers.sending_use_cases import hand_over_confirmations
from tests.support.mail import PUBLIC_URL, Mailbox, a_mail_server, a_post
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, DIRECTOR

ADDRESS = "jana.malinova@obrnice.test"
_KEY = re.compile(r"key=([A-Za-z0-9_-]{20,})")


def a_form(**changes: object) -> dict[str, object]:
    return {"address": ADDRESS, "consent": True, "form": "web, patička", **changes}


async def signed_up(documents: ServiceUnderTest, **changes: object) -> httpx.Response:
    async with documents.client() as client:
        return await client.post("/newsletter/subscriptions", json=a_form(**changes))


async def confirmations_sent(documents: ServiceUnderTest, mailbox: Mailbox) -> int:
    async with a_mail_server(mailbox) as port, documents.transaction() as tx:
        return await hand_over_confirmations(tx, a_post(port), public_url=PUBLIC_URL)


def key_in(text: str) -> str:
    """Return the key of the link in a letter."""
    found = _KEY.search(text)
    assert found, text
    return found[1]


async def subscribed(documents: ServiceUnderTest, **changes: object) -> Mailbox:
    """Sign up and confirm by the link; the mailbox has the letter."""
    mailbox = Mailbox()
    assert (await signed_up(documents, **changes)).status_code == 202
    assert await confirmations_sent(documents, mailbox) == 1
    async with documents.client() as client:
        answer = await client.post("/newsletter/confirmation", params={"key": key_in(mailbox.plain())})
    assert answer.status_code == 200, answer.text
    return mailbox


def an_issue(**changes: object) -> dict[str, object]:
    return {
        "title": "Zpravodaj – jaro 2027",
        "opening": "Milé čtenářky, milí čtenáři,\n\nco je nového v obcích.",
        "sections": [{"heading": "Nové plány", "text": "Dva plány <b>schváleny</b>.", "items": []}],
        **changes,
    }


async def an_approved_issue(documents: ServiceUnderTest, **changes: object) -> str:
    """Write, submit and approve an issue, to go out at once; return its address."""
    async with documents.client(CONSULTANT) as client:
        written = await client.post("/newsletter-issues", json=an_issue(**changes))
        assert written.status_code == 201, written.text
        place = written.headers["location"]
        submitted = await client.post(f"{place}/submission", headers={"If-Match": '"1"'})
        assert submitted.status_code == 200, submitted.text
    async with documents.client(DIRECTOR, **{"If-Match": '"2"'}) as client:
        approved = await client.post(f"{place}/approval", json={})
    assert approved.status_code == 200, approved.text
    return str(place)


async def handed_over(documents: ServiceUnderTest, port: int, *, per_minute: int = 1_000_000) -> int:
    """Let the clock come by once."""
    async with documents.transaction() as tx:
        issues = await due(tx.session, now=tx.now)
    handed = 0
    for issue_id in issues:
        async with documents.transaction() as tx:
            handed += await hand_over_issue(
                tx, issue_id, a_post(port), public_url=PUBLIC_URL, per_minute=per_minute
            )
    return handed


async def many_subscribers(documents: ServiceUnderTest, count: int) -> None:
    """Copy confirmed subscribers in; that is quicker than their forms."""
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    await connection.execute(
        "INSERT INTO newsletter_subscriber (id, status, address, address_key, language, unit_ids, areas, "
        "themes, secret, asked_at, created_at, letter_attempts, letters_of_day, confirmed_at, version) "
        "SELECT gen_random_uuid(), 'active', n || '@obec.test', n || '@obec.test', 'cs', '{}', '{}', '{}', "
        "$1 || '-' || n, now(), now(), 0, 0, now(), 1 FROM generate_series(1, $2) n",
        uuid4().hex,
        count,
    )
    await connection.close()


async def no_more_pauses(documents: ServiceUnderTest) -> None:
    """Let the pauses between attempts pass."""
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    await connection.execute("UPDATE newsletter_delivery SET next_attempt_at = now()")
    await connection.close()


async def counts_of(documents: ServiceUnderTest, place: str) -> dict[str, int | str]:
    async with documents.client(CONSULTANT) as client:
        found = (await client.get(place)).json()
    names = ("state", "recipients", "waiting", "sent", "refused", "dropped")
    return {name: found[name] for name in names}
