"""Checks on arrival: a planted error is found, the usual noise of counting is not."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from registry.seed import statistics
from registry.statistics.arrival import check
from registry.statistics.domain import FindingKind
from registry.statistics.figures import Block, block_of_numbers
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind

SERIES = {series.code: series for series in statistics()[1]}


def a_block(values: list[float], series: str = "EXE") -> Block:
    ids = [str(unit_id(UnitKind.MUNICIPALITY, str(500000 + place))) for place in range(len(values))]
    return block_of_numbers(series, date(2023, 1, 1), ids, np.array(values, dtype=np.float64))


def a_past(*rows: list[float]) -> NDArray[np.float64]:
    return np.array(rows, dtype=np.float64)


def kinds_of(block: Block, **known: object) -> list[FindingKind]:
    told = {"past": None, "whole": None, "size": None, **known}
    return [found.kind for found in check(block, SERIES[block.series], **told)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("past", "now", "found"),
    [
        ([100, 102, 99, 101], 103, 0),
        ([100, 102, 99, 101], 1010, 1),
        ([100, 102, 99, 101], 10, 1),
        ([100, 102, 99, 101], 0, 1),
        ([1, 2, 1, 0], 3, 0),
        ([100, 200, 400, 800], 1600, 0),
        ([100, 102, np.nan, np.nan], 1010, 0),
        ([100, 102, 99, 101], np.nan, 0),
    ],
)
def test_a_leap_against_ones_own_history_is_found(past: list[float], now: float, found: int) -> None:
    kinds = kinds_of(a_block([now]), past=a_past(past))
    assert kinds == [FindingKind.OWN_HISTORY] * found


def test_three_earlier_periods_are_too_few_to_judge() -> None:
    assert kinds_of(a_block([5000]), past=a_past([100, 102, 99])) == []


def test_a_gap_in_the_history_is_stepped_over() -> None:
    kinds = kinds_of(a_block([1000]), past=a_past([100, 101, np.nan, 99, 100]))
    assert kinds == [FindingKind.OWN_HISTORY]


def test_who_differs_from_units_of_the_same_size_is_found() -> None:
    usual = [40.0, 45, 50, 55, 60] * 6
    values, whole = [*usual, 900.0], np.full(31, 1000.0)
    [found] = check(a_block(values), SERIES["EXE"], past=None, whole=whole, size=np.full(31, 1000.0))
    assert found.kind is FindingKind.PEERS
    assert found.facts["value"] == "900"
    assert 4 < float(found.facts["usual_share_percent"]) < 6


def test_few_peers_are_no_measure() -> None:
    whole = np.full(5, 1000.0)
    assert kinds_of(a_block([40, 45, 50, 55, 900]), whole=whole, size=whole) == []


def test_a_part_larger_than_its_whole_is_implausible() -> None:
    [found] = check(a_block([7], "PO"), SERIES["PO"], past=None, whole=np.array([5.0]), size=None)
    assert (found.kind, found.facts) == (FindingKind.IMPLAUSIBLE, {"value": "7", "LEAVERS": "5"})


def test_a_share_over_a_hundred_percent_is_implausible() -> None:
    assert kinds_of(a_block([100, 100.5], "UNEMPLOYED-SHARE")) == [FindingKind.IMPLAUSIBLE]


COUNTS = st.one_of(st.just(np.nan), st.floats(0, 1e6))


@given(st.lists(st.lists(COUNTS, min_size=5, max_size=5), min_size=1, max_size=6), st.data())
def test_checks_never_stumble_over_what_is_missing(rows: list[list[float]], data: st.DataObject) -> None:
    values = data.draw(st.lists(COUNTS, min_size=len(rows), max_size=len(rows)))
    whole = np.array(data.draw(st.lists(COUNTS, min_size=len(rows), max_size=len(rows))))
    block = a_block(values)
    found = list(check(block, SERIES["EXE"], past=a_past(*rows), whole=whole, size=whole))
    assert all(str(each.unit_id) in block.unit_ids for each in found)
