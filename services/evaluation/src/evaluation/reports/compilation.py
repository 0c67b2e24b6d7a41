"""The report, made of its inputs alone: the same inputs give the same bytes for ever."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from evaluation.evaluations.kinds import KINDS
from evaluation.evaluations.questions import Question
from evaluation.reports.content import TITLES, Draft, SectionCode
from evaluation.reports.facts import Facts, Head, IndicatorFact, QualityFact
from evaluation.reports.gaps import CAVEAT_CS, CAVEAT_EN, Gap, gaps_of
from evaluation.reports.sustainability import LOOKS_AHEAD, gaps_ahead, outlook
from evaluation.shifts.domain import by_area, rounded, whole
from shared.canonical import canonical_json, digest, plain

FIRST_FORM: Final = 1
FORM: Final = 2
"""The form of the report: a later one stands beside it, so that old reports are made as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a report is made of; kept with it, so that anybody can make it again."""

    form: int
    head: Head
    edition: int
    reason: str
    facts: Facts
    draft: Draft
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    body: bytes
    digest: str
    gaps: int


def compile_report(inputs: Inputs) -> Compiled:
    """Return the canonical JSON of the report and its SHA-256."""
    content = report_of(inputs)
    body = canonical_json(content)
    return Compiled(body=body, digest=digest(body), gaps=len(missing_in(inputs)))


def missing_in(inputs: Inputs) -> tuple[Gap, ...]:
    """Return all gaps in the order of the sections."""
    head, facts = inputs.head, inputs.facts
    is_first = inputs.form == FIRST_FORM
    found = list(gaps_of(head, facts, inputs.draft, is_first_form=is_first))
    if head.type in LOOKS_AHEAD and not is_first:
        found += gaps_ahead(facts)
    order = list(SectionCode)
    return tuple(sorted(found, key=lambda each: order.index(each.section)))


def report_of(inputs: Inputs) -> dict[str, object]:
    """Return the report as JSON objects, sections in their order."""
    head, facts, draft = inputs.head, inputs.facts, inputs.draft
    gaps = missing_in(inputs)
    kind = KINDS[head.type]
    report: dict[str, object] = {
        "form": inputs.form,
        "evaluation": plain(head),
        "type": {"code": head.type.value, "cs": kind.cs, "en": kind.en},
        "edition": inputs.edition,
        "reason": inputs.reason,
        "as_of": facts.as_of.isoformat(),
        "units": plain(facts.units),
        "sections": [
            _section(number, section, inputs, gaps) for number, section in enumerate(SectionCode, start=1)
        ],
        "matrix": _matrix(inputs),
        "findings": list(_findings(draft)),
        "recommendations": list(_recommendations(draft)),
        "comparison": _comparison(draft),
        "gaps": plain(gaps),
    }
    if inputs.form > FIRST_FORM:
        report["similar_units"] = plain(draft.similar)
    return report


def _section(number: int, section: SectionCode, inputs: Inputs, gaps: tuple[Gap, ...]) -> dict[str, object]:
    cs, en = TITLES[section]
    return {
        "number": number,
        "code": section.value,
        "title_cs": cs,
        "title_en": en,
        "text": inputs.draft.text_of(section),
        "computed": _computed(section, inputs),
        "gaps": [plain(gap) for gap in gaps if gap.section is section],
    }


def _computed(section: SectionCode, inputs: Inputs) -> dict[str, object] | None:
    facts = inputs.facts
    is_first = inputs.form == FIRST_FORM
    if section is SectionCode.COOPERATION:
        told: dict[str, object] = {"cooperations": plain(facts.cooperations)}
        return told if is_first else {**told, "activities": plain(facts.activities)}
    if section is SectionCode.AFTERWARDS and inputs.head.type in LOOKS_AHEAD and not is_first:
        return outlook(facts)
    if section is SectionCode.POLICIES:
        return {"plan": plain(facts.plan)}
    if section is SectionCode.AREAS:
        indicators = [_indicator(each) for each in facts.indicators_in_order]
        lights = Counter(str(each["light"]) for each in indicators)
        areas: dict[str, object] = {
            "indicators": indicators,
            "lights": dict(sorted(lights.items())),
            "measures": plain(inputs.draft.measures),
            "quality": [_quality(each) for each in facts.quality],
        }
        return areas if is_first else {**areas, "measures_told": list(_measures(inputs))}
    return None


def _measures(inputs: Inputs) -> Iterator[dict[str, object]]:
    """Yield the measures as planning tells of them, each with what the evaluator found out."""
    found = {each.node_id: each for each in inputs.draft.measures if each.node_id is not None}
    for each in inputs.facts.measures:
        yield {
            **_members(each),
            "is_word_old": each.is_word_old(inputs.facts.as_of),
            "found": plain(found.get(each.measure_id)),
        }


def _indicator(each: IndicatorFact) -> dict[str, object]:
    """Return a row of the table with the series of its chart."""
    return {
        **_members(each),
        "value": plain(each.series[-1].value) if each.series else None,
        "measured_on": plain(each.measured_on),
    }


def _quality(each: QualityFact) -> dict[str, object]:
    areas = by_area(each.criteria)
    total = whole(areas.values())
    return {
        "unit_id": str(each.unit_id),
        "domain": each.domain,
        "assessed_on": plain(each.assessed_on),
        "shift": plain(rounded(total.shift)),
        "counts": {change.value: count for change, count in total.counts.items()},
        "areas": [
            {
                "area": area.value,
                "start": plain(rounded(moved.start)),
                "now": plain(rounded(moved.now)),
                "shift": plain(rounded(moved.shift)),
                "counts": {change.value: count for change, count in moved.counts.items()},
            }
            for area, moved in areas.items()
        ],
        "criteria": [
            {
                "code": one.code,
                "name": one.name,
                "area": one.area.value,
                "edition": one.edition,
                "start": one.start,
                "now": one.now,
                "shift": one.shift,
                "change": one.change.value,
            }
            for one in each.criteria
        ],
    }


def _matrix(inputs: Inputs) -> list[dict[str, object]]:
    asked = {question.code: question for question in inputs.questions}
    return [
        {
            "question": plain(asked[line.code]),
            "answer": line.answer,
            "verdict": plain(line.verdict),
            "strength": plain(line.strength),
            "evidence": plain(line.evidence),
        }
        for line in inputs.draft.judgements
    ]


def _findings(draft: Draft) -> Iterator[dict[str, object]]:
    for number, finding in enumerate(draft.findings, start=1):
        yield {"number": f"Z{number}", **_members(finding)}


def numbers_of(draft: Draft) -> dict[UUID, str]:
    """Return the number of each recommendation: D1, D2, … as the report has them."""
    return {each.id: f"D{number}" for number, each in enumerate(draft.proposals, start=1)}


def _recommendations(draft: Draft) -> Iterator[dict[str, object]]:
    findings = {each.id: f"Z{number}" for number, each in enumerate(draft.findings, start=1)}
    numbers = numbers_of(draft)
    for each in draft.proposals:
        follows = [findings[finding] for finding in each.finding_ids if finding in findings]
        yield {"number": numbers[each.id], "findings": follows, **_members(each)}


def _members(value: object) -> dict[str, object]:
    members = plain(value)
    assert isinstance(members, dict)  # noqa: S101
    return members


def _comparison(draft: Draft) -> dict[str, object] | None:
    if draft.comparison is None:
        return None
    return {**_members(draft.comparison), "caveat_cs": CAVEAT_CS, "caveat_en": CAVEAT_EN}
