"""XLSX by people we do not know: what it is, how far it inflates, what its sheet hides; then its cells."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

ZIP: Final = b"PK\x03\x04"
OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
MOST_MEMBERS: Final = 1_000
BLOCK: Final = 256 * 1024
LOCAL_HEADER: Final = 30
MAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PICTURES: Final = "xl/media/"
TYPES: Final = "[Content_Types].xml"
WORKBOOK_RELATION: Final = "/officeDocument"
_DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_OVERLAP: Final = 64


class Refused(Exception):  # noqa: N818
    """Why a file is not read: the name of a refusal of `registry.reading`, and its facts."""

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


def open_sheet(
    path: Path, asked: str | None, limits: dict[str, int]
) -> tuple[str, Iterator[Sequence[object]]]:
    """Return the name and the rows of the sheet; raises Refused before anything large is built."""
    try:
        parts = _guarded_parts(path, limits["inflated_bytes"])
        with CalamineWorkbook.from_path(path) as workbook:
            name = _chosen(workbook, asked)
            _expect_values_alone(path, parts, name)
            sheet = workbook.get_sheet_by_name(name)
            _expect_no_merged_cells(sheet.merged_cell_ranges)
            return name, iter(sheet.to_python(skip_empty_area=False))
    except PasswordError as error:
        raise Refused("WorkbookEncrypted") from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, ET.ParseError, OSError) as error:
        raise Refused("FileNotReadable", reason=f"XLSX: {error}"[:200]) from error


def _guarded_parts(path: Path, most_bytes: int) -> dict[str, bool]:
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
        if MAIN.encode() not in archive.read(TYPES):
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


def _chosen(workbook: CalamineWorkbook, asked: str | None) -> str:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if asked is None and len(names) == 1:
        return names[0]
    if asked not in names or asked is None:
        raise Refused("SheetMissing", sheets=", ".join(name[:60] for name in names[:20]) or "–")
    return asked


def _expect_values_alone(path: Path, parts: dict[str, bool], sheet: str) -> None:
    has_formulas = parts.get(_part_of(path, sheet))
    if has_formulas is None:
        raise Refused("FileNotReadable", reason="XLSX: worksheet")
    if has_formulas:
        raise Refused("FormulasFound")


def _part_of(path: Path, sheet: str) -> str:
    """Return the member that holds a sheet: workbook.xml names it, the relations beside it locate it."""
    with zipfile.ZipFile(path) as archive:
        top = _relations(archive.read("_rels/.rels"), PurePosixPath("/"))
        book = next(target for kind, target in top.values() if kind.endswith(WORKBOOK_RELATION))
        place = PurePosixPath(book)
        beside = place.parent / "_rels" / f"{place.name}.rels"
        targets = _relations(archive.read(str(beside)), PurePosixPath("/") / place.parent)
        for element in ET.fromstring(archive.read(book)).iter():  # noqa: S314 - DOCTYPE was refused
            if element.tag.endswith("}sheet") and element.get("name") == sheet:
                ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
                return targets[ids[0]][1] if ids and ids[0] in targets else ""
    return ""


def _relations(content: bytes, folder: PurePosixPath) -> dict[str, tuple[str, str]]:
    """Return id → (type, member); a target is relative to the folder unless it begins with a slash."""
    found = {}
    for element in ET.fromstring(content):  # noqa: S314 - DOCTYPE was refused
        target = normpath(folder / element.get("Target", "")).lstrip("/")
        found[element.get("Id", "")] = (element.get("Type", ""), target)
    return found


def _expect_no_merged_cells(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> None:
    if ranges:
        (row, column), _ = ranges[0]
        raise Refused("CellsMerged", where=f"{_letters(column)}{row + 1}, {len(ranges)}×")


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
