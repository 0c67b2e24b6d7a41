"""HTTP of summaries: plain language for everybody, as text, HTML or JSON."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.summaries import use_cases
from planning.summaries.page import body_of, html_of_summary, text_of_summary
from planning.summaries.readability import readability_of
from planning.summaries.schemas import SummaryOut
from shared.http import Tx, language_of, public, router

summaries = router("/plans", tag="plans")
_TEXT: Final = {"schema": {"type": "string"}}


@summaries.get(
    "/{plan_id}/summary",
    response_model=SummaryOut,
    dependencies=[public()],
    responses={200: {"content": {"text/plain": _TEXT, "text/html": _TEXT}}},
)
async def summarise_plan(
    tx: Tx,
    request: Request,
    plan_id: UUID,
    of: Annotated[
        Annotated[str, Field(pattern=r"^(draft|[1-9][0-9]{0,8})$")] | None,
        Query(description="`draft` or a revision; by default what is in force"),
    ] = None,
) -> Response:
    """Tell in plain language what the plan will do, who, when and for how much; by Accept as text or HTML."""
    language = language_of(request)
    done = await use_cases.summarise(tx, plan_id, of=of, language=language)
    summary, measured = done.summary, readability_of(body_of(done.summary))
    headers = {"Vary": "Accept, Accept-Language, Authorization", "Content-Language": language}
    accepted = request.headers.get("accept", "")
    if "text/html" in accepted:
        page = html_of_summary(summary, measured, language)
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)
    if "text/plain" in accepted:
        text = text_of_summary(summary, measured, language)
        return Response(text, media_type="text/plain; charset=utf-8", headers=headers)
    told = SummaryOut.of(summary, measured, plan_id=plan_id, revision=done.about.revision, language=language)
    return Response(told.model_dump_json(), media_type="application/json", headers=headers)
