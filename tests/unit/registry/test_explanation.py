"""Known municipalities of 2023 explained; which years are compared; size classes."""

import pytest

from registry.exclusion.scoring import Ratio
from registry.explanation.distances import components
from registry.explanation.domain import Asked, YearComparedToItself, chosen
from registry.explanation.sizes import CLASSES, size_class_of
from registry.explanation.standing import Standing
from tests.support.explanation import (
    KOSMONOSY,
    OBRNICE,
    PSARY,
    RUSIN,
    TIS_U_BLATNA,
    a_standing,
    lent,
)

TIS = a_standing(TIS_U_BLATNA, school=lent(Ratio(0, 60), region="CZ032"), region="CZ032")
WITH_FOUR_POINTS = lent(Ratio(3, 20), region="CZ080")


@pytest.mark.parametrize(
    ("standing", "index", "scores"),
    [
        (a_standing(OBRNICE), 29, "222 222 222 222 122"),
        (a_standing(KOSMONOSY, region="CZ020"), 1, "100 000 000 000 000"),
        (a_standing(PSARY, region="CZ020"), 1, "100 000 000 000 000"),
        (TIS, 0, "000 000 000 000 000"),
        (a_standing(RUSIN, school=WITH_FOUR_POINTS, region="CZ080"), 10, "021 020 000 010 022"),
    ],
    ids=["Obrnice", "Kosmonosy", "Psáry", "Tis u Blatna", "Rusín"],
)
def test_the_sub_scores_of_known_municipalities(standing: Standing, index: int, scores: str) -> None:
    found = []
    for indicator, basis in zip(standing.method.indicators, standing.bases, strict=True):
        assert basis.evidence is not None
        parts = components(standing.method, indicator, basis.evidence)
        found.append("".join(str(part.points) for part in parts))
    assert (standing.index, " ".join(found)) == (index, scores)


def asked(year: int | None = None, since: int | None = None) -> Asked:
    return Asked(unit_id=TIS.municipality.id, year=year, since=since, method=None, since_method=None)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        (asked(), (2023, 2021)),
        (asked(2021), (2021, 2016)),
        (asked(2016), (2016, None)),
        (asked(2016, 2023), (2016, 2023)),
        (asked(since=2016), (2023, 2016)),
        (asked(2022), (None, 2021)),
        (asked(since=2019), (2023, None)),
    ],
)
def test_the_newest_year_is_compared_to_the_one_before_unless_asked_otherwise(
    question: Asked, years: tuple[int | None, int | None]
) -> None:
    standings = [a_standing(year=year) for year in (2016, 2021, 2023)]
    found = chosen(question, standings, standings)
    assert tuple(each.year if each else None for each in found) == years


def test_nothing_computed_is_nothing_chosen_and_no_year_is_compared_to_itself() -> None:
    assert chosen(asked(), [], []) == (None, None)
    with pytest.raises(YearComparedToItself):
        chosen(asked(2023, 2023), [a_standing()], [a_standing()])


@pytest.mark.parametrize(
    ("population", "lowest", "highest"),
    [(0, 0, 200), (200, 0, 200), (201, 201, 500), (1585, 1001, 2000), (50_000, 10_001, 50_000)],
)
def test_every_population_has_its_size_class(population: int, lowest: int, highest: int) -> None:
    found = size_class_of(population)
    assert (found.lowest, found.highest) == (lowest, highest)


def test_size_classes_follow_one_another_and_the_last_has_no_end() -> None:
    assert size_class_of(1_166_085) == CLASSES[-1]
    assert CLASSES[-1].highest is None
    assert [each.lowest for each in CLASSES[1:]] == [(each.highest or 0) + 1 for each in CLASSES[:-1]]
