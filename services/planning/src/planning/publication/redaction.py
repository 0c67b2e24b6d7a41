"""A text with parts taken out: what is left stands as it was written."""

from collections.abc import Iterable
from typing import Final

from shared.personal_data import Found

MARK: Final = "[…]"


def is_redaction(original: str, public: str) -> bool:
    """Whether `public` is the original, with parts replaced by the mark and nothing else changed."""
    if public == original:
        return True
    first, *rest = public.split(MARK)
    if not rest or not original.startswith(first):
        return False
    *middle, last = rest
    here = len(first)
    for part in middle:
        found = original.find(part, here + 1)
        if found < 0:
            return False
        here = found + len(part)
    return original.endswith(last) and len(original) - len(last) > here


def without(text: str, found: Iterable[Found]) -> str:
    """Return the text with each find replaced by the mark: what an officer begins from."""
    parts: list[str] = []
    here = 0
    for each in sorted(found, key=lambda one: one.start):
        if each.start >= here:
            parts += [text[here : each.start], MARK]
        here = max(here, each.end)
    return "".join([*parts, text[here:]])
