"""Files that must not get through the door: each is refused with a reason, and costs little memory."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.reading import (
    CellNotStorable,
    CellsMerged,
    CellTooLong,
    FileKind,
    FileNotReadable,
    FileOfWrongKind,
    FormulasFound,
    HeaderMissing,
    Limits,
    Sheet,
    SheetTooLarge,
    WorkbookEncrypted,
    WorkbookTooOld,
    read_table,
)
from shared.errors import Refusal
from tests.support import workbooks
from tests.support.workbooks import a_workbook, an_xlsx, sheet_xml

ROWS = [["kod", "nazev"], ["567337", "Obrnice"]]
MEBIBYTE = 1024 * 1024
ALLOWED = 512 * MEBIBYTE


async def read(tmp_path: Path, content: bytes, **asked: object) -> Sheet:
    path = tmp_path / "soubor"
    path.write_bytes(content)
    return await read_table(path, **asked)  # type: ignore[arg-type]


async def memory_of_reading(path: Path) -> tuple[str, int]:
    """Read a file in a small process of its own; return what came of it, and the bytes held for it.

    Where the process that measures is large itself, the system counts its size as the child's.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.reading_memory", str(path), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    outcome, held = said.decode().split()
    return outcome, int(held)


@pytest.mark.parametrize(
    ("build", "refusal"),
    [
        (lambda: b"", HeaderMissing),
        (lambda: workbooks.with_merged_cells(ROWS), CellsMerged),
        (lambda: workbooks.with_formulas(ROWS), FormulasFound),
        (workbooks.a_bomb, SheetTooLarge),
        (workbooks.a_lying_bomb, SheetTooLarge),
        (workbooks.a_quiet_liar, FileNotReadable),
        (workbooks.with_entities, FileNotReadable),
        (workbooks.with_entities_in_the_book, FileNotReadable),
        (workbooks.from_corner_to_corner, SheetTooLarge),
        (workbooks.with_a_long_cell, CellTooLong),
        (workbooks.with_many_members, SheetTooLarge),
        (workbooks.encrypted, WorkbookEncrypted),
        (workbooks.encrypted_zip, WorkbookEncrypted),
        (workbooks.an_old_xls, WorkbookTooOld),
        (lambda: a_workbook(ROWS)[:-300], FileNotReadable),
        (lambda: a_workbook(ROWS)[:400], FileNotReadable),
        (lambda: b"PK\x03\x04" + b"\xff" * 4000, FileNotReadable),
        (lambda: workbooks.a_zip([workbooks.Member.of("a.txt", b"x")]), FileNotReadable),
        (lambda: an_xlsx("<worksheet><sheetData><row><c"), FileNotReadable),
        (lambda: an_xlsx(sheet_xml(("A1", "kod"), ("A2", "&#xD800;"))), FileNotReadable),
        (lambda: b"kod;nazev\n1;Obr\0nice\n", FileNotReadable),
        (lambda: b"kod;nazev\n1;Obr\x81nice\n", FileNotReadable),
        (lambda: b'kod;nazev\n1;"Obrnice\n2;Most\n', FileNotReadable),
        (lambda: b'kod;nazev\n1;"Obr"nice\n', FileNotReadable),
        (lambda: b"kod;nazev\n1;" + b"x" * MEBIBYTE + b"\n", CellTooLong),
        (lambda: b"kod;nazev\n1;" + b"," * 40_000 + b"\n", CellTooLong),
        (lambda: b";".join(b"%d" % n for n in range(300)) + b"\n", SheetTooLarge),
        (lambda: "kod;nazev\n".encode("utf-16"), FileNotReadable),
        (lambda: b"\x7fELF" + bytes(5000), FileNotReadable),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_malformed_file_is_refused_with_its_reason(
    tmp_path: Path, build: Callable[[], bytes], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        await read(tmp_path, build())
    assert "{" not in refused.value.title("cs") + refused.value.title("en")


BOMBS = (workbooks.a_bomb, workbooks.a_lying_bomb, workbooks.from_corner_to_corner)


@pytest.mark.parametrize("build", BOMBS)
async def test_a_bomb_is_refused_within_the_memory_allowed(
    tmp_path: Path, build: Callable[[], bytes]
) -> None:
    path = tmp_path / "bomba.xlsx"
    path.write_bytes(build())
    outcome, held = await memory_of_reading(path)
    assert outcome == "SheetTooLarge"
    assert held < ALLOWED


@pytest.mark.parametrize(
    "line",
    [b"," * MEBIBYTE, b"," * 255 + b"\n", b",,,\n" * 1000],
    ids=["one endless line", "wide lines", "short lines below a header"],
)
async def test_300_megabytes_of_commas_are_refused_within_the_memory_allowed(
    tmp_path: Path, line: bytes
) -> None:
    path = tmp_path / "carky.csv"
    with path.open("wb") as file:
        file.write(b"kod,nazev,od,do\n" if line.startswith(b",,,\n") else b"")
        for _ in range(300):
            file.write((line * (MEBIBYTE // len(line) + 1))[:MEBIBYTE])
    outcome, held = await memory_of_reading(path)
    assert outcome in {"SheetTooLarge", "HeaderMissing"}
    assert held < ALLOWED


async def test_a_workbook_where_a_csv_is_due_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileOfWrongKind):
        await read(tmp_path, a_workbook(ROWS), kind=FileKind.CSV)
    with pytest.raises(FileOfWrongKind):
        await read(tmp_path, b"kod;nazev\n", kind=FileKind.XLSX)


async def test_the_largest_table_allowed_is_read_within_the_memory_allowed(tmp_path: Path) -> None:
    """Every text is another one: nothing can be shared."""
    limits = Limits()
    rows = limits.cells // 8 - 1
    path = tmp_path / "velky.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("a;b;c;d;e;f;g;h\n")
        for row in range(rows):
            file.write(";".join(f"ř{row}x{column}" for column in range(8)) + "\n")
    outcome, held = await memory_of_reading(path)
    assert outcome == str(rows)
    assert held < ALLOWED


async def test_a_process_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    content = b"a;b\n" + b"1;2\n" * 200_000
    with pytest.raises(SheetTooLarge):
        await read(tmp_path, content, limits=Limits(seconds=0))


async def test_a_character_that_cannot_be_stored_is_refused_in_a_workbook(tmp_path: Path) -> None:
    with pytest.raises((CellNotStorable, FileNotReadable)):
        await read(tmp_path, an_xlsx(sheet_xml(("A1", "kod"), ("A2", "x_x0000_y"))))


async def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    sheet = await read(tmp_path, a_workbook([["kod"], ["=1+1"], ["<f>"]]))
    assert sheet.rows == [["=1+1"], ["<f>"]]


async def test_shuffled_columns_are_read_as_they_stand(tmp_path: Path) -> None:
    sheet = await read(tmp_path, a_workbook([["nazev", "kod"], ["Obrnice", 567337]]))
    assert (sheet.columns, sheet.rows) == (("nazev", "kod"), [["Obrnice", 567337]])
