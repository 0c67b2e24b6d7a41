"""What people write into a report: texts, judgements with evidence, findings and what they recommend."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.measures import MeasureState


class SectionCode(StrEnum):
    """The sections of the final report (Obrnice 2015), in their order."""

    ASSIGNMENT = "assignment"  # zadání a cíle
    METHOD = "method"  # metoda a sběr dat
    COOPERATION = "cooperation"  # spolupráce obce a Agentury
    AFTERWARDS = "afterwards"  # spolupráce po odchodu Agentury
    POLICIES = "policies"  # integrační politiky obce
    AREAS = "areas"  # hodnocení podle oblastí
    KEY_MOMENTS = "key-moments"  # klíčové momenty
    INHABITANTS = "inhabitants"  # pohled obyvatel
    CASE_STUDY = "case-study"  # případová studie
    CONCLUSION = "conclusion"  # závěr a doporučení
    ABBREVIATIONS = "abbreviations"  # zkratky
    LITERATURE = "literature"  # literatura


TITLES: Final = {
    SectionCode.ASSIGNMENT: ("Zadání a cíle evaluace", "Assignment and goals"),
    SectionCode.METHOD: ("Metoda a sběr dat", "Method and data collection"),
    SectionCode.COOPERATION: ("Spolupráce obce a Agentury", "Cooperation of the municipality and the Agency"),
    SectionCode.AFTERWARDS: ("Spolupráce po odchodu Agentury", "Cooperation after the Agency left"),
    SectionCode.POLICIES: ("Integrační politiky obce", "Integration policies of the municipality"),
    SectionCode.AREAS: ("Hodnocení podle oblastí", "Assessment by area"),
    SectionCode.KEY_MOMENTS: ("Klíčové momenty", "Key moments"),
    SectionCode.INHABITANTS: ("Pohled obyvatel", "View of the inhabitants"),
    SectionCode.CASE_STUDY: ("Případová studie", "Case study"),
    SectionCode.CONCLUSION: ("Závěr a doporučení", "Conclusion and recommendations"),
    SectionCode.ABBREVIATIONS: ("Zkratky", "Abbreviations"),
    SectionCode.LITERATURE: ("Literatura", "Literature"),
}
NEEDED: Final = (SectionCode.ASSIGNMENT, SectionCode.METHOD, SectionCode.CONCLUSION)
"""No report is handed in without these texts."""
OPTIONAL: Final = frozenset({SectionCode.ABBREVIATIONS, SectionCode.LITERATURE})
"""Nothing is missing where these are empty."""


class EvidenceKind(StrEnum):
    INDICATOR = "indicator"
    MEASURE = "measure"
    QUALITY_READING = "quality-reading"
    DOCUMENT = "document"
    MEETING = "meeting"


class Strength(StrEnum):
    """How much the evidence carries."""

    STRONG = "strong"  # silné: více nezávislých zdrojů
    MODERATE = "moderate"  # střední: jeden spolehlivý zdroj
    WEAK = "weak"  # slabé: výpovědi, neúplná data


class Verdict(StrEnum):
    """The short answer to an evaluation question."""

    YES = "yes"
    RATHER_YES = "rather-yes"
    RATHER_NO = "rather-no"
    NO = "no"
    CANNOT_TELL = "cannot-tell"  # nelze posoudit


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`reference` is an id or a number of what is meant; `note` says what it shows."""

    kind: EvidenceKind
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One line of the matrix: a question chosen, and later answered."""

    code: str
    edition: int
    answer: str = ""
    verdict: Verdict | None = None
    strength: Strength | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.answer) and self.verdict is not None and self.strength is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    id: UUID
    text: str
    question: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A recommendation as it will be issued; `addressee` is an office or an organisation."""

    id: UUID
    text: str
    addressee: str
    priority: RecommendationPriority
    response_due_on: date
    finding_ids: tuple[UUID, ...] = ()
    node_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a measure of the plan stands, as the evaluator found it out."""

    number: str
    name: str
    state: MeasureState
    source: str
    node_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    name: str
    unit: str
    period: str
    supported: Decimal | None
    peers: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Similar units that were not supported, as an analyst took them out of the registry."""

    reference: str
    peers: tuple[str, ...]
    figures: tuple[ComparedFigure, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarUnit:
    """A similar municipality that was never supported, never without its size beside it."""

    unit_id: UUID
    name: str
    region: str
    population_15_plus: int
    index: int | None
    distance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarUnits:
    """What the registry answered for one of the units, with the digest (SHA-256) of that answer."""

    unit_id: UUID
    name: str
    population_15_plus: int
    index: int | None
    year: int
    method: str
    computation_id: int
    features: tuple[str, ...]
    peers: tuple[SimilarUnit, ...]
    caveat_cs: str
    caveat_en: str
    asked_on: date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    section: SectionCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that people have written so far."""

    texts: tuple[Text, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    measures: tuple[Measure, ...] = ()
    comparison: Comparison | None = None
    similar: SimilarUnits | None = None

    def text_of(self, section: SectionCode) -> str:
        return next((each.text for each in self.texts if each.section is section), "")
