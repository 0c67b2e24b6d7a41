"""The text of a file as it is kept: composed, storable, words divided at line ends put together."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

PART: Final = 3_000
"""Characters of a part where a file has no pages of its own."""
_DIVIDED: Final = re.compile(r"(?<=[^\W\d_])(?:[\u00ad\u0002\ufffe]\s*|-\r?\n[ \t]*(?=[a-záčďéěíňóřšťúůýž]))")
_SOFT: Final = re.compile("[\u00ad\u200b\ufeff]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES: Final = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_LINES: Final = re.compile(r"\s*\n\s*")


def cleaned(text: str) -> str:
    """Return text that PostgreSQL can store and people can read, with single spaces and line breaks."""
    whole = _SOFT.sub("", _DIVIDED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    plain = _CONTROLS.sub(" ", whole)
    return _LINES.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFC", plain))).strip()


def in_parts(text: str, *, most: int = PART) -> Iterator[str]:
    """Cut a long text at the ends of paragraphs, else of words, into parts of at most so many characters."""
    start = 0
    while start < len(text):
        end = start + most
        if end < len(text):
            near = start + most // 2
            cut = max(text.rfind("\n", near, end), -1)
            cut = cut if cut > 0 else text.rfind(" ", near, end)
            end = cut if cut > 0 else end
        if part := text[start:end].strip():
            yield part
        start = end
