"""The cheapest other table in which a cell has a given value, as an integer programme (HiGHS).

The linear model of cell suppression of M. Fischetti and J. J. Salazar-González (2001), with the cost of
a deviation in the place of the cost of hiding: what deviates is what must be hidden.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from registry.disclosure.system import Mark, Move, System

_SPARSE = 1e-3
"""What changing an atom costs beside what must be hidden: so few as possible."""
_NODES = 2000


def cheapest(system: System, cell: int, step: int, *, among: NDArray[np.int64]) -> Move | None:
    """Return the move by which the cell changes by `step`, of the atoms `among`; None where there is none.

    The answer is rounded: the caller checks it by `System.to_hide`, in whole numbers.
    """
    parts = sparse.csc_array(system.columns[:, among])
    rows = np.unique(parts.indices)
    sums = sparse.csr_array(parts.tocsr()[rows])
    paid = np.flatnonzero(_is_paid(system, rows))
    low, high = _possible(system, rows, cell, step)
    constraints = [(_signed(sums, len(paid)), low, high), *_deviation(sums, paid)]
    result = milp(
        np.concatenate([np.full(2 * len(among), _SPARSE), _costs(system, rows[paid])]),
        integrality=np.concatenate([np.ones(2 * len(among)), np.zeros(len(paid))]),
        bounds=_limits(system, among, len(paid)),
        constraints=[LinearConstraint(*one) for one in constraints],
        options={"node_limit": _NODES},
    )
    if result.x is None:
        return None
    steps = np.rint(result.x[: len(among)] - result.x[len(among) : 2 * len(among)]).astype(int)
    return {int(among[i]): int(steps[i]) for i in np.flatnonzero(steps).tolist()}


def _is_paid(system: System, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    may_lose_its_mark = (system.mark[rows] == Mark.BELOW) & ~system.told[rows]
    return ~system.fixed[rows] & ((system.mark[rows] == Mark.PUBLISHED) | may_lose_its_mark)


def _costs(system: System, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(system.mark[rows] == Mark.PUBLISHED, system.cost[rows], 0.1)


def _possible(
    system: System, rows: NDArray[np.int64], cell: int, step: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return by how much each cell may change, and the cell in question shall."""
    value, k = system.value[rows], system.k[rows]
    low = (np.where(value < k, 1, k) - value).astype(float)
    high = np.where(system.told[rows], k - 1.0 - value, np.inf)
    low[system.fixed[rows]] = high[system.fixed[rows]] = 0
    low[rows == cell] = high[rows == cell] = step
    return low, high


def _deviation(
    sums: sparse.csr_array, paid: NDArray[np.int64]
) -> list[tuple[sparse.csr_array, float, float]]:
    """The deviation of each paid cell is at least its change, up or down."""
    if not len(paid):
        return []
    moved = sparse.csr_array(sums[paid])
    one = sparse.eye_array(len(paid))
    up = sparse.csr_array(sparse.hstack([-moved, moved, one]))
    down = sparse.csr_array(sparse.hstack([moved, -moved, one]))
    return [(up, 0.0, np.inf), (down, 0.0, np.inf)]


def _signed(sums: sparse.csr_array, more: int) -> sparse.csr_array:
    return sparse.csr_array(sparse.hstack([sums, -sums, sparse.csr_array((sums.shape[0], more))]))


def _limits(system: System, among: NDArray[np.int64], paid: int) -> Bounds:
    free = np.full(len(among), np.inf)
    down = system.counts[among].astype(float)
    return Bounds(0, np.concatenate([free, down, np.full(paid, np.inf)]))
