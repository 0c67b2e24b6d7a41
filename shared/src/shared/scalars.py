"""Days, instants, numbers and decimals as they come from outside: nothing is taken for something else."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[0-9:.]{5,15}(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DIGITS = re.compile(r"\d{1,10}", re.ASCII)


def _day(value: object) -> object:
    """Refuse what pydantic would take for a day: seconds since 1970, and instants at midnight."""
    if type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day", "A day is written as YYYY-MM-DD")


def _instant(value: object) -> object:
    """Refuse what pydantic would take for an instant: seconds since 1970, and days."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return value
    raise PydanticCustomError("instant", "An instant is written as YYYY-MM-DDThh:mm:ss+hh:mm")


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
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    BeforeValidator(_instant),
    AfterValidator(lambda at: at.astimezone(UTC)),
]
Flag = Annotated[bool, Field(strict=True)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal."""
Count = Annotated[int, Field(strict=True, ge=0)]
"""A whole number in JSON; neither text nor `true` is one."""
DecimalText = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(_plain, return_type=str, when_used="json"),
]
"""A decimal: text in JSON both ways (a number is taken too), at most 6 decimal places."""
