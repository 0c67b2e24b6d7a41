"""The ministry's workbook: columns known by order and pattern, rows checked one by one."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.reading import Cell
from registry.statistics.headings import ColumnsNotAsExpected, HeadingOfAnotherYear, expect_columns
from registry.statistics.index_workbook import read_workbook
from tests.support.statistics import NO_SCHOOL, TOWNS, Town, a_sheet, headings


def test_headings_as_published_are_known_with_their_typos() -> None:
    written = headings()
    written[3] = "Kód  OPOÚ"
    written[27] = "Celkový poče žáků, kteří ukončili povinou školní docházku (školní rok 2022/2023)"
    assert expect_columns(written, year=2023) == tuple(written)


def test_two_swapped_columns_are_named_with_the_place_where_each_is() -> None:
    written = headings()
    written[13], written[16] = written[16], written[13]
    with pytest.raises(ColumnsNotAsExpected) as refusal:
        expect_columns(written, year=2023)
    first, second = refusal.value.findings
    assert refusal.value.facts == {"column": 14}
    assert first.pointer == "/columns/13"
    assert "sloupci 17" in first.cs
    assert "column 14" in second.en


def test_a_missing_column_is_told() -> None:
    written = headings()
    del written[12]
    with pytest.raises(ColumnsNotAsExpected) as refusal:
        expect_columns(written, year=2023)
    assert refusal.value.findings[0].pointer == "/columns/12"


def test_a_column_too_many_is_told_and_blank_ones_on_the_right_are_not() -> None:
    assert len(expect_columns([*headings(), "", " "], year=2023)) == 31
    with pytest.raises(ColumnsNotAsExpected):
        expect_columns([*headings(), "Poznámka"], year=2023)


def test_a_heading_of_another_year_is_refused() -> None:
    with pytest.raises(HeadingOfAnotherYear) as refusal:
        expect_columns(headings(2022), year=2023)
    assert refusal.value.facts == {"column": 12, "found": 2022, "year": 2023}


def test_a_school_year_counts_as_the_year_in_which_it_ends() -> None:
    assert "2022/23" in headings(2023)[25]
    assert expect_columns(headings(2023), year=2023)
    with pytest.raises(HeadingOfAnotherYear) as refusal:
        expect_columns([*headings(2023)[:25], headings(2024)[25], *headings(2023)[26:]], year=2023)
    assert refusal.value.facts["found"] == 2024


def test_a_sentence_in_the_four_school_columns_means_no_school() -> None:
    book = read_workbook(a_sheet(), year=2023)
    assert book.without_school.tolist() == [False, False, True]
    assert not book.problems


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_index_means_not_published(blank: Cell) -> None:
    book = read_workbook(a_sheet(Town(index=5), ISV={0: blank}, category={0: blank}), year=2023)
    assert len(book.rows) == 1
    assert np.isnan(book.values["ISV"][0])


@pytest.mark.parametrize("written", [567337.0, 567337, "567337", " 567337 "])
def test_codes_come_as_numbers_and_as_texts(written: Cell) -> None:
    assert read_workbook(a_sheet(code={0: written}), year=2023).codes[0] == "567337"


@pytest.mark.parametrize("written", [1585.0, "1585", "1 585", "1\u00a0585", "1585,0"])
def test_numbers_come_as_numbers_and_as_texts(written: Cell) -> None:
    assert read_workbook(a_sheet(POP15={0: written}), year=2023).values["POP15"][0] == 1585


WRONG: list[tuple[str, Cell, str, str]] = [
    ("code", 567338.0, "Kód obce", "check digit"),
    ("code", "5673", "Kód obce", "six digits"),
    ("code", None, "Kód obce", "six digits"),
    ("name", " ", "Název obce", "missing"),
    ("status", "X", "Status obce", "O, M, T"),
    ("orp_code", "42", "Kód ORP", "four digits"),
    ("pou_code", 51001.0, "Kod OPOU", "its ORP"),
    ("POP15", "mnoho", "Počet obyvatel - starších", "a number"),
    ("POP15", 1585.5, "Počet obyvatel - starších", "whole number"),
    ("POP15", 3e9, "Počet obyvatel - starších", "larger than possible"),
    ("POP15", True, "Počet obyvatel - starších", "a number"),
    ("POP1564", 1600.0, "Počet obyvatel - 15 až 64", "more inhabitants"),
    ("EXE", -1.0, "Počet osob v exekuci", "negative"),
    ("PNB", -0.5, "Počet vyplacených PnB", "negative"),
    ("PO", NO_SCHOOL, "Počet předčasných odchodů", "All columns about the school"),
    ("ISV", 31.0, "Index soc. vyloučení 2023 (0-30", "from 0 to 30"),
    ("ISV", 1.5, "Index soc. vyloučení 2023 (0-30", "from 0 to 30"),
    ("ISV", 5.0, "Index soc. vyloučení 2023 (4 kat", "2 až 7"),
]


@pytest.mark.parametrize(("column", "cell", "heading", "says"), WRONG)
def test_a_wrong_cell_is_told_by_row_and_column_and_its_row_left_out(
    column: str, cell: Cell, heading: str, says: str
) -> None:
    changed: dict[str, Any] = {column: {0: cell}}
    book = read_workbook(a_sheet(**changed), year=2023)
    assert len(book.rows) == 2
    [problem] = book.problems
    assert problem.row == 2
    assert (problem.column or "").startswith(heading)
    assert says in problem.en
    assert problem.cs != problem.en


def test_the_second_row_of_a_municipality_is_refused() -> None:
    book = read_workbook(a_sheet(TOWNS[0], TOWNS[1], TOWNS[0]), year=2023)
    [problem] = book.problems
    assert (problem.row, len(book.rows)) == (4, 2)
    assert "Row 2" in problem.en


def test_a_category_that_contradicts_the_index_is_refused() -> None:
    book = read_workbook(a_sheet(Town(index=9), category={0: "2 až 7"}), year=2023)
    [problem] = book.problems
    assert "„8 až 11“" in problem.cs


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers() -> None:
    sheet = a_sheet(code={2: "1"})
    sheet.rows.insert(1, [None] * 31)
    book = read_workbook(sheet, year=2023)
    assert book.rows.tolist() == [2, 4]
    assert [problem.row for problem in book.problems] == [5]


def test_a_workbook_without_rows_is_read() -> None:
    sheet = a_sheet()
    sheet.rows.clear()
    assert read_workbook(sheet, year=2023).row_count == 0


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just(NO_SCHOOL)
)


@given(st.lists(CELLS, min_size=31, max_size=31))
def test_no_row_whatever_is_in_it_breaks_the_reading(cells: list[Cell]) -> None:
    sheet = a_sheet()
    sheet.rows[1] = cells
    book = read_workbook(sheet, year=2023)
    assert {problem.row for problem in book.problems} <= {3}
    assert book.row_count in {2, 3}
