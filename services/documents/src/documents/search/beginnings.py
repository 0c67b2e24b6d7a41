"""Which words of a text are worth a look: those that begin as the asked ones do."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from documents.extraction.lexicon import BEGINNING, beginnings_of, folded, spellings_of
from documents.search.clauses import Word

NOTHING: Final = "(?!)"


class Beginnings(dict[str, bool]):
    """Whether a word that begins with these letters can be one that was asked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        super().__init__()
        lexemes = {lexeme for word in words for lexeme in (*word.lexemes, *filter(None, (word.starts,)))}
        self._starts = frozenset(start for lexeme in lexemes for start in beginnings_of(lexeme))
        self._word = re.compile(_word_that_begins(self._starts))

    def words_in(self, text: str) -> Iterator[re.Match[str]]:
        """Give the words of a text whose first two letters may be those of an asked word."""
        return self._word.finditer(text)

    def __missing__(self, letters: str) -> bool:
        bare = folded(letters)[:BEGINNING]
        found = any(start.startswith(bare) or bare.startswith(start) for start in self._starts)
        self[letters] = found
        return found


def _word_that_begins(starts: Iterable[str]) -> str:
    """Return the pattern: letters first, since a set at the very beginning is looked for fastest."""
    seconds: defaultdict[str, set[str]] = defaultdict(set)
    for start in filter(None, starts):
        seconds[start[0]].add(start[1:2])
    if not seconds:
        return NOTHING
    branches = (
        f"(?<={_set_of(first)})" + ("" if "" in then else _set_of(*then)) for first, then in seconds.items()
    )
    return f"{_set_of(*seconds)}(?<![^\\W_]{{2}})(?:{'|'.join(branches)})[^\\W_]*"


def _set_of(*letters: str) -> str:
    return f"[{re.escape(spellings_of(letters))}]"
