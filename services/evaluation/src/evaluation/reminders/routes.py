"""HTTP of the calendar that people have in their mail program."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import Response

from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.reminders import repository
from evaluation.reminders.feed import calendar_of
from evaluation.reminders.schemas import AWAITED_OF_PLAN
from shared.http import Caller, Reads, logged_in, router

feeds = router("/monitoring", tag="monitoring")


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
