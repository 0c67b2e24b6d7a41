"""HTTP of the calendar of a plan, and of what I want to be told of."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import Request, Response

from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.reminders import recipient_repository, repository, use_cases
from evaluation.reminders.domain import NEVER_CHANGED
from evaluation.reminders.feed import calendar_of
from evaluation.reminders.schemas import AWAITED_OF_PLAN, SubjectIn, SubscriptionList, SubscriptionState
from shared.http import PEOPLE, Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

EVERYBODY = allow(*PEOPLE)

feeds = router("/monitoring", tag="monitoring")
subscriptions = router("/reminder-subscriptions", tag="reminders")
my_account = router("/mail-accounts", tag="reminders")


@feeds.get(
    "/{plan_id}/calendar.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    dependencies=[logged_in()],
)
async def get_calendar(reads: Reads, caller: Caller, plan_id: UUID) -> Response:
    """Give a day for each value that is awaited."""
    query = repository.awaited_of_plan(of_all_units=caller.is_agency)
    found = await reads.one(query, plan_id=plan_id, units=list(caller.units))
    if found is None:
        raise PlanNotMonitored
    plan = AWAITED_OF_PLAN.validate_json(bytes(found.body))
    content = calendar_of(plan.title, plan.awaited, now=datetime.now(UTC))
    headers = {"Content-Disposition": 'attachment; filename="monitoring.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@subscriptions.post("", status_code=201, dependencies=[EVERYBODY])
async def subscribe_to_reminders(
    tx: Tx, body: SubjectIn, request: Request, response: Response
) -> SubscriptionState:
    """Ask to be told of a unit, a plan or an office; it takes an address first."""
    subscription_id = await use_cases.subscribe(tx, body.subject())
    location = f"{request.url.path}/{subscription_id}"
    response.headers.update({**etag(NEVER_CHANGED), "Location": location})
    return SubscriptionState(id=subscription_id, version=NEVER_CHANGED)


@subscriptions.get("", response_model=SubscriptionList, dependencies=[logged_in()])
async def list_my_subscriptions(reads: Reads, caller: Caller, page: Page) -> Response:
    return await reads.page(recipient_repository.MY_SUBSCRIPTIONS, page, person=caller.id)


@subscriptions.delete("/{subscription_id}", status_code=204, dependencies=[EVERYBODY])
async def unsubscribe_from_reminders(tx: Tx, subscription_id: UUID, expected: ExpectedVersion) -> None:
    await use_cases.unsubscribe(tx, subscription_id, expected=expected)


@my_account.delete("/mine", status_code=204, dependencies=[EVERYBODY])
async def close_my_mail_account(tx: Tx, expected: ExpectedVersion) -> None:
    """Forget my address and what I subscribe to; nothing more comes."""
    await use_cases.close_account(tx, expected=expected)
