"""Czech text as PostgreSQL's search keeps it: words with their places, what each is found by."""

import re
import unicodedata
from base64 import urlsafe_b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from documents.extraction.lexicon import STOP_WORDS, bases_of, folded, lexemes_of

ANALYSER: Final = 1
"""Grows when words are read in another way; what was indexed before is indexed again."""
LONGEST_WORD: Final = 60
LAST_PLACE: Final = 16_383
"""PostgreSQL keeps no greater one."""
METADATA_PLACE: Final = 1
MOST_PLACES: Final = 255
MOST_BYTES: Final = 900_000
DENSE_TIMES: Final = 3
DENSE_SHARE: Final = 0.004
"""A text is about a word that it says three times and in 4 of 1,000 words."""
_WORD: Final = re.compile(r"[^\W_]+")
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-/.@–‑][^\W_]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a text; `place` counts words from 1, `start` and `end` are characters."""

    word: str
    place: int
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Give the words of a text in Unicode's composed form; stop words keep their places."""
    for place, found in enumerate(_WORD.finditer(text), 1):
        if found.end() - found.start() <= LONGEST_WORD:
            yield Token(word=found.group(), place=place, start=found.start(), end=found.end())


def telling_tokens(text: str) -> list[Token]:
    """Return the words that can be asked for; of some letters nothing is left without their accents."""
    return [token for token in tokens(text) if not is_stop_word(token.word) and folded(token.word)]


def compounds(text: str) -> Iterator[tuple[str, int]]:
    """Give numbers of laws and files, hyphenated names and addresses as wholes, with their start."""
    for found in _COMPOUND.finditer(text):
        if found.end() - found.start() <= LONGEST_WORD:
            yield compound_lexeme(found.group()), found.start()


def compound_lexeme(compound: str) -> str:
    return re.sub(r"[–‑]", "-", folded(compound))


def is_stop_word(word: str) -> bool:
    return word.lower() in STOP_WORDS


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def vector_of(text: str) -> str:
    """Return a page as the text of a `tsvector`: forms with weight C, lemmas with D, each with its places.

    Without a place: `+` before what the page is full of, and what two words beside each other make (`pair`).
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    starts: dict[int, int] = {}
    said: list[Token] = []
    for token in tokens(text):
        starts[token.start] = token.place
        if is_stop_word(token.word) or token.place > LAST_PLACE:
            continue
        said.append(token)
        form, *others = lexemes_of(token.word)
        places[form].append(f"{token.place}C")
        for lexeme in others:
            places[lexeme].append(f"{token.place}")
    for lexeme, start in compounds(text):
        if start in starts and starts[start] <= LAST_PLACE:
            places[lexeme].append(f"{starts[start]}C")
    dense = [f"+{lexeme}" for lexeme, found in places.items() if lexeme and len(found) >= DENSE_TIMES]
    return _written(places | dict.fromkeys((*dense, *_pairs(said)), ()))


def pair(first: str, second: str, gap: int) -> str:
    """Return what a page is found by where one word follows another, so many places after it.

    Of frequent words nearly every page holds both: an index that knew their places alone would have all
    of them read. 42 bits of a hash: of 50,000 pages one in some ten thousand questions is found wrongly.
    """
    digest = blake2b(f"{first} {gap} {second}".encode(), digest_size=6).digest()
    return f"={urlsafe_b64encode(digest).decode()[:7]}"


def _pairs(said: Sequence[Token]) -> Iterator[str]:
    telling = [(token.place, bases_of(token.word)) for token in said if folded(token.word)]
    for (before, firsts), (after, seconds) in pairwise(telling):
        for first in firsts:
            for second in seconds:
                yield pair(first, second, after - before)


def file_lexeme(digest: str) -> str:
    """Return what all pages of a file are found by, whatever they say."""
    return f"#{digest[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is said of a document beside its text: titles weigh most."""

    titles: tuple[str, ...]
    others: tuple[str, ...]


def metadata_vector(metadata: Metadata) -> str:
    """Return titles with weight A and the rest with B, as a phrase can be found in each."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    offset = 0
    for part, weight in _weighed(metadata):
        last = 0
        for token in tokens(part):
            last = token.place
            if not is_stop_word(token.word):
                for lexeme in lexemes_of(token.word):
                    places[lexeme].append(f"{offset + token.place}{weight}")
        for lexeme, _ in compounds(part):
            places[lexeme].append(f"{offset + 1}{weight}")
        offset += last + 10
    return _written(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """A version as one `tsvector`, and what it is about: words of its titles and dense ones."""

    vector: str
    about: frozenset[str]


def indexed(metadata: Metadata, pages: Mapping[int, str]) -> Indexed:
    """Return all of a version; pages come in their order.

    The place of a lexeme is its page and 1, metadata stand at 1. `+` before a lexeme: the text is about
    it. Nothing here tells where on a page a word stands, nor how often.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    about: set[str] = set()
    for part, weight in _weighed(metadata):
        for lexeme in lexemes_in(part):
            places[lexeme].append(f"{METADATA_PLACE}{weight}")
            if weight == "A":
                about.add(lexeme)
    said: Counter[str] = Counter()
    words = 0
    for number, text in pages.items():
        place = f"{min(number + METADATA_PLACE, LAST_PLACE)}"
        for lexeme, times in lexemes_in(text).items():
            places[lexeme].append(place)
            said[lexeme] += times
        words += text.count(" ")
    about.update(
        lexeme for lexeme, times in said.items() if times >= DENSE_TIMES and times >= DENSE_SHARE * words
    )
    for lexeme in sorted(about):
        places[f"+{lexeme}"].append(f"{METADATA_PLACE}")
    return Indexed(vector=_written(places), about=frozenset(about))


def lexemes_in(text: str) -> dict[str, int]:
    """Return what the words of a text are found by, and how often."""
    found: defaultdict[str, int] = defaultdict(int)
    for word, times in Counter(_WORD.findall(text)).items():
        if len(word) <= LONGEST_WORD and not is_stop_word(word):
            for lexeme in lexemes_of(word):
                found[lexeme] += times
    for lexeme, _ in compounds(text):
        found[lexeme] += 1
    return found


def _weighed(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from ((part, "A") for part in metadata.titles)
    yield from ((part, "B") for part in metadata.others)


def _written(places: Mapping[str, Sequence[str]]) -> str:
    """Write a `tsvector` within what PostgreSQL takes: 1 MiB, 255 places of a lexeme; the first ones stay."""
    parts, left = [], MOST_BYTES
    for lexeme, found in places.items():
        left -= len(lexeme.encode()) + 2 * min(len(found), MOST_PLACES) + 4
        if lexeme and left > 0:
            parts.append(f"{quoted(lexeme)}:{','.join(found[:MOST_PLACES])}" if found else quoted(lexeme))
    return " ".join(parts)


def quoted(lexeme: str) -> str:
    """Return a lexeme as `tsvector` and `tsquery` read it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
