"""What a file is by its content, and whether its name says the same."""

import codecs
from collections.abc import Mapping
from typing import Final

from shared.errors import Invalid

PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
OLE: Final = "application/x-ole-storage"
TEXT: Final = "text/plain"
HTML: Final = "text/html"
UNKNOWN: Final = "application/octet-stream"
UNSIGNED: Final = ""
"""What no signature tells: text, and whatever the sniffer knows."""
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."

BY_ENDING: Final[Mapping[str, str]] = {
    "pdf": PDF,
    "zip": ZIP,
    "docx": f"{_OOXML}wordprocessingml.document",
    "docm": "application/vnd.ms-word.document.macroenabled.12",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "pptx": f"{_OOXML}presentationml.presentation",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "odt": f"{_ODF}text",
    "ods": f"{_ODF}spreadsheet",
    "odp": f"{_ODF}presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "rtf": "text/rtf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "html": HTML,
    "htm": HTML,
}
"""Kinds whose content says what they are: an ending among these must be right."""
WRITTEN: Final[Mapping[str, str]] = {
    "txt": TEXT,
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "eml": "message/rfc822",
}
"""Text is what its ending says: no sniffer tells a short CSV from a letter."""
PROGRAMS: Final = frozenset(
    {
        *("exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta"),
        *("jar", "lnk", "iso", "img", "apk", "deb", "rpm", "sh", "reg", "cpl", "pif"),
    }
)
PROGRAM_TYPES: Final = frozenset(
    {
        *(
            "application/x-dosexec",
            "application/x-executable-elf",
            "application/x-mach-o",
            "application/java",
        ),
        *("application/x-msi", "application/vnd.android.package-archive", "application/java-archive"),
        *("application/x-ms-shortcut", "application/vnd.microsoft.portable-executable"),
    }
)
MACROS: Final = frozenset(BY_ENDING[ending] for ending in ("docm", "xlsm", "pptm"))
_OLD_OFFICE: Final = frozenset(BY_ENDING[ending] for ending in ("doc", "xls", "ppt", "msg"))
_SAME: Final = {"application/rtf": "text/rtf", "image/jpg": "image/jpeg", "application/x-zip": ZIP}
_SIGNATURES: Final = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (bytes.fromhex("d0cf11e0a1b11ae1"), OLE),
    (b"MZ", "application/x-dosexec"),
    (b"\x7fELF", "application/x-executable-elf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"{\\rtf", "text/rtf"),
)


class ProgramRefused(Invalid):
    cs = "Spustitelné soubory nepřijímáme ({found})."
    en = "We take no programs ({found})."


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def name_fits(name: str, media_type: str) -> bool:
    """Whether the ending of a name says the same as the type that was settled with it."""
    claimed = ({**BY_ENDING, **WRITTEN}).get(ending_of(name))
    return claimed is None or claimed == media_type


def signed_as(head: bytes) -> str | None:
    """Return the type that the first bytes say for certain, or None."""
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), None)


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file reads as text: UTF-8, UTF-16 with its mark, or Windows-1250."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
        high = sum(byte >= 128 for byte in head)
        return controls == 0 and high * 2 < len(head)
    return b"\0" not in head


def settled_type(name: str, found: str, head: bytes) -> tuple[str, bool]:
    """Return the type to keep, and whether the name says the same; raises `ProgramRefused`.

    What was found counts; only among kinds of text the ending knows better.
    """
    found = _SAME.get(found, found)
    ending = ending_of(name)
    if ending in PROGRAMS or found in PROGRAM_TYPES:
        raise ProgramRefused(pointer="/file", found=ending if ending in PROGRAMS else found)
    if ending in WRITTEN and is_text(head):
        return WRITTEN[ending], True
    if ending in WRITTEN:
        return found, found == WRITTEN[ending]
    claimed = BY_ENDING.get(ending)
    if claimed is None or found == claimed:
        return found, True
    if (found == OLE and claimed in _OLD_OFFICE) or (claimed == HTML and is_text(head)):
        return claimed, True
    return found, False
