"""What `evaluation` tells of the quality criteria of a cooperation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea


class ReadingPhase(StrEnum):
    """When in the life of a cooperation its quality criteria are read."""

    ENTRY = "entry"  # vstupní
    MID_TERM = "mid-term"  # průběžná
    FINAL = "final"  # závěrečná


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedLevel:
    """One quality criterion by one edition: at the start and now; None where it was not assessed."""

    area: ThematicArea
    criterion: str
    edition: int
    baseline: int | None
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityAssessed(Event):
    """Raters agreed on the quality criteria of a cooperation; `entry` above 1 corrects what was agreed.

    `shift` is the mean of areas against the start, in hundredths; None where nothing can be compared.
    """

    type: ClassVar[str] = "evaluation.quality.assessed.v1"
    identity: ClassVar[str] = "reading_id"

    reading_id: UUID
    set_id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    phase: ReadingPhase
    assessed_on: date
    entry: int
    levels: tuple[AssessedLevel, ...]
    improved: int
    unchanged: int
    worsened: int
    not_assessed: int
    shift: Decimal | None
