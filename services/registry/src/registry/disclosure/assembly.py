"""A table of one series and period: figures of units, and the sums of those that others can add up.

Leaves are the units with figures of their own; a municipality whose parts have figures too is their sum
and a rest. A sum that the source gives is a cell with a rest where it is more than its members tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

import numpy as np
from scipy import sparse

from registry.disclosure.lattice import Table

Edges = Mapping[UUID, frozenset[UUID]]
"""Whom a unit belongs to on the day: its parent, its POÚ, its associations."""
Composition = frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one series and period: `confidential` units have one that the source does not tell."""

    given: Mapping[UUID, int]
    confidential: frozenset[UUID]
    not_applicable: frozenset[UUID]


def gathered(units: Iterable[UUID], edges: Edges) -> dict[UUID, Composition]:
    """Return for each unit above those of the figures which of them lie in it, by whatever way."""
    found: dict[UUID, set[UUID]] = {}
    above: dict[UUID, frozenset[UUID]] = {}
    for unit in units:
        for group in _above(unit, edges, above):
            found.setdefault(group, set()).add(unit)
    return {group: frozenset(members) for group, members in found.items()}


def complete(
    compositions: Mapping[UUID, Composition], all_members: Mapping[UUID, Composition], figures: Figures
) -> dict[UUID, Composition]:
    """Return the sums that are shown: those given by the source, and those of which nothing is missing.

    `all_members` are all municipalities of each unit, with figures or without.
    """
    told = figures.given.keys() | figures.not_applicable
    return {
        unit: members
        for unit, members in compositions.items()
        if unit in figures.given
        or (members & figures.given.keys() and all_members.get(unit, members) | members <= told)
    }


def assembled(
    figures: Figures, sums: Mapping[UUID, Composition], towns: frozenset[UUID]
) -> tuple[Table, list[UUID]]:
    """Return the table with its units in the order of the cells: leaves, then sums.

    Only the rest of a town (a municipality whose parts have figures) counts in the sums above it.
    """
    inner = {unit for unit in figures.given if sums.get(unit, frozenset()) & figures.given.keys()}
    leaves = sorted(figures.given.keys() - inner, key=str)
    atoms, counts = [str(unit) for unit in leaves], [figures.given[unit] for unit in leaves]
    place = {unit: [number] for number, unit in enumerate(leaves)}
    rows = [[number] for number in range(len(leaves))]
    units = list(leaves)
    for unit in sorted(sums, key=lambda each: (each not in inner & towns, len(sums[each]), str(each))):
        parts = sorted(set(chain.from_iterable(place[m] for m in sums[unit] if m in place and m != unit)))
        rest = figures.given[unit] - sum(counts[atom] for atom in parts) if unit in figures.given else 0
        if rest:
            parts = [*(parts if rest > 0 else []), len(counts)]
            atoms.append(f"{unit}:rest")
            counts.append(rest if rest > 0 else figures.given[unit])
        if unit in inner & towns:
            place[unit] = parts
        rows.append(parts)
        units.append(unit)
    return _table(atoms, counts, rows, units), units


def _table(atoms: list[str], counts: list[int], rows: list[list[int]], units: list[UUID]) -> Table:
    lengths = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return Table(
        atoms=atoms,
        counts=np.array(counts, dtype=np.int64),
        cells=[(str(unit),) for unit in units],
        parts=sparse.csr_array((ones, columns, lengths), shape=(len(rows), len(atoms))),
        grid=np.arange(len(atoms), dtype=np.int64),
        classes=(np.zeros(len(atoms), dtype=np.int64),),
    )


def _above(unit: UUID, edges: Edges, known: dict[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    if unit not in known:
        known[unit] = frozenset()  # a circle of associations ends here
        direct = edges.get(unit, frozenset())
        known[unit] = direct.union(*(_above(group, edges, known) for group in sorted(direct, key=str)))
    return known[unit]
