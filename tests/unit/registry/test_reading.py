"""Tables of honest files: whatever their encoding, delimiter and sheet."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.reading import FileKind, HeaderMissing, Limits, Sheet, SheetMissing, SheetTooLarge, read_table
from tests.support.workbooks import a_workbook

SOURCE = "Kód;Název\r\n567337;Obrnice\r\n556912;Želechovice „u lípy“\r\n"


async def read(tmp_path: Path, content: bytes, **asked: object) -> Sheet:
    path = tmp_path / "soubor"
    path.write_bytes(content)
    return await read_table(path, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
async def test_a_csv_is_read_in_its_encoding_and_with_its_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    sheet = await read(tmp_path, SOURCE.replace(";", delimiter).encode(encoding))
    assert sheet.kind is FileKind.CSV
    assert sheet.columns == ("Kód", "Název")
    assert sheet.rows == [["567337", "Obrnice"], ["556912", "Želechovice „u lípy“"]]


async def test_a_delimiter_inside_quotes_of_the_header_does_not_count(tmp_path: Path) -> None:
    sheet = await read(tmp_path, b'"a;b;c;d","e"\n"1;2","3"\n')
    assert (sheet.columns, sheet.rows) == (("a;b;c;d", "e"), [["1;2", "3"]])


async def test_an_empty_value_is_none_and_a_short_row_is_filled(tmp_path: Path) -> None:
    sheet = await read(tmp_path, b"a;b;c\n1;;\n2\n")
    assert sheet.rows == [["1", None, None], ["2", None, None]]


async def test_blank_rows_keep_their_numbers_inside_and_are_left_out_at_the_end(tmp_path: Path) -> None:
    sheet = await read(tmp_path, b"\n\na;b\n1;2\n\n3;4\n;\n\n")
    assert (sheet.columns, sheet.first_row) == (("a", "b"), 4)
    assert sheet.rows == [["1", "2"], [None, None], ["3", "4"]]


async def test_values_beyond_the_header_are_kept_for_the_importer_to_refuse(tmp_path: Path) -> None:
    sheet = await read(tmp_path, b"a;b\n1;2;3\n")
    assert sheet.rows == [["1", "2", "3"]]


async def test_a_line_break_inside_quotes_is_part_of_the_value(tmp_path: Path) -> None:
    sheet = await read(tmp_path, b'a;b\n"1\n2";3\n')
    assert sheet.rows == [["1\n2", "3"]]


async def test_a_header_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    assert (await read(tmp_path, b"a;b\n")).rows == []
    assert (await read(tmp_path, a_workbook([["a", "b"]]))).rows == []


@pytest.mark.parametrize("content", [b"\n\n", b";;;\n;;\n", a_workbook([])], ids=["lines", "cells", "xlsx"])
async def test_a_file_without_a_header_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(HeaderMissing):
        await read(tmp_path, content)


async def test_a_workbook_gives_numbers_texts_truths_and_days(tmp_path: Path) -> None:
    path = tmp_path / "sesit"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Index 2023")
        page.write_row(0, 0, ["kód", "počet", "podíl", "ano", "den", "nic"])
        page.write_row(1, 0, ["0567", 12, 17.25, True])
        page.write_datetime(1, 4, date(2023, 12, 31), book.add_format({"num_format": "d. m. yyyy"}))
    sheet = await read_table(path)
    assert (sheet.kind, sheet.name) == (FileKind.XLSX, "Index 2023")
    assert sheet.rows == [["0567", 12, 17.25, True, "2023-12-31", None]]


async def test_rows_above_the_header_of_a_workbook_are_counted(tmp_path: Path) -> None:
    sheet = await read(tmp_path, a_workbook([[], ["", ""], ["a", "b"], [1, 2]]))
    assert (sheet.columns, sheet.first_row, sheet.rows) == (("a", "b"), 4, [[1, 2]])


async def test_of_several_sheets_the_one_that_is_asked_for_is_read(tmp_path: Path) -> None:
    book = a_workbook([["a"], [1]], sheet="Data", others=["Poznámky", "Zdroje"])
    assert (await read(tmp_path, book, sheet="Data")).rows == [[1]]
    for asked in (None, "data", "Nic"):
        with pytest.raises(SheetMissing) as refusal:
            await read(tmp_path, book, sheet=asked)
        assert refusal.value.facts["sheets"] == "Data, Poznámky, Zdroje"


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        (Limits(rows=3), True),
        (Limits(rows=2), False),
        (Limits(columns=2), True),
        (Limits(columns=1), False),
        (Limits(cells=6), True),
        (Limits(cells=5), False),
        (Limits(characters=4), True),
        (Limits(characters=3), False),
    ],
    ids=str,
)
async def test_a_table_may_be_as_large_as_the_limit_and_no_larger(
    tmp_path: Path, limits: Limits, *, fits: bool
) -> None:
    content = b"a;b\n1;2\n3;4\n"
    if fits:
        assert len((await read(tmp_path, content, limits=limits)).rows) == 2
    else:
        with pytest.raises(SheetTooLarge):
            await read(tmp_path, content, limits=limits)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8))
async def test_a_workbook_and_a_csv_of_the_same_texts_read_alike(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    printable = [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
    table = [["a", "b", "c"], *printable]
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    as_csv = await read(tmp_path, "\n".join(lines).encode())
    as_xlsx = await read(tmp_path, a_workbook(table))
    assert as_csv.rows == as_xlsx.rows
