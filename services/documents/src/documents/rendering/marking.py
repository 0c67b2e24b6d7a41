"""Two wordings told as one, with words that came and words that went."""

import re
from difflib import SequenceMatcher
from typing import Final

from documents.blocks import Change, Run

_PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST: Final = 20_000
"""Of more characters the whole old text goes and the whole new one comes: comparing takes the square."""


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """Return the pieces in reading order: without the inserted `before`, without the deleted `after`."""
    if before == after:
        return (Run(text=after),) if after else ()
    if len(before) + len(after) > LONGEST:
        return _replaced(before, after)
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    runs: list[Run] = []
    for way, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        runs += [Run(text=come)] if way == "equal" else _replaced(gone, come)
    return tuple(runs)


def _replaced(before: str, after: str) -> tuple[Run, ...]:
    pieces = (Run(text=before, change=Change.DELETED), Run(text=after, change=Change.INSERTED))
    return tuple(run for run in pieces if run.text)
