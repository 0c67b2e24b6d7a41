"""File names: what we keep of a caller's, and how we give it back in a header."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 180
PDF = "application/pdf"
UNKNOWN = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$")
_NOT_TOKEN = re.compile(r"[^A-Za-z0-9 ._()+-]")


def kept_name(given: str | None) -> str:
    """Keep the last part of a path, without controls and at most 180 characters with its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given or ""))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    name = " ".join(shown.split()).strip(". ") or "dokument"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST or not dot or len(ending) > 10:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def kept_media_type(given: str | None) -> str:
    """Keep a well-formed media type without its parameters."""
    plain = (given or "").partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.match(plain) else UNKNOWN


def content_disposition(name: str, media_type: str) -> str:
    """RFC 6266: the real name for all of today, an ASCII one for the rest; only a PDF opens in place."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    fallback = _NOT_TOKEN.sub("_", bare) or "dokument"
    way = "inline" if media_type == PDF else "attachment"
    return f"{way}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
