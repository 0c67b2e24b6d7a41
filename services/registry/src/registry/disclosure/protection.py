"""Which cells of a table are hidden: the small ones, and others until none can be told too closely.

The promise: of every count from 1 to k − 1 the attacker of `system` can exclude so little that at least
k − 1 consecutive values remain, from 1 to k − 1 wherever known parts of it and earlier releases allow.
Each value that remains is proven by another whole table with the same published values, checked in
integers; hiding more never takes a proof away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import gcd

import numpy as np
from numpy.typing import NDArray

from registry.disclosure.lattice import Table
from registry.disclosure.moves import Cubes, Neighbours
from registry.disclosure.programme import cheapest, exact
from registry.disclosure.system import Mark, Move, Released, System

_SCOPES = (40, 400)
"""How many atoms around a cell are tried first; then all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """`marks` and `small` in the order of the cells of the table.

    `loss` is the share of what was hidden beside the small cells in the cost of all cells. `exposed` are
    small cells that what was published before gives away: nothing that is hidden now protects them;
    `exposed_elsewhere` counts such cells of earlier tables alone.
    `is_strict`: even who knows of each cell hidden without a reason whether it is small learns no more.
    """

    table: Table
    k: int
    marks: NDArray[np.int8]
    small: NDArray[np.bool_]
    exposed: tuple[int, ...]
    exposed_elsewhere: int
    is_strict: bool
    loss: float

    @property
    def complementary(self) -> int:
        return int(np.count_nonzero((self.marks != Mark.PUBLISHED) & ~self.small))


def protect(table: Table, k: int, earlier: Sequence[Released] = ()) -> Protected:
    """Return the table with what must be hidden for counts from 1 to `k` − 1.

    `earlier` are the releases that the attacker has: what was published there cannot be taken back, what
    was hidden stays hidden and is protected in both together. Equal input gives an equal answer.
    """
    search = _Search(System(table, k, earlier), table)
    bare = {cell for cell in search.in_order() if not search.settle(cell)}
    is_strict = not bare
    if bare:
        search.system.relax()
        bare = {cell for cell in sorted(bare) if not search.settle(cell)}
    system, mine = search.system, search.system.pattern_of[: len(table.cells)]
    marks = np.asarray(system.mark[mine])
    small = (system.value[mine] > 0) & (system.value[mine] < k)
    hidden_too = (marks != Mark.PUBLISHED) & ~small
    whole = float(system.cost[mine].sum())
    return Protected(
        table=table,
        k=k,
        marks=marks,
        small=small,
        exposed=tuple(np.flatnonzero(np.isin(mine, sorted(bare)) | (small & system.fixed[mine])).tolist()),
        exposed_elsewhere=len(bare - set(mine.tolist())),
        is_strict=is_strict,
        loss=float(system.cost[mine][hidden_too].sum()) / whole if whole else 0.0,
    )


