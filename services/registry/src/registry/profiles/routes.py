"""HTTP of the page of a unit: open data for everybody, sent again only when it changed."""

import hashlib
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from registry.profiles import use_cases
from registry.profiles.schemas import ProfileOut
from registry.units.domain import czech_date
from shared.http import InDigits, Reads, public, router
from shared.reads import JSON

profiles = router("/profiles", tag="profiles")

Year = Annotated[
    int | None,
    Field(ge=2000, le=2100),
    InDigits,
    Query(description="Data year of the Index; the newest where it is left out"),
]


@profiles.get("/{unit_id}", response_model=ProfileOut, dependencies=[public()])
async def get_profile(reads: Reads, request: Request, unit_id: UUID, year: Year = None) -> Response:
    """Give one page on a unit: Index, why it moved, trends, similar ones, help, plans, sources.

    Units that are no municipality show the municipalities that lie in them.
    """
    found = await use_cases.profile_of(reads, unit_id, year=year, today=_today())
    return _answer(request, ProfileOut.of(found).model_dump_json().encode(), media_type=JSON)


def _answer(request: Request, content: bytes, *, media_type: str, **headers: str) -> Response:
    """Return the content with its digest as ETag; 304 where the caller has it."""
    tag = f'"{hashlib.sha256(content).hexdigest()}"'
    kept = {"ETag": tag, "Cache-Control": "public, no-cache", **headers}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=kept)
    return Response(content, media_type=media_type, headers=kept)


def _today() -> date:
    return czech_date(datetime.now(UTC))
