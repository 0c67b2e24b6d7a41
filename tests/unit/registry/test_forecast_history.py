from dataclasses import replace
from uuid import UUID

import numpy as np

from registry.exclusion.frame import CONFIDENTIAL, UNKNOWN, Edition, Way
from registry.forecasts.history import Gap, Reason, gaps, index_gaps, panel_of
from tests.support.forecasts import an_edition, some_editions


def found_in(editions: list[Edition], changed: dict[UUID, int] | None = None) -> list[Gap]:
    changed = changed or {}
    panel = panel_of(editions, changed=changed)
    found = list(gaps(editions, panel, changed=changed))
    return [*found, *index_gaps(editions, panel, found, donors=editions[-1].results.donors)]


def about(found: list[Gap], municipality: int) -> dict[int | None, tuple[Reason, int]]:
    return {gap.indicator: (gap.reason, gap.years) for gap in found if gap.municipality == municipality}


def without(editions: list[Edition], year: int, municipality: int, *, value: int = UNKNOWN) -> list[Edition]:
    """Return the editions where the first indicator of a municipality is not known in a year."""
    found = []
    for number, edition in enumerate(editions, start=1):
        inputs = edition.inputs
        if inputs.year == year:
            numerators = inputs.numerators.copy()
            numerators[municipality, 0] = value
            inputs = replace(inputs, numerators=numerators)
        found.append(an_edition(inputs, number))
    return found


def a_school(editions: list[Edition], *, there: bool) -> int:
    ways = editions[-1].results.ways
    return next(i for i, way in enumerate(ways) if (way is Way.OWN) is there)


def test_with_five_years_everything_is_forecast_but_schools_that_are_not_there() -> None:
    found = found_in(some_editions(years=5, municipalities=60))

    assert {gap.reason for gap in found} == {Reason.NO_SCHOOL}
    assert {gap.indicator for gap in found} == {4}


def test_a_municipality_founded_later_has_too_short_a_history() -> None:
    editions = some_editions(years=6, municipalities=30)
    young = a_school(editions, there=True)
    kept = [i for i in range(30) if i != young]
    editions = [
        an_edition(
            replace(
                edition.inputs,
                unit_ids=[edition.inputs.unit_ids[i] for i in kept],
                codes=[edition.inputs.codes[i] for i in kept],
                **{
                    name: getattr(edition.inputs, name)[kept]
                    for name in ("regions", "numerators", "denominators", "published", "x", "y", "chosen")
                },
            ),
            number,
        )
        if edition.inputs.year < 2018
        else edition
        for number, edition in enumerate(editions)
    ]

    found = about(found_in(editions), young)

    assert found[0] == (Reason.HISTORY_TOO_SHORT, 3)
    assert found[None][0] is Reason.INDICATOR_MISSING
    assert len(found) == 6


def test_a_gap_cuts_the_history() -> None:
    editions = without(some_editions(years=8, municipalities=30), 2019, 7)

    assert about(found_in(editions), 7)[0] == (Reason.HISTORY_TOO_SHORT, 3)


def test_a_confidential_last_value_is_no_missing_one() -> None:
    editions = some_editions(years=6, municipalities=30)

    hidden = about(found_in(without(editions, 2020, 7, value=CONFIDENTIAL)), 7)
    missing = about(found_in(without(editions, 2020, 7)), 7)

    assert hidden[0] == (Reason.CONFIDENTIAL, 0)
    assert missing[0] == (Reason.NOT_KNOWN, 0)


def test_what_came_before_a_change_of_territory_is_of_another_territory() -> None:
    editions = some_editions(years=8, municipalities=30)
    merged = a_school(editions, there=True)

    found = about(found_in(editions, {editions[-1].inputs.unit_ids[merged]: 2020}), merged)

    assert {found[i] for i in range(5)} == {(Reason.TERRITORY_CHANGED, 3)}


def test_a_change_of_territory_long_ago_does_no_harm() -> None:
    editions = some_editions(years=8, municipalities=30)
    merged = a_school(editions, there=True)

    assert about(found_in(editions, {editions[-1].inputs.unit_ids[merged]: 2018}), merged) == {}


def test_without_a_forecast_of_the_donor_there_is_none_of_the_heir() -> None:
    editions = some_editions(years=8, municipalities=30)
    heir = a_school(editions, there=False)
    donor = int(editions[-1].results.donors[heir])

    found = found_in(editions, {editions[-1].inputs.unit_ids[donor]: 2021})

    assert about(found, heir)[None][0] is Reason.DONOR_MISSING
    assert about(found, donor)[None][0] is Reason.INDICATOR_MISSING


def test_municipalities_are_put_beside_one_another_by_their_ids() -> None:
    editions = some_editions(years=5, municipalities=20)
    order = np.arange(20)[::-1]
    first = editions[0].inputs
    turned = replace(
        first,
        unit_ids=[first.unit_ids[i] for i in order],
        codes=[first.codes[i] for i in order],
        **{
            name: getattr(first, name)[order]
            for name in ("regions", "numerators", "denominators", "published", "x", "y", "chosen")
        },
    )

    panel = panel_of([an_edition(turned), *editions[1:]], changed={})

    np.testing.assert_array_equal(panel.numerators[:, :, 0], first.numerators)
    np.testing.assert_array_equal(panel.index[:, 0], editions[0].results.index)
