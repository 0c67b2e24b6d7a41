"""Archives by people we do not know: inflated once, with a counter, before any parser sees them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP: Final = b"PK\x03\x04"
MOST_MEMBERS: Final = 1_000
BLOCK: Final = 256 * 1024
LOCAL_HEADER: Final = 30
WORKBOOK: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PICTURES: Final = "xl/media/"
TYPES: Final = "[Content_Types].xml"
_DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_OVERLAP: Final = 64


class Refused(Exception):  # noqa: N818
    """Why a file is not read: the name of a refusal that the service has, and its facts."""

    def __init__(self, name: str, **facts: object) -> None:
        super().__init__(name)
        self.name = name
        self.facts = facts


def is_workbook(path: Path, start: bytes) -> bool:
    """Tell a workbook from text by its first bytes; raises for containers that we do not read."""
    if start == OLE:
        encrypted = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise Refused("WorkbookEncrypted" if encrypted else "WorkbookTooOld")
    return start.startswith(ZIP)


def workbook_parts(path: Path, most_bytes: int) -> dict[str, bool]:
    """Inflate every member once, for real: what a header says of its size may be a lie.

    Return the members, and whether each has formulas.
    """
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refused("SheetTooLarge", limit=f"ZIP ≤ {MOST_MEMBERS}")
        if any(member.flag_bits & 1 for member in members):
            raise Refused("WorkbookEncrypted")
        names = [member.filename for member in members]
        if TYPES not in names or len(set(names)) < len(names):
            raise Refused("FileNotReadable", reason="ZIP, XLSX?")
        parts, left = {}, most_bytes
        for name, member in zip(names, members, strict=True):
            parts[name], size = _inflated(file, member, left, most_bytes)
            left -= size
        if WORKBOOK not in archive.read(TYPES):
            raise Refused("FileNotReadable", reason="ZIP, XLSX?")
        return parts


def _inflated(file: BinaryIO, member: zipfile.ZipInfo, left: int, most_bytes: int) -> tuple[bool, int]:
    """Return whether a member has formulas, and its true size."""
    is_picture = member.filename.startswith(PICTURES)
    has_formulas, size, tail = False, 0, b""
    for block in _blocks(file, member):
        size += len(block)
        if size > left:
            raise Refused("SheetTooLarge", limit=f"XLSX ≤ {most_bytes // 2**20} MiB")
        seen = tail + block
        if not is_picture and _DECLARATION.search(seen):
            raise Refused("FileNotReadable", reason="XML DOCTYPE")
        has_formulas = has_formulas or _FORMULA.search(seen) is not None
        tail = block[-_OVERLAP:]
    if size != member.file_size:
        raise Refused("FileNotReadable", reason=f"ZIP: {member.filename[:60]}")
    return has_formulas, size


def _blocks(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(member.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(ZIP):
        raise zipfile.BadZipFile(member.filename[:60])
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(f"method {member.compress_type}")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and not inflate.eof and (raw := file.read(min(BLOCK, left))):
        left -= len(raw)
        while raw and not inflate.eof:
            yield inflate.decompress(raw, BLOCK)
            raw = inflate.unconsumed_tail
    if rest := inflate.flush():
        yield rest
