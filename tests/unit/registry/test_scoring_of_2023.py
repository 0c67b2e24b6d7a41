"""38 municipalities of 2023 with the sums of their regions, as the ministry published them."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from registry.exclusion.scoring import Ratio, SubScores, reference, share, sub_scores
from tests.support.exclusion import a_method

METHOD = a_method()
SERIES = (("exe", "pop15"), ("pnb_twelfths", "pop15"), ("pnz_twelfths", "pop15"), ("uoz", "pop1564"))
COLUMNS = (*SERIES, ("po", "leavers"))
NAMES = ("exe", "pnb", "pnz", "uoz", "po")


def rows_of(name: str) -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "index_2023" / name).open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


VECTORS, SUMS, BASES = rows_of("vectors.csv"), rows_of("sums.csv"), rows_of("bases.csv")
STATE = SUMS["CZ0"]


def ratio(row: dict[str, str], column: int) -> Ratio:
    numerator, denominator = COLUMNS[column]
    return Ratio(int(row[numerator]), int(row[denominator]))


def base(region: str, column: int) -> Fraction:
    return reference(
        METHOD,
        METHOD.indicators[column],
        state=ratio(STATE, column),
        region=ratio(SUMS[region], column),
    )


def rounded(value: Fraction, as_in: str) -> Decimal:
    """Round to the places of the published number; trailing zeros were dropped there."""
    places = Decimal("0.000001") if len(as_in.partition(".")[2]) > 4 else Decimal("0.0001")
    return (Decimal(value.numerator) / value.denominator).quantize(places, ROUND_HALF_UP)


@pytest.mark.parametrize("code", VECTORS)
def test_the_index_of_2023_comes_out_with_all_its_sub_scores(code: str) -> None:
    row = VECTORS[code]
    points = []
    for column, indicator in enumerate(METHOD.indicators):
        told = row[f"scores_{NAMES[column]}"]
        if not told:
            points.append(int(row["donor_points"]))
            continue
        found = sub_scores(indicator, ratio(row, column), base(row["region"], column))
        assert found == SubScores(*map(int, told)), indicator.code
        points.append(found.points)

    assert sum(points) == int(row["index"])


@pytest.mark.parametrize("region", BASES)
def test_shares_and_references_of_2023_come_out(region: str) -> None:
    for column, indicator in enumerate(METHOD.indicators):
        told = BASES[region][f"share_{NAMES[column]}"]
        assert rounded(share(indicator, ratio(SUMS[region], column)), told) == Decimal(told)
        told = BASES[region][f"base_{NAMES[column]}"]
        if told:
            assert rounded(base(region, column), told) == Decimal(told)


def test_the_sums_of_the_regions_are_those_of_the_state() -> None:
    regions = [row for region, row in SUMS.items() if region != "CZ0"]

    assert len(regions) == 14
    for name in STATE.keys() - {"region"}:
        assert sum(int(row[name]) for row in regions) == int(STATE[name])


def test_all_38_municipalities_and_14_regions_are_there() -> None:
    assert (len(VECTORS), len(BASES)) == (38, 15)
