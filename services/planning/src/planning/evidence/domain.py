"""A link from a problem to what proves it: the value cited, the claim, and the life of the link."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.evidence.refusals import (
    AnalysisWithoutPlace,
    BoundsCrossed,
    CitationLacks,
    CitationUnfit,
    CitedInFuture,
    ClaimFailsAlready,
    EvidenceRemoved,
    NothingToAnswer,
)
from planning.plans.tree import Problem


class Measure(StrEnum):
    """What is cited."""

    FIGURE = "figure"  # a figure of a statistical series
    INDEX = "index"  # points of the Index of social exclusion
    BAND = "band"  # its band
    COMPONENT = "component"  # points of one of its indicators
    ANALYSIS = "analysis"  # a page or a document


class Freshness(StrEnum):
    """Whether what was cited still says so."""

    FRESH = "fresh"
    NEWER = "newer"  # a newer edition is out, the claim holds
    AMBER = "amber"  # a newer edition says otherwise, or another value was cited than the registry tells
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"  # never checked


class StepKind(StrEnum):
    LINKED = "linked"
    CITED_ANEW = "cited-anew"
    UPHELD = "upheld"
    CHECKED = "checked"
    REMOVED = "removed"


OF_INDEX: Final = frozenset({Measure.INDEX, Measure.BAND, Measure.COMPONENT})
WITH_SERIES: Final = frozenset({Measure.FIGURE, Measure.COMPONENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed: the value stays within the bounds, and moves no further than the tolerance."""

    text: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    tolerance_percent: Decimal | None = None

    def within_bounds(self, value: Decimal) -> bool:
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)

    def within_tolerance(self, value: Decimal, *, cited: Decimal) -> bool:
        if self.tolerance_percent is None:
            return True
        return abs(value - cited) * 100 <= self.tolerance_percent * abs(cited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is cited, from which edition. `period` is its first day; `series` a series or an indicator.

    `vintage` is the number of an edition of statistics, or the version of a year of the Index by `method`;
    left out, the first check notes those in force. An analysis has an address or a document instead.
    """

    measure: Measure
    title: str
    unit_id: UUID | None = None
    series: str | None = None
    period: date | None = None
    vintage: int | None = None
    method: str | None = None
    value: Decimal | None = None
    url: str | None = None
    document_id: UUID | None = None
    claim: Claim = Claim()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheld:
    """The claim was said to hold still, seeing this value."""

    value: Decimal | None
    period: date | None
    vintage: int | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the last check found; the value is that of the newest edition that can be compared."""

    state: Freshness = Freshness.UNKNOWN
    reason_cs: str = "Zatím neověřeno."
    reason_en: str = "Not checked yet."
    value: Decimal | None = None
    period: date | None = None
    vintage: int | None = None


UNCHECKED: Final = Judgement()
ANALYSIS_UNCHECKED: Final = Judgement(
    reason_cs="Analýzu registr neověřuje.", reason_en="The registry checks no analysis."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A link of a problem. `position` tells how far the registry was when it was checked last."""

    id: UUID
    version: int
    plan_id: UUID
    node_id: UUID
    citation: Citation
    judgement: Judgement = UNCHECKED
    position: int = 0
    upheld: Upheld | None = None
    removed_on: date | None = None


def expect_citation(citation: Citation, *, today: date) -> None:
    """Raise what is wrong with it, at its field: `CitationLacks`, `CitationUnfit` and more."""
    for field in ("unit_id", "period", "value"):
        _expect(citation, field, needed=citation.measure is not Measure.ANALYSIS)
    _expect(citation, "series", needed=citation.measure in WITH_SERIES)
    if citation.measure is Measure.ANALYSIS:
        if (citation.url is None) == (citation.document_id is None):
            raise AnalysisWithoutPlace(pointer="/url")
        for field in ("vintage", "method"):
            _expect(citation, field, needed=False)
    if citation.measure is Measure.FIGURE:
        _expect(citation, "method", needed=False)
    if citation.period is not None and citation.period > today:
        raise CitedInFuture(period=citation.period, pointer="/period")
    _expect_claim(citation)


def _expect(citation: Citation, field: str, *, needed: bool) -> None:
    given = getattr(citation, field) is not None
    if needed and not given:
        raise CitationLacks(field=field, measure=citation.measure, pointer=f"/{field}")
    if given and not needed:
        raise CitationUnfit(field=field, measure=citation.measure, pointer=f"/{field}")


def _expect_claim(citation: Citation) -> None:
    claim = citation.claim
    if claim.at_least is not None and claim.at_most is not None and claim.at_least > claim.at_most:
        raise BoundsCrossed(at_least=claim.at_least, at_most=claim.at_most, pointer="/at_most")
    if citation.value is not None and not claim.within_bounds(citation.value):
        raise ClaimFailsAlready(value=citation.value, pointer="/value")


def cite_anew(evidence: Evidence, citation: Citation) -> Evidence:
    """Replace what is cited; the next check judges it. Raises `EvidenceRemoved`."""
    _expect_there(evidence)
    return replace(
        evidence,
        version=evidence.version + 1,
        citation=citation,
        judgement=unchecked(citation),
        position=0,
        upheld=None,
    )


def unchecked(citation: Citation) -> Judgement:
    return ANALYSIS_UNCHECKED if citation.measure is Measure.ANALYSIS else UNCHECKED


def uphold(evidence: Evidence, because: str) -> Evidence:
    """Say why the claim holds in spite of the newest value. Raises `EvidenceRemoved`, `NothingToAnswer`."""
    _expect_there(evidence)
    seen = evidence.judgement
    if seen.state is not Freshness.AMBER:
        raise NothingToAnswer(state=seen.state, allowed_state=Freshness.AMBER)
    upheld = Upheld(value=seen.value, period=seen.period, vintage=seen.vintage, because=because)
    judged = replace(
        seen,
        state=Freshness.NEWER,
        reason_cs=f"{seen.reason_cs} Platí dál: {because}",
        reason_en=f"{seen.reason_en} Upheld: {because}",
    )
    return replace(evidence, version=evidence.version + 1, judgement=judged, upheld=upheld)


def remove(evidence: Evidence, *, today: date) -> Evidence:
    _expect_there(evidence)
    return replace(evidence, version=evidence.version + 1, removed_on=today)


def frozen_evidence(links: Iterable[Evidence], problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return what an approved revision keeps of its evidence: what was cited, in the order of problems."""
    of_problem: dict[UUID, list[Evidence]] = {}
    for link in links:
        of_problem.setdefault(link.node_id, []).append(link)
    return [
        {"id": link.id, "node_id": link.node_id, "number": str(number), **asdict(link.citation)}
        for number, problem in enumerate(problems, start=1)
        for link in sorted(of_problem.get(problem.id, ()), key=lambda each: each.id)
    ]


def _expect_there(evidence: Evidence) -> None:
    if evidence.removed_on is not None:
        raise EvidenceRemoved(removed_on=evidence.removed_on)