class _Search:
    """Proves value after value possible, and hides what a proof needs."""

    def __init__(self, system: System, table: Table) -> None:
        self.system = system
        self._neighbours = Neighbours(system)
        self._cubes = Cubes(system, table) if table.grid.ndim > 1 else None
        self._possible = {cell: {int(system.value[cell])} for cell in system.sensitive.tolist()}
        self._start = dict(zip(system.sensitive.tolist(), system.start.tolist(), strict=True))

    def in_order(self) -> list[int]:
        """Return the sensitive cells, the greatest sums first: what they hide helps those below."""
        return sorted(self._possible, key=lambda cell: (-self.system.size[cell], cell))

    def settle(self, cell: int) -> bool:
        """Return whether k − 1 consecutive values, the true one among them, are possible."""
        length = int(self.system.k[cell]) - 1
        start = self._start[cell]
        highest = self._reach(cell, start + length - 1)  # upwards first: who loses for it can gain as well
        lowest = self._reach(cell, max(start, highest - length + 1))
        if highest - lowest + 1 < length:
            highest = self._reach(cell, lowest + length - 1)
        return highest - lowest + 1 >= length

    def _reach(self, cell: int, goal: int) -> int:
        """Return the value nearest to the goal up to which all values from the true one are possible."""
        truth = int(self.system.value[cell])
        back = 1 if goal < truth else -1
        while goal != truth and not self._prove(cell, goal):
            goal += back
        for value in range(truth, goal, -back):
            if not self._prove(cell, value):
                return value + back
        return goal

    def _prove(self, cell: int, value: int) -> bool:
        if value in self._possible[cell]:
            return True
        step = value - int(self.system.value[cell])
        offers = ((move, self.system.to_hide(move)) for move in self._moves(cell, step))
        priced = [(self.system.price(hide), move, hide) for move, hide in offers if hide is not None]
        if not priced:
            return self._prove_by_programme(cell, step)
        _, move, hide = min(priced, key=lambda offer: offer[0])
        self._accept(move, hide)
        return True

    def _moves(self, cell: int, step: int) -> Iterator[Move]:
        atoms = self.system.atoms_of(cell)
        alone = {int(atoms[0]): step}
        if self.system.to_hide(alone) == []:
            yield alone
            return
        against_others = self._neighbours.move(int(atoms[0]), step) if len(atoms) == 1 else None
        if against_others is not None:
            yield against_others
        if self._cubes is not None:
            yield from self._cubes.moves(cell, step)

    def _prove_by_programme(self, cell: int, step: int) -> bool:
        scopes = list(self._scopes(cell))
        offers = chain(
            chain.from_iterable(
                (
                    partial(cheapest, self.system, cell, step, among=among),
                    partial(self._nearest_pair, cell, step, among),
                )
                for among in scopes
            ),
            (partial(exact, self.system, cell, step, among=among) for among in scopes),
        )
        for offer in offers:
            move = offer()
            hide = None if move is None else self.system.to_hide(move)
            if move is not None and hide is not None:
                self._accept(move, hide)
                return True
        return False

    def _nearest_pair(self, cell: int, step: int, among: NDArray[np.int64]) -> Move | None:
        """Return the change of one atom of the cell against one outside that hides least."""
        inside = self.system.atoms_of(cell)
        outside = among[~np.isin(among, inside)]
        best: tuple[float, Move] | None = None
        for atom in inside[np.argsort(-self.system.counts[inside], kind="stable")][:2].tolist():
            for other in outside[np.argsort(-self.system.counts[outside], kind="stable")][:60].tolist():
                move = {atom: step, other: -step}
                hide = self.system.to_hide(move)
                if hide is not None:
                    price = self.system.price(hide)
                    if best is None or price < best[0]:
                        best = (price, move)
        return None if best is None else best[1]

    def _scopes(self, cell: int) -> Iterator[NDArray[np.int64]]:
        """Give the atoms in the sums nearest to the cell that can change, more and more of them."""
        system = self.system
        zero = (system.solo >= 0) & system.fixed[system.solo]
        near = {row for atom in system.atoms_of(cell)[:5].tolist() for row in system.rows_of(atom).tolist()}
        sums = sorted(near, key=lambda row: (system.size[row], row))
        for wanted in _SCOPES:
            found: set[int] = set()
            for row in sums:
                found.update(system.atoms_of(row).tolist())
                if len(found) >= wanted:
                    break
            if len(found) < len(zero):
                yield np.array([atom for atom in sorted(found) if not zero[atom]], dtype=np.int64)
        yield np.flatnonzero(~zero)

    def _accept(self, move: Move, hide: list[int]) -> None:
        """Hide what the move needs; all values on the way to the other table are possible now."""
        self.system.hide(hide)
        steps = gcd(*move.values())
        for cell, change in self.system.changes(move).items():
            if cell in self._possible:
                value, unit = int(self.system.value[cell]), change // steps
                self._possible[cell].update(value + unit * step for step in range(1, steps + 1))
