"""What an attacker knows of a table and of the releases before it, and which other tables it leaves open.

The attacker knows every published value, every sum, that counts are whole and not negative, which cells
are shown as "< k", and that a cell hidden without a reason is at least k (at least 1 where it is small).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from registry.disclosure.lattice import Counts, Table

Move = Mapping[int, int]
"""Another table with the same published values: by how much each atom differs."""
NO_LIMIT = 2**53


class Mark(IntEnum):
    """How a cell is shown."""

    PUBLISHED = 0
    BELOW = 1  # "< k"
    HIDDEN = 2  # without a word about its size


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A table as it was released under `k`; its values are read again where they are kept, not stored."""

    table: Table
    marks: NDArray[np.int8]
    k: int


class System:
    """Cells of one or more tables, each sum once.

    `least` and `most` bound what the attacker takes for possible of a cell that is not published, `told`
    are those that were shown as "< k" before, `start` is the least that a sensitive cell can be.
    """

    def __init__(self, table: Table, k: int, earlier: Sequence[Released] = ()) -> None:
        self.atoms, self.counts, parts = _joined(table, earlier)
        self.pattern_of, self.parts = _distinct(parts)
        size = self.parts.shape[0]
        self.value: Counts = np.asarray(self.parts @ self.counts, dtype=np.int64)
        self.k = np.full(size, k, dtype=np.int64)
        self.least = np.where(self.value < k, 1, k)
        self.fixed = self.value == 0
        self.told = np.zeros(size, dtype=bool)
        self.mark = np.full(size, Mark.PUBLISHED, dtype=np.int8)
        self.mark[(self.value > 0) & (self.value < k)] = Mark.BELOW
        self.size = np.diff(self.parts.indptr)
        self.cost = (1 + np.log2(1 + self.value)) * np.sqrt(np.maximum(self.size, 1))
        self.columns = sparse.csc_array(self.parts)
        self.solo = self._solo()
        self._remember(earlier, first=len(table.cells))
        self.least[self.value < self.k] = 1
        self.sensitive = np.flatnonzero((self.value > 0) & (self.value < self.k) & ~self.fixed)
        self.start = self._starts()
        self._say_nothing_of_sums_of_known_parts()
        self.most = np.where(self.mark == Mark.BELOW, self.k - 1, NO_LIMIT)

    def rows_of(self, atom: int) -> NDArray[np.int64]:
        return np.asarray(self.columns.indices[self.columns.indptr[atom] : self.columns.indptr[atom + 1]])

    def atoms_of(self, cell: int) -> NDArray[np.int64]:
        return np.asarray(self.parts.indices[self.parts.indptr[cell] : self.parts.indptr[cell + 1]])

    def relax(self) -> None:
        """Let the attacker not know that a cell hidden without a reason is at least k: small ones are too."""
        self.least = np.ones_like(self.value)

    def changes(self, move: Move) -> dict[int, int]:
        """Return by how much each cell changes, without those that stay."""
        found: dict[int, int] = {}
        for atom, step in move.items():
            for row in self.rows_of(atom).tolist():
                found[row] = found.get(row, 0) + step
        return {row: change for row, change in found.items() if change}

    def to_hide(self, move: Move) -> list[int] | None:
        """Return what must be hidden yet for the attacker to take the other table for possible.

        A cell marked `BELOW` is in it where it must lose that mark; None where the table is impossible.
        """
        if any(self.counts[atom] + step < 0 for atom, step in move.items()):
            return None
        found = []
        for cell, change in self.changes(move).items():
            other, too_much = self.value[cell] + change, self.most[cell]
            if self.fixed[cell] or other < self.least[cell] or (self.told[cell] and other > too_much):
                return None
            if not self.mark[cell] or other > too_much:
                found.append(cell)
        return found

    def hide(self, cells: Sequence[int]) -> None:
        self.mark[cells] = Mark.HIDDEN
        self.most[cells] = NO_LIMIT

    def price(self, cells: Sequence[int]) -> float:
        """Return what hiding them costs; losing the mark "< k" costs little."""
        return float(sum(0.5 if self.mark[cell] else self.cost[cell] for cell in cells))

    def _solo(self) -> NDArray[np.int64]:
        """Return for each atom the cell that is nothing but it, or −1."""
        found = np.full(len(self.counts), -1, dtype=np.int64)
        alone = np.flatnonzero(self.size == 1)
        found[self.parts.indices[self.parts.indptr[alone]]] = alone
        return found

    def _remember(self, earlier: Sequence[Released], first: int) -> None:
        """Keep what was published as published, and what was hidden as it was hidden."""
        ends = first + np.cumsum([0, *(len(release.marks) for release in earlier)])
        spans = list(zip(earlier, ends[:-1].tolist(), ends[1:].tolist(), strict=True))
        for release, begin, end in spans:
            cells = self.pattern_of[begin:end]
            hidden, below = cells[release.marks == Mark.HIDDEN], cells[release.marks == Mark.BELOW]
            self.mark[hidden[~self.told[hidden]]] = Mark.HIDDEN
            self.k[hidden] = np.maximum(self.k[hidden], release.k)
            self.least[hidden] = np.where(self.value[hidden] < self.k[hidden], 1, self.k[hidden])
            self.k[below] = np.where(self.told[below], np.minimum(self.k[below], release.k), release.k)
            self.mark[below], self.told[below] = Mark.BELOW, True
        for release, begin, end in spans:
            published = self.pattern_of[begin:end][release.marks == Mark.PUBLISHED]
            self.fixed[published], self.mark[published] = True, Mark.PUBLISHED

    def _starts(self) -> Counts:
        """Return the least that each sensitive cell can be for the parts in it that are known not to be 0."""
        positive = np.zeros(len(self.counts), dtype=np.int64)
        shown = self.solo >= 0
        positive[shown] = self.counts[shown] > 0
        known = np.asarray(self.parts @ positive, dtype=np.int64)[self.sensitive]
        return np.maximum(known, 1)

    def _say_nothing_of_sums_of_known_parts(self) -> None:
        """Three parts above 0 in a sum below 5 would be told too closely by "< 5": the sum is just hidden."""
        telling = self.sensitive[self.start > 1]
        self.mark[telling[~self.told[telling]]] = Mark.HIDDEN


