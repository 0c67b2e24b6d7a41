"""What every JSON of the API has in common: strict, closed, and safe for the database."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


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
    """Base of all schemas: unknown fields are refused.

    What comes in is made of texts, enums, UUIDs and of `shared.scalars`: a bare `date` takes 0 for a
    day in 1970, a bare `int` takes `false` for 0. Strict mode would refuse the texts of JSON too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


Storable = AfterValidator(_storable)
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Storable]
Reasons = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), Storable]
"""Why, at length: what a council or a citizen reads."""
LongText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Storable]
