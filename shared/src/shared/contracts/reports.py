"""What `evaluation` tells of evaluations that ended with a report."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class EvaluationType(StrEnum):
    """What is evaluated, researched or analysed: the products of the Agency's evaluation."""

    ENTRY_ANALYSIS = "entry-analysis"  # vstupní analýza
    SITUATIONAL_ANALYSIS = "situational-analysis"  # situační analýza
    THEMATIC_RESEARCH = "thematic-research"  # tematický výzkum
    CROSS_THEMATIC_RESEARCH = "cross-thematic-research"  # tematický průřezový výzkum
    CROSS_SECTIONAL_RESEARCH = "cross-sectional-research"  # průřezový výzkum
    PROJECT_EVALUATION = "project-evaluation"  # celková evaluace projektu
    PLAN_ENTRY = "plan-entry"  # vstupní evaluace plánu
    PLAN_MID_TERM = "plan-mid-term"  # průběžná evaluační zpráva plánu
    PLAN_FINAL = "plan-final"  # závěrečná evaluační zpráva plánu
    CENTRE_INTERIM = "centre-interim"  # průběžná evaluační zpráva regionálního centra
    CENTRE_FINAL = "centre-final"  # závěrečná evaluační zpráva regionálního centra
    EVALUATION_PLAN = "evaluation-plan"  # evaluační plán (manuál)
    UNIT_REPORTS = "unit-reports"  # soubor zpráv pro jednotlivé územní celky
    EXTERNAL_ENTRY = "external-entry"  # vstupní zpráva externí evaluace
    EXTERNAL_FINAL = "external-final"  # závěrečná zpráva externí evaluace
    EXPERT_SUPPORT_FINAL = "expert-support-final"  # závěrečná zpráva z odborného poradenství
    EXIT_OUTLINE = "exit-outline"  # osnova exit strategie


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationCompleted(Event):
    """The report of an evaluation is frozen: it can be rendered, published and counted as delivered.

    `digest` is the SHA-256 (hex) of the report's canonical JSON, which evaluation serves at
    `/evaluation-register/{evaluation_id}/reports/{edition}`; a correction is the next edition.
    """

    type: ClassVar[str] = "evaluation.evaluation.completed.v1"
    identity: ClassVar[str] = "evaluation_id"

    evaluation_id: UUID
    kind: EvaluationType
    title: str
    plan_id: UUID | None
    revision: int | None
    unit_ids: tuple[UUID, ...]
    edition: int
    completed_on: date
    digest: str
    recommendations: int
