"""Sums, lists and files of the log of activities."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.activities import use_cases
from registry.activities.code_lists import StaffRole
from registry.activities.domain import Facts, Staff
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.registry import ThematicArea
from tests.support.activities import TRMICE, residents, some_facts, two_towns
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, OBRNICE, code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR_OF_TRMICE

IVA = Staff(person="iva.expertka", role=StaffRole.EXPERT, minutes=20)
PETR = Staff(person=CONSULTANT.id, role=StaffRole.LEAD, minutes=50)


@pytest.fixture
async def logged(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Three activities: of two areas in Obrnice, of none in both towns, one in Trmice."""
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
    area = (ThematicArea.BYD, ThematicArea.ZAM)
    facts = (
        some_facts(held_on=date(2026, 3, 31), minutes=50, areas=area, people=(residents(3, 40),)),
        some_facts(
            ExpertActivityKind.VZA,
            held_on=date(2026, 4, 1),
            minutes=70,
            areas=(),
            unit_ids=(TRMICE, OBRNICE),
            staff=(PETR, IVA),
            people=(residents(10, 70),),
        ),
        some_facts(held_on=date(2026, 4, 2), minutes=20, unit_ids=(TRMICE,), title="=SUM(A1)"),
    )
    async with registry.transaction(ADMINISTRATOR) as tx:
        for each in facts:
            await use_cases.record_activity(tx, each, on=None)
    return registry


async def test_hours_are_summed_by_kind_and_quarter_and_add_up(logged: ServiceUnderTest) -> None:
    async with logged.client(CONSULTANT) as client:
        summary = (await client.get("/activities/summary", params={"by": ["kind", "quarter"]})).json()
    assert [(line["kind"], line["period"], line["minutes"], line["hours"]) for line in summary["lines"]] == [
        ("KON", "2026-Q1", 50, "0.83"),
        ("KON", "2026-Q2", 20, "0.33"),
        ("VZA", "2026-Q2", 70, "1.17"),
    ]
    assert summary["adds_up"] is True
    assert summary["total"] == {"activities": 3, "minutes": 140, "hours": "2.33"}
    assert summary["people"] == [{"role": "resident", "people": 13, "minutes": 820, "hours": "13.67"}]


async def test_an_activity_of_two_areas_counts_in_both_and_once_in_the_total(
    logged: ServiceUnderTest,
) -> None:
    async with logged.client(CONSULTANT) as client:
        summary = (await client.get("/activities/summary", params={"by": "area"})).json()
    assert {line["area"]: line["minutes"] for line in summary["lines"]} == {"BYD": 70, "ZAM": 50, None: 70}
    assert (summary["adds_up"], summary["total"]["minutes"]) == (False, 140)


async def test_staff_are_summed_by_their_own_minutes_for_the_agency_alone(logged: ServiceUnderTest) -> None:
    async with logged.client(CONSULTANT) as client, logged.client(COORDINATOR) as coordinator:
        summary = (await client.get("/activities/summary", params={"by": "staff"})).json()
        refused = await coordinator.get("/activities/summary", params={"by": "staff"})
        twice = await client.get("/activities/summary", params={"by": ["month", "year"]})
    assert {line["staff"]: line["minutes"] for line in summary["lines"]} == {
        CONSULTANT.id: 120,
        IVA.person: 20,
    }
    assert (refused.status_code, code_of(refused)) == (403, "staff-for-the-agency")
    assert (twice.status_code, code_of(twice)) == (422, "summed-twice-by-time")


async def test_a_unit_sums_its_own_work_and_sees_no_line_of_another(logged: ServiceUnderTest) -> None:
    async with logged.client(COORDINATOR) as client:
        summary = (await client.get("/activities/summary", params={"by": "unit"})).json()
        others = await client.get("/activities/summary", params={"by": "unit", "filter[unit]": str(TRMICE)})
    assert [(line["unit_id"], line["minutes"]) for line in summary["lines"]] == [(str(OBRNICE), 120)]
    assert summary["total"] == {"activities": 2, "minutes": 120, "hours": "2.00"}
    assert others.json()["lines"] == []


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, 3),
        ({"filter[unit]": str(TRMICE)}, 2),
        ({"filter[kind]": "VZA"}, 1),
        ({"filter[area]": "ZAM"}, 1),
        ({"filter[from]": "2026-04-01", "filter[until]": "2026-04-01"}, 1),
        ({"filter[person]": "iva.expertka"}, 1),
        ({"filter[person]": "me"}, 3),
        ({"filter[region]": str(OBRNICE)}, 2),
        ({"filter[unit]": "00000000-0000-0000-0000-000000000000"}, 0),
    ],
)
async def test_the_list_is_narrowed_by_its_filters_in_one_statement(
    logged: ServiceUnderTest, asked: dict[str, str], titles: int
) -> None:
    async with logged.client(CONSULTANT) as client:
        with logged.counted_statements() as statements:
            found = await client.get("/activities", params=asked)
    days = [each["held_on"] for each in found.json()["items"]]
    assert (len(days), days) == (titles, sorted(days, reverse=True))
    assert len(statements) <= 2


