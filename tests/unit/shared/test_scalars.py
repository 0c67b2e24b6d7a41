"""Days, numbers and decimals from outside are what they are, and are written in one way."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from shared.scalars import Count, Day, DecimalText, InDigits

DAY: TypeAdapter[date] = TypeAdapter(Day)
COUNT: TypeAdapter[int] = TypeAdapter(Count)
DIGITS: TypeAdapter[int] = TypeAdapter(Annotated[int, InDigits])
DECIMAL: TypeAdapter[Decimal] = TypeAdapter(DecimalText)


def test_a_day_is_text_in_iso_8601_or_a_date() -> None:
    assert DAY.validate_python("2026-02-28") == DAY.validate_python(date(2026, 2, 28)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "sent",
    [
        0,
        1.5,
        False,
        None,
        "0",
        "1767225600",
        "2026-02-30",
        "2026-2-3",
        "20260228",
        "2026-02-28T00:00:00",
        " 2026-02-28",
        "２０２６-02-28",
        "2026-02-28\n",
        datetime(2026, 2, 28, tzinfo=UTC),
        [2026, 2, 28],
    ],
)
def test_nothing_else_is_a_day(sent: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(sent)


@pytest.mark.parametrize("sent", [True, False, "7", 7.0, -1, None, Decimal(7)])
def test_only_a_whole_number_is_a_count(sent: object) -> None:
    assert COUNT.validate_python(7) == 7
    with pytest.raises(ValidationError):
        COUNT.validate_python(sent)


@pytest.mark.parametrize("sent", ["", "+7", "-7", " 7", "7.0", "1_0", "٧", "7\n", "9" * 11, True, 7.0])
def test_a_number_in_an_address_is_digits_alone(sent: object) -> None:
    assert DIGITS.validate_python("007") == 7
    with pytest.raises(ValidationError):
        DIGITS.validate_python(sent)


@pytest.mark.parametrize(
    "sent",
    [True, "NaN", "Infinity", "1e40", "0.0000001", "", ".", "1,5", [0, [1], 0], None],
)
def test_what_is_no_decimal_of_ours_is_refused(sent: object) -> None:
    assert DECIMAL.validate_python("42.50") == Decimal("42.5")
    with pytest.raises(ValidationError):
        DECIMAL.validate_python(sent)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+5", "100000"),
        ("100", "100"),
        ("20.50", "20.50"),
        ("0E-3", "0.000"),
        ("0E+3", "0"),
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("-0.10", "-0.10"),
        ("0.000001", "0.000001"),
    ],
)
def test_a_decimal_is_written_as_it_was_entered_but_without_an_exponent(value: str, text: str) -> None:
    assert DECIMAL.dump_json(Decimal(value)) == f'"{text}"'.encode()


@given(st.decimals(min_value=-(10**14) + 1, max_value=10**14 - 1, places=6))
def test_what_is_written_is_the_value(value: Decimal) -> None:
    written = DECIMAL.dump_json(value)
    assert DECIMAL.validate_json(written) == value
    assert b"E" not in written


def test_inside_the_program_a_decimal_stays_a_decimal() -> None:
    class Value(BaseModel):
        value: DecimalText

    assert Value(value=Decimal("1.50")).model_dump() == {"value": Decimal("1.50")}
