"""Pseudonymous keys of participants: what is no key, and the digest by which an erased one stays erased.

A key is made where names are known, by chance or as a keyed digest; names never come here.
"""

import hmac
import re
from typing import Final

from evaluation.participants.refusals import KeyNotPseudonymous

KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_LONG_RUN: Final = re.compile(r"\d{9,}", re.ASCII)
_SYLLABLES: Final = re.compile(r"([A-Za-z]*[aeiouyAEIOUY][A-Za-z]*)", re.ASCII)
_WRITTEN_BY_PEOPLE: Final = 24
"""Longer keys are digests and random texts: words and runs of digits are chance there."""


def expect_pseudonymous(key: str, *, pointer: str) -> None:
    """Raise KeyNotPseudonymous for what is a name, a phone or a birth number; the key is not told back."""
    if KEY.fullmatch(key) is None or (len(key) <= _WRITTEN_BY_PEOPLE and _gives_away(key)):
        raise KeyNotPseudonymous(pointer=pointer)


def _gives_away(key: str) -> bool:
    """Whether a short key reads as people write: digits alone, letters alone, two words with vowels."""
    bare = re.sub(r"[-_]", "", key)
    if bare.isdigit() or not any(character.isdigit() for character in bare) or _LONG_RUN.search(bare):
        return True
    words = [part.rstrip("0123456789") for part in re.split(r"[-_]", key)]
    named = [word for word in words if len(word) >= 3 and _SYLLABLES.fullmatch(word)]
    alone = len(words) == 1 and re.fullmatch(r"[A-Z]?[a-z]{4,}\d{1,4}", key)
    return len(named) >= 2 or bool(alone)


def key_digest(key: str, *, salt: str) -> str:
    """Return the HMAC-SHA-256 of a key in hexadecimal: one person has another one in every project."""
    return hmac.new(bytes.fromhex(salt), key.encode(), "sha256").hexdigest()
