"""What was stored of a run and of one municipality, as it is read back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from registry.forecasts.history import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredValue:
    """One future year of an indicator: value, low and high of 80 %, low and high of 95 %.

    Numerators count in the indicator's parts; shares are in percent.
    """

    indicator: str
    year: int
    numerator: list[int]
    denominator: list[int]
    share: list[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIndex:
    """One future year of the Index, its ends in the same order; `odds` of the bands out of `draws`."""

    year: int
    index: list[int]
    band: int
    odds: list[int]
    draws: int
    by_model: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredYear:
    """One year of the past, indicators in the order of the method."""

    year: int
    numerators: list[int | None]
    denominators: list[int | None]
    index: int | None
    band: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGap:
    indicator: str
    reason: Reason
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """A run; `editions` and `errors` are JSON."""

    id: UUID
    method: str
    first_year: int
    last_year: int
    horizon: int
    municipalities: int
    forecast: int
    computed_at: datetime
    inputs_digest: str
    results_digest: str
    code_version: str
    newer_edition: bool
    editions: str
    errors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUnit:
    """What a run says of a municipality; from `definition` on all is JSON. Its errors are in the run's."""

    run: StoredRun
    unit_id: UUID
    code: str
    name: str
    size_class: int
    definition: str
    values: str
    index: str
    gaps: str
    history: str
