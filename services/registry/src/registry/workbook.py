"""The sheet of an XLSX by people we do not know: what it hides, then its cells."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from shared.archives import Refused, workbook_parts

WORKBOOK_RELATION: Final = "/officeDocument"


def open_sheet(
    path: Path, asked: str | None, limits: dict[str, int]
) -> tuple[str, Iterator[Sequence[object]]]:
    """Return the name and the rows of the sheet; raises Refused before anything large is built."""
    try:
        parts = workbook_parts(path, limits["inflated_bytes"])
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
