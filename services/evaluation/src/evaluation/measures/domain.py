"""A measure as it is known on a day: what the plan says of it, and the last word on how it goes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from shared.contracts.measures import MeasureState

WORD_LASTS: Final = timedelta(days=183)
"""So long a word on a measure under way is taken for the present state."""
ENDED: Final = frozenset({MeasureState.DONE, MeasureState.ABANDONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact:
    """`state` is None where nobody said anything; `funded_until` the last year with money in the budget."""

    plan_id: UUID
    measure_id: UUID
    number: str
    name: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    funded_until: int | None
    funders: tuple[str, ...]
    state: MeasureState | None
    state_on: date | None

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def is_word_old(self, today: date) -> bool:
        """Whether half a year passed since anybody said how a measure under way goes."""
        return self.state_on is not None and not self.has_ended and today - self.state_on > WORD_LASTS
