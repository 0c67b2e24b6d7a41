"""Sums of municipalities against the totals that the same file publishes for what they belong to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.statistics.domain import FindingKind, NoticedFigure
from registry.statistics.newcomers import Known, KnownUnit
from registry.statistics.resolving import existed_on
from registry.statistics.told import Told
from shared.contracts.registry import UnitKind


def differing_totals(
    figures: Sequence[Told], totals: Sequence[Told], known: Known
) -> Iterator[NoticedFigure]:
    """Give the totals that are not the sum of their municipalities.

    Only where every municipality of the unit is told; a confidential one may only make the sum smaller.
    """
    if not totals:
        return
    above = _ancestors(known)
    told: dict[tuple[str, date], dict[UUID, Decimal | None]] = defaultdict(dict)
    for figure in figures:
        unit = known.get((figure.kind, figure.code))
        if unit is not None:
            told[figure.series, figure.period][unit.id] = figure.value
    for total in totals:
        unit = _unit_of(total, known)
        if unit is None or total.value is None:
            continue
        parts = above.get(unit.id, [])
        values = told[total.series, total.period]
        alive = [part.id for part in parts if existed_on(part, total.period.replace(month=12, day=31))]
        if not alive or any(id_ not in values for id_ in alive):
            continue
        yield from _difference(total, unit.id, [values[id_] for id_ in alive])


def _difference(total: Told, unit_id: UUID, values: Sequence[Decimal | None]) -> Iterator[NoticedFigure]:
    summed = sum((value for value in values if value is not None), Decimal(0))
    published = total.value or Decimal(0)
    if summed > published or (summed < published and None not in values):
        facts = {"published": str(published), "sum": str(summed), "municipalities": str(len(values))}
        yield NoticedFigure(
            kind=FindingKind.PUBLISHED_TOTAL,
            series=total.series,
            period=total.period,
            unit_id=unit_id,
            facts=facts,
        )


def _ancestors(known: Known) -> Mapping[UUID, list[KnownUnit]]:
    """Return the municipalities of each district, region, POÚ, ORP and of the state."""
    parents = {unit.id: unit.parent_id for unit in known.values()}
    states = [unit.id for (kind, _), unit in known.items() if kind is UnitKind.STATE]
    below: dict[UUID, list[KnownUnit]] = defaultdict(list)
    for (kind, _), unit in known.items():
        if kind is not UnitKind.MUNICIPALITY:
            continue
        district, pou = unit.parent_id, unit.group_id
        chain = {
            district,
            parents.get(district) if district else None,
            pou,
            parents.get(pou) if pou else None,
        }
        for id_ in {*chain, *states} - {None}:
            below[id_].append(unit)  # type: ignore[index]
    return below


def _unit_of(total: Told, known: Known) -> KnownUnit | None:
    """Return the unit by its code here or in the code lists of the statistical office; one state only."""
    found = known.get((total.kind, total.code))
    if found is not None:
        return found
    of_kind = [unit for (kind, _), unit in known.items() if kind is total.kind]
    if total.kind is UnitKind.STATE:
        return of_kind[0] if of_kind else None
    return next((unit for unit in of_kind if unit.csu_code == total.code), None)
