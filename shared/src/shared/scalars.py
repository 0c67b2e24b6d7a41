"""Days, numbers and decimals as they come from outside: nothing is taken for something else."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIGITS = re.compile(r"\d{1,10}", re.ASCII)


def _day(value: object) -> object:
    """Refuse what pydantic would take for a day: seconds since 1970, and instants at midnight."""
    if type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day", "A day is written as YYYY-MM-DD")


def _digits(value: object) -> object:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return value
    raise PydanticCustomError("digits", "A number in an address is written in digits alone")


def _plain(value: Decimal) -> str:
    """Return the digits that were entered, without an exponent and without a minus before zero."""
    return format(value or abs(value), "f")


IsoDay = BeforeValidator(_day)
InDigits = BeforeValidator(_digits)
"""For a whole number in an address, where everything is text. Bounds stand before it in the annotation."""
Day = Annotated[date, IsoDay]
Count = Annotated[int, Field(strict=True, ge=0)]
"""A whole number in JSON; neither text nor `true` is one."""
DecimalText = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(_plain, return_type=str, when_used="json"),
]
"""A decimal: text in JSON both ways (a number is taken too), at most 6 decimal places."""
