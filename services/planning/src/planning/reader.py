"""The process that reads workbooks people send: `python -m planning.reader {…}`, sheets as JSON on stdout."""

import json
import sys
import zipfile
import zlib
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from shared.archives import Refused, is_workbook, workbook_parts
from shared.confined import OUT_OF_MEMORY, confine

SHEETS = "xl/worksheets/"


def main(path: Path, limits: dict[str, int]) -> None:
    """Print each sheet as it is read, or last why the file was refused."""
    confine(memory_bytes=limits["memory_bytes"], cpu_seconds=limits["cpu_seconds"])
    try:
        _expect_values_alone(path, limits)
        with CalamineWorkbook.from_path(path) as book:
            left = limits["cells"]
            for about in book.sheets_metadata:
                if about.typ == SheetTypeEnum.WorkSheet:
                    left -= _print_sheet(book.get_sheet_by_name(about.name), left, limits)
    except PasswordError:
        _refuse("WorkbookEncrypted", {})
    except Refused as refused:
        _refuse(refused.name, refused.facts)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except (CalamineError, zipfile.BadZipFile, zlib.error, ET.ParseError, OSError) as error:
        _refuse("WorkbookNotReadable", {"reason": str(error)[:200]})
    except Exception as error:  # noqa: BLE001 - whatever breaks a parser is the file's fault
        _refuse("WorkbookNotReadable", {"reason": repr(error)[:200]})


def _expect_values_alone(path: Path, limits: dict[str, int]) -> None:
    with path.open("rb") as file:
        if not is_workbook(path, file.read(8)):
            raise Refused("WorkbookNotReadable", reason="XLSX?")
    parts = workbook_parts(path, limits["inflated_bytes"])
    if any(has_formulas for name, has_formulas in parts.items() if name.startswith(SHEETS)):
        raise Refused("WorkbookHasFormulas")


def _print_sheet(sheet: CalamineSheet, left: int, limits: dict[str, int]) -> int:
    """Print the rows of a sheet, and return how many cells it has."""
    if sheet.total_height * sheet.total_width > left:
        raise Refused("WorkbookTooLarge", limit=f"{limits['cells']}")
    if sheet.merged_cell_ranges:
        raise Refused("WorkbookHasMergedCells", sheet=sheet.name[:60])
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _print({"sheet": sheet.name, "rows": rows})
    return sheet.total_height * sheet.total_width


def _plain(cell: object) -> object:
    """Return text as text, a number as `[digits]`, a day as `{"day": …}`, nothing as null."""
    if type(cell) is str:
        return cell or None
    if type(cell) is float and cell.is_integer() and abs(cell) < 2**53:
        return [str(int(cell))]
    if type(cell) is float and cell - cell == 0:
        return [repr(cell)]
    if isinstance(cell, datetime):
        return {"day": cell.date().isoformat()} if cell.time() == time() else cell.isoformat()
    return {"day": cell.isoformat()} if isinstance(cell, date) else str(cell)


def _refuse(name: str, facts: dict[str, object]) -> None:
    _print({"refused": name, "facts": facts})


def _print(part: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(part).encode() + b"\n")


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    main(Path(asked["path"]), asked["limits"])
