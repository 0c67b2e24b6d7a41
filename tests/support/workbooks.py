"""A zoo of workbooks: good ones, and those that must not get through the door."""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter

Value = str | int | float | bool | None
Rows = Sequence[Sequence[Value]]
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET: Final = "xl/worksheets/sheet1.xml"
PARTS: Final[Mapping[str, str]] = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="List1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a ZIP as its headers tell of it: the size may be a lie."""

    name: str
    deflated: bytes
    size: int
    crc: int = 0
    flags: int = 0

    @classmethod
    def of(cls, name: str, content: bytes, *, size: int | None = None) -> "Member":
        compress = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = compress.compress(content) + compress.flush()
        told = len(content) if size is None else size
        return cls(name=name, deflated=deflated, size=told, crc=zlib.crc32(content))


def a_zip(members: Sequence[Member]) -> bytes:
    """Write a ZIP by hand: libraries write no lies."""
    out, directory = io.BytesIO(), io.BytesIO()
    for member in members:
        name = member.name.encode()
        size = min(member.size, 2**32 - 1)
        common = struct.pack(
            "<HHHHHIIIHH", 20, member.flags, 8, 0, 33, member.crc, len(member.deflated), size, len(name), 0
        )
        where = out.tell()
        out.write(b"PK\x03\x04" + common + name + member.deflated)
        directory.write(b"PK\x01\x02" + struct.pack("<H", 20) + common)
        directory.write(struct.pack("<HHHII", 0, 0, 0, 0, where) + name)
    start, length = out.tell(), len(directory.getvalue())
    out.write(directory.getvalue())
    count = len(members)
    out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, length, start, 0))
    return out.getvalue()


def an_xlsx(sheet: str | Member, **parts: str) -> bytes:
    """Return a workbook with the XML of its one sheet, and other parts in place of the usual ones."""
    usual = [Member.of(name, parts.get(name, content).encode()) for name, content in PARTS.items()]
    return a_zip([*usual, Member.of(SHEET, sheet.encode()) if isinstance(sheet, str) else sheet])


def sheet_xml(*cells: tuple[str, str], prolog: str = "", after: str = "") -> str:
    """Return a sheet of texts: (A1, text), each in a row of its own where the number says so."""
    rows: dict[str, str] = {}
    for place, text in cells:
        number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
        rows[number] = rows.get(number, "") + cell
    inside = "".join(f'<row r="{number}">{content}</row>' for number, content in rows.items())
    return f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData>{after}</worksheet>'


def a_workbook(rows: Rows, *, sheet: str = "List1", others: Sequence[str] = ()) -> bytes:
    """Return an honest workbook, with further empty sheets by their names."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for name in others:
            book.add_worksheet(name)
    return out.getvalue()


def with_merged_cells(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.merge_range(len(rows), 0, len(rows) + 1, 1, "sloučeno")
    return out.getvalue()


def with_formulas(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.write_formula(len(rows), 0, "=1+1", value=2)
    return out.getvalue()


def a_bomb(gibibytes: int = 8) -> bytes:
    """Return a workbook of some megabytes whose sheet inflates to so many GiB of blanks, as it says."""
    return an_xlsx(_blanks(gibibytes, size=gibibytes * 2**30))


def a_lying_bomb(gibibytes: int = 8) -> bytes:
    """Return the same, but its headers tell of a kilobyte."""
    return an_xlsx(_blanks(gibibytes, size=1024))


def a_quiet_liar() -> bytes:
    """Return a workbook whose sheet is larger than its headers say."""
    content = sheet_xml(("A1", "kod"), ("A2", "1")).encode()
    return an_xlsx(Member.of(SHEET, content, size=len(content) - 10))


def with_entities() -> bytes:
    """Return a workbook that would have the parser read a file of the server and laugh a billion times."""
    prolog = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">'
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    )
    return an_xlsx(sheet_xml(("A1", "kod"), ("A2", "&secret;&b;"), prolog=prolog))


def with_entities_in_the_book() -> bytes:
    """Return the same attack through the list of sheets."""
    prolog = '<!DOCTYPE x [<!ENTITY n SYSTEM "file:///etc/hostname">]>'
    book = prolog + PARTS["xl/workbook.xml"].replace("List1", "&n;")
    return an_xlsx(sheet_xml(("A1", "kod")), **{"xl/workbook.xml": book})


def from_corner_to_corner() -> bytes:
    """Return a workbook of two cells that are as far apart as they can be."""
    return an_xlsx(sheet_xml(("A1", "kod"), ("XFD1048576", "konec")))


def with_a_long_cell(characters: int = 1_000_000) -> bytes:
    return an_xlsx(sheet_xml(("A1", "kod"), ("A2", "x" * characters)))


def with_many_members(count: int = 5_000) -> bytes:
    extra = [Member.of(f"xl/media/{number}.xml", b"<x/>") for number in range(count)]
    usual = [Member.of(name, content.encode()) for name, content in PARTS.items()]
    return a_zip([*usual, Member.of(SHEET, sheet_xml(("A1", "kod")).encode()), *extra])


def encrypted() -> bytes:
    """Return what an office program saves with a password: an OLE container, not a ZIP."""
    return _ole("EncryptedPackage")


def an_old_xls() -> bytes:
    return _ole("Workbook")


def encrypted_zip() -> bytes:
    """Return a ZIP whose members say that they are encrypted."""
    members = [Member.of(name, content.encode()) for name, content in PARTS.items()]
    return a_zip(
        [
            Member(name=each.name, deflated=each.deflated, size=each.size, crc=each.crc, flags=1)
            for each in members
        ]
    )


def _blanks(gibibytes: int, *, size: int) -> Member:
    """Deflate one mebibyte and repeat it: after a full flush a block leans on nothing before it."""
    compress = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = compress.compress(b" " * 2**20) + compress.flush(zlib.Z_FULL_FLUSH)
    end = compress.flush()
    return Member(name=SHEET, deflated=block * (gibibytes * 1024) + end, size=size)


def _ole(stream: str) -> bytes:
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return header + stream.encode("utf-16-le").ljust(64, b"\0") + bytes(960)
