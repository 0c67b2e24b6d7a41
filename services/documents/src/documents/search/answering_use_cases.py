"""A question is answered in two statements; a third one tells why nothing was found."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from documents.extraction.domain import TextState
from documents.search import hit_repository, shown_repository
from documents.search.asking import Asked, understood
from documents.search.domain import Piece, Snippet, marked, snippet
from shared.reads import Reader, Row

DEEPEST: Final = 1_000
"""Nobody reads on; a filter says more than the fiftieth page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked for: `given` are the values of filters, `sees` what the caller may see.

    `shown`: in which language and at which host (`documents.showing`).
    """

    question: str | None
    given: Mapping[str, object]
    every_version: bool
    limit: int
    offset: int
    sees: Mapping[str, object]
    shown: Mapping[str, object]
    today: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    page: int | None
    label: str | None
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    row: Row
    title: tuple[Piece, ...]
    units: list[dict[str, str]]
    text_state: TextState
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    total: int
    hits: tuple[Hit, ...]
    next_offset: int | None
    facets: dict[str, list[dict[str, object]]]
    unmatched: tuple[str, ...] = ()


async def search_documents(reads: Reader, sought: Sought) -> Found:
    """Find what the caller may see; raises `NothingToSearch`, `QuestionTooLong`."""
    asked = None
    if sought.question is not None:
        asked = await asyncio.to_thread(understood, sought.question)
    row = await _found(reads, sought, asked)
    ids = json.loads(row["hits"] or "[]")
    hits = await _shown(reads, sought, asked, ids) if ids else ()
    reached = sought.offset + len(ids)
    return Found(
        total=row["total"],
        hits=hits,
        next_offset=reached if ids and reached < min(row["total"], DEEPEST) else None,
        facets={name: json.loads(row[name] or "[]") for name in ("kinds", "units", "areas", "years")},
        unmatched=await _unmatched(reads, sought, asked) if asked is not None and not row["total"] else (),
    )


async def _found(reads: Reader, sought: Sought, asked: Asked | None) -> Row:
    query = hit_repository.search(
        asks=asked is not None,
        filters=tuple(name for name in hit_repository.FILTERS if sought.given.get(name) is not None),
        phrases=tuple((each.is_not, each.other is not None) for each in asked.ordered) if asked else (),
    )
    rows = await reads.rows(
        query,
        **sought.given,
        **sought.sees,
        **sought.shown,
        **_words(asked),
        every_version=sought.every_version,
        today=sought.today,
        limit=sought.limit,
        offset=sought.offset,
        is_deep=sought.offset + sought.limit > hit_repository.RANKED,
    )
    return rows[0]


def _words(asked: Asked | None) -> dict[str, object]:
    if asked is None:
        return {}
    words: dict[str, object] = {
        "asked": asked.document_query,
        "about": asked.about_query,
        "any": asked.any_query,
    }
    for place, each in enumerate(asked.ordered):
        words[f"pairs{place}"] = each.pairs
        words[f"phrase{place}"] = each.phrase
        words[f"long{place}"] = each.phrase if each.is_long else None
        words[f"other{place}"] = each.other
    return words


async def _shown(
    reads: Reader, sought: Sought, asked: Asked | None, ids: list[dict[str, object]]
) -> tuple[Hit, ...]:
    rows = await reads.rows(
        shown_repository.hits(len(asked.on_pages) if asked else 0),
        documents=[one["document_id"] for one in ids],
        numbers=[one["number"] for one in ids],
        **({f"page{place}": query for place, query in enumerate(asked.on_pages)} if asked else {}),
        **sought.sees,
        **sought.shown,
    )
    return tuple(_hit(row, asked) for row in rows)


def _hit(row: Row, asked: Asked | None) -> Hit:
    places = []
    for page in json.loads(row["places"] or "[]"):
        shown = snippet(page["text"], asked) if asked else None
        if shown is not None:
            number = page["number"] if row["has_pages"] else None
            places.append(Place(page=number, label=page["label"], snippet=shown))
    return Hit(
        row=row,
        title=marked(row["title"], asked),
        units=json.loads(row["units"] or "[]"),
        text_state=TextState(row["text_state"] or TextState.WAITING),
        places=tuple(places),
    )


async def _unmatched(reads: Reader, sought: Sought, asked: Asked) -> tuple[str, ...]:
    clauses = {f"clause{place}": clause.query() for place, clause in enumerate(asked.wanted)}
    rows = await reads.rows(shown_repository.unmatched(len(clauses)), **clauses, **sought.sees)
    return tuple(clause.said for place, clause in enumerate(asked.wanted) if not rows[0][f"held{place}"])
