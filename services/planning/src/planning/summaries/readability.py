"""How easily a text is read: plain averages, and LIX (Björnsson 1968), which needs no syllables.

LIX = words per sentence + percentage of words longer than six letters. It is compared across languages:
below 40 is easy, above 60 hard. Formulas fitted to Czech exist (Bendová 2021, jazcas-2021-0044); they count
syllables, and their constants are not ours to guess.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

LONG: Final = 6
_SENTENCE: Final = re.compile(r"[.!?:][ \n]+|[.!?:]$|\n+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """Averages and LIX to one decimal place."""

    sentences: int
    words: int
    words_per_sentence: Decimal
    letters_per_word: Decimal
    lix: Decimal


def readability_of(text: str) -> Readability:
    """Measure a text; numbers are no words, and days with spaces that do not break end no sentence."""
    sentences = [part for part in _SENTENCE.split(text) if _LETTER.search(part)]
    words = ["".join(_LETTER.findall(word)) for word in text.split() if _LETTER.search(word)]
    count, total = max(len(sentences), 1), max(len(words), 1)
    long = sum(1 for word in words if len(word) > LONG)
    letters = sum(map(len, words))
    return Readability(
        sentences=len(sentences),
        words=len(words),
        words_per_sentence=_rounded(Decimal(len(words)) / count),
        letters_per_word=_rounded(Decimal(letters) / total),
        lix=_rounded(Decimal(len(words)) / count + Decimal(100 * long) / total),
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
