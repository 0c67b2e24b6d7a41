"""The feed of events: nothing is skipped, whoever commits late, and everybody asks on from a cursor."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import text

from shared.auth import Actor
from shared.clock import EVENTS_KEPT
from shared.contracts.base import Event, Role
from shared.contracts.documents import DocumentPublished
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.intake import ActivityRecorded
from shared.events_feed import OF_PEOPLE, Cursor
from shared.transaction import write_events
from tests.contracts.examples import EXAMPLES
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, MAYOR, OBRNICE, SYSTEM, TRMICE, an_actor

PUBLISHED = EXAMPLES[DocumentPublished]


async def tell(documents: ServiceUnderTest, *events: Event) -> None:
    async with documents.transaction() as tx:
        for event in events or (PUBLISHED,):
            tx.emit(event)


async def ask(documents: ServiceUnderTest, query: str = "", actor: Actor = SYSTEM) -> httpx.Response:
    async with documents.client(actor) as client:
        return await client.get(f"/events{query}")


def following(answer: httpx.Response) -> str:
    """Return the query of the next address."""
    return "?" + urlsplit(answer.links["next"]["url"]).query


async def test_everything_told_is_read_in_pieces_and_then_there_is_always_a_next(
    documents: ServiceUnderTest,
) -> None:
    await tell(documents, *[PUBLISHED] * 5)
    answer, seen = await ask(documents, "?limit=2"), []
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    while answer.json():
        seen += [event["id"] for event in answer.json()]
        answer = await ask(documents, following(answer))
    async with documents.resources.engine.connect() as connection:
        told = await connection.scalars(text("SELECT event_id::text FROM outbox ORDER BY position"))
    assert seen == list(told)
    assert len(set(seen)) == 5
    await tell(documents)
    (latest,) = (await ask(documents, following(answer))).json()
    assert (latest["type"], latest["specversion"]) == (PUBLISHED.type, "1.0")
    assert latest["data"]["document_id"] == str(PUBLISHED.aggregate_id)
    nothing = await ask(documents, "?after=latest")
    assert nothing.json() == []
    await tell(documents)
    assert len((await ask(documents, following(nothing))).json()) == 1


async def test_who_commits_late_is_not_skipped(documents: ServiceUnderTest) -> None:
    await tell(documents)
    async with documents.transaction() as slow:
        slow.emit(PUBLISHED)
        late = str(slow.envelopes[0].id)
        await write_events(slow)  # has its position now, and is not committed yet
        await tell(documents)  # a later position, committed before
        first = await ask(documents)
        assert len(first.json()) == 1, "what stands behind the one that is still open waits"
        from_now = await ask(documents, "?after=latest")
    rest = (await ask(documents, following(first))).json()
    assert len(rest) == 2
    assert rest[0]["id"] == late
    after_now = (await ask(documents, following(from_now))).json()
    assert late in {event["id"] for event in [*from_now.json(), *after_now]}, "who begins now misses nothing"


async def last_told(documents: ServiceUnderTest) -> int:
    async with documents.resources.engine.connect() as connection:
        return await connection.scalar(text("SELECT max(position) FROM outbox")) or 0


async def test_a_gap_that_a_rollback_left_holds_up_nothing(documents: ServiceUnderTest) -> None:
    await tell(documents)
    async with AsyncExitStack() as stack:
        tx = await stack.enter_async_context(documents.transaction())
        tx.emit(PUBLISHED)
        await write_events(tx)
        await tx.session.rollback()
    quiet = await ask(documents)
    (cursor,) = parse_qs(following(quiet)[1:])["after"]
    assert Cursor.read(cursor, service="documents").position == (await last_told(documents)), (
        "a cursor stands on an event: after a crash the gap behind it may be given again"
    )
    await tell(documents)
    assert len((await ask(documents)).json()) == 2
    assert len((await ask(documents, following(quiet))).json()) == 1


async def test_many_who_tell_at_once_are_read_once_each(documents: ServiceUnderTest) -> None:
    seen: list[str] = []
    done = asyncio.Event()

    async def read() -> None:
        query = ""
        while True:
            is_last = done.is_set()
            answer = await ask(documents, query)
            seen.extend(event["id"] for event in answer.json())
            query = following(answer)
            if is_last and not answer.json():
                return

    async def write() -> None:
        await asyncio.gather(*(tell(documents, *[PUBLISHED] * 3) for _ in range(40)))
        done.set()

    await asyncio.gather(read(), write())
    assert len(seen) == len(set(seen)) == 120


async def test_a_type_or_its_beginning_is_asked_for(documents: ServiceUnderTest) -> None:
    await tell(documents, PUBLISHED, EXAMPLES[RecommendationIssued])
    for kind, count in ((PUBLISHED.type, 1), ("documents", 1), ("documents.docu", 0), ("evaluation", 1)):
        assert len((await ask(documents, f"?filter[type]={kind}")).json()) == count, kind
    refused = await ask(documents, "?filter[type]=%25")
    assert refused.status_code == 422


async def test_a_system_of_some_units_is_told_of_these_alone(documents: ServiceUnderTest) -> None:
    here, there = (replace(PUBLISHED, unit_ids=(unit,)) for unit in (OBRNICE, TRMICE))  # type: ignore[call-arg]
    await tell(documents, here, there)
    town = an_actor(Role.SYSTEM, units=[TRMICE], sub="records-of-trmice")
    (event,) = (await ask(documents, actor=town)).json()
    assert event["data"]["unit_ids"] == [str(TRMICE)]
    assert len((await ask(documents, actor=ANALYST)).json()) == 2
    assert (await ask(documents, actor=MAYOR)).status_code == 403


async def test_what_is_told_of_single_people_stays_between_the_services(documents: ServiceUnderTest) -> None:
    recorded = EXAMPLES[ActivityRecorded]
    assert {ActivityRecorded.type: ("attendance",)} == OF_PEOPLE
    await tell(documents, recorded)
    (event,) = (await ask(documents)).json()
    assert recorded.attendance  # type: ignore[attr-defined]
    assert (event["data"]["activity_id"], "attendance" in event["data"]) == (
        str(recorded.aggregate_id),
        False,
    )
    assert len(await documents.told(ActivityRecorded)) == 1


async def test_a_cursor_older_than_what_is_kept_is_gone_and_a_strange_one_is_refused(
    documents: ServiceUnderTest,
) -> None:
    now = datetime.now(UTC)
    await tell(documents)
    stale = Cursor(service="documents", position=0, as_of=now - EVENTS_KEPT)
    gone = await ask(documents, f"?after={stale}")
    assert gone.status_code == 410
    assert gone.json()["days"] == 90
    ahead = Cursor(service="documents", position=99, as_of=now)
    other = Cursor(service="planning", position=0, as_of=now)
    huge = Cursor(service="documents", position=10**30, as_of=now)
    for cursor in (ahead, other, huge, "abc", "%00", "W10", "é"):
        assert (await ask(documents, f"?after={cursor}")).status_code == 422, cursor


async def test_a_cut_list_is_as_old_as_its_last_event_and_a_whole_one_is_of_today(
    documents: ServiceUnderTest,
) -> None:
    await tell(documents, PUBLISHED, PUBLISHED)
    told_at = datetime.now(UTC) - timedelta(days=80)
    async with documents.resources.engine.begin() as connection:
        await connection.execute(text("UPDATE outbox SET recorded_at = :at"), {"at": told_at})
    for limit, as_of in ((1, told_at), (500, datetime.now(UTC))):
        cursor = parse_qs(following(await ask(documents, f"?limit={limit}")))["after"][0]
        found = Cursor.read(cursor, service="documents").as_of
        assert abs(found - as_of) < timedelta(minutes=1)


async def test_who_begins_is_never_sent_away_before_the_second_page(documents: ServiceUnderTest) -> None:
    await tell(documents, *[PUBLISHED] * 4)
    long_ago = [EVENTS_KEPT + timedelta(days=20), timedelta(days=89, hours=10), timedelta(days=80)]
    age = text("UPDATE outbox SET recorded_at = :at WHERE position = :position")
    async with documents.resources.engine.begin() as connection:
        first = await connection.scalar(text("SELECT min(position) FROM outbox")) or 0
        for place, ago in enumerate(long_ago):  # published again, to rebuild a lost stream: still there
            await connection.execute(age, {"at": datetime.now(UTC) - ago, "position": first + place})
    quiet = Cursor(service="documents", position=0, as_of=datetime.now(UTC) - timedelta(days=89, hours=20))
    assert len((await ask(documents, f"?after={quiet}")).json()) == 3, "nothing after a cursor is left out"
    answer, seen = await ask(documents, "?limit=1"), 0
    while answer.json():
        assert answer.status_code == 200
        seen += 1
        answer = await ask(documents, following(answer))
    assert (answer.status_code, seen) == (200, 2)


async def test_who_waits_is_told_as_soon_as_something_happens(documents: ServiceUnderTest) -> None:
    nothing = following(await ask(documents, "?after=latest"))
    waited, _ = await asyncio.gather(ask(documents, f"{nothing}&wait=20"), tell(documents))
    assert len(waited.json()) == 1
    assert (await ask(documents, "?wait=31")).status_code == 422
