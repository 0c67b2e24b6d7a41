"""Evaluation questions: the standard set of eight, and how later editions take its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Criterion(StrEnum):
    """What a question judges; the first six are the criteria of OECD DAC."""

    RELEVANCE = "relevance"
    COHERENCE = "coherence"
    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    IMPACT = "impact"
    SUSTAINABILITY = "sustainability"
    PARTNERSHIP = "partnership"
    PARTICIPATION = "participation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One edition of a question; its code is stable, so that reports can be compared."""

    code: str
    edition: int
    criterion: Criterion
    cs: str
    en: str
    valid_from: date


_SINCE: Final = date(2023, 1, 1)


def _standard(code: str, criterion: Criterion, cs: str, en: str) -> Question:
    return Question(code=code, edition=1, criterion=criterion, cs=cs, en=en, valid_from=_SINCE)


_C = Criterion
STANDARD: Final = (
    _standard(
        "EQ1",
        _C.RELEVANCE,
        "Řeší plán skutečné problémy, jak je ukázala analýza?",
        "Does the plan address the real problems, as the analysis showed them?",
    ),
    _standard(
        "EQ2",
        _C.COHERENCE,
        "Nakolik je plán v souladu s ostatními plány a službami v území?",
        "How far is the plan coherent with other plans and services of the territory?",
    ),
    _standard(
        "EQ3",
        _C.EFFECTIVENESS,
        "Nakolik byly naplněny cíle plánu podle ukazatelů?",
        "How far were the goals of the plan reached, by its indicators?",
    ),
    _standard(
        "EQ4",
        _C.EFFICIENCY,
        "Odpovídají náklady výsledkům a jak uspěly navazující projekty?",
        "Are the costs in proportion to the results, and how did the projects succeed?",
    ),
    _standard(
        "EQ5",
        _C.IMPACT,
        "Jak se posunula kritéria kvality a Index sociálního vyloučení, a proč?",
        "How did the quality criteria and the Index of social exclusion move, and why?",
    ),
    _standard(
        "EQ6",
        _C.SUSTAINABILITY,
        "Kdo v opatřeních pokračuje a z čeho budou placena po skončení spolupráce?",
        "Who carries the measures on, and what pays for them after the cooperation ends?",
    ),
    _standard(
        "EQ7",
        _C.PARTNERSHIP,
        "Jak fungovalo lokální partnerství: scházelo se a kdo přicházel?",
        "How did the local partnership work: did it meet, and who came?",
    ),
    _standard(
        "EQ8",
        _C.PARTICIPATION,
        "Jak byli do tvorby a plnění plánu zapojeni lidé, kterých se týká?",
        "How were the people concerned involved in making and carrying out the plan?",
    ),
)


def in_force(later: Iterable[Question], *, on: date) -> dict[str, Question]:
    """Return by code the newest edition that is in force on the day."""
    found: dict[str, Question] = {}
    for question in sorted((*STANDARD, *later), key=lambda each: (each.code, each.edition)):
        if question.valid_from <= on:
            found[question.code] = question
    return found
