"""Criteria change by editions; what was rated stays with the edition it was rated on."""

from datetime import date

import pytest

from evaluation.criteria.domain import (
    DEFAULT_SCALE,
    Level,
    Scale,
    Wording,
    end,
    expect_scale,
    first_edition,
    named_by_baseline,
    reword,
)
from evaluation.criteria.refusals import (
    CriterionHasEnded,
    EndsBeforeItBegins,
    ScaleOfBaselineStays,
    ScaleWithGaps,
    WordingNotLater,
)
from evaluation.quality.domain import baseline_of
from evaluation.quality.refusals import BaselineOutsideScale
from shared.contracts.intake import BaselineLevel
from shared.contracts.registry import ThematicArea

SINCE = date(2024, 1, 1)


def a_wording(*, name: str = "Sociální bydlení", scale: str = "0-4", since: date = SINCE) -> Wording:
    return Wording(name=name, description="", scale=scale, valid_from=since)


def a_scale(*numbers: int) -> Scale:
    levels = tuple(Level(level=each, name_cs=f"{each}", name_en=f"{each}") for each in numbers)
    return Scale(code="jiná", name="Jiná", levels=levels)


def test_a_new_wording_is_an_edition_and_ends_the_last_one_the_day_before() -> None:
    before = first_edition(ThematicArea.BYD, "BYD-1", a_wording())
    after = reword(before, a_wording(name="Dostupné bydlení", since=date(2025, 1, 1)))
    assert [(each.edition, each.valid_until) for each in after.editions] == [
        (1, date(2024, 12, 31)),
        (2, None),
    ]
    assert after.version == 2
    for day, edition in ((date(2023, 1, 1), 1), (date(2024, 12, 31), 1), (date(2025, 1, 1), 2)):
        assert after.edition_on(day).edition == edition
    with pytest.raises(WordingNotLater):
        reword(after, a_wording(since=date(2025, 1, 1)))


def test_a_criterion_known_by_its_code_is_described_in_place_on_the_scale_of_its_baseline() -> None:
    named = named_by_baseline(ThematicArea.BYD, "BYD-1", since=SINCE)
    with pytest.raises(ScaleOfBaselineStays):
        reword(named, a_wording(scale="jiná"))
    described = reword(named, a_wording(since=date(2025, 6, 1)))
    assert [(each.edition, each.name, each.valid_from) for each in described.editions] == [
        (1, "Sociální bydlení", SINCE)
    ]
    assert len(reword(described, a_wording(since=date(2025, 6, 1))).editions) == 2


def test_a_criterion_ends_once_and_not_before_it_begins() -> None:
    criterion = first_edition(ThematicArea.BYD, "BYD-1", a_wording())
    with pytest.raises(EndsBeforeItBegins):
        end(criterion, date(2023, 12, 31))
    ended = end(criterion, date(2024, 6, 30))
    with pytest.raises(CriterionHasEnded):
        end(ended, date(2024, 7, 31))
    revived = reword(ended, a_wording(since=date(2025, 1, 1)))
    assert [each.valid_until for each in revived.editions] == [date(2024, 6, 30), None]


def test_a_scale_has_no_gaps() -> None:
    assert expect_scale(DEFAULT_SCALE).highest == 4
    with pytest.raises(ScaleWithGaps) as refused:
        expect_scale(a_scale(1, 2, 4))
    assert refused.value.pointer == "/levels/2/level"


def test_a_baseline_outside_the_scale_is_refused_and_an_unassessed_one_is_kept() -> None:
    criterion = first_edition(ThematicArea.BYD, "BYD-1", a_wording(scale="jiná"))
    scales = {"jiná": a_scale(1, 2, 3)}
    for level in (0, 4):
        told = BaselineLevel(area=ThematicArea.BYD, criterion="BYD-1", level=level)
        with pytest.raises(BaselineOutsideScale):
            baseline_of(told, criterion, scales, on=SINCE)
    unassessed = BaselineLevel(area=ThematicArea.BYD, criterion="BYD-1", level=None)
    assert baseline_of(unassessed, criterion, scales, on=SINCE).level is None
