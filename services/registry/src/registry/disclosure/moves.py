"""Other tables that look the same: found without solving anything, by changing atoms against each other."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from registry.disclosure.lattice import Counts, Table
from registry.disclosure.system import NO_LIMIT, Mark, Move, System

_TRIED = 8
"""How many of the cheapest corners are tried: the first nearly always does."""
_FAR = 64
"""How many leaves of a class are looked at in each dimension."""


class Neighbours:
    """Atoms that count in the same sums: what one of them gains, another may lose."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._members: dict[bytes, list[int]] = {}
        self._of: list[bytes] = []
        for atom in range(len(system.counts)):
            rows = system.rows_of(atom)
            key = rows[rows != system.solo[atom]].tobytes()
            self._members.setdefault(key, []).append(atom)
            self._of.append(key)
        for members in self._members.values():
            members.sort(key=lambda atom: (self._price(atom), atom))

    def moves(self, atom: int, step: int) -> Iterator[Move]:
        """Give at most one move that changes the atom by `step` against as few others as are needed."""
        others = [other for other in self._members[self._of[atom]] if other != atom]
        paid = {other: self._room(other, -step) for other in others}
        hidden = [other for other in others if self._is_hidden(other) and paid[other]]
        shown = [other for other in others if not self._is_hidden(other) and paid[other]]
        move = {atom: step}
        left = abs(step) - self._take(move, hidden, paid, step)
        if left:
            enough = [other for other in shown if paid[other] >= left]
            left -= self._take(move, enough[:1] or shown, paid, step)
        if not left:
            yield move

    @staticmethod
    def _take(move: dict[int, int], others: list[int], room: dict[int, int], step: int) -> int:
        """Let the others lose what the move gains, as far as they can; return how much that was."""
        wanted, sign = abs(sum(move.values())), 1 if step > 0 else -1
        taken = 0
        for other in others:
            part = min(room[other], wanted - taken)
            if part:
                move[other] = -sign * part
            taken += part
            if taken == wanted:
                break
        return taken

    def _price(self, atom: int) -> float:
        cell = int(self._system.solo[atom])
        return float(self._system.cost[cell]) if cell >= 0 else 0.0

    def _is_hidden(self, atom: int) -> bool:
        cell = int(self._system.solo[atom])
        return cell < 0 or self._system.mark[cell] != Mark.PUBLISHED

    def _room(self, atom: int, step: int) -> int:
        """Return how far the atom can go in the direction of `step`."""
        system, cell = self._system, int(self._system.solo[atom])
        if cell < 0:
            return int(system.counts[atom]) if step < 0 else NO_LIMIT
        if system.fixed[cell]:
            return 0
        value = int(system.value[cell])
        return max(0, value - int(system.least[cell]) if step < 0 else int(system.most[cell]) - value)


class Cubes:
    """Corners of a cube in a table of several dimensions: + and − by turns, so that every sum stays.

    Source: D. Repsilber, the hypercube method (Quaderverfahren), 1994–1999.
    """

    def __init__(self, system: System, table: Table) -> None:
        self._system = system
        self._grid = table.grid
        self._classes = table.classes
        self._places = np.argwhere(np.ones_like(table.grid, dtype=bool))

    def moves(self, cell: int, step: int) -> Iterator[Move]:
        """Give moves that change the cell by `step`, those that hide little first.

        In the dimensions in which the atoms of the cell differ one of them is held, in the others each
        leaf changes against another of its class.
        """
        atoms = self._system.atoms_of(cell)
        atoms = atoms[atoms < len(self._places)]
        places = self._places[atoms]
        swapped = [axis for axis in range(self._grid.ndim) if len(np.unique(places[:, axis])) == 1]
        if not len(atoms) or not swapped:
            return
        best = np.argsort(-self._system.counts[atoms], kind="stable")[:3]
        for place in places[best]:
            yield from self._around(tuple(place.tolist()), swapped, step)

    def _around(self, place: tuple[int, ...], swapped: list[int], step: int) -> Iterator[Move]:
        others = [
            self._class_of(axis, place[axis]) if axis in swapped else np.array([place[axis]])
            for axis in range(self._grid.ndim)
        ]
        if any(not len(leaves) for leaves in others):
            return
        signs, corners = [], []
        for far in product((False, True), repeat=len(swapped)):
            chosen = dict(zip(swapped, far, strict=True))
            lines = [
                leaves if chosen.get(axis, False) else np.array([place[axis]])
                for axis, leaves in enumerate(others)
            ]
            signs.append(-1 if sum(far) % 2 else 1)
            corners.append(np.broadcast_to(self._grid[np.ix_(*lines)], [len(leaves) for leaves in others]))
        price = sum((self._prices(ids, sign * step) for ids, sign in zip(corners, signs, strict=True)), 0.0)
        for flat in np.argsort(np.ravel(price), kind="stable")[:_TRIED].tolist():
            if np.isfinite(np.ravel(price)[flat]):
                ids = [int(corner.flat[flat]) for corner in corners]
                yield {atom: sign * step for atom, sign in zip(ids, signs, strict=True)}

    def _class_of(self, axis: int, leaf: int) -> Counts:
        same = np.flatnonzero(self._classes[axis] == self._classes[axis][leaf])
        same = same[same != leaf]
        near: Counts = same[np.argsort(np.abs(same - leaf), kind="stable")][:_FAR]
        return near

    def _prices(self, atoms: Counts, step: int) -> NDArray[np.float64]:
        """Return what changing each atom costs; infinite where it is not possible."""
        system = self._system
        cells = system.solo[atoms]
        shown = cells >= 0
        other = system.counts[atoms] + step
        least = np.where(shown, system.least[cells], 0)
        most = np.where(shown, system.most[cells], NO_LIMIT)
        impossible = (shown & system.fixed[cells]) | (other < least) | (other > most)
        free = ~shown | (system.mark[cells] != Mark.PUBLISHED)
        return np.where(impossible, np.inf, np.where(free, 0.0, system.cost[cells]))
