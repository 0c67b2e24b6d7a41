"""What `planning` tells of the measures of an approved plan: which there are, and how they are going."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class MeasureState(StrEnum):
    """How a measure is going, by the word of its owner or of the coordinator."""

    NOT_BEGUN = "not-begun"  # nezahájeno
    RUNNING = "running"  # probíhá
    DELAYED = "delayed"  # zpožděno
    DONE = "done"  # splněno
    ABANDONED = "abandoned"  # opuštěno


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeasure:
    """One measure of an approved plan; `owner` is an organisation or an office, never a person.

    `funded_until` is the last year with money in the budget, `funders` are codes of whose money that is.
    """

    measure_id: UUID
    number: str
    name: str
    owner: str
    starts_on: date | None = None
    ends_on: date | None = None
    funded_until: int | None = None
    funders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStateChanged(Event):
    """An owner or the coordinator said how a measure goes, or that nothing changed: reports show it.

    The note stays in planning: what people write may name somebody.
    """

    type: ClassVar[str] = "planning.measure.state-changed.v1"
    identity: ClassVar[str] = "measure_id"

    measure_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    number: str
    owner: str
    state: MeasureState
    previous: MeasureState | None
    state_on: date
