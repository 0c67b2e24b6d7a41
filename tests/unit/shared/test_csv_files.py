"""CSV that spreadsheets open as it was meant, whatever people typed."""

from datetime import date
from decimal import Decimal

import pytest

from shared.csv_files import READ_BACK, Delimiter, csv_file


def text_of(*cells: str | int | Decimal | date | None, delimiter: Delimiter = Delimiter.SEMICOLON) -> str:
    return csv_file([cells], delimiter).decode("utf-8-sig")


def test_a_semicolon_comes_with_a_decimal_comma_and_a_comma_with_a_point() -> None:
    cells = (Decimal("1E+3"), Decimal("-0.50"), 7, None, date(2026, 11, 22))
    assert text_of(*cells) == "1000;-0,50;7;;2026-11-22\r\n"
    assert text_of(*cells, delimiter=Delimiter.COMMA) == "1000,-0.50,7,,2026-11-22\r\n"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_what_somebody_typed_is_no_formula(begin: str) -> None:
    assert text_of(f"{begin}1+1") == f"'{begin}1+1\r\n"


def test_a_file_that_is_read_back_tells_its_own_apostrophes_from_those_of_people() -> None:
    assert text_of("'=1") == "'=1\r\n"
    assert csv_file([["'=1"]], Delimiter.COMMA, escaped=READ_BACK).decode("utf-8-sig") == "''=1\r\n"


def test_the_file_begins_with_a_byte_order_mark() -> None:
    assert csv_file([["č."]], Delimiter.COMMA) == "\ufeffč.\r\n".encode()
