"""How names are ordered and found: the Czech alphabet without the database's help."""

import unicodedata
from functools import lru_cache

_ALPHABET = (
    *(" ", "a", "b", "c", "č", "d", "e", "f", "g", "h", "ch", "i", "j", "k", "l", "m", "n", "o", "p", "q"),
    *("r", "ř", "s", "š", "t", "u", "v", "w", "x", "y", "z", "ž"),
    *"0123456789",
)
_RANK = {letter: chr(ord("!") + rank) for rank, letter in enumerate(_ALPHABET)}
_UNKNOWN = "~"
_ACCENTS = {"\u0301": "1", "\u030c": "2", "\u030a": "3", "\u0308": "4"}
_LONGEST_KEY = 640  # code points of at most 4 bytes: a row of an index holds 2,704 bytes
_GAPS = str.maketrans(dict.fromkeys("-–—/.,;:'’\"„“()", " "))


def sort_key(name: str) -> str:
    """Return a key that orders names as Czech dictionaries do when it is compared code point by code point.

    Three levels (ČSN 97 6030): letters (č after c, ch after h, ř, š, ž; digits after letters), then
    accents, then capitals.
    """
    letters = _letters(" ".join(unicodedata.normalize("NFC", name).translate(_GAPS).split()))
    levels = zip(*map(_levels, letters), strict=True) if letters else ((), (), ())
    return " ".join(map("".join, levels))[:_LONGEST_KEY]


def search_text(*parts: str) -> str:
    """Return the parts in lower case without diacritics, with single spaces."""
    return " ".join(_bare(" ".join(parts).casefold()).split())


def pattern_of(words: str) -> str:
    """Return the LIKE pattern of search texts that hold the words in this order."""
    escaped = search_text(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _letters(name: str) -> list[str]:
    letters: list[str] = []
    for character in name:
        if letters and letters[-1] in ("c", "C") and character in ("h", "H"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


@lru_cache(maxsize=1000)
def _levels(letter: str) -> tuple[str, str, str]:
    """Return what a letter gives to each of the three levels."""
    return _primary(letter), _accent(letter), "0" if letter == letter.lower() else "1"


def _primary(letter: str) -> str:
    lower = letter.lower()
    return _RANK.get(lower) or "".join(_RANK.get(part, _UNKNOWN + part) for part in _bare(lower))


def _accent(letter: str) -> str:
    if letter.lower() in _RANK:
        return "0"
    mark = next((part for part in unicodedata.normalize("NFD", letter) if unicodedata.combining(part)), None)
    return _ACCENTS.get(mark, "9") if mark else "0"


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))
