"""HTTP of search: what is public for everybody, drafts for whoever may see them."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field, StringConstraints

from documents.search.answering_use_cases import DEEPEST, Found, Hit, Sought, search_documents
from documents.search.schemas import FacetsOut, HitOut, PieceOut, PlaceOut, SearchOut, UnitFound
from documents.showing import in_language, shown_to
from shared.contracts.documents import DocumentKind
from shared.contracts.registry import ThematicArea
from shared.http import Caller, InDigits, Reads, Storable, public, router, today

search = router("/search", tag="search")

MOST: Final = 50
Question = Annotated[
    str | None,
    Query(
        max_length=300,
        description="Words in any inflection, with or without accents; “a phrase”, -without, OR. "
        "The last word may be unfinished. Without a question: all, the newest first.",
    ),
    StringConstraints(strip_whitespace=False),
    Storable,
]


@search.get("", response_model=SearchOut, dependencies=[public()])
async def find_documents(  # noqa: PLR0913, PLR0917 - each is a parameter of the address
    request: Request,
    reads: Reads,
    caller: Caller,
    q: Question = None,
    kind: Annotated[DocumentKind | None, Query(alias="filter[kind]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    year: Annotated[int | None, Field(ge=1900, le=2199), InDigits, Query(alias="filter[year]")] = None,
    versions: Annotated[str, Query(pattern="^(newest|all)$")] = "newest",
    limit: Annotated[int, Field(ge=1, le=MOST), InDigits] = 20,
    offset: Annotated[int, Field(ge=0, le=DEEPEST), InDigits] = 0,
) -> Response:
    """Find documents by their text and facts, the best first; pages by offset, since a rank is no key."""
    sought = Sought(
        question=q if q and q.strip() else None,
        given={
            "kind": kind.value if kind else None,
            "unit": unit,
            "area": area.value if area else None,
            "year": year,
        },
        every_version=versions == "all",
        limit=limit,
        offset=offset,
        sees=caller.sees(),
        shown=shown_to(request),
        today=today(),
    )
    found = _out(await search_documents(reads, sought))
    return in_language(Response(found.model_dump_json(), media_type="application/json"))


def _out(found: Found) -> SearchOut:
    return SearchOut(
        total=found.total,
        items=tuple(_hit_out(hit) for hit in found.hits),
        next_offset=found.next_offset,
        facets=FacetsOut.model_validate(found.facets),
        unmatched=found.unmatched,
    )


def _hit_out(hit: Hit) -> HitOut:
    row = hit.row
    same = ("number", "kind", "kind_name", "reference_number", "dated_on", "label", "file_name", "media_type")
    return HitOut(
        document_id=row["id"],
        **{
            name: row[name]
            for name in (*same, "address", "content", "is_public", "published_at", "page_count")
        },
        title=tuple(PieceOut.model_validate(piece) for piece in hit.title),
        units=tuple(UnitFound.model_validate(unit) for unit in hit.units),
        text_state=hit.text_state,
        places=tuple(PlaceOut.model_validate(place) for place in hit.places),
    )
