"""Two ways from a municipality to the state: by its district, and by its POÚ and ORP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.contracts.registry import UnitKind


class Hierarchy(StrEnum):
    DISTRICT = "district"  # kraj – okres – obec
    ORP = "orp"  # kraj – ORP – POÚ – obec


PASSES_NO: Mapping[Hierarchy, frozenset[UnitKind]] = {
    Hierarchy.DISTRICT: frozenset({UnitKind.ORP, UnitKind.POU}),
    Hierarchy.ORP: frozenset({UnitKind.DISTRICT}),
}
"""Kinds that belong to the other hierarchy alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A unit on the way up; `below` is whom it was reached from, None for the one where the way begins."""

    below: UUID | None
    id: UUID
    kind: UnitKind
    code: str | None
    name: str


def ways_up(steps: Iterable[Step]) -> dict[Hierarchy, list[Step]]:
    """Return what lies above a unit in each hierarchy to which it belongs, the nearest first."""
    found = list(steps)
    start = next((step for step in found if step.below is None), None)
    if start is None:
        return {}
    return {
        hierarchy: _way(start, found, passes_no)
        for hierarchy, passes_no in PASSES_NO.items()
        if start.kind not in passes_no
    }


def _way(start: Step, steps: list[Step], passes_no: frozenset[UnitKind]) -> list[Step]:
    way: list[Step] = []
    here: Step | None = start
    while here is not None and len(way) <= len(steps):
        reached_from = here.id
        here = next((s for s in steps if s.below == reached_from and s.kind not in passes_no), None)
        if here is not None:
            way.append(here)
    return way
