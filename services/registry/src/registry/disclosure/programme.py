"""The cheapest other table in which a cell has a given value, as a linear programme in integers (HiGHS).

The linear model of cell suppression of M. Fischetti and J. J. Salazar-González (2001), with the cost of
a deviation in the place of the cost of hiding: what deviates is what must be hidden.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from registry.disclosure.system import Mark, Move, System

Vector = NDArray[np.float64]
_SPARSE = 1e-3
"""What changing an atom costs beside what must be hidden: as few as possible."""
_WHOLE = 1e-6
_DIVES = 4
"""How often a part of an atom is rounded up before integers are asked of the solver, which is dearer."""
_OPTIONS = {"node_limit": 200, "mip_rel_gap": 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Programme:
    """Gains of the atoms, then their losses, then the deviations of the cells that would be hidden."""

    costs: Vector
    matrix: sparse.csr_array
    low: Vector
    high: Vector
    losses: Vector

    def solve(self, times: int) -> Vector | None:
        """Return a solution of which `times` are whole, its parts rounded up one by one; else None."""
        least = np.zeros(len(self.costs))
        for _ in range(_DIVES):
            found = self._solved(least, in_integers=False)
            if found is None:
                return None
            parts = found * times - np.floor(found * times + _WHOLE)
            if parts.max(initial=0) < _WHOLE * times:
                return self._net(found * times)
            place = int(np.argmax(parts))
            least[place] = np.ceil(found[place])
        return None

    def solve_in_integers(self) -> Vector | None:
        found = self._solved(np.zeros(len(self.costs)), in_integers=True)
        return None if found is None else self._net(found)

    def _solved(self, least: Vector, *, in_integers: bool) -> Vector | None:
        """Return the gains and the losses of the atoms."""
        atoms = 2 * len(self.losses)
        most = np.full(len(self.costs), np.inf)
        most[len(self.losses) : atoms] = self.losses
        whole = np.zeros(len(self.costs))
        whole[:atoms] = in_integers
        constraints = LinearConstraint(self.matrix, self.low, self.high)
        bounds = Bounds(np.minimum(least, most), most)
        result = milp(self.costs, integrality=whole, bounds=bounds, constraints=constraints, options=_OPTIONS)
        return None if result.x is None else np.asarray(result.x[:atoms])

    def _net(self, found: Vector) -> Vector:
        return np.rint(found[: len(self.losses)]) - np.rint(found[len(self.losses) :])


def cheapest(system: System, cell: int, step: int, *, among: NDArray[np.int64]) -> Move | None:
    """Return a move of the atoms `among` by which the cell changes by `step`; None where none was found.

    First `step` times one move of units: its costs are those of hiding and it is nearly always whole.
    The answer is rounded: the caller checks it by `System.to_hide`, in integers.
    """
    for times in dict.fromkeys((abs(step), 1)):
        found = _stated(system, cell, step, among, times).solve(times)
        if found is not None:
            return _move(among, found)
    return None


def exact(system: System, cell: int, step: int, *, among: NDArray[np.int64]) -> Move | None:
    """Do the same in integers from the beginning: dearer by a hundred times, for what `cheapest` misses."""
    found = _stated(system, cell, step, among, 1).solve_in_integers()
    return None if found is None else _move(among, found)


def _move(among: NDArray[np.int64], steps: Vector) -> Move:
    return {int(among[place]): int(steps[place]) for place in np.flatnonzero(steps).tolist()}


def _stated(system: System, cell: int, step: int, among: NDArray[np.int64], times: int) -> _Programme:
    parts = sparse.csc_array(system.columns[:, among])
    rows = np.unique(parts.indices)
    sums = sparse.csr_array(parts.tocsr()[rows])
    paid = np.flatnonzero(_is_paid(system, rows))
    low, high = _possible(system, rows, times)
    low[rows == cell] = high[rows == cell] = step // times
    moved, one = sums[paid], sparse.eye_array(len(paid), format="csr")
    none = sparse.csr_array((len(rows), len(paid)))
    lines = [[sums, -sums, none]]
    if len(paid):
        lines += [[-moved, moved, one], [moved, -moved, one]]
    return _Programme(
        costs=np.concatenate([np.full(2 * len(among), _SPARSE), _costs(system, rows[paid])]),
        matrix=sparse.csr_array(sparse.block_array(lines, format="csr")),
        low=np.concatenate([low, np.zeros(2 * len(paid))]),
        high=np.concatenate([high, np.full(2 * len(paid), np.inf)]),
        losses=np.floor(system.counts[among] / times),
    )


def _possible(system: System, rows: NDArray[np.int64], times: int) -> tuple[Vector, Vector]:
    """Return by how much each cell may change `times` times."""
    value, k = system.value[rows], system.k[rows]
    low = np.ceil((system.least[rows] - value) / times)
    high = np.where(system.told[rows], np.floor((k - 1 - value) / times), np.inf)
    low[system.fixed[rows]] = high[system.fixed[rows]] = 0
    return low, high


def _is_paid(system: System, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    may_lose_its_mark = (system.mark[rows] == Mark.BELOW) & ~system.told[rows]
    found: NDArray[np.bool_] = ~system.fixed[rows] & (
        (system.mark[rows] == Mark.PUBLISHED) | may_lose_its_mark
    )
    return found


def _costs(system: System, rows: NDArray[np.int64]) -> Vector:
    return np.where(system.mark[rows] == Mark.PUBLISHED, system.cost[rows], 0.1)
