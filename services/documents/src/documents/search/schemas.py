"""The JSON of what was found."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from documents.extraction.domain import TextState
from shared.contracts.documents import DocumentKind
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel


class PieceOut(ApiModel):
    """A stretch of plain text; what was asked for is a piece of its own."""

    text: str
    is_match: bool


class SnippetOut(ApiModel):
    pieces: tuple[PieceOut, ...]
    is_cut_before: bool
    is_cut_after: bool


class PlaceOut(ApiModel):
    """`page` is null where a file has no pages; `label` is the name of a sheet."""

    page: int | None
    label: str | None
    snippet: SnippetOut


class UnitFound(ApiModel):
    id: UUID
    name: str


class HitOut(ApiModel):
    """A version of a document with the places of its text that hold the most of what was asked.

    `text_state` says why a file has no places: it waits, is a scan, is encrypted. `kind_name` is in the
    caller's language; `address` lasts, of a version that was never public it is null; `content` is where
    the file is, null where it was disposed of.
    """

    document_id: UUID
    number: int
    kind: DocumentKind
    kind_name: str
    address: str | None
    content: str | None
    title: tuple[PieceOut, ...]
    reference_number: str | None
    dated_on: date
    units: tuple[UnitFound, ...]
    label: str | None
    file_name: str
    media_type: str
    is_public: bool
    published_at: datetime | None
    text_state: TextState
    page_count: int | None
    places: tuple[PlaceOut, ...]


class KindCount(ApiModel):
    value: DocumentKind
    name: str
    count: int


class UnitCount(ApiModel):
    value: UUID
    name: str
    count: int


class AreaCount(ApiModel):
    value: ThematicArea
    count: int


class YearCount(ApiModel):
    value: int
    count: int


class FacetsOut(ApiModel):
    """How many of what is found have a value, under all filters but the facet's own."""

    kinds: tuple[KindCount, ...]
    units: tuple[UnitCount, ...]
    areas: tuple[AreaCount, ...]
    years: tuple[YearCount, ...]


class SearchOut(ApiModel):
    """The best first. `unmatched`: parts of the question that no document has, where nothing was found."""

    total: int
    items: tuple[HitOut, ...]
    next_offset: int | None
    facets: FacetsOut
    unmatched: tuple[str, ...] = Field(examples=[("kosmodrom",)])
