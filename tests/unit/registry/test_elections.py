"""Days of elections, whom they concern, and from when until when handovers are opened."""

from datetime import date, timedelta

import pytest

from registry.handovers.election_use_cases import code_list
from registry.handovers.elections import ElectionDaysReversed, ElectionKind, expect_days
from shared.contracts.registry import UnitKind
from shared.working_days import is_working_day

BY_CODE = {election.code: election for election in code_list()}
OF_2026 = BY_CODE["municipal-2026"]


def test_the_code_list_has_the_days_that_were_announced() -> None:
    assert {
        code: (each.first_on.isoformat(), each.last_on.isoformat()) for code, each in BY_CODE.items()
    } == {
        "municipal-2014": ("2014-10-10", "2014-10-11"),
        "regional-2016": ("2016-10-07", "2016-10-08"),
        "municipal-2018": ("2018-10-05", "2018-10-06"),
        "regional-2020": ("2020-10-02", "2020-10-03"),
        "municipal-2022": ("2022-09-23", "2022-09-24"),
        "regional-2024": ("2024-09-20", "2024-09-21"),
        "municipal-2026": ("2026-10-09", "2026-10-10"),
        "regional-2028": ("2028-10-06", "2028-10-07"),
        "municipal-2030": ("2030-10-11", "2030-10-12"),
    }


def test_all_of_them_are_on_a_friday_and_a_saturday_and_have_a_source() -> None:
    assert {(each.first_on.weekday(), each.last_on.weekday()) for each in BY_CODE.values()} == {(4, 5)}
    assert all(each.source for each in BY_CODE.values())


def lawful_days(year: int) -> tuple[date, date]:
    """Return Friday and Saturday of the first whole week of October.

    Since 2026, Article 102 of the Constitution and Act No. 88/2024 Coll.; the president only announces them.
    """
    first = date(year, 10, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return monday + timedelta(days=4), monday + timedelta(days=5)


def test_from_2026_on_the_days_are_those_of_the_law() -> None:
    later = [each for each in BY_CODE.values() if each.first_on.year >= 2026]
    assert [(each.first_on, each.last_on) for each in later] == [lawful_days(y) for y in (2026, 2028, 2030)]


def test_handovers_of_2026_open_180_days_before_and_until_90_days_after() -> None:
    assert (OF_2026.opens_on, OF_2026.closes_on) == (date(2026, 4, 12), date(2027, 1, 8))
    near = [OF_2026.is_near(day) for day in (date(2026, 4, 11), date(2026, 4, 12), date(2026, 11, 22))]
    assert near == [False, True, True]
    assert [OF_2026.is_near(day) for day in (date(2027, 1, 8), date(2027, 1, 9))] == [True, False]


def test_they_are_to_be_prepared_30_days_before_and_are_due_on_a_working_day_after_the_90_days() -> None:
    assert (OF_2026.prepare_until, OF_2026.due_on) == (date(2026, 9, 9), date(2027, 1, 8))
    of_2022 = BY_CODE["municipal-2022"]
    assert (of_2022.closes_on, of_2022.due_on) == (date(2022, 12, 23), date(2022, 12, 23))
    of_2018 = BY_CODE["municipal-2018"]
    assert (of_2018.closes_on, of_2018.due_on) == (date(2019, 1, 4), date(2019, 1, 4))
    of_2014 = BY_CODE["municipal-2014"]
    assert (of_2014.closes_on, of_2014.due_on) == (date(2015, 1, 9), date(2015, 1, 9))
    assert all(is_working_day(each.due_on) for each in BY_CODE.values())


@pytest.mark.parametrize(
    ("kind", "code", "by"),
    [
        (UnitKind.MUNICIPALITY, "567337", ElectionKind.MUNICIPAL),
        (UnitKind.CITY_PART, None, ElectionKind.MUNICIPAL),
        (UnitKind.MUNICIPALITY_ASSOCIATION, None, ElectionKind.MUNICIPAL),
        (UnitKind.LOCAL_ACTION_GROUP, None, ElectionKind.MUNICIPAL),
        (UnitKind.REGION, "CZ042", ElectionKind.REGIONAL),
        (UnitKind.REGION, "CZ010", ElectionKind.MUNICIPAL),
        (UnitKind.ORP, "4205", None),
    ],
)
def test_an_election_concerns_those_whose_leadership_it_may_change(
    kind: UnitKind, code: str | None, by: ElectionKind | None
) -> None:
    concerned = {each.kind for each in BY_CODE.values() if each.concerns(kind, code)}
    assert concerned == ({by} if by else set())


@pytest.mark.parametrize("last_on", [date(2030, 10, 10), date(2030, 10, 13)])
def test_an_election_takes_one_day_or_two(last_on: date) -> None:
    with pytest.raises(ElectionDaysReversed):
        expect_days(date(2030, 10, 11), last_on)
