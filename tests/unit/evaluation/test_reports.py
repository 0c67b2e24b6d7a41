"""The report is made of its inputs alone, and names what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.evaluations.kinds import KINDS
from evaluation.evaluations.questions import STANDARD, in_force
from evaluation.reports.compilation import FORM, Inputs, compile_report, report_of
from evaluation.reports.content import (
    ComparedFigure,
    Comparison,
    Finding,
    Judgement,
    Proposal,
    SectionCode,
)
from evaluation.reports.domain import write_judgements, write_proposals, write_text
from evaluation.reports.facts import QualityFact
from evaluation.reports.gaps import gaps_of
from evaluation.reports.refusals import IssuedRecommendationLeftOut
from evaluation.shifts.domain import Measured
from shared.canonical import canonical_json
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.registry import ThematicArea
from shared.contracts.reports import EvaluationType
from shared.stored import from_json
from tests.support.evaluation import PLAN
from tests.support.evaluations import a_draft, a_head, an_indicator_fact, some_facts
from tests.support.tokens import OBRNICE


def some_inputs(**changes: object) -> Inputs:
    inputs = Inputs(
        form=FORM,
        head=a_head(),
        edition=1,
        reason="",
        facts=some_facts(),
        draft=a_draft(),
        questions=(STANDARD[2],),
    )
    return replace(inputs, **changes)  # type: ignore[arg-type]


def a_criterion(code: str, start: int | None, now: int | None) -> Measured:
    return Measured(
        criterion_id=uuid5(PLAN, code),
        area=ThematicArea.BYD,
        code=code,
        name=f"Kritérium {code}",
        edition=1,
        baseline=start,
        entry=None,
        now=now,
    )


def codes(inputs: Inputs) -> list[str]:
    return [gap.code for gap in gaps_of(inputs.head, inputs.facts, inputs.draft)]


@given(
    values=st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2028, 6, 1)), st.integers(-1000, 1000))),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)
def test_the_same_inputs_give_the_same_bytes_also_after_they_were_stored(
    values: list[tuple[date, int]], text: str
) -> None:
    facts = some_facts(indicators=(an_indicator_fact(*values),))
    inputs = some_inputs(facts=facts, draft=write_text(a_draft(), SectionCode.METHOD, text))
    again = from_json(Inputs, canonical_json(inputs))
    assert again == inputs
    assert compile_report(again) == compile_report(inputs)


def test_the_shift_of_quality_is_in_the_report_and_what_cannot_be_compared_is_a_gap() -> None:
    quality = QualityFact(
        unit_id=OBRNICE,
        domain="social-inclusion",
        assessed_on=date(2028, 5, 1),
        criteria=(a_criterion("BYD-1", 1, 3), a_criterion("BYD-2", 2, 2), a_criterion("BYD-3", 2, None)),
    )
    inputs = some_inputs(facts=some_facts(quality=(quality,)))
    sections = report_of(inputs)["sections"]
    assert isinstance(sections, list)
    (area,) = (each for each in sections if each["code"] == "areas")
    (told,) = area["computed"]["quality"]
    assert told["shift"] == "1.00"
    assert told["counts"] == {"improved": 1, "unchanged": 1, "worsened": 0, "not-assessed": 1}
    assert "quality-not-compared" in codes(inputs)
    assert "quality-unknown" not in codes(inputs)


def test_an_old_value_and_periods_nobody_reported_are_gaps() -> None:
    old = an_indicator_fact((date(2026, 12, 31), 20), overdue=2)
    found = codes(some_inputs(facts=some_facts(indicators=(old,))))
    assert "obligations-overdue" in found
    assert "no-value" not in found
    later = date(2029, 1, 1)
    outdated = an_indicator_fact((date(2026, 12, 31), 20), on=later)
    found = codes(some_inputs(facts=some_facts(as_of=later, indicators=(outdated,))))
    assert "value-outdated" in found


def test_a_comparison_carries_its_caveat() -> None:
    compared = Comparison(
        reference="registr, podobné obce, 1. 6. 2028",
        peers=("Trmice",),
        figures=(
            ComparedFigure(
                name="Index", unit="body", period="2027", supported=Decimal(14), peers=Decimal("15.5")
            ),
        ),
    )
    inputs = some_inputs(draft=a_draft(comparison=compared))
    told = report_of(inputs)["comparison"]
    assert isinstance(told, dict)
    assert "neprokazuje příčinu" in str(told["caveat_cs"])
    assert "comparison-missing" not in codes(inputs)
    assert "comparison-missing" in codes(some_inputs())


def test_a_question_keeps_the_edition_that_it_was_chosen_in() -> None:
    newer = replace(STANDARD[0], edition=2, valid_from=date(2027, 1, 1))
    asked = Judgement(code="EQ1", edition=0)
    before = in_force([newer], on=date(2026, 12, 31))
    after = in_force([newer], on=date(2027, 1, 1))
    assert (before["EQ1"].edition, after["EQ1"].edition) == (1, 2)
    first = write_judgements(a_draft(judgements=()), [asked], before)
    later = write_judgements(first, [replace(asked, answer="Ano.")], after)
    assert [line.edition for line in later.judgements] == [1]


def test_an_issued_recommendation_stays_in_the_report() -> None:
    issued = Proposal(
        id=uuid5(PLAN, "D1"),
        text="Doplnit poradenství.",
        addressee="Obec Obrnice",
        priority=RecommendationPriority.HIGH,
        response_due_on=date(2029, 1, 1),
        finding_ids=(uuid5(PLAN, "Z1"),),
    )
    draft = a_draft(findings=(Finding(id=uuid5(PLAN, "Z1"), text="Dluhy brání bydlení."),))
    written = write_proposals(draft, [issued], issued={issued.id: "D1"}, state="begun")
    told = report_of(some_inputs(draft=written))["recommendations"]
    assert isinstance(told, list)
    assert (told[0]["number"], told[0]["findings"]) == ("D1", ["Z1"])
    with pytest.raises(IssuedRecommendationLeftOut):
        write_proposals(draft, [], issued={issued.id: "D1"}, state="begun")


def test_the_types_are_those_of_the_calls_with_their_counts() -> None:
    assert set(KINDS) == set(EvaluationType)
    counted = [kind for kind in KINDS.values() if kind.promised is not None]
    assert len(counted) == 15
    assert len({kind.cs for kind in KINDS.values()}) == len(KINDS)
    assert [question.code for question in STANDARD] == [f"EQ{number}" for number in range(1, 9)]
