"""What is hidden of a series and period when a vintage brings it, beside all that was released before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import numpy as np

from registry.disclosure.assembly import (
    Composition,
    Edges,
    Figures,
    assembled,
    complete,
    gathered,
)
from registry.disclosure.domain import (
    FigureMissing,
    NothingReleased,
    StoredFigure,
    StoredRelease,
    are_counts,
    counted,
    in_force,
)
from registry.disclosure.knowledge import is_known
from registry.disclosure.protection import protect
from registry.disclosure.system import Mark, Released


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Who belongs to whom on a day; all municipalities there ever were, and those of the day."""

    edges: Edges
    towns: frozenset[UUID]
    towns_then: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCell:
    """A figure, or a sum under the vintage that was released with it."""

    vintage_id: int
    unit_id: UUID
    mark: Mark
    is_small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SumAnswer:
    vintage_id: int
    k: int
    value: int | None
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`hidden` are the cells that were not hidden before; `exposed` counts those given away before."""

    k: int
    summed: bool
    sums: Mapping[UUID, Composition]
    hidden: Sequence[HiddenCell]
    cells: int
    small: int
    complementary: int
    exposed: int
    loss_percent: Decimal


def decide(
    figures: Sequence[StoredFigure],
    releases: Sequence[StoredRelease],
    country: Country,
    *,
    vintage_id: int,
    source: str,
    k: int,
) -> Decision | None:
    """Return what is hidden of the figures in force with the vintage and of their sums.

    What was decided before stays; None where nothing is left to decide.
    """
    holding = in_force(figures, vintage_id, source)
    same = [each for each in releases if each.vintage_id == vintage_id]
    released = {unit: members for each in same for unit, members in each.sums.items()}
    if not are_counts(holding.values()):
        return None if same else _without_sums(holding, releases, k)
    given = counted(holding)
    sums = _sums(given, country)
    fresh = {unit: members for unit, members in sums.items() if unit not in released}
    if same and not fresh:
        return None
    table, units = assembled(given, {**fresh, **released}, country.towns)
    earlier = [_remembered(each, figures, country.towns) for each in releases if each.summed]
    protected = protect(table, k, earlier)
    known = releases[-1].marks if releases else {}
    keys = [(holding[unit].vintage_id if unit in holding else vintage_id, unit) for unit in units]
    hidden = [
        HiddenCell(vintage_id=key[0], unit_id=key[1], mark=Mark(int(mark)), is_small=bool(small))
        for key, mark, small in zip(keys, protected.marks, protected.small, strict=True)
        if mark != Mark.PUBLISHED and key not in known
    ]
    return Decision(
        k=k,
        summed=True,
        sums=fresh,
        hidden=hidden,
        cells=len(units),
        small=int(np.count_nonzero(protected.small)),
        complementary=protected.complementary,
        exposed=len(protected.exposed) + protected.exposed_elsewhere,
        loss_percent=Decimal(round(protected.loss * 100, 2)).quantize(Decimal("0.01")),
    )


def _sums(given: Figures, country: Country) -> dict[UUID, Composition]:
    units = given.given.keys() | given.confidential | given.not_applicable
    return complete(gathered(units, country.edges), gathered(country.towns_then, country.edges), given)


def _remembered(release: StoredRelease, figures: Sequence[StoredFigure], towns: frozenset[UUID]) -> Released:
    """Make the table of an earlier release again, from the figures and the sums that were in it."""
    holding = in_force(figures, release.vintage_id, release.source)
    table, units = assembled(counted(holding), release.sums, towns)
    keys = [(holding[unit].vintage_id if unit in holding else release.vintage_id, unit) for unit in units]
    marks = np.array([release.marks.get(key, Mark.PUBLISHED) for key in keys], dtype=np.int8)
    return Released(table=table, marks=marks, k=release.k)


def answered(
    figures: Sequence[StoredFigure],
    releases: Sequence[StoredRelease],
    country: Country,
    asked: frozenset[UUID],
) -> SumAnswer:
    """Answer for the sum of any units, by the latest release: shown only where everybody can compute it.

    So no answer adds to what was published, however many are asked for and in whatever order. Raises
    NothingReleased, FigureMissing.
    """
    if not releases:
        raise NothingReleased
    latest = releases[-1]
    same = [each for each in releases if each.vintage_id == latest.vintage_id]
    joined = replace(latest, sums={unit: sum_ for each in same for unit, sum_ in each.sums.items()})
    holding = in_force(figures, latest.vintage_id, latest.source)
    for unit in sorted(asked, key=str):
        if unit not in holding or holding[unit].is_confidential:
            raise FigureMissing(pointer="/unit_ids", unit_id=unit)
    released = _remembered(joined, figures, country.towns)
    names = {str(unit) for unit in asked if holding[unit].value is not None}
    cells = [number for number, (name,) in enumerate(released.table.cells) if name in names]
    value = int(released.table.values[cells].sum())
    is_shown = latest.summed and not 0 < value < latest.k and is_known(released, cells)
    mark = Mark.PUBLISHED if is_shown else Mark.HIDDEN
    return SumAnswer(vintage_id=latest.vintage_id, k=latest.k, value=value if is_shown else None, mark=mark)


def _without_sums(
    holding: Mapping[UUID, StoredFigure], releases: Sequence[StoredRelease], k: int
) -> Decision:
    """Shares and averages are no counts: those between 0 and `k` are hidden, and no sums are shown."""
    known = releases[-1].marks if releases else {}
    small = [each for each in holding.values() if each.value is not None and 0 < each.value < k]
    return Decision(
        k=k,
        summed=False,
        sums={},
        hidden=[
            HiddenCell(vintage_id=each.vintage_id, unit_id=each.unit_id, mark=Mark.BELOW, is_small=True)
            for each in small
            if (each.vintage_id, each.unit_id) not in known
        ],
        cells=len(holding),
        small=len(small),
        complementary=0,
        exposed=0,
        loss_percent=Decimal(0),
    )
