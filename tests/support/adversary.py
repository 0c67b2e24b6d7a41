"""Somebody who wants the hidden counts back: all that was published, and no line of our suppression."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from registry.disclosure.lattice import Dimension, Table, crossed
from registry.disclosure.protection import Protected
from registry.disclosure.system import Mark, Released


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One cell as it was shown: the atoms in it, and between what it must lie."""

    atoms: frozenset[str]
    low: int
    high: int | None


@dataclass(slots=True, kw_only=True)
class Adversary:
    """Knows sums, zeros, "< k", and that a cell hidden without a reason is at least k, or small and not 0."""

    clues: list[Clue] = field(default_factory=list)

    @property
    def atoms(self) -> list[str]:
        return sorted({atom for clue in self.clues for atom in clue.atoms})

    def reads(self, *releases: Protected) -> "Adversary":
        is_strict = all(release.is_strict for release in releases)
        for release in releases:
            self.reads_release(release.table, release.marks, release.k, knows_small=is_strict)
        return self

    def reads_release(
        self, table: Table, marks: Sequence[int] | np.ndarray, k: int, *, knows_small: bool = True
    ) -> "Adversary":
        values = table.values
        for number, mark in enumerate(marks):
            begin, end = table.parts.indptr[number], table.parts.indptr[number + 1]
            atoms = frozenset(table.atoms[atom] for atom in table.parts.indices[begin:end])
            self.clues.append(_clue(atoms, int(values[number]), int(mark), k, knows_small=knows_small))
        return self

    def bounds(self, atoms: Iterable[str]) -> tuple[float, float]:
        """Return the least and the greatest value of the sum of the atoms, by linear programme."""
        matrix, low, high = self._matrix()
        aim = self._vector(atoms)
        limited = np.isfinite(high)
        rows = np.vstack([matrix[limited], -matrix])
        limits = np.concatenate([high[limited], -low])
        ends = [linprog(sign * aim, A_ub=rows, b_ub=limits, bounds=(0, None)) for sign in (1, -1)]
        least, most = (float("inf") if end.status == 3 else float(end.fun) for end in ends)
        return least, -most if np.isfinite(most) else most

    def possible(self, atoms: Iterable[str], upto: int) -> list[int]:
        """Return the values up to `upto` that the sum of the atoms may have in whole numbers."""
        matrix, low, high = self._matrix()
        rows = np.vstack([matrix, self._vector(atoms)])
        found = []
        for value in range(upto + 1):
            limits = LinearConstraint(rows, np.append(low, value), np.append(high, value))
            whole = np.ones(matrix.shape[1])
            answer = milp(np.zeros(len(whole)), integrality=whole, constraints=limits, bounds=Bounds(0))
            if answer.status == 0:
                found.append(value)
        return found

    def enumerate(self, highest: int) -> Iterator[dict[str, int]]:
        """Give every table of whole numbers up to `highest` that fits all clues: brute force."""
        yield from self._fill({}, self.atoms, highest)

    def _fill(self, given: dict[str, int], left: list[str], highest: int) -> Iterator[dict[str, int]]:
        if not left:
            yield dict(given)
            return
        for value in range(highest + 1):
            given[left[0]] = value
            if all(self._may_hold(clue, given, highest) for clue in self.clues if left[0] in clue.atoms):
                yield from self._fill(given, left[1:], highest)
        del given[left[0]]

    @staticmethod
    def _may_hold(clue: Clue, given: dict[str, int], highest: int) -> bool:
        known = sum(given[atom] for atom in clue.atoms if atom in given)
        most = known + highest * sum(atom not in given for atom in clue.atoms)
        return (clue.high is None or known <= clue.high) and most >= clue.low

    def _matrix(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        matrix = np.array([self._vector(clue.atoms) for clue in self.clues])
        low = np.array([clue.low for clue in self.clues], dtype=float)
        high = np.array([np.inf if clue.high is None else clue.high for clue in self.clues], dtype=float)
        return matrix, low, high

    def _vector(self, atoms: Iterable[str]) -> np.ndarray:
        wanted = set(atoms)
        return np.array([float(atom in wanted) for atom in self.atoms])


def _clue(atoms: frozenset[str], value: int, mark: int, k: int, *, knows_small: bool) -> Clue:
    if mark == Mark.PUBLISHED:
        return Clue(atoms=atoms, low=value, high=value)
    if mark == Mark.BELOW:
        return Clue(atoms=atoms, low=1, high=k - 1)
    return Clue(atoms=atoms, low=k if knows_small and value >= k else 1, high=None)


def atoms_of(table: Table, cell: int) -> frozenset[str]:
    begin, end = table.parts.indptr[cell], table.parts.indptr[cell + 1]
    return frozenset(table.atoms[atom] for atom in table.parts.indices[begin:end])


def a_row(*counts: int, groups: dict[str, list[int]] | None = None, total: bool = True) -> Table:
    """Return a table of one dimension: leaves `0`, `1`, …, the groups given, and their total."""
    leaves = [str(number) for number in range(len(counts))]
    named = {name: [leaves[number] for number in members] for name, members in (groups or {}).items()}
    if total:
        named["total"] = leaves
    return crossed([Dimension(leaves=leaves, groups=named)], np.array(counts, dtype=np.int64))


def a_cross(counts: Sequence[Sequence[int]] | np.ndarray) -> Table:
    """Return a table of any number of dimensions with a total in each."""
    cube = np.array(counts, dtype=np.int64)
    dimensions = []
    for axis, length in enumerate(cube.shape):
        leaves = [f"{axis}.{number}" for number in range(length)]
        dimensions.append(Dimension(leaves=leaves, groups={f"{axis}": leaves}))
    return crossed(dimensions, cube)


def released(protected: Protected) -> Released:
    return Released(table=protected.table, marks=protected.marks, k=protected.k)
