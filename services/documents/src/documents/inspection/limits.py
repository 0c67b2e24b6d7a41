"""Which files a kind of document takes, and how large they may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from documents.inspection.filetypes import BY_ENDING, PDF, WRITTEN
from shared.errors import Invalid

MIB: Final = 1024 * 1024
_OFFICE: Final = frozenset(BY_ENDING[ending] for ending in ("docx", "odt", "xlsx", "ods", "pptx", "odp"))
_OLD: Final = frozenset(BY_ENDING[ending] for ending in ("doc", "xls", "ppt", "rtf"))
READ: Final = frozenset({PDF}) | _OFFICE | _OLD | {WRITTEN["txt"], WRITTEN["md"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`media_types` is None where any type is taken that is no program."""

    media_types: frozenset[str] | None
    largest_bytes: int


_ANY: Final = Limit(media_types=None, largest_bytes=4096 * MIB)
_READ: Final = Limit(media_types=READ, largest_bytes=200 * MIB)
LIMITS: Final[Mapping[str, Limit]] = {
    **dict.fromkeys(
        ("PRIHL", "MEMO", "POPIS", "PSZ", "SPSZ", "TAP", "EXIT", "KPSS", "ZAPIS", "MONIT", "VYJ", "VYPOR"),
        _READ,
    ),
    **dict.fromkeys(
        ("VANAL", "VYZK", "EVAL", "METOD", "VYROC"), Limit(media_types=None, largest_bytes=500 * MIB)
    ),
}
"""By the code of the kind; others take anything. A plan, a memorandum or minutes are for reading."""
_ENDINGS: Final = {media: ending for ending, media in ({**BY_ENDING, **WRITTEN}).items()}


class FileTypeNotAllowed(Invalid):
    cs = "Dokument tohoto druhu ({kind}) přijímáme jako: {allowed}; tento soubor je {media_type}."
    en = "A document of this kind ({kind}) may be: {allowed}; this file is {media_type}."


class FileTooLarge(Invalid):
    cs = "Soubor dokumentu tohoto druhu ({kind}) může mít nejvýše {largest_mib} MiB."
    en = "A file of a document of this kind ({kind}) may have at most {largest_mib} MiB."


def limit_of(kind: str) -> Limit:
    return LIMITS.get(kind, _ANY)


def check_fits(kind: str, *, media_type: str, size_bytes: int) -> None:
    """Raise `FileTypeNotAllowed`, `FileTooLarge` unless a document of the kind may have such a file."""
    limit = limit_of(kind)
    if limit.media_types is not None and media_type not in limit.media_types:
        allowed = ", ".join(sorted(_ENDINGS[each] for each in limit.media_types))
        raise FileTypeNotAllowed(pointer="/file", kind=kind, allowed=allowed, media_type=media_type)
    check_size(kind, size_bytes=size_bytes)


def check_size(kind: str, *, size_bytes: int) -> None:
    limit = limit_of(kind)
    if size_bytes > limit.largest_bytes:
        raise FileTooLarge(pointer="/file", kind=kind, largest_mib=limit.largest_bytes // MIB)
