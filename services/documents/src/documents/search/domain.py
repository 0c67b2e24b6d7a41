"""What is asked, what is found, and how what is found is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from documents.search.asking import Asked

AROUND: Final = 120
"""Characters before the first marked word of a snippet."""
SNIPPET: Final = 320
"""Characters of a snippet at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A word of a text, from `start` to `end` (exclusive), and which of the asked words it is."""

    start: int
    end: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text; `is_match`: it is what was asked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    pieces: tuple[Piece, ...]
    is_cut_before: bool = False
    is_cut_after: bool = False


def marked(text: str, asked: Asked | None) -> tuple[Piece, ...]:
    """Return the whole text in pieces, where every word that was asked for is one."""
    return tuple(_pieces(text, () if asked is None else _hits(text, asked)))


def snippet(text: str, asked: Asked) -> Snippet | None:
    """Return the place of a page that holds the most of what was asked; None where nothing of it is there."""
    hits = _hits(text, asked)
    if not hits:
        return None
    first = _densest(hits)
    start = _word_start(text, max(hits[first].start - AROUND, 0))
    end = _word_end(text, min(start + SNIPPET, len(text)))
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    return Snippet(
        pieces=tuple(_pieces(text, inside, start=start, end=end)),
        is_cut_before=start > 0,
        is_cut_after=end < len(text),
    )


def _pieces(text: str, hits: Iterable[Match], *, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    for hit in hits:
        if hit.start > start:
            yield Piece(text=text[start : hit.start])
        yield Piece(text=text[hit.start : hit.end], is_match=True)
        start = hit.end
    if rest := text[start:end]:
        yield Piece(text=rest)


def _hits(text: str, asked: Asked) -> list[Match]:
    return [Match(start=found.start(), end=found.end(), asked=which) for found, which in asked.found_in(text)]


def _densest(hits: list[Match]) -> int:
    """Return the first hit of the stretch with the most different words, then with the most words."""
    best, best_value = 0, (0, 0)
    for first, hit in enumerate(hits):
        within = [each for each in hits[first : first + 20] if each.end <= hit.start + SNIPPET - AROUND]
        value = (len({each.asked for each in within}), len(within))
        if value > best_value:
            best, best_value = first, value
    return best


def _word_start(text: str, place: int) -> int:
    """Return the place, or the first one after it where a word begins."""
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place].isspace():
        place -= 1
    return place
