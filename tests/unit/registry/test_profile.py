"""What stands on a page, purely: bounds, trends with breaks, means of sizes, names in both languages."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.frame import UNKNOWN, Way
from registry.exclusion.scoring import Ratio
from registry.explanation.sizes import CLASSES, size_class_of
from registry.explanation.standing import Standing
from registry.explanation.wording import Said
from registry.memberships.hierarchy import Hierarchy
from registry.profiles.domain import Cooperation, Course, Unit
from registry.profiles.memory import MOST, Memory
from registry.profiles.surroundings import surroundings_of
from registry.profiles.thresholds import Step, nearest_thresholds
from registry.profiles.trends import index_trend, share_trends
from registry.profiles.wording import (
    COURSES,
    FIGURE_STATUSES,
    HIERARCHIES,
    KINDS,
    PLAN_KINDS,
    PLAN_STATES,
    REGIMES,
    STATUSES,
    WAYS,
)
from registry.units.codes import MunicipalityStatus
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime, UnitKind
from shared.sheets import Sheet, Table, decimal, text, xlsx_of
from tests.support.exclusion import some_inputs
from tests.support.explanation import OBRNICE, a_donor, a_standing, lent, remainder, standings, the_method
from tests.support.forecasts import an_edition

TODAY = date(2026, 11, 22)


@given(standings())
def test_each_nearest_bound_gains_or_loses_a_point_and_nothing_smaller_does(standing: Standing) -> None:
    for each in nearest_thresholds(standing):
        parts = int(each.by * each.indicator.parts)
        sign = 1 if each.step is Step.GAINED else -1
        now = points_with(standing, each.indicator.code, 0)

        assert (points_with(standing, each.indicator.code, sign * parts) - now) * sign > 0
        assert points_with(standing, each.indicator.code, sign * (parts - 1)) == now


def points_with(standing: Standing, code: str, more: int) -> int:
    """Return the points of an indicator with so many more parts counted."""
    found = standing.basis(code)
    assert found is not None
    indicator, basis = found
    evidence = basis.evidence
    assert evidence is not None
    moved = Ratio(evidence.ratio.numerator + more, evidence.ratio.denominator)
    return replace(evidence, ratio=moved).sub_scores(standing.method, indicator).points


@given(standings())
def test_at_most_one_bound_up_and_one_down_of_each_indicator_the_nearest_first(standing: Standing) -> None:
    found = nearest_thresholds(standing)

    assert len({(each.indicator.code, each.step) for each in found}) == len(found)
    assert all(first.by <= second.by for first, second in pairwise(found))
    own = {i.code for i, b in zip(standing.method.indicators, standing.bases, strict=True) if b.is_own}
    assert {each.indicator.code for each in found} <= own


def test_figures_of_a_donor_are_not_the_municipalitys_own_trend() -> None:
    heir = a_standing(school=lent(Ratio(3, 20), donor=a_donor()))
    trends = {trend.indicator.code: trend.points[0] for trend in share_trends([heir])}

    assert (trends["PO"].share, trends["PO"].way) == (None, Way.NEAREST)
    assert trends["EXE"].share == Fraction(100 * OBRNICE["EXE"].numerator, OBRNICE["EXE"].denominator)
    left = {each.indicator.code: each.points[0] for each in share_trends([a_standing(school=remainder(4))])}
    assert (left["PO"].share, left["PO"].points) == (None, 4)


def test_a_share_of_nobody_is_not_known() -> None:
    empty = a_standing({**OBRNICE, "EXE": Ratio(0, 0)})

    assert share_trends([empty])[0].points[0].share is None


def test_a_change_of_method_breaks_the_series_where_it_happens() -> None:
    other = the_method("ISV-NEW")
    years = [a_standing(year=2021), a_standing(year=2022), a_standing(year=2023, method=other)]

    assert [step.break_before for step in index_trend(years)] == [False, False, True]
    assert "ISV-NEW" in (index_trend(years)[-1].break_cs or "")


def test_an_indicator_that_only_an_older_method_has_keeps_its_years_after_those_of_the_newest() -> None:
    newest = the_method("ISV-NEW", indicators=the_method().indicators[1:])
    old = a_standing(year=2022)
    new = replace(a_standing(year=2023), method=newest, bases=old.bases[1:])
    trends = share_trends([old, new])

    assert [trend.indicator.code for trend in trends] == ["PNB", "PNZ", "UOZ", "PO", "EXE"]
    assert [[point.year for point in trend.points] for trend in trends] == [[2022, 2023]] * 4 + [[2022]]


def test_means_of_sizes_are_those_of_the_municipalities_whose_index_is_known() -> None:
    edition = an_edition(some_inputs(300, seed=5))
    unknown = edition.results.index.copy()
    unknown[::7] = UNKNOWN
    edition = replace(edition, results=replace(edition.results, index=unknown), computation_id=77)
    around = surroundings_of(edition)
    assert around is not None

    population = edition.inputs.denominators[:, 0].tolist()
    for size in CLASSES:
        known = [
            index
            for people, index in zip(population, unknown.tolist(), strict=True)
            if size_class_of(people) == size and index >= 0
        ]
        mean = around.size_mean(size.lowest)
        if known:
            assert mean is not None
            assert (mean.municipalities, mean.mean) == (len(known), Fraction(sum(known), len(known)))
        else:
            assert mean is None
    assert around.size_mean(None) is None
    assert surroundings_of(edition) is around


def test_where_nobody_lives_and_where_nobody_is_counted_nothing_is_similar() -> None:
    inputs = some_inputs(40, seed=6)
    inputs.denominators[3, :] = 0
    inputs.numerators[3, :] = 0
    edition = replace(an_edition(inputs), computation_id=78)
    around = surroundings_of(edition)
    assert around is not None

    assert around.nearest_to(inputs.unit_ids[3], count=5) == []
    assert around.nearest_to(UUID(int=1), count=5) == []
    assert len(around.nearest_to(inputs.unit_ids[4], count=5)) == 5
    nobody = replace(the_method().indicators[0], denominator="FLATS")
    assert surroundings_of(replace(edition, method=the_method(indicators=(nobody,)))) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "course"),
    [
        (date(2026, 11, 23), None, Course.PLANNED),
        (date(2026, 11, 22), None, Course.RUNNING),
        (date(2020, 1, 1), date(2026, 11, 22), Course.RUNNING),
        (date(2020, 1, 1), date(2026, 11, 21), Course.PAST),
    ],
)
def test_the_last_day_still_runs(starts_on: date, ends_on: date | None, course: Course) -> None:
    cooperation = Cooperation(
        id=UUID(int=1),
        unit_id=UUID(int=2),
        unit_name="Obrnice",
        regime=CooperationRegime.KPSV21,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    assert cooperation.course(TODAY) is course


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "day"),
    [
        (date(2000, 1, 1), None, TODAY),
        (date(2000, 1, 1), date(2020, 12, 31), date(2020, 12, 31)),
        (date(2027, 1, 1), None, date(2027, 1, 1)),
        (date(2000, 1, 1), date(2030, 12, 31), TODAY),
    ],
)
def test_a_unit_is_looked_at_on_a_day_on_which_it_exists(
    valid_from: date, valid_until: date | None, day: date
) -> None:
    unit = Unit(
        id=UUID(int=1),
        kind=UnitKind.MUNICIPALITY,
        code=None,
        name="Obrnice",
        status=None,
        csu_code=None,
        ruian_code=None,
        ico=None,
        data_box=None,
        valid_from=valid_from,
        valid_until=valid_until,
        version=1,
    )
    assert unit.day(TODAY) == day


@pytest.mark.parametrize(
    ("names", "enum"),
    [
        (KINDS, UnitKind),
        (STATUSES, MunicipalityStatus),
        (HIERARCHIES, Hierarchy),
        (REGIMES, CooperationRegime),
        (COURSES, Course),
        (PLAN_KINDS, PlanKind),
        (WAYS, Way),
    ],
)
def test_everything_has_a_name_in_both_languages(names: dict[StrEnum, Said], enum: type[StrEnum]) -> None:
    assert set(names) == set(enum)
    assert all(said.cs and said.en for said in names.values())
    assert set(PLAN_STATES) == {"approved", "in-implementation", "closed"}
    assert set(FIGURE_STATUSES) == {"given", "confidential", "not-applicable", "suppressed"}


@given(st.lists(st.tuples(st.text(max_size=30), st.none() | st.decimals(-9999, 9999, places=4)), max_size=5))
def test_any_text_is_written_and_the_file_does_not_depend_on_when(rows: list[tuple[str, None]]) -> None:
    table = Table(title=Said("Tabulka", "Table"), columns=[text("A", "A"), decimal("B", "B")], rows=rows)
    sheet = Sheet(name=Said("List", "Sheet"), tables=[table, table], note=Said("konec", "end"))
    first, second = (xlsx_of([sheet], title="=1+1", as_of=TODAY, language="cs") for _ in range(2))

    assert first == second
    assert xlsx_of([sheet], title="=1+1", as_of=TODAY, language="en") != first


def test_what_was_made_is_kept_for_one_state_of_the_database() -> None:
    memory = Memory()
    memory.put("page", b"old", state="1")
    assert memory.get("page", state="1") == b"old"
    assert memory.get("page", state="2") is None
    memory.put("other", b"new", state="2")
    assert (memory.get("page", state="1"), memory.get("page", state="2")) == (None, None)
    assert memory.get("other", state="2") == b"new"


def test_no_more_is_kept_than_there_is_room_for() -> None:
    memory = Memory()
    for number in range(MOST + 3):
        memory.put(number, b"page", state="1")
    assert len(memory.contents) == MOST
    assert (memory.get(2, state="1"), memory.get(MOST + 2, state="1")) == (None, b"page")
