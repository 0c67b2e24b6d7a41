"""Distance travelled of a cooperation and of the programme, read at once."""

import csv
from io import StringIO
from uuid import UUID, uuid5

from evaluation.quality.domain import set_id
from shared.contracts.intake import CooperationDomain
from tests.support.evaluation import a_unit_registered
from tests.support.evaluations import ENTRY, a_begun_evaluation
from tests.support.programmes import a_project_in, entered
from tests.support.quality import COOPERATION, EVA, SET, a_description, agreed
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, OBRNICE, TRMICE

SECOND = uuid5(COOPERATION, "second")
SECOND_SET = set_id(SECOND, CooperationDomain.SOCIAL_INCLUSION)


async def get(evaluation: ServiceUnderTest, address: str) -> dict[str, object]:
    async with evaluation.client(EVA) as client:
        answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_a_cooperation_has_its_shift_on_any_day_and_counts_with_it(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_unit_registered(), a_description())
    before = await get(evaluation, f"/quality-shifts/{COOPERATION}")
    assert (before["shift"], before["not_assessed"], before["assessed_on"]) == (None, 3, None)

    await agreed(evaluation, {"BYD-1": 1, "BYD-2": 2, "DLU-1": 1}, phase="entry", on="2024-01-05")
    await agreed(evaluation, {"BYD-1": 3, "BYD-2": 1, "DLU-1": None}, on="2025-03-14")
    await agreed(evaluation, {"BYD-1": 4, "BYD-2": 2, "DLU-1": 2}, phase="final", on="2026-03-14")

    middle = await get(evaluation, f"/quality-shifts/{COOPERATION}?as_of=2025-12-31")
    assert (middle["shift"], middle["improved"], middle["worsened"], middle["not_assessed"]) == (
        "0.50",
        1,
        1,
        1,
    )
    now = await get(evaluation, f"/quality-shifts/{COOPERATION}")
    assert (now["start"], now["now"], now["shift"], now["unchanged"]) == ("1.25", "2.50", "1.25", 1)
    assert now["areas"] == [
        {
            "area": area,
            "start": start,
            "now": level,
            "shift": shift,
            "improved": 1,
            "unchanged": unchanged,
            "worsened": 0,
            "not_assessed": 0,
        }
        for area, start, level, shift, unchanged in (
            ("BYD", "1.50", "3.00", "1.50", 1),
            ("DLU", "1.00", "2.00", "1.00", 0),
        )
    ]
    criteria = now["criteria"]
    assert isinstance(criteria, list)
    assert [(each["code"], each["start_source"], each["shift"]) for each in criteria] == [
        ("BYD-1", "baseline", 3),
        ("BYD-2", "baseline", 0),
        ("DLU-1", "entry-reading", 1),
    ]


async def test_the_programme_is_read_in_one_statement_by_the_name_of_units(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(
        a_unit_registered(name="Řehlovice"),
        a_unit_registered(unit_id=TRMICE, name="Chomutov"),
        a_description(),
        a_description({"BYD-1": 0}, cooperation=SECOND, unit=TRMICE),
    )
    await agreed(evaluation, {"BYD-1": 2, "BYD-2": 2, "DLU-1": 1}, of=SET)
    await agreed(evaluation, {"BYD-1": 3}, of=SECOND_SET)

    with evaluation.counted_statements() as statements:
        found = await get(evaluation, "/quality-shifts")
    assert len(statements) == 1
    items, together = found["items"], found["together"]
    assert isinstance(items, list)
    assert isinstance(together, dict)
    assert [(each["unit_name"], each["shift"]) for each in items] == [
        ("Chomutov", "3.00"),
        ("Řehlovice", "0.50"),
    ]
    assert (together["shift"], together["cooperations"], together["compared"]) == ("1.75", 2, 2)
    assert (together["improved"], together["unchanged"], together["not_assessed"]) == (2, 1, 1)
    alone = await get(evaluation, f"/quality-shifts?filter[unit]={OBRNICE}")
    assert isinstance(alone["items"], list)
    assert [UUID(each["unit_id"]) for each in alone["items"]] == [OBRNICE]

    both = await entered(evaluation, a_project_in(unit_ids=[str(OBRNICE), str(TRMICE)]))
    assert (await get(evaluation, f"/projects/{both}/dashboard"))["quality"] == together
    number = "CZ.03.02.02/00/22_004/0000367"
    one = await entered(evaluation, a_project_in(unit_ids=[str(OBRNICE)], registration_number=number))
    quality = (await get(evaluation, f"/projects/{one}/dashboard"))["quality"]
    assert isinstance(quality, dict)
    assert (quality["shift"], quality["cooperations"]) == ("0.50", 1)


async def test_the_table_has_a_line_for_each_criterion_and_no_zero_for_nothing(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_unit_registered(name="=Obrnice"), a_description())
    await agreed(evaluation, {"BYD-1": 0, "BYD-2": 2, "DLU-1": 4})
    async with evaluation.client(COORDINATOR) as client:
        answer = await client.get("/quality-shifts.csv", headers={"Accept-Language": "cs"})
        english = await client.get("/quality-shifts.csv?delimiter=comma", headers={"Accept-Language": "en"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, *lines = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert heading[:3] == ["územní celek", "spolupráce", "oblast spolupráce"]
    assert [line[0] for line in lines] == ["'=Obrnice"] * 3
    assert [(line[4], line[7], line[9], line[10], line[11]) for line in lines] == [
        ("BYD-1", "1", "0", "-1", "zhoršení"),
        ("BYD-2", "2", "2", "0", "beze změny"),
        ("DLU-1", "", "4", "", "nehodnoceno"),
    ]
    assert english.text.splitlines()[0].endswith("shift,change,phase,assessed on")
    assert english.headers["content-language"] == "en"


async def test_a_report_tells_the_same_shift_as_the_overview(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered(), a_description())
    await a_begun_evaluation(evaluation)
    await agreed(evaluation, {"BYD-1": 4, "BYD-2": 4, "DLU-1": 4}, phase="entry", on="2024-01-05")
    await agreed(evaluation, {"BYD-1": 4, "BYD-2": 4, "DLU-1": 4})
    await agreed(evaluation, {"BYD-1": 2, "BYD-2": 3, "DLU-1": 1}, on="2025-09-14")
    shift = await get(evaluation, f"/quality-shifts/{COOPERATION}")
    report = await get(evaluation, f"/evaluation-register/{ENTRY}/report")
    sections = report["sections"]
    assert isinstance(sections, list)
    (told,) = [
        each
        for section in sections
        for each in (section["computed"] or {}).get("quality", ())
        if each["domain"] == "social-inclusion"
    ]
    assert (told["shift"], told["assessed_on"]) == (shift["shift"], shift["assessed_on"])
    assert told["shift"] == "-1.00"
    criteria = shift["criteria"]
    assert isinstance(criteria, list)
    assert [each["now"] for each in told["criteria"]] == [each["now"] for each in criteria] == [2, 3, 1]