async def test_pages_of_the_list_hold_each_activity_once(logged: ServiceUnderTest) -> None:
    seen: list[str] = []
    async with logged.client(CONSULTANT) as client:
        address = "/activities?limit=1"
        while address:
            page = await client.get(address)
            seen += [each["id"] for each in page.json()["items"]]
            address = page.links["next"]["url"] if "next" in page.links else ""
    assert len(seen) == len(set(seen)) == 3


async def test_the_export_opens_in_a_czech_spreadsheet_and_holds_no_formula(logged: ServiceUnderTest) -> None:
    async with logged.client(CONSULTANT) as client:
        as_csv = await client.get("/activities/export.csv")
        in_english = await client.get(
            "/activities/export.csv", params={"delimiter": "comma"}, headers={"Accept-Language": "en"}
        )
        as_xlsx = await client.get("/activities/export.xlsx", params={"filter[kind]": "VZA"})
    assert as_csv.content.startswith(b"\xef\xbb\xbfDatum;Druh;")
    rows = list(csv.DictReader(StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Hodin"] for row in rows] == ["0,33", "1,17", "0,83"]
    assert (rows[0]["Název"], rows[1]["Územní celky"]) == ("'=SUM(A1)", "Trmice, Obrnice")
    assert rows[1]["Lidé podle rolí"] == "obyvatelé: 10"
    assert in_english.content.decode("utf-8-sig").startswith("Day,Kind,")
    sheet = openpyxl.load_workbook(BytesIO(as_xlsx.content)).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "vzdělávací akce" in cells
    assert "konzultace opatření" not in cells


async def test_a_unit_exports_nothing_of_others(logged: ServiceUnderTest) -> None:
    async with logged.client(COORDINATOR_OF_TRMICE) as client:
        content = (await client.get("/activities/export.csv")).content.decode("utf-8-sig")
    assert len(content.splitlines()) == 3
    assert "2026-03-31" not in content


async def test_the_thirteen_kinds_are_public_in_both_languages(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        lists = (await client.get("/activities/code-lists")).json()
    assert [kind["code"] for kind in lists["kinds"]] == list(ExpertActivityKind)
    assert len(lists["kinds"]) == 13
    assert lists["kinds"][0] == {"code": "VYZ", "name_cs": "výzkum", "name_en": "research"}


WORK = st.builds(
    some_facts,
    kind=st.sampled_from(ExpertActivityKind),
    held_on=st.dates(date(2025, 1, 1), date(2026, 10, 31)),
    minutes=st.integers(60, 1440),
    unit_ids=st.sampled_from([(OBRNICE,), (TRMICE,), (OBRNICE, TRMICE)]),
    people=st.lists(st.builds(residents, st.integers(1, 40), st.integers(1, 60)), max_size=3).map(tuple),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.lists(WORK, max_size=12))
async def test_the_sums_are_the_sums_of_the_entries(registry: ServiceUnderTest, work: list[Facts]) -> None:
    await registry.empty()
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
        async with registry.transaction(ADMINISTRATOR) as tx:
            for facts in work:
                await use_cases.record_activity(tx, facts, on=None)
        summary = (await client.get("/activities/summary", params={"by": ["kind", "month"]})).json()
        listed = (await client.get("/activities", params={"limit": 200})).json()["items"]
    minutes = sum(facts.minutes for facts in work)
    assert sum(each["minutes"] for each in listed) == minutes
    assert sum(line["minutes"] for line in summary["lines"]) == summary["total"]["minutes"] == minutes
    assert sum(line["activities"] for line in summary["lines"]) == len(work)
    assert abs(Decimal(summary["total"]["hours"]) * 60 - minutes) <= Decimal("0.3")
    reached = sum(line.count for facts in work for line in facts.people)
    assert sum(each["people"] for each in summary["people"]) == reached
