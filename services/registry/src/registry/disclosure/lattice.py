"""Tables of counts: every cell is a sum of atoms, whatever hierarchies they are summed along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Leaves (municipalities, sexes, ages) and groups of them, which may nest and may overlap."""

    leaves: Sequence[str]
    groups: Mapping[str, Sequence[str]]

    @property
    def nodes(self) -> tuple[str, ...]:
        return (*self.leaves, *self.groups)

    def membership(self) -> sparse.csr_array:
        """Return nodes × leaves: 1 where the leaf belongs to the node."""
        position = {leaf: number for number, leaf in enumerate(self.leaves)}
        members = [[position[leaf] for leaf in dict.fromkeys(group)] for group in self.groups.values()]
        columns = [*range(len(self.leaves)), *(leaf for group in members for leaf in group)]
        lengths = [1] * len(self.leaves) + [len(group) for group in members]
        starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        ones = np.ones(len(columns), dtype=np.int64)
        shape = (len(lengths), len(self.leaves))
        return sparse.csr_array((ones, np.array(columns, dtype=np.int64), starts), shape=shape)

    def classes(self) -> Counts:
        """Return for each leaf the number of its class: leaves of one class are in the same groups."""
        inside: dict[str, list[str]] = {leaf: [] for leaf in self.leaves}
        for name, group in self.groups.items():
            for leaf in dict.fromkeys(group):
                inside[leaf].append(name)
        numbers: dict[tuple[str, ...], int] = {}
        found = [numbers.setdefault(tuple(names), len(numbers)) for names in inside.values()]
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What somebody wants to publish.

    `parts` is cells × atoms: 1 where the atom counts in the cell. An atom without a cell of its own is
    not to be published. `grid` holds the numbers of the atoms by their place in each dimension, and
    `classes` the classes of the leaves of each dimension.
    """

    atoms: Sequence[str]
    counts: Counts
    cells: Sequence[tuple[str, ...]]
    parts: sparse.csr_array
    grid: Counts
    classes: tuple[Counts, ...]

    @property
    def values(self) -> Counts:
        return np.asarray(self.parts @ self.counts, dtype=np.int64)


def crossed(dimensions: Sequence[Dimension], counts: Counts) -> Table:
    """Return the table of all nodes of all dimensions; `counts` has one axis a dimension, of its leaves."""
    nodes = [dimension.nodes for dimension in dimensions]
    parts = sparse.csr_array(reduce(sparse.kron, [dimension.membership() for dimension in dimensions]))
    parts.eliminate_zeros()  # kron fills small blocks with them
    return Table(
        atoms=["\x1f".join(place) for place in _product([dimension.leaves for dimension in dimensions])],
        counts=np.asarray(counts, dtype=np.int64).ravel(),
        cells=_product(nodes),
        parts=parts,
        grid=np.arange(counts.size, dtype=np.int64).reshape(counts.shape),
        classes=tuple(dimension.classes() for dimension in dimensions),
    )


def _product(names: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for one in names:
        found = [(*before, name) for before in found for name in one]
    return found
