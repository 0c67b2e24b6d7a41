"""Czech typography of the documents."""

from datetime import date
from decimal import Decimal

import pytest

from documents.rendering.typography import (
    NBSP,
    REPLACEMENT,
    counted,
    czech_date,
    czech_money,
    czech_number,
    czech_period,
    paragraphs,
    set_text,
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("byty v obci", "byty v~obci"),
        ("V obci i v okolí", "V~obci i~v~okolí"),
        ("s k v z o u", "s~k~v~z~o~u"),
        ("(v obci)", "(v~obci)"),
        ("plán A na rok", "plán A~na rok"),
        ("dne 12. 3. 2026", "dne 12.~3.~2026"),
        ("1 250 000 Kč", "1~250~000~Kč"),
        ("usnesení č. 12", "usnesení č.~12"),
        ("podle § 15", "podle §~15"),
        ("asi 20 %", "asi 20~%"),
        ("120 osob", "120~osob"),
    ],
)
def test_a_line_never_ends_where_czech_forbids_it(given: str, expected: str) -> None:
    assert set_text(given) == expected.replace("~", NBSP)


@pytest.mark.parametrize("text", ["bytov obci", "12 3456", "byt 4 okna", "Kosov obec"])
def test_other_spaces_stay_breakable(text: str) -> None:
    assert NBSP not in set_text(text)


def test_accents_written_as_two_characters_become_one() -> None:
    assert set_text("r\u030ci\u0301z\u030c") == "\u0159\u00ed\u017e"


def test_controls_vanish_and_what_no_font_shows_is_marked() -> None:
    assert set_text("a\x00b\x07c\u200bd\u202e") == "abcd"
    assert set_text("dům 🏠 漢") == f"dům {REPLACEMENT} {REPLACEMENT}"


def test_each_line_is_a_paragraph_and_empty_ones_vanish() -> None:
    assert paragraphs("První\r\n\r\n  druhý \n\u2028třetí") == ["První", "druhý", "třetí"]
    assert paragraphs(None) == []
    assert paragraphs(" \n ") == []


def test_dates_are_written_day_month_year() -> None:
    assert czech_date(date(2026, 3, 1)) == f"1.{NBSP}3.{NBSP}2026"
    assert czech_date(None) == ""


def test_an_open_period_is_said_in_words() -> None:
    day = date(2026, 3, 1)
    assert czech_period(day, date(2028, 12, 31)).replace(NBSP, " ") == "1. 3. 2026 – 31. 12. 2028"
    assert czech_period(day, None).replace(NBSP, " ") == "od 1. 3. 2026"
    assert czech_period(None, day).replace(NBSP, " ") == "do 1. 3. 2026"
    assert czech_period(None, None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1234567.50"), "1 234 567,5"),
        (Decimal("12.000000"), "12"),
        (Decimal(100), "100"),
        (Decimal("0.000"), "0"),
        (Decimal("-3.25"), "−3,25"),
        (Decimal("1E+3"), "1 000"),
        (0, "0"),
        (1120, "1 120"),
        (None, ""),
    ],
)
def test_numbers_have_spaces_and_a_comma(value: Decimal | int | None, expected: str) -> None:
    assert czech_number(value).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1250000.00"), "1 250 000 Kč"),
        (Decimal("99.5"), "99,50 Kč"),
        (Decimal(0), "0 Kč"),
        (None, ""),
    ],
)
def test_money_shows_hellers_only_where_there_are_some(value: Decimal | None, expected: str) -> None:
    assert czech_money(value).replace(NBSP, " ") == expected


def test_a_counted_noun_has_the_right_form() -> None:
    forms = ("cíl", "cíle", "cílů")
    assert [counted(n, forms).replace(NBSP, " ") for n in (0, 1, 2, 4, 5)] == [
        "0 cílů",
        "1 cíl",
        "2 cíle",
        "4 cíle",
        "5 cílů",
    ]


def test_a_piece_of_a_text_keeps_one_space_at_its_ends() -> None:
    assert set_text(" mezi ", trim=False) == " mezi "
    assert set_text(f"12.{NBSP}", trim=False) == f"12.{NBSP}"
    assert set_text("", trim=False) == ""
