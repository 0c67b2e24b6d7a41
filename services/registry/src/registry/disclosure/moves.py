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
        classes: dict[bytes, list[int]] = {}
        self._of: list[bytes] = []
        for atom in range(len(system.counts)):
            rows = system.rows_of(atom)
            key = rows[rows != system.solo[atom]].tobytes()
            classes.setdefault(key, []).append(atom)
            self._of.append(key)
        price = np.where(system.solo >= 0, system.cost[system.solo], 0.0)
        self._cheapest_first = {
            key: np.array(members)[np.argsort(price[members], kind="stable")]
            for key, members in classes.items()
        }

    def move(self, atom: int, step: int) -> Move | None:
        """Return the change of the atom by `step` against as few others as are needed, if there is one.

        First against those that are hidden already, then against the cheapest that has room enough, then
        against several.
        """
        others = self._cheapest_first[self._of[atom]]
        others = others[others != atom]
        room, hidden = self._room(others, -step), self._is_hidden(others)
        move, left = {atom: step}, abs(step)
        enough = np.flatnonzero(~hidden & (room >= left - min(left, int(room[hidden].sum()))))
        for place in (
            *np.flatnonzero(hidden & (room > 0)),
            *enough[:1],
            *np.flatnonzero(~hidden & (room > 0)),
        ):
            if not left:
                return move
            other, part = int(others[place]), min(left, int(room[place]))
            if other not in move:
                move[other] = -part if step > 0 else part
                left -= part
        return move if not left else None

    def _is_hidden(self, atoms: Counts) -> NDArray[np.bool_]:
        cells = self._system.solo[atoms]
        found: NDArray[np.bool_] = (cells < 0) | (self._system.mark[cells] != Mark.PUBLISHED)
        return found

    def _room(self, atoms: Counts, step: int) -> Counts:
        """Return how far each atom can go in the direction of `step`, no farther than needed."""
        system, cells = self._system, self._system.solo[atoms]
        value, shown = system.counts[atoms], cells >= 0
        down = value - np.where(shown, system.least[cells], 0)
        up = np.where(shown, system.most[cells], NO_LIMIT) - value
        room = np.where(shown & system.fixed[cells], 0, down if step < 0 else up)
        return np.clip(room, 0, abs(step))


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
