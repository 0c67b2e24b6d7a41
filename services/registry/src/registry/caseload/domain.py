"""An assignment of a unit to a person of the Agency, what a person does for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.contracts.base import Role
from shared.errors import Forbidden

EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
"""Roles of the Agency that act for every unit."""
OF_THE_UNIT = frozenset({Role.COORDINATOR, Role.MAYOR})
"""Roles of a unit's own people that act for it."""


class Duty(StrEnum):
    """What a person of the Agency does for a unit."""

    LOCAL_CONSULTANT = "local-consultant"  # lokální konzultant
    RESEARCHER = "researcher"  # výzkumník, analytik
    EVALUATOR = "evaluator"  # evaluátor
    PROJECT_ADVISER = "project-adviser"  # projektový poradce
    THEMATIC_EXPERT = "thematic-expert"  # tematický expert
    SUBSTITUTE = "substitute"  # zástup


class NotYourUnit(Forbidden):
    cs = "Pro tento územní celek nejednáte: celek má v Agentuře určené jiné osoby, nebo není váš."
    en = "You do not act for this unit: others of the Agency look after it, or it is not yours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`ends_on` is the last day, None while it is open."""

    id: UUID
    unit_id: UUID
    person: str
    person_name: str
    duty: Duty
    starts_on: date
    ends_on: date | None
    version: int
