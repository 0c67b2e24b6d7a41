"""Pseudonymous keys of participants: what is no key, and the digest by which an erased one stays erased.

A key is made where names are known, by chance or as a keyed digest; names never come here.
"""

import hmac

from evaluation.participants.refusals import KeyNotPseudonymous
from shared.pseudonyms import looks_like


def expect_pseudonymous(key: str, *, pointer: str) -> None:
    """Raise KeyNotPseudonymous for what is a name, a phone or a birth number; the key is not told back."""
    if looks_like(key) is not None:
        raise KeyNotPseudonymous(pointer=pointer)


def key_digest(key: str, *, salt: str) -> str:
    """Return the HMAC-SHA-256 of a key in hexadecimal: one person has another one in every project."""
    return hmac.new(bytes.fromhex(salt), key.encode(), "sha256").hexdigest()
