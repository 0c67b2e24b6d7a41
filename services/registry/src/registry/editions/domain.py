"""Where a series of years breaks: another method makes years that cannot be compared."""

from collections.abc import Mapping
from itertools import pairwise


def breaks(in_force: Mapping[int, str]) -> frozenset[int]:
    """Return the years whose method in force differs from that of the last year before that has one."""
    years = sorted(in_force)
    return frozenset(year for before, year in pairwise(years) if in_force[before] != in_force[year])
