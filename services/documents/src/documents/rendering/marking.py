"""Two wordings told as one, with words that came and words that went."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final

from documents.papers.blocks import Change, Run

_PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST: Final = 20_000
"""Of more characters the whole old text goes and the whole new one comes: comparing takes the square."""
MOST_PAIRS: Final = 8_000_000
"""The same holds for pieces that differ, the old ones times the new ones."""


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """Return the pieces in reading order: without the inserted `before`, without the deleted `after`.

    Words that are said all over a text are no places to begin at: with them comparing takes the cube.
    """
    if before == after:
        return (Run(text=after),) if after else ()
    if len(before) + len(after) > LONGEST:
        return _replaced(before, after)
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    return (
        *_kept(new[:head]),
        *_compared(old[head : len(old) - tail], new[head : len(new) - tail]),
        *_kept(new[len(new) - tail :]),
    )


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if len(old) * len(new) > MOST_PAIRS:
        yield from _replaced("".join(old), "".join(new))
        return
    for way, start, end, begin, stop in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        yield from (Run(text=come),) if way == "equal" else _replaced(gone, come)


def _kept(pieces: Sequence[str]) -> tuple[Run, ...]:
    return (Run(text="".join(pieces)),) if pieces else ()


def _replaced(before: str, after: str) -> tuple[Run, ...]:
    pieces = (Run(text=before, change=Change.DELETED), Run(text=after, change=Change.INSERTED))
    return tuple(run for run in pieces if run.text)
