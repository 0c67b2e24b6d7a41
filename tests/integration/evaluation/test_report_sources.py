"""What a report takes from elsewhere: words on measures, activities, similar units; and its workbook."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID, uuid5

from openpyxl import load_workbook

from shared.canonical import digest
from shared.contracts.intake import ActivityRecorded, Attendance, ExpertActivityKind
from shared.contracts.measures import MeasureState, MeasureStateChanged, PlannedMeasure
from shared.contracts.planning import PlanApproved
from tests.support.evaluation import EVALUATOR, NEIGHBOUR, PLAN, a_plan_approved, a_unit_registered
from tests.support.evaluations import (
    DIRECTOR,
    ENTRY,
    REVIEWER,
    a_begun_evaluation,
    a_written_report,
    act,
    taken,
)
from tests.support.evidence import OBRNICE, asked
from tests.support.exclusion import a_country
from tests.support.service import ServiceUnderTest
from tests.support.tokens import TRMICE

HOUSING, DEBTS = uuid5(PLAN, "measure 1"), uuid5(PLAN, "measure 2")
FROM_PLANNING = "evaluation-measures-from-planning"


def a_planned(measure_id: UUID, number: str, name: str, **changes: object) -> PlannedMeasure:
    planned = PlannedMeasure(
        measure_id=measure_id,
        number=number,
        name=name,
        owner="Odbor sociálních věcí",
        ends_on=date(2030, 12, 31),
        funded_until=2028,
        funders=("eu",),
    )
    return replace(planned, **changes)  # type: ignore[arg-type]


def with_measures(*measures: PlannedMeasure, revision: int = 1) -> PlanApproved:
    return replace(a_plan_approved(revision=revision), measures=measures)


def a_word(measure_id: UUID, version: int, state: MeasureState, **changes: object) -> MeasureStateChanged:
    word = MeasureStateChanged(
        version=version,
        measure_id=measure_id,
        plan_id=PLAN,
        revision=1,
        unit_ids=(OBRNICE,),
        number="1.1.1",
        owner="Odbor sociálních věcí",
        state=state,
        previous=None,
        state_on=date(2026, 6, version),
    )
    return replace(word, **changes)  # type: ignore[arg-type]


def an_activity(number: int = 1, *, version: int = 1, **changes: object) -> ActivityRecorded:
    recorded = ActivityRecorded(
        version=version,
        activity_id=uuid5(PLAN, f"activity {number}"),
        unit_ids=(OBRNICE,),
        kind=ExpertActivityKind.KON,
        areas=(),
        held_on=date(2026, 3, 3),
        minutes=90,
        attendance=(Attendance(person=f"P-{number:08d}", role="social-worker", minutes=90),),
        struck_out=False,
    )
    return replace(recorded, **changes)  # type: ignore[arg-type]


async def sections_of(evaluation: ServiceUnderTest) -> dict[str, dict[str, object]]:
    async with evaluation.client(EVALUATOR) as client:
        report = (await client.get(f"/evaluation-register/{ENTRY}/report")).json()
    return {each["code"]: each["computed"] for each in report["sections"]}


async def test_measures_and_activities_come_by_events_in_any_order(evaluation: ServiceUnderTest) -> None:
    await a_begun_evaluation(evaluation)
    first = with_measures(
        a_planned(HOUSING, "1.1.1", "Bydlení"), a_planned(DEBTS, "1.1.2", "Dluhy", owner="Charita")
    )
    second = with_measures(a_planned(DEBTS, "1.1.1", "Dluhová poradna"), revision=2)
    later, earlier = a_word(DEBTS, 2, MeasureState.DELAYED), a_word(DEBTS, 1, MeasureState.RUNNING)
    await evaluation.hear(later, earlier, later, consumer=FROM_PLANNING)
    await evaluation.hear(first, first, consumer=FROM_PLANNING)
    told = (await sections_of(evaluation))["areas"]["measures_told"]
    assert isinstance(told, list)
    assert [(each["number"], each["state"], each["state_on"]) for each in told] == [
        ("1.1.1", None, None),
        ("1.1.2", "delayed", "2026-06-02"),
    ]
    await evaluation.hear(second, first, consumer=FROM_PLANNING)
    told = (await sections_of(evaluation))["areas"]["measures_told"]
    assert isinstance(told, list)
    assert [(each["number"], each["name"]) for each in told] == [("1.1.1", "Dluhová poradna")]
    await evaluation.hear(
        *(an_activity(), an_activity(2), an_activity(3, struck_out=True)),
        an_activity(4, unit_ids=(TRMICE,)),
        an_activity(2, version=2, minutes=60),
    )
    assert (await sections_of(evaluation))["cooperation"]["activities"] == [
        {"year": 2026, "kind": "KON", "count": 2, "minutes": 150, "people": 2}
    ]


async def test_similar_units_are_asked_of_the_registry_and_frozen_with_its_answer(
    evaluation: ServiceUnderTest, registry: ServiceUnderTest
) -> None:
    await a_country(registry, years=[2023], municipalities=60)
    await evaluation.hear(a_unit_registered())
    await a_begun_evaluation(evaluation)
    wanted = {"unit_id": str(OBRNICE), "year": 2023, "count": 2}
    silent = await act(evaluation, "report/similar-units", wanted)
    assert (silent.status_code, silent.json()["type"]) == (409, "urn:pospolu:problem:registry-silent")
    async with asked(evaluation, registry):
        nobody = await act(evaluation, "report/similar-units", {**wanted, "year": 2010})
        assert (nobody.status_code, nobody.json()["type"]) == (409, "urn:pospolu:problem:nobody-similar")
        async with registry.client() as client:
            peers = (await client.get(f"/index/units/{OBRNICE}/peers?year=2023")).json()["peers"]
        another = peers[0]["municipality"]["unit_id"]
        other = await act(evaluation, "report/similar-units", {**wanted, "unit_id": another})
        assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/unit_id")
        await taken(evaluation, "report/similar-units", wanted)
    await a_written_report(evaluation)
    await taken(evaluation, "draft")
    await taken(evaluation, "review", {"note": ""}, actor=REVIEWER)
    done = await taken(evaluation, "completion", actor=DIRECTOR)
    async with evaluation.client(EVALUATOR) as client:
        frozen = await client.get(f"/evaluation-register/{ENTRY}/reports/1")
        verified = (await client.get(f"/evaluation-register/{ENTRY}/reports/1/verification")).json()
    similar = frozen.json()["similar_units"]
    assert (similar["name"], similar["year"], len(similar["peers"])) == ("Obrnice", 2023, 2)
    assert len(similar["digest"]) == 64
    assert "nikoli důkazem účinku" in similar["caveat_cs"]
    assert "comparison-missing" not in {gap["code"] for gap in frozen.json()["gaps"]}
    assert digest(frozen.content) == done["digest"]
    assert (verified["is_intact"], verified["is_reproducible"]) == (True, True)


async def test_a_frozen_report_is_taken_away_as_a_workbook(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered())
    await a_begun_evaluation(evaluation)
    await evaluation.hear(
        with_measures(a_planned(HOUSING, "1.1.1", "=SUM(A1)")),
        a_word(HOUSING, 1, MeasureState.RUNNING),
        consumer=FROM_PLANNING,
    )
    await evaluation.hear(an_activity())
    await a_written_report(evaluation)
    await taken(evaluation, "draft")
    await taken(evaluation, "review", {"note": ""}, actor=REVIEWER)
    await taken(evaluation, "completion", actor=DIRECTOR)
    address = f"/evaluation-register/{ENTRY}/reports/1/workbook"
    async with evaluation.client(EVALUATOR) as client:
        czech, again = await client.get(address), await client.get(address)
        english = await client.get(address, headers={"Accept-Language": "en"})
        frozen = await client.get(f"/evaluation-register/{ENTRY}/reports/1")
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(address)).status_code == 404
    assert czech.content == again.content
    book = load_workbook(BytesIO(czech.content))
    assert book.sheetnames[:3] == ["Zpráva", "Oddíly", "Spolupráce"]
    assert {"Ukazatele", "Opatření", "Evaluační otázky", "Doporučení", "Mezery"} <= set(book.sheetnames)
    cells = [[cell.value for cell in row] for row in book["Opatření"].iter_rows()]
    assert cells[3][:4] == ["1.1.1", "=SUM(A1)", "Odbor sociálních věcí", "probíhá"]
    assert book["Opatření"]["B4"].data_type == "s", "what somebody typed is no formula"
    assert cells[3][4].date() == date(2026, 6, 1)
    assert book["Ukazatele"]["E4"].data_type == "n"
    shown = [row[1].value for row in book["Zpráva"].iter_rows(min_row=4)]
    assert digest(frozen.content) in shown
    assert load_workbook(BytesIO(english.content)).sheetnames[:3] == ["Report", "Sections", "Cooperation"]
