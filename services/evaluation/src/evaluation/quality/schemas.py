"""JSON of sets of criteria and their baseline."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict

from evaluation.readings.domain import ReadingStatus
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel


class CriteriaSetHead(ApiModel):
    """What one description of a cooperation is measured by; the days are those of its newest edition."""

    id: UUID
    version: int
    cooperation_id: UUID
    domain: CooperationDomain
    unit_id: UUID
    unit_name: str | None
    areas: list[ThematicArea]
    starts_on: date
    ends_on: date
    description_id: UUID
    described_edition: int
    digest: str


class CriteriaSetList(ApiModel):
    items: list[CriteriaSetHead]
    next: str | None


class SetLevelOut(ApiModel):
    model_config = ConfigDict(extra="ignore")

    level: int
    name_cs: str
    name_en: str
    description: str


class SetCriterionOut(ApiModel):
    """A criterion by the edition that the set is rated by; no baseline: it was not assessed."""

    criterion_id: UUID
    area: ThematicArea
    code: str
    edition: int
    name: str
    description: str
    is_described: bool
    scale: str
    levels: list[SetLevelOut]
    baseline: int | None


class SetReadingOut(ApiModel):
    id: UUID
    version: int
    phase: ReadingPhase
    assessed_on: date
    status: ReadingStatus


class CriteriaSetOut(CriteriaSetHead):
    """Readings that were not agreed yet are shown to the Agency alone."""

    criteria: list[SetCriterionOut]
    readings: list[SetReadingOut]
