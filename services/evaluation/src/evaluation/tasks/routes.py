"""HTTP of my tasks and of private calendars."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from evaluation.mail.domain import RIGHTS_LAST
from evaluation.reminders.feed import calendar_of, login_wanted
from evaluation.tasks import feed_repository, repository, use_cases
from evaluation.tasks.domain import SHOWN_BEFORE, FeedNotFound, TaskKind, digest_of, kinds_of
from evaluation.tasks.schemas import (
    AWAITED_IN_FEED,
    FeedIn,
    FeedList,
    FeedOut,
    NewFeed,
    RightsOut,
    TaskList,
    TaskSum,
    TaskSums,
)
from shared.http import (
    PEOPLE,
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Title,
    Tx,
    allow,
    etag,
    logged_in,
    public,
    router,
    today,
)

EVERYBODY = allow(*PEOPLE)
Token = Annotated[str, Path(min_length=43, max_length=43, pattern=r"^[0-9A-Za-z_-]+$")]

tasks = router("/tasks", tag="tasks")
private_feeds = router("/feeds", tag="tasks")
reading_rights = router("/reading-rights", tag="reminders")


def _filters(
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="A unit of the plan")] = None,
    owner: Annotated[Title | None, Query(alias="filter[owner]")] = None,
) -> dict[str, object]:
    asked = {"plan": plan, "unit": unit, "owner": owner}
    return {name: value for name, value in asked.items() if value is not None}


@tasks.get("", response_model=TaskList, dependencies=[logged_in()])
async def list_my_tasks(
    reads: Reads,
    caller: Caller,
    page: Page,
    filters: Annotated[dict[str, object], Depends(_filters)],
    kind: Annotated[TaskKind | None, Query(alias="filter[kind]")] = None,
) -> Response:
    """List what I may report, correct, approve or evaluate within thirty days, the overdue first."""
    mine = kinds_of(caller.roles)
    kinds = mine if kind is None else mine & {kind}
    if not kinds:
        return Response('{"items":[],"next":null}', media_type="application/json")
    query = repository.tasks(kinds, frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, **_reader(caller))


@tasks.get("/sums", dependencies=[logged_in()])
async def sum_my_tasks(reads: Reads, caller: Caller) -> TaskSums:
    """Count what waits for me by kind, and how much of it is overdue."""
    kinds = kinds_of(caller.roles)
    if not kinds:
        return TaskSums(items=[])
    rows = await reads.rows(repository.sums(kinds, of_all_units=caller.is_agency), **_reader(caller))
    found = {
        row["kind"]: TaskSum(kind=row["kind"], count=row["count"], overdue=row["overdue"]) for row in rows
    }
    return TaskSums(items=[found[kind] for kind in TaskKind if kind in found])


def _reader(caller: Caller) -> dict[str, object]:
    day = today()
    return {"person": caller.id, "units": list(caller.units), "today": day, "until": day + SHOWN_BEFORE}


@private_feeds.post("", status_code=201, dependencies=[EVERYBODY])
async def make_private_feed(tx: Tx, body: FeedIn, request: Request, response: Response) -> NewFeed:
    """Make an address for a calendar program that cannot log in; it is told this once."""
    feed, token = await use_cases.make_feed(tx, body.subject())
    location = f"{request.url.path}/{feed.feed_id}"
    response.headers.update({**etag(feed.version), "Location": location, "Cache-Control": "no-store"})
    return NewFeed(feed=FeedOut.of(feed), path=f"{request.url.path}/{token}/calendar.ics")


@private_feeds.get("", response_model=FeedList, dependencies=[logged_in()])
async def list_my_feeds(reads: Reads, caller: Caller, page: Page) -> Response:
    return await reads.page(feed_repository.MY_FEEDS, page, person=caller.id)


@private_feeds.post("/{feed_id}/revocation", dependencies=[EVERYBODY])
async def revoke_private_feed(
    tx: Tx, feed_id: UUID, expected: ExpectedVersion, response: Response
) -> FeedOut:
    """Make the address worthless."""
    feed = await use_cases.revoke_feed(tx, feed_id, expected=expected)
    response.headers.update(etag(feed.version))
    return FeedOut.of(feed)


@private_feeds.get(
    "/{token}/calendar.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    dependencies=[public()],
)
async def get_private_calendar(reads: Reads, token: Token) -> Response:
    """Give the calendar to whoever has its address."""
    now = datetime.now(UTC)
    asked = {"digest": digest_of(token), "today": today(), "rights_since": now - RIGHTS_LAST}
    found = await reads.one(feed_repository.FEED, **asked)
    if found is None:
        raise FeedNotFound
    feed = AWAITED_IN_FEED.validate_json(bytes(found.body))
    wanted = login_wanted(today()) if feed.wants_login else None
    content = calendar_of(feed.title, feed.awaited, now=now, wanted=wanted)
    headers = {
        "Content-Disposition": 'attachment; filename="tasks.ics"',
        "Cache-Control": "private, max-age=3600",
        "X-Robots-Tag": "noindex",
    }
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@reading_rights.post("/renewal", dependencies=[EVERYBODY])
async def renew_reading_rights(tx: Tx) -> RightsOut:
    """Let my letters and calendars tell what this login may see; the application asks at every login."""
    renewed = await use_cases.renew_rights(tx)
    return RightsOut(
        renewed_at=renewed.renewed_at,
        expires_at=renewed.expires_at,
        has_account=renewed.has_account,
        calendars=renewed.calendars,
    )
