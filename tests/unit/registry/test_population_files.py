"""Files of others as they are published: population, enforcement, jobseekers, a plain table of figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.imports.columns import ColumnsMissing
from registry.reading import Cell, FileKind, Sheet
from registry.seed import statistics
from registry.statistics.by_municipality import ENFORCEMENT, JOBSEEKERS, PeriodMissing, read_by_municipality
from registry.statistics.cells import decimal_of, text_of
from registry.statistics.collected import kind_of, read_collected
from registry.statistics.domain import FigureStatus, Periodicity, period_of
from registry.statistics.population import interval_of, read_population
from shared.contracts.registry import UnitKind

AGES = [
    *("idhod", "hodnota", "stapro_kod", "pohlavi_cis", "pohlavi_kod", "vuzemi_cis", "vuzemi_kod", "rok"),
    *("casref_do", "vek_cis", "vek_kod"),
]
CHILDREN, ADULTS, OLD = "400000600015000", "410015610065000", "410065799999000"
SERIES = {series.code: series for series in statistics()[1]}
MARCH = date(2026, 3, 1)


def a_table(columns: Sequence[str], *rows: Sequence[Cell]) -> Sheet:
    return Sheet(kind=FileKind.CSV, name=None, columns=tuple(columns), rows=[list(row) for row in rows])


def a_count(
    value: str | None = "2100",
    *,
    variable: str = "2406",
    sex: str | None = None,
    of: str = "43",
    code: str = "567337",
    year: str = "2023",
    day: str | None = "2023-12-31",
    age: str | None = None,
) -> list[Cell]:
    return ["1", value, variable, "102", sex, of, code, year, day, "7700", age]


def test_totals_of_both_sexes_are_taken_and_each_sex_is_counted_as_ignored() -> None:
    telling = read_population(a_table(AGES, a_count(), a_count("1000", sex="1"), a_count("1100", sex="2")))
    assert [(told.series, told.code, told.value) for told in telling.figures] == [
        ("POP", "567337", Decimal(2100))
    ]
    assert telling.ignored == {"of-one-sex": 2}


def test_an_empty_value_is_confidential_and_not_zero() -> None:
    told, zero = read_population(a_table(AGES, a_count(None), a_count("0", code="567027"))).figures
    assert (told.value, told.status) == (None, FigureStatus.CONFIDENTIAL)
    assert (zero.value, zero.status) == (Decimal(0), FigureStatus.GIVEN)


def test_columns_may_be_named_uzemi_and_stand_in_any_order() -> None:
    columns = ["rok", "uzemi_kod", "uzemi_cis", "hodnota"]
    telling = read_population(a_table(columns, [2023.0, 567337.0, "43", "2100"]))
    assert [(told.code, told.period) for told in telling.figures] == [("567337", date(2023, 1, 1))]


def test_a_file_without_the_needed_columns_is_refused_by_name() -> None:
    with pytest.raises(ColumnsMissing) as refusal:
        read_population(a_table(["hodnota", "rok"], ["1", "2023"]))
    assert refusal.value.facts["missing"] == "cis, kod"


def test_regions_and_districts_are_totals_and_other_territories_are_ignored() -> None:
    telling = read_population(a_table(AGES, a_count(of="100", code="3060"), a_count(of="44", code="1")))
    assert [(told.kind, told.code) for told in telling.totals] == [(UnitKind.REGION, "3060")]
    assert telling.ignored == {"other-territories": 1}


def test_other_variables_and_other_days_are_ignored() -> None:
    rows = [a_count(variable="2407"), a_count(day="2023-07-01")]
    assert read_population(a_table(AGES, *rows)).ignored == {"other-variables": 1, "other-days": 1}


@pytest.mark.parametrize(
    ("code", "ages"),
    [
        ("410015610020000", (15, 20)),
        ("400000600005000", (0, 5)),
        ("410095799999000", (95, None)),
        ("1100", None),
        ("", None),
    ],
)
def test_codes_of_age_intervals_are_read(code: str, ages: tuple[int, int | None] | None) -> None:
    assert interval_of(code) == ages


def test_fifteen_and_over_is_put_together_from_intervals() -> None:
    rows = [a_count("300", age=CHILDREN), a_count("1300", age=ADULTS), a_count("250", age=OLD)]
    told = {each.series: each.value for each in read_population(a_table(AGES, *rows)).figures}
    assert told == {"POP15": 1550, "POP1564": 1300}


def test_intervals_with_a_gap_give_no_figure() -> None:
    rows = [a_count("100", age="410015610020000"), a_count("250", age=OLD)]
    assert read_population(a_table(AGES, *rows)).figures == []


def test_a_confidential_interval_makes_the_sum_confidential() -> None:
    rows = [a_count(None, age=ADULTS), a_count("250", age=OLD)]
    told = {each.series: each.value for each in read_population(a_table(AGES, *rows)).figures}
    assert told == {"POP15": None, "POP1564": None}


@given(st.sets(st.integers(16, 64), max_size=8))
def test_however_the_ages_are_cut_the_sum_is_the_same(cuts: set[int]) -> None:
    bounds = [15, *sorted(cuts), 65]
    pairs = list(pairwise(bounds))
    rows = [a_count(str(to - since), age=f"410{since:03}610{to:03}000") for since, to in pairs]
    told = {
        each.series: each.value
        for each in read_population(a_table(AGES, *rows, a_count("7", age=OLD))).figures
    }
    assert told == {"POP15": 57, "POP1564": 50}


def test_bad_cells_are_told_by_row_and_written_heading() -> None:
    telling = read_population(a_table(AGES, a_count("mnoho"), a_count("-1"), a_count(year="letos")))
    assert [(problem.row, problem.column) for problem in telling.problems] == [
        (2, "hodnota"),
        (3, "hodnota"),
        (4, "rok"),
    ]


def test_the_chambers_columns_are_known() -> None:
    columns = ["nazev_obce", "kod_obce_zuj", "obvod_orp", "okres", "kraj", "pocet_osob", "pocet_exekuci"]
    sheet = a_table(columns, ["Obrnice", "567337", "4208", "Most", "Ústecký kraj", "751", "4210"])
    told = read_by_municipality(sheet, ENFORCEMENT, period=MARCH).figures
    assert [(each.series, each.code, each.value, each.period) for each in told] == [
        ("EXE-PERSONS", "567337", Decimal(751), MARCH),
        ("EXE-PROCEEDINGS", "567337", Decimal(4210), MARCH),
    ]


def test_a_file_that_names_no_month_needs_one() -> None:
    with pytest.raises(PeriodMissing):
        read_by_municipality(a_table(["kod_obce", "pocet_osob"], ["567337", "1"]), ENFORCEMENT, period=None)


@pytest.mark.parametrize("written", ["2026-03", "2026-03-31", "31.03.2026", "31. 3. 2026", "3/2026"])
def test_the_month_is_read_from_its_column(written: str) -> None:
    sheet = a_table(["Kód obce", "Období", "Uchazeči celkem"], ["567337", written, "62"])
    [told] = read_by_municipality(sheet, JOBSEEKERS, period=None).figures
    assert told.period == MARCH


def test_year_and_month_may_stand_in_two_columns() -> None:
    sheet = a_table(["kod_obce", "rok", "mesic", "uchazeci"], ["567337", 2026.0, 3.0, "62"])
    [told] = read_by_municipality(sheet, JOBSEEKERS, period=None).figures
    assert told.period == MARCH


def test_jobseekers_of_the_ministry_are_four_series() -> None:
    columns = ["Kód obce", "Obec", "UoZ celkem", "UoZ dosažitelní", "Obyvatelstvo 15-64", "PNO (%)", "VPM"]
    sheet = a_table(columns, ["567337", "Obrnice", 62.0, 58.0, 1342.0, "4,32", 11.0])
    told = {each.series: each.value for each in read_by_municipality(sheet, JOBSEEKERS, period=MARCH).figures}
    assert told == {
        "JOBSEEKERS": 62,
        "JOBSEEKERS-AVAILABLE": 58,
        "UNEMPLOYED-SHARE": Decimal("4.32"),
        "VACANCIES": 11,
    }


def test_rows_of_sums_have_no_code_and_are_ignored() -> None:
    sheet = a_table(["kod_obce", "pocet_osob"], ["567337", "751"], ["Celkem", "751"], [None, "3"])
    telling = read_by_municipality(sheet, ENFORCEMENT, period=MARCH)
    assert (len(telling.figures), telling.ignored) == (1, {"without-code": 2})


def test_a_plain_table_of_figures_is_read() -> None:
    extra = SERIES["JOBSEEKERS"]
    sheet = a_table(
        ["Řada", "Období", "Kód", "Hodnota", "Poznámka"], ["JOBSEEKERS", "2026-03", "567337", "1 062,5", "ó"]
    )
    [told] = read_collected(sheet, {"JOBSEEKERS": extra}, source=extra.source).figures
    assert (told.kind, told.value, told.period, told.note) == (
        UnitKind.MUNICIPALITY,
        Decimal("1062.5"),
        MARCH,
        "ó",
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["NIC", "2026-03", "567337", "1"], "rada"),
        (["POP", "2026", "567337", "1"], "rada"),
        (["JOBSEEKERS", "2026", "567337", "1"], "obdobi"),
        (["JOBSEEKERS", "2026-03-02", "567337", "1"], "obdobi"),
        (["JOBSEEKERS", "2026-03", "Obrnice", "1"], "kod"),
        (["JOBSEEKERS", "2026-03", "567337", "tři"], "hodnota"),
        (["JOBSEEKERS", "2026-03", "567337", "-3"], "hodnota"),
    ],
)
def test_each_wrong_cell_of_a_plain_table_is_told(row: list[Cell], column: str) -> None:
    telling = read_collected(
        a_table(["rada", "obdobi", "kod", "hodnota"], row), SERIES, source="MPSV-JOBSEEKERS"
    )
    assert telling.figures == []
    assert [(problem.row, problem.column) for problem in telling.problems] == [(2, column)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("567337", UnitKind.MUNICIPALITY),
        ("CZ0425", UnitKind.DISTRICT),
        ("CZ042", UnitKind.REGION),
        ("CZ", UnitKind.STATE),
        ("4208", UnitKind.ORP),
        ("42081", UnitKind.POU),
        ("Obrnice", None),
    ],
)
def test_the_kind_of_a_unit_follows_from_the_shape_of_its_code(code: str, kind: UnitKind | None) -> None:
    assert kind_of(code) is kind


@pytest.mark.parametrize(
    ("text", "periodicity", "first"),
    [
        ("2023", Periodicity.YEAR, date(2023, 1, 1)),
        ("2023-01-01", Periodicity.SCHOOL_YEAR, date(2023, 1, 1)),
        ("2023-02-01", Periodicity.YEAR, None),
        ("2023-05", Periodicity.MONTH, date(2023, 5, 1)),
        ("2023", Periodicity.MONTH, None),
        ("2023-13", Periodicity.MONTH, None),
        ("0000", Periodicity.YEAR, None),
        ("1066", Periodicity.YEAR, None),
        ("٢٠٢٣", Periodicity.YEAR, None),
        ("", Periodicity.YEAR, None),
    ],
)
def test_a_period_is_named_by_its_first_day(text: str, periodicity: Periodicity, first: date | None) -> None:
    assert period_of(text, periodicity) == first


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_written_with_a_comma_or_a_point_is_the_same(number: Decimal) -> None:
    plain = f"{number:f}"
    assert decimal_of(plain) == decimal_of(plain.replace(".", ",")) == number


@given(st.one_of(st.none(), st.booleans(), st.text(), st.integers(), st.floats()))
def test_any_cell_has_a_text_and_a_number_or_none(cell: Cell) -> None:
    assert isinstance(text_of(cell), str)
    number = decimal_of(cell)
    assert number is None or number.is_finite()
