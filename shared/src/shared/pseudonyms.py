"""Pseudonymous keys of people: what a key may look like, and what gives a person away."""

import re
from datetime import date
from typing import Final
from uuid import UUID

KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_LONG_RUN: Final = re.compile(r"\d{9,}", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z]*[aeiouyAEIOUY][A-Za-z]*")
_WRITTEN_BY_PEOPLE: Final = 24
"""Longer keys are digests and random texts: a run of digits is chance there."""


def looks_like(key: str) -> str | None:
    """Return what personal data the key looks like; None for a good key.

    Heuristic on purpose strict: whoever makes keys by chance never meets it, whoever types a name does.
    """
    if KEY.fullmatch(key) is None:
        return "e-mail" if "@" in key else "text"
    if _is_uuid(key):
        return None
    digits = re.sub(r"[-_]", "", key)
    if digits.isdigit():
        return "rodné číslo / birth number" if _is_birth_number(digits) else "telefon / phone"
    if len(key) <= _WRITTEN_BY_PEOPLE and (run := _LONG_RUN.search(key)):
        return "rodné číslo / birth number" if _is_birth_number(run[0]) else "telefon / phone"
    return "jméno / name" if _reads_as_name(key) else None


def _is_uuid(key: str) -> bool:
    try:
        return str(UUID(key)) == key.lower()
    except ValueError:
        return False


def _is_birth_number(digits: str) -> bool:
    """Whether it can be a birth number (zákon 133/2000 Sb.): nine digits until 1953, ten and 11 | n since."""
    if len(digits) not in (9, 10) or (len(digits) == 10 and int(digits) % 11 not in (0, 10)):
        return False
    month = int(digits[2:4]) % 50
    month -= 20 if month > 20 else 0
    try:
        date(2000, month, int(digits[4:6]))
    except ValueError:
        return False
    return True


def _reads_as_name(key: str) -> bool:
    """Letters alone are a name; so are two words with vowels, whatever year stands behind them.

    Of a long key all of it has to be words: in digests some are there by chance.
    """
    if not any(character.isdigit() for character in key):
        return True
    parts = [part.rstrip("0123456789") for part in re.split(r"[-_]", key)]
    words = [part for part in parts if len(part) >= 3 and _WORD.fullmatch(part)]
    if len(key) > _WRITTEN_BY_PEOPLE:
        return len(words) >= 2 and all(part in words or not part for part in parts)
    one_word_with_year = len(parts) == 1 and bool(re.fullmatch(r"[A-Z]?[a-z]{4,}\d{1,4}", key))
    return len(words) >= 2 or one_word_with_year
