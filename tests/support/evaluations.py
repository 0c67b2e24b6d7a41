"""Builders of evaluations and their reports: from the calendar to a frozen edition."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import httpx

from evaluation.evaluations.schedule import evaluation_id
from evaluation.measures.domain import MeasureFact
from evaluation.progress.domain import Aim, Reading, progress_of
from evaluation.reports.content import Draft, Judgement, SectionCode, Strength, Text, Verdict
from evaluation.reports.facts import Facts, Head, IndicatorFact, NamedUnit, PlanFact, Point
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.intake import CooperationDescribed, CooperationDomain
from shared.contracts.measures import MeasureState
from shared.contracts.planning import RecommendationAnswer, RecommendationAnswered
from shared.contracts.registry import CooperationRegime, CooperationStarted, ThematicArea
from shared.contracts.reports import EvaluationType
from tests.support.evaluation import EVALUATOR, PLAN, a_plan_approved, an_indicator, indicator_id
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, an_actor

Json = dict[str, object]
ENTRY = evaluation_id(PLAN, EvaluationKind.ENTRY)
COOPERATION = UUID("0192f0c1-0000-7000-8000-0000000000c1")
REVIEWER = an_actor(Role.EVALUATOR, affiliation="Agentura", sub="rita.recenzentka")
DIRECTOR = an_actor(Role.DIRECTOR, affiliation="Agentura", sub="daniel.reditel")
LATER = "2099-12-31"


def an_assignment(**changes: object) -> Json:
    return {"mode": "internal", "organisation": "Agentura", "authors": ["Obec Obrnice"], **changes}


def a_judgement(code: str = "EQ3", **changes: object) -> Json:
    return {
        "code": code,
        "answer": "Cíle bydlení se plní, cíle zaměstnanosti ne.",
        "verdict": "rather-yes",
        "strength": "moderate",
        "evidence": [{"kind": "indicator", "reference": "1.1", "note": "20 z 60 domácností"}],
        **changes,
    }


def a_proposal(**changes: object) -> Json:
    return {
        "text": "Doplnit zabydlování o dluhové poradenství.",
        "addressee": "Obec Obrnice",
        "priority": "high",
        "response_due_on": LATER,
        **changes,
    }


def a_cooperation_started(**changes: object) -> CooperationStarted:
    started = CooperationStarted(
        version=1,
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        regime=CooperationRegime.KPSV21,
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 12, 31),
    )
    return replace(started, **changes)  # type: ignore[arg-type]


def a_description_agreed(**changes: object) -> CooperationDescribed:
    described = CooperationDescribed(
        version=1,
        description_id=UUID("0192f0c1-0000-7000-8000-0000000000d1"),
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        domain=CooperationDomain.SOCIAL_INCLUSION,
        edition=1,
        areas=(ThematicArea.BYD, ThematicArea.ZAM),
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 12, 31),
        baseline=(),
        digest="0" * 64,
    )
    return replace(described, **changes)  # type: ignore[arg-type]


def an_answer(recommendation_id: UUID, *, version: int = 2, **changes: object) -> RecommendationAnswered:
    answered = RecommendationAnswered(
        version=version,
        recommendation_id=recommendation_id,
        evaluation_id=ENTRY,
        plan_id=PLAN,
        revision=1,
        unit_ids=(OBRNICE,),
        answer=RecommendationAnswer.ACCEPTED,
        reasons="",
        responsible="Odbor sociálních věcí",
        due_on=date(2099, 6, 30),
        node_ids=(),
        fulfilled_on=None,
    )
    return replace(answered, **changes)  # type: ignore[arg-type]


async def act(
    evaluation: ServiceUnderTest,
    step: str,
    body: object = None,
    *,
    actor: Actor = EVALUATOR,
    of: UUID | str = ENTRY,
    version: int | None = None,
) -> httpx.Response:
    """Take a step on the version given or on the current one; a part of the report is put."""
    root = f"/evaluation-register/{of}"
    async with evaluation.client(actor) as client:
        tag = f'"{version}"' if version else (await client.get(root)).headers.get("etag", '"1"')
        method = "PUT" if step.startswith("report/") else "POST"
        return await client.request(method, f"{root}/{step}", json=body, headers={"If-Match": tag})


async def taken(evaluation: ServiceUnderTest, step: str, body: object = None, **options: object) -> Json:
    answer = await act(evaluation, step, body, **options)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


async def a_begun_evaluation(evaluation: ServiceUnderTest) -> None:
    """Let a plan be approved and its entry evaluation begin."""
    indicators = (an_indicator(), an_indicator(2, number="1.2", name="Podíl zaměstnaných"))
    await evaluation.hear(a_plan_approved(indicators=indicators))
    await taken(evaluation, "beginning", an_assignment())


async def a_written_report(evaluation: ServiceUnderTest, *proposals: Json, of: UUID | str = ENTRY) -> None:
    """Write all that a report needs."""
    for section in ("assignment", "method", "conclusion"):
        body = {"text": f"Text oddílu {section}."}
        await taken(evaluation, f"report/sections/{section}", body, of=of)
    await taken(evaluation, "report/questions", [a_judgement()], of=of)
    await taken(evaluation, "report/recommendations", list(proposals or (a_proposal(),)), of=of)


async def a_completed_evaluation(evaluation: ServiceUnderTest, *proposals: Json) -> Json:
    await a_begun_evaluation(evaluation)
    await a_written_report(evaluation, *proposals)
    await taken(evaluation, "draft")
    await taken(evaluation, "review", {"note": ""}, actor=REVIEWER)
    return await taken(evaluation, "completion", actor=DIRECTOR)


def a_head(**changes: object) -> Head:
    head = Head(
        evaluation_id=ENTRY,
        type=EvaluationType.PLAN_MID_TERM,
        title="Plán sociálního začleňování obce Obrnice",
        due_on=date(2028, 7, 3),
        mode="internal",
        organisation="Agentura",
        contract="",
        authors=("Obec Obrnice",),
        themes=(),
        region="",
        project="",
    )
    return replace(head, **changes)  # type: ignore[arg-type]


def an_indicator_fact(
    *values: tuple[date, int], on: date = date(2028, 6, 30), **changes: object
) -> IndicatorFact:
    planned = an_indicator()
    series = sorted(values)
    last = Reading(value=Decimal(series[-1][1]), measured_on=series[-1][0]) if series else None
    names = ("direction", "periodicity", "unit", "baseline", "baseline_on", "target", "target_on")
    judged = progress_of(Aim(**{name: getattr(planned, name) for name in names}), last, today=on)
    fact = IndicatorFact(
        indicator_id=indicator_id(1),
        number="1.1",
        name=planned.name,
        unit=planned.unit,
        direction=planned.direction,
        owner=planned.owner,
        baseline=planned.baseline,
        baseline_on=planned.baseline_on,
        target=planned.target,
        target_on=planned.target_on,
        series=tuple(
            Point(period=str(day.year), measured_on=day, value=Decimal(value)) for day, value in series
        ),
        wording="",
        actual=None if last is None else last.value,
        progress=judged.progress,
        expected=judged.expected,
        light=judged.light,
        reason=judged.reason,
        overdue=0,
    )
    return replace(fact, **changes)  # type: ignore[arg-type]


def some_facts(**changes: object) -> Facts:
    facts = Facts(
        as_of=date(2028, 6, 30),
        units=(NamedUnit(id=OBRNICE, name="Obrnice"),),
        plan=PlanFact(
            plan_id=PLAN,
            kind="PSZ",
            title="Plán sociálního začleňování obce Obrnice",
            revision=1,
            valid_from=date(2026, 1, 1),
            valid_until=date(2030, 12, 31),
            closed_on=None,
        ),
        cooperations=(),
        indicators=(an_indicator_fact((date(2027, 12, 31), 30)),),
        quality=(),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def a_measure_fact(number: str = "1.1.1", **changes: object) -> MeasureFact:
    fact = MeasureFact(
        plan_id=PLAN,
        measure_id=uuid5(PLAN, f"measure {number}"),
        number=number,
        name="Zabydlování s podporou",
        owner="Odbor sociálních věcí",
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        funded_until=2030,
        funders=("eu", "municipality"),
        state=MeasureState.RUNNING,
        state_on=date(2028, 6, 1),
    )
    return replace(fact, **changes)  # type: ignore[arg-type]


def a_draft(**changes: object) -> Draft:
    draft = Draft(
        texts=tuple(
            Text(section=section, text="Text.")
            for section in (SectionCode.ASSIGNMENT, SectionCode.METHOD, SectionCode.CONCLUSION)
        ),
        judgements=(
            Judgement(
                code="EQ3",
                edition=1,
                answer="Ano.",
                verdict=Verdict.YES,
                strength=Strength.STRONG,
            ),
        ),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)  # noqa: DTZ011
