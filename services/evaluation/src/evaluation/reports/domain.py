"""The rules of a draft: what hangs together in it, and what it needs before it is handed in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from evaluation.evaluations.kinds import Kind
from evaluation.evaluations.questions import Question
from evaluation.reports.content import (
    TITLES,
    Comparison,
    Draft,
    Finding,
    Judgement,
    Measure,
    Proposal,
    SectionCode,
    SimilarUnits,
    Text,
)
from evaluation.reports.gaps import missing_before_handing_in
from evaluation.reports.refusals import (
    FindingOfNoQuestion,
    FindingUnknown,
    IssuedRecommendationLeftOut,
    QuestionNotAsked,
    QuestionTwice,
    ReportIncomplete,
    ReportPartTwice,
    ReportPartUnknown,
    ResponseDueTooEarly,
    UnitNotEvaluated,
)
from shared.errors import Finding as Lack


def write_text(draft: Draft, section: SectionCode, text: str) -> Draft:
    """Write one section; an empty text takes it away."""
    others = [each for each in draft.texts if each.section is not section]
    kept = [*others, Text(section=section, text=text)] if text else others
    order = list(SectionCode)
    return replace(draft, texts=tuple(sorted(kept, key=lambda each: order.index(each.section))))


def write_judgements(
    draft: Draft, judgements: Sequence[Judgement], questions: Mapping[str, Question]
) -> Draft:
    """Choose questions and answer them; each keeps the edition that it was chosen in.

    Raises `QuestionNotAsked`, `QuestionTwice`, `FindingOfNoQuestion`.
    """
    editions = {line.code: line.edition for line in draft.judgements}
    chosen: dict[str, Judgement] = {}
    for position, line in enumerate(judgements):
        if line.code in chosen:
            raise QuestionTwice(pointer=f"/{position}/code", code=line.code)
        if line.code not in editions and line.code not in questions:
            raise QuestionNotAsked(pointer=f"/{position}/code", code=line.code)
        edition = editions.get(line.code) or questions[line.code].edition
        chosen[line.code] = replace(line, edition=edition)
    written = replace(draft, judgements=tuple(chosen.values()))
    _expect_questions(written.findings, chosen)
    return written


def write_findings(draft: Draft, findings: Sequence[Finding]) -> Draft:
    """Write all findings anew. Raises `ReportPartTwice`, `FindingOfNoQuestion`, `FindingUnknown`."""
    _expect_once([each.id for each in findings])
    _expect_questions(findings, {line.code for line in draft.judgements})
    _expect_findings(draft.proposals, {each.id for each in findings})
    return replace(draft, findings=tuple(findings))


def write_proposals(
    draft: Draft, proposals: Sequence[Proposal], *, issued: Mapping[UUID, str], state: str
) -> Draft:
    """Write all recommendations anew; `issued` are those that are out, by id with their numbers.

    Raises `ReportPartTwice`, `FindingUnknown`, `IssuedRecommendationLeftOut`.
    """
    _expect_once([each.id for each in proposals])
    _expect_findings(proposals, {each.id for each in draft.findings})
    kept = {each.id for each in proposals}
    left_out = sorted(number for part_id, number in issued.items() if part_id not in kept)
    if left_out:
        raise IssuedRecommendationLeftOut(numbers=", ".join(left_out), state=state)
    return replace(draft, proposals=tuple(proposals))


def write_measures(draft: Draft, measures: Sequence[Measure]) -> Draft:
    return replace(draft, measures=tuple(measures))


def take_similar(draft: Draft, similar: SimilarUnits, *, units: Collection[UUID]) -> Draft:
    """Keep what the registry answered, whole. Raises `UnitNotEvaluated`."""
    if similar.unit_id not in units:
        raise UnitNotEvaluated(pointer="/unit_id")
    return replace(draft, similar=similar)


def write_comparison(draft: Draft, comparison: Comparison | None) -> Draft:
    return replace(draft, comparison=comparison)


def expect_known(sent: Iterable[UUID | None], known: Collection[UUID]) -> None:
    """Raise `ReportPartUnknown` for an id that the draft does not have: ids are given here."""
    for position, part_id in enumerate(sent):
        if part_id is not None and part_id not in known:
            raise ReportPartUnknown(pointer=f"/{position}/id", part_id=str(part_id))


def _expect_once(ids: Sequence[UUID]) -> None:
    for position, part_id in enumerate(ids):
        if part_id in ids[:position]:
            raise ReportPartTwice(pointer=f"/{position}/id", part_id=str(part_id))


def _expect_questions(findings: Iterable[Finding], chosen: Collection[str]) -> None:
    for position, finding in enumerate(findings):
        if finding.question is not None and finding.question not in chosen:
            raise FindingOfNoQuestion(pointer=f"/{position}/question", code=finding.question)


def _expect_findings(proposals: Iterable[Proposal], known: Collection[UUID]) -> None:
    for position, proposal in enumerate(proposals):
        for finding_id in proposal.finding_ids:
            if finding_id not in known:
                raise FindingUnknown(pointer=f"/{position}/finding_ids", finding_id=str(finding_id))


def expect_complete(draft: Draft, kind: Kind, *, state: str) -> None:
    """Raise `ReportIncomplete` with everything that is missing before the draft is handed in."""
    lacks = list(_lacks(draft, kind))
    if lacks:
        raise ReportIncomplete(findings=lacks, missing=len(lacks), state=state)


def _lacks(draft: Draft, kind: Kind) -> Iterator[Lack]:
    for section in missing_before_handing_in(draft):
        cs, en = TITLES[section]
        yield Lack(
            pointer=f"/sections/{section.value}",
            code="text-missing",
            cs=f"Chybí text oddílu „{cs}“.",
            en=f"The text of the section “{en}” is missing.",
        )
    if kind.asks and not draft.judgements:
        cs, en = "Není vybrána žádná evaluační otázka.", "No evaluation question is chosen."
        yield Lack(pointer="/questions", code="no-question", cs=cs, en=en)
    for line in draft.judgements:
        if not line.is_answered:
            yield Lack(
                pointer=f"/questions/{line.code}",
                code="question-unanswered",
                cs=f"Otázka {line.code} nemá odpověď, závěr nebo sílu podkladů.",
                en=f"The question {line.code} lacks an answer, a verdict or the strength of evidence.",
            )


def expect_time_to_answer(
    draft: Draft, numbers: Mapping[UUID, str], *, issued: Collection[UUID], today: date, state: str
) -> None:
    """Raise `ResponseDueTooEarly` where a new recommendation asks for an answer before it is out."""
    early = [
        numbers[each.id] for each in draft.proposals if each.id not in issued and each.response_due_on < today
    ]
    if early:
        raise ResponseDueTooEarly(numbers=", ".join(early), today=today, state=state)
