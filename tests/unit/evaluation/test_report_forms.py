"""The second form of reports: measures by planning's word, activities, and what goes on afterwards."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from evaluation.evaluations.questions import STANDARD
from evaluation.participants.attending import HeldActivities
from evaluation.recommendations.domain import OpenRecommendation
from evaluation.reports.compilation import FIRST_FORM, FORM, Inputs, compile_report, missing_in, report_of
from evaluation.reports.content import Measure
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.measures import MeasureState
from shared.contracts.reports import EvaluationType
from tests.support.evaluation import PLAN
from tests.support.evaluations import a_draft, a_head, a_measure_fact, an_indicator_fact, some_facts

AS_FROZEN_BEFORE = "f552540eb0d82bc294c1adf02c9cc11af496a629bb256adabddc0dfa1f11ce05"


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


def computed(inputs: Inputs, section: str) -> dict[str, object]:
    sections = report_of(inputs)["sections"]
    assert isinstance(sections, list)
    (found,) = (each["computed"] for each in sections if each["code"] == section)
    assert isinstance(found, dict)
    return found


def codes(inputs: Inputs, section: str) -> set[str]:
    return {gap.code for gap in missing_in(inputs) if gap.section == section}


def test_a_report_of_the_first_form_is_made_as_it_was_before_there_was_a_second() -> None:
    old = compile_report(some_inputs(form=FIRST_FORM))
    assert (old.digest, old.gaps) == (AS_FROZEN_BEFORE, 12)
    assert compile_report(some_inputs()).digest != AS_FROZEN_BEFORE


def test_measures_are_told_by_planning_and_the_evaluator_stands_beside_it() -> None:
    silent = a_measure_fact("1.1.2", name="Dluhová poradna", state=None, state_on=None)
    stale = a_measure_fact("1.1.3", name="Asistenti", state_on=date(2027, 1, 31))
    done = a_measure_fact("1.1.4", state=MeasureState.DONE, state_on=date(2027, 1, 31))
    inputs = some_inputs(facts=some_facts(measures=(a_measure_fact(), silent, stale, done)))
    found = {gap.code: gap for gap in missing_in(inputs)}
    assert {"measure-without-word", "measure-word-old"} <= found.keys()
    assert "measures-unknown" not in found
    assert "Dluhová poradna" in found["measure-without-word"].cs
    assert "31.\u00a01.\u00a02027" in found["measure-word-old"].cs
    assert [gap.code for gap in missing_in(inputs)].count("measure-word-old") == 1, "what is done stays done"
    seen = Measure(
        number="1.1.2",
        name="Dluhová poradna",
        state=MeasureState.DELAYED,
        source="návštěva",
        node_id=silent.measure_id,
    )
    looked_at = replace(inputs, draft=a_draft(measures=(seen,)))
    told = computed(looked_at, "areas")["measures_told"]
    assert isinstance(told, list)
    assert [(each["number"], each["state"]) for each in told] == [
        ("1.1.1", "running"),
        ("1.1.2", None),
        ("1.1.3", "running"),
        ("1.1.4", "done"),
    ]
    assert told[1]["found"]["state"] == "delayed"
    assert "measure-without-word" not in codes(looked_at, "areas")


def test_activities_stand_in_the_section_of_cooperation_or_are_missing_there() -> None:
    held = HeldActivities(year=2027, kind=ExpertActivityKind.KON, count=3, minutes=270, people=14)
    inputs = some_inputs(facts=some_facts(activities=(held,)))
    assert computed(inputs, "cooperation")["activities"] == [
        {"year": 2027, "kind": held.kind.value, "count": 3, "minutes": 270, "people": 14}
    ]
    assert "no-activities" not in codes(inputs, "cooperation")
    assert "no-activities" in codes(some_inputs(), "cooperation")


def an_open_recommendation() -> OpenRecommendation:
    return OpenRecommendation(
        recommendation_id=uuid5(PLAN, "D1"),
        number="D1",
        text="Doplnit poradenství.",
        addressee="Obec Obrnice",
        priority=RecommendationPriority.HIGH,
        response_due_on=date(2029, 1, 1),
        answer=None,
        responsible="",
        due_on=None,
    )


def test_an_exit_outline_says_what_continues_who_owns_and_pays_it_and_what_is_watched() -> None:
    poor = a_measure_fact("1.1.2", owner="", funded_until=None)
    short = a_measure_fact("1.1.3", funded_until=2028)
    ended = a_measure_fact("1.1.4", state=MeasureState.ABANDONED)
    facts = some_facts(
        measures=(a_measure_fact(), poor, short, ended),
        indicators=(
            an_indicator_fact((date(2027, 12, 31), 30)),
            an_indicator_fact(number="1.2", indicator_id=UUID(int=2), target_on=date(2027, 12, 31)),
        ),
        recommendations=(an_open_recommendation(),),
    )
    inputs = some_inputs(head=a_head(type=EvaluationType.EXIT_OUTLINE), facts=facts)
    told = computed(inputs, "afterwards")
    continues, monitored = told["continues"], told["monitored"]
    assert isinstance(continues, list)
    assert isinstance(monitored, list)
    assert [(each["number"], each["funded_until"]) for each in continues] == [
        ("1.1.1", 2030),
        ("1.1.2", None),
        ("1.1.3", 2028),
    ]
    assert told["ended"] == 1
    assert [each["number"] for each in monitored] == ["1.1"], "what reached its last day is watched no more"
    assert codes(inputs, "afterwards") >= {
        "continues-without-owner",
        "continues-without-money",
        "money-ends-first",
    }
    assert len(codes(inputs, "afterwards")) == 4, "the text of the section is the fourth"
    mid_term = replace(inputs, head=a_head())
    assert codes(mid_term, "afterwards") == {"text-missing"}


def test_an_exit_outline_of_a_unit_without_a_plan_says_so() -> None:
    facts = some_facts(plan=None, indicators=())
    inputs = some_inputs(head=a_head(type=EvaluationType.EXIT_OUTLINE), facts=facts)
    assert "continues-unknown" in codes(inputs, "afterwards")
    assert computed(inputs, "afterwards")["continues"] == []
