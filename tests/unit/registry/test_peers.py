"""Similar municipalities: near in size, region and load; the same list for the same edition."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from registry.exclusion.frame import UNKNOWN, Edition, Inputs
from registry.exclusion.mass import compute
from registry.peers.caveat import sentence_cs, sentence_en
from registry.peers.domain import (
    Likeness,
    MunicipalityNotInEdition,
    NobodyLivesThere,
    compared,
    landscape_of,
    nearest,
)
from tests.support.comparisons import OBRNICE, id_of
from tests.support.exclusion import a_method, some_inputs


def an_edition_of(inputs: Inputs) -> Edition:
    method = a_method()
    return Edition(
        computation_id=1,
        version=1,
        inputs_digest="",
        results_digest="",
        method=method,
        inputs=inputs,
        results=compute(method, inputs),
    )


def with_row(inputs: Inputs, position: int, numerators: list[int], denominators: list[int]) -> Inputs:
    changed = replace(inputs, numerators=inputs.numerators.copy(), denominators=inputs.denominators.copy())
    changed.numerators[position] = numerators
    changed.denominators[position] = denominators
    return changed


def some_country() -> Inputs:
    return some_inputs(300, seed=7, without_school=0.5)


def test_a_twin_in_the_same_region_is_the_nearest() -> None:
    inputs = some_country()
    twin = with_row(inputs, 14, inputs.numerators[0].tolist(), inputs.denominators[0].tolist())
    assert inputs.regions[0] == inputs.regions[14]
    peers = nearest(landscape_of(an_edition_of(twin)), 0, count=3)
    assert (peers[0].position, peers[0].distance) == (14, Decimal(0))


def test_a_municipality_is_no_peer_of_its_own() -> None:
    landscape = landscape_of(an_edition_of(some_country()))
    assert {each.position for each in nearest(landscape, 5, count=1000)} == set(range(300)) - {5}


def test_the_nearest_comes_first_and_equals_go_by_code() -> None:
    inputs = some_country()
    same = inputs.numerators[0].tolist(), inputs.denominators[0].tolist()
    twins = with_row(with_row(with_row(inputs, 42, *same), 28, *same), 14, *same)
    peers = nearest(landscape_of(an_edition_of(twins)), 0, count=20)
    assert [peer.position for peer in peers[:3]] == [14, 28, 42]
    assert [peer.distance for peer in peers] == sorted(peer.distance for peer in peers)


def test_the_order_of_the_rows_changes_nothing() -> None:
    inputs = some_country()
    order = np.random.default_rng(3).permutation(300)
    shuffled = replace(
        inputs,
        unit_ids=[inputs.unit_ids[at] for at in order],
        codes=[inputs.codes[at] for at in order],
        **{
            name: getattr(inputs, name)[order]
            for name in ("regions", "numerators", "denominators", "published", "x", "y", "chosen")
        },
    )
    there = landscape_of(an_edition_of(shuffled))
    here = landscape_of(an_edition_of(inputs))
    found = nearest(there, there.position_of(inputs.unit_ids[9]), count=10)
    assert [each.unit_id for each in found] == [each.unit_id for each in nearest(here, 9, count=10)]


def test_size_weighs_more_than_any_single_share() -> None:
    weights = {each.code: each.weight for each in landscape_of(an_edition_of(some_country())).features}
    assert weights == {
        "population_15_plus": 3,
        **dict.fromkeys(("EXE", "PNB", "PNZ", "UOZ", "PO", "region_rural", "region_load"), 1),
    }


def test_what_one_of_them_does_not_know_is_told_and_not_compared() -> None:
    inputs = some_country()
    row = inputs.numerators[0].tolist()[:4], inputs.denominators[0].tolist()[:4]
    without = with_row(inputs, 14, [*row[0], UNKNOWN], [*row[1], UNKNOWN])
    both = with_row(without, 0, [*row[0], 1], [*row[1], 40])
    landscape = landscape_of(an_edition_of(both))
    peer = nearest(landscape, 0, count=1)[0]
    features = {each.feature.code: each for each in compared(landscape, 0, peer.position)}
    assert (peer.position, peer.distance) == (14, Decimal(0))
    assert (features["PO"].own, features["PO"].peer) == (Decimal("2.5"), None)
    assert features["PO"].likeness is Likeness.UNKNOWN
    assert features["EXE"].likeness is Likeness.SIMILAR


def test_likeness_is_told_in_both_languages() -> None:
    inputs = some_country()
    tenfold = [n * 10 for n in inputs.denominators[0].tolist()]
    landscape = landscape_of(an_edition_of(with_row(inputs, 14, inputs.numerators[0].tolist(), tenfold)))
    features = compared(landscape, 0, 14)
    assert features[0].likeness is Likeness.DIFFERENT
    assert "Odlišné: počet obyvatel 15+" in sentence_cs(features)
    assert "Different: population 15+" in sentence_en(features)
    assert "zátěž kraje" in sentence_cs(features).split("Odlišné")[0]


def test_nobody_is_compared_with_a_military_area() -> None:
    inputs = with_row(some_country(), 3, [0, 0, 0, 0, UNKNOWN], [0, 0, 0, 0, UNKNOWN])
    landscape = landscape_of(an_edition_of(inputs))
    assert 3 not in {each.position for each in nearest(landscape, 0, count=1000)}
    with pytest.raises(NobodyLivesThere):
        landscape.position_of(inputs.unit_ids[3])


def test_a_municipality_outside_the_edition_has_no_peers() -> None:
    with pytest.raises(MunicipalityNotInEdition):
        landscape_of(an_edition_of(some_country())).position_of(id_of(OBRNICE))


def test_a_method_that_counts_no_population_finds_no_peers() -> None:
    edition = an_edition_of(some_country())
    without = tuple(replace(each, denominator="POP1564") for each in edition.method.indicators)
    landscape = landscape_of(replace(edition, method=replace(edition.method, indicators=without)))
    with pytest.raises(NobodyLivesThere):
        landscape.position_of(edition.inputs.unit_ids[0])
