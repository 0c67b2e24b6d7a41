"""HTTP of the page of a unit: open data for everybody, sent again only when it changed."""

import asyncio
import hashlib
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from registry.profiles import use_cases
from registry.profiles.domain import Wanted
from registry.profiles.memory import Memory
from registry.profiles.page_sheets import sheets_of
from registry.profiles.schemas import ProfileOut
from shared.http import InDigits, Reads, Xlsx, language_of, public, router, today
from shared.sheets import xlsx_of

_made: Final = Memory()
profiles = router("/profiles", tag="profiles")


Year = Annotated[
    int | None,
    Field(ge=2000, le=2100),
    InDigits,
    Query(description="Data year of the Index; the newest where it is left out"),
]


async def _wanted(unit_id: UUID, year: Year = None) -> Wanted:
    return Wanted(unit_id=unit_id, year=year, shown_on=today())


Page = Annotated[Wanted, Depends(_wanted)]


@profiles.get("/{unit_id}", response_model=ProfileOut, dependencies=[public()])
async def get_profile(reads: Reads, request: Request, wanted: Page) -> Response:
    """Give one page on a unit: Index, why it moved, trends, similar ones, help, plans, sources.

    Units that are no municipality show the municipalities that lie in them.
    """
    state = await use_cases.state_of(reads)
    content = _made.get(wanted, state=state)
    if content is None:
        found = await use_cases.profile_of(reads, wanted)
        content = ProfileOut.of(found).model_dump_json().encode()
        _made.put(wanted, content, state=state)
    return _answer(request, content, media_type="application/json")


@profiles.get("/{unit_id}/workbook", response_class=Xlsx, response_model=None, dependencies=[public()])
async def export_profile(reads: Reads, request: Request, wanted: Page) -> Response:
    """Give the same page as a workbook (XLSX), in Czech or English by Accept-Language, sources included."""
    found = await use_cases.profile_of(reads, wanted)
    language = language_of(request)
    content = await asyncio.to_thread(
        xlsx_of, sheets_of(found), title=found.unit.name, as_of=found.shown_on, language=language
    )
    name = f"{found.unit.kind.value}-{found.unit.code or found.unit.id}-{found.shown_on}.xlsx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return _answer(request, content, media_type=Xlsx.media_type, **headers)


def _answer(request: Request, content: bytes, *, media_type: str, **headers: str) -> Response:
    """Return the content with its digest as ETag; 304 where the caller has it."""
    tag = f'"{hashlib.sha256(content).hexdigest()}"'
    kept = {**headers, "ETag": tag, "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=kept)
    return Response(content, media_type=media_type, headers=kept)
