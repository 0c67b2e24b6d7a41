"""What is wrong with a value is told in the reader's language, as a person writes it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from shared.http.phrases import phrase
from shared.scalars import Instant


class Way(StrEnum):
    POST = "post"
    PAPER = "paper"
    VOICE = "hearing"


class Sent(BaseModel):
    way: Way = Way.POST
    by_hand: Literal[Way.PAPER, Way.VOICE] = Way.PAPER
    text: Annotated[str, StringConstraints(max_length=10)] = ""
    at: Instant = datetime(2026, 1, 1, tzinfo=UTC)


def told(language: str, **sent: object) -> str:
    with pytest.raises(ValidationError) as refused:
        Sent.model_validate(sent)
    (found,) = refused.value.errors()
    return phrase(dict(found), language)


@pytest.mark.parametrize(
    ("sent", "czech", "english"),
    [
        (
            {"way": "x"},
            "Hodnota má být jedna z těchto: 'post', 'paper' nebo 'hearing'.",
            "Input should be 'post', 'paper' or 'hearing'",
        ),
        (
            {"by_hand": "post"},
            "Hodnota má být jedna z těchto: 'paper' nebo 'hearing'.",
            "Input should be 'paper' or 'hearing'",
        ),
        (
            {"at": "30. 11. 2026"},
            "Datum a čas se píší jako RRRR-MM-DDThh:mm:ss+hh:mm.",
            "An instant is written as YYYY-MM-DDThh:mm:ss+hh:mm",
        ),
        (
            {"at": "2026-13-40T10:00:00Z"},
            "Takové datum nebo čas neexistuje; píše se RRRR-MM-DDThh:mm:ss+hh:mm.",
            None,
        ),
        ({"text": "\ud800"}, "Text obsahuje znaky, které do Unicode nepatří.", None),
    ],
)
def test_a_wrong_value_is_told_in_both_languages_without_a_word_of_python(
    sent: dict[str, object], czech: str, english: str | None
) -> None:
    assert told("cs", **sent) == czech
    assert told("en", **sent) == english or english is None


def test_an_instant_is_kept_in_utc_wherever_it_was_sent_from() -> None:
    at = TypeAdapter[datetime](Instant).validate_python("2026-11-23T03:02:30+01:00")
    assert at.isoformat() == "2026-11-23T02:02:30+00:00"
