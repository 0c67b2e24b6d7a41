"""How names of people and bodies are ordered and found: the Czech alphabet without the database's help."""

import unicodedata
from itertools import count

_LETTERS = (
    *(" ", "a", "b", "c", "č", "d", "e", "f", "g", "h", "ch", "i", "j", "k", "l", "m", "n", "o", "p", "q"),
    *("r", "ř", "s", "š", "t", "u", "v", "w", "x", "y", "z", "ž"),
    *"0123456789",
)
_RANK = dict(zip(_LETTERS, map(chr, count(ord("!"))), strict=False))
_LAST = "~"


def sort_key(name: str) -> str:
    """Return a key that orders names as Czech dictionaries do when compared code point by code point.

    Two levels: letters (č after c, ch after h, ř, š, ž), then the name itself for accents and capitals.
    """
    folded = " ".join(name.casefold().replace("-", " ").split())
    return f"{''.join(_ranks(folded))} {' '.join(name.split())}"


def search_text(*parts: str) -> str:
    """Return the parts in lower case without diacritics, with single spaces."""
    return " ".join(_bare(" ".join(parts).casefold()).split())


def pattern_of(words: str) -> str:
    """Return the pattern of LIKE for a text that has the words in their order."""
    escaped = search_text(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _ranks(folded: str) -> list[str]:
    ranks = []
    position = 0
    while position < len(folded):
        taken = 2 if folded.startswith("ch", position) else 1
        letter = folded[position : position + taken]
        ranks.append(_RANK.get(letter) or "".join(_RANK.get(part, _LAST) for part in _bare(letter)))
        position += taken
    return ranks


def _bare(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
