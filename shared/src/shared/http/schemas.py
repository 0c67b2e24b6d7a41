"""What every JSON of the API has in common: strict, closed, and safe for the database."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints


def _storable(value: str) -> str:
    """Refuse what PostgreSQL cannot store as text: NUL and lone surrogates."""
    if "\0" in value:
        raise ValueError("the text has a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text has half of a surrogate pair") from error
    return value


class ApiModel(BaseModel):
    """Base of all schemas: unknown fields are refused; numbers and texts are not confused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, from_attributes=True)


Storable = AfterValidator(_storable)
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Storable]
DecimalText = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(str, return_type=str),
]
"""A decimal: text in JSON both ways (a number is taken too), at most 6 decimal places."""
