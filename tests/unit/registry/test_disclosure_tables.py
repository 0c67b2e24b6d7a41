"""From figures of units to a table: leaves, sums that are whole, rests that nobody tells."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from registry.disclosure.assembly import Composition, Figures, assembled, complete, gathered
from registry.disclosure.decisions import Country, decide
from registry.disclosure.domain import StoredFigure, StoredRelease, explained, last_day_of
from registry.disclosure.lattice import Table
from registry.disclosure.system import Mark

A, B, C, POU, DISTRICT, REGION, PART, OTHER_PART = (UUID(int=number) for number in range(1, 9))
EDGES = {
    A: frozenset({POU, DISTRICT}),
    B: frozenset({POU, DISTRICT}),
    C: frozenset({DISTRICT}),
    DISTRICT: frozenset({REGION}),
    PART: frozenset({A}),
    OTHER_PART: frozenset({A}),
}
TOWNS = frozenset({A, B, C})
COUNTRY = Country(edges=EDGES, towns=TOWNS, towns_then=TOWNS)


def figures(given: dict[UUID, int], *confidential: UUID) -> Figures:
    return Figures(given=given, confidential=frozenset(confidential), not_applicable=frozenset())


def sums_of(found: Figures) -> dict[UUID, Composition]:
    units = found.given.keys() | found.confidential
    return complete(gathered(units, EDGES), gathered(TOWNS, EDGES), found)


def values(table: Table, units: list[UUID]) -> dict[UUID, int]:
    return dict(zip(units, table.values.tolist(), strict=True))


def stored(given: dict[UUID, str], vintage_id: int = 1) -> list[StoredFigure]:
    return [
        StoredFigure(
            vintage_id=vintage_id,
            source="COLLECTED",
            in_parts=True,
            unit_id=unit,
            value=Decimal(value),
            is_confidential=False,
        )
        for unit, value in given.items()
    ]


def test_a_unit_is_in_all_that_lies_above_it_by_whatever_way() -> None:
    found = gathered([A, C], EDGES)
    assert found == {POU: {A}, DISTRICT: {A, C}, REGION: {A, C}}


def test_a_circle_of_associations_comes_to_an_end() -> None:
    circle = {A: frozenset({B}), B: frozenset({C}), C: frozenset({B})}
    assert A in gathered([A], circle)[B]


def test_only_sums_without_a_gap_are_made() -> None:
    assert sums_of(figures({A: 1, B: 2, C: 3})).keys() == {POU, DISTRICT, REGION}
    assert sums_of(figures({A: 1, B: 2})).keys() == {POU}
    assert sums_of(figures({A: 1, B: 2}, C)).keys() == {POU}


def test_a_sum_that_the_source_gives_has_a_rest_for_what_it_does_not_tell() -> None:
    found = figures({A: 1, B: 2, DISTRICT: 10}, C)
    table, units = assembled(found, sums_of(found), TOWNS)
    assert values(table, units)[DISTRICT] == 10
    assert table.atoms[-1] == f"{DISTRICT}:rest"


def test_a_sum_smaller_than_its_members_is_a_figure_of_its_own() -> None:
    found = figures({A: 9, B: 2, C: 3, DISTRICT: 10})
    table, units = assembled(found, sums_of(found), TOWNS)
    assert values(table, units)[DISTRICT] == 10
    assert values(table, units)[REGION] == 14


def test_a_town_with_parts_counts_once_in_the_sums_above_it() -> None:
    found = figures({PART: 4, OTHER_PART: 5, A: 12, B: 2, C: 3})
    table, units = assembled(found, sums_of(found), TOWNS)
    assert values(table, units)[REGION] == 17


def test_a_renewal_keeps_what_was_decided_and_decides_on_new_sums_alone() -> None:
    first = decide(stored({A: "3", B: "40", C: "90"}), [], COUNTRY, vintage_id=1, source="COLLECTED", k=5)
    assert first is not None
    release = StoredRelease(
        vintage_id=1,
        source="COLLECTED",
        k=5,
        summed=True,
        sums={unit: members for unit, members in first.sums.items() if unit != POU},
        marks={(each.vintage_id, each.unit_id): each.mark for each in first.hidden if each.unit_id != POU},
    )
    again = decide(
        stored({A: "3", B: "40", C: "90"}), [release], COUNTRY, vintage_id=1, source="COLLECTED", k=5
    )
    assert again is not None
    assert again.sums.keys() == {POU}
    assert {each.unit_id for each in again.hidden} <= {POU}


def test_how_a_hidden_count_is_shown_is_told_in_both_languages() -> None:
    small, other = explained(Mark.BELOW, 5), explained(Mark.HIDDEN, 5)
    assert (small.shown, other.shown) == ("< 5", "i. d.")
    assert "od 1 do 4" in small.cs
    assert "1 to 4" in small.en


@pytest.mark.parametrize(
    ("periodicity", "period", "last"),
    [
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2023, 12, 1), date(2023, 12, 31)),
        ("school-year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_sums_are_those_of_the_last_day_of_the_period(periodicity: str, period: date, last: date) -> None:
    assert last_day_of(period, periodicity) == last