def _joined(table: Table, earlier: Sequence[Released]) -> tuple[list[str], Counts, sparse.csr_array]:
    """Join the tables by their atoms.

    An atom that has another count in an earlier table (it was revised) is another quantity; one with the
    same count is the same, so that an attacker may rely on it.
    """
    names, counts = list(table.atoms), [int(count) for count in table.counts]
    place = {(name, count): number for number, (name, count) in enumerate(zip(names, counts, strict=True))}
    blocks = [table.parts]
    for release in earlier:
        found = []
        for atom in zip(release.table.atoms, (int(count) for count in release.table.counts), strict=True):
            if atom not in place:
                place[atom] = len(names)
                names.append(atom[0])
                counts.append(atom[1])
            found.append(place[atom])
        blocks.append(_renumbered(release.table.parts, found))
    widened = [
        sparse.csr_array((b.data, b.indices, b.indptr), shape=(b.shape[0], len(names))) for b in blocks
    ]
    return names, np.array(counts, dtype=np.int64), sparse.csr_array(sparse.vstack(widened, format="csr"))


def _renumbered(parts: sparse.csr_array, numbers: Sequence[int]) -> sparse.csr_array:
    width = max(numbers, default=-1) + 1
    places = np.array(numbers, dtype=np.int64)[parts.indices]
    return sparse.csr_array((parts.data, places, parts.indptr), shape=(parts.shape[0], width))


def _distinct(parts: sparse.csr_array) -> tuple[NDArray[np.int64], sparse.csr_array]:
    """Return for each row the number of its sum, and the sums, each once."""
    parts.sort_indices()
    numbers: dict[bytes, int] = {}
    rows: list[int] = []
    found = []
    for row, pattern in enumerate(_patterns(parts)):
        if pattern not in numbers:
            numbers[pattern] = len(rows)
            rows.append(row)
        found.append(numbers[pattern])
    return np.array(found, dtype=np.int64), sparse.csr_array(parts[rows])


def _patterns(parts: sparse.csr_array) -> Iterator[bytes]:
    bounds = parts.indptr.tolist()
    for begin, end in pairwise(bounds):
        yield parts.indices[begin:end].tobytes()
