"""Gather the page of a unit: what does not depend on anything else is read at the same time."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from registry.exclusion.repository import stored_edition
from registry.explanation.decomposition import change
from registry.explanation.domain import Asked, Explained, chosen
from registry.explanation.repository import standings
from registry.explanation.standing import Standing
from registry.peers.domain import Candidate, compared
from registry.peers.repository import NAMED
from registry.profiles import area_repository, figure_repository, outlook_repository, repository
from registry.profiles.domain import Area, Municipal, Peer, Profile, Unit
from registry.profiles.surroundings import Surroundings, surroundings_of
from registry.units.domain import UnitUnknown
from shared.contracts.registry import UnitKind
from shared.reads import Reader

_PEERS: Final = 5


async def profile_of(reads: Reader, unit_id: UUID, *, year: int | None, today: date) -> Profile:
    """Return the page of a unit, with the Index of a year, else of the newest. Raises UnitUnknown.

    Twelve statements for a municipality, ten for a territory, however much there is to tell.
    """
    unit = await repository.unit(reads, unit_id, today=today)
    if unit is None:
        raise UnitUnknown
    day, is_area = unit.day(today), unit.kind is not UnitKind.MUNICIPALITY
    index = _area(reads, unit, day, year) if is_area else _municipal(reads, unit, today, year)
    (
        (municipal, area),
        (ways, groups),
        (cooperations, cooperation_count),
        (plans, plan_count),
        figures,
    ) = await asyncio.gather(
        index,
        repository.place(reads, unit_id, day=day),
        repository.cooperations(reads, unit_id, day=day, inside=is_area),
        repository.plans(reads, unit_id, day=day, inside=is_area),
        figure_repository.figures(reads, unit_id),
    )
    computations = _computations(municipal, area)
    sources = await figure_repository.sources(reads, figures, computation_ids=computations)
    return Profile(
        unit=unit,
        as_of=today,
        year=year,
        ways=ways,
        groups=groups,
        municipal=municipal,
        area=area,
        cooperations=cooperations,
        cooperation_count=cooperation_count,
        plans=plans,
        plan_count=plan_count,
        figures=figures,
        sources=sources,
    )


def _computations(municipal: Municipal | None, area: Area | None) -> list[int]:
    if municipal is not None:
        return [each.computation_id for each in municipal.standings]
    return [each.computation_id for each in area.years] if area else []


async def _area(
    reads: Reader, unit: Unit, day: date, year: int | None
) -> tuple[Municipal | None, Area | None]:
    return None, await area_repository.area(reads, unit.id, day=day, year=year)


async def _municipal(
    reads: Reader, unit: Unit, today: date, year: int | None
) -> tuple[Municipal | None, Area | None]:
    (explained, found, peers), outlook = await asyncio.gather(
        _explained(reads, unit, today, year), outlook_repository.outlook(reads, unit.id)
    )
    return Municipal(explained=explained, standings=found, peers=peers, outlook=outlook), None


async def _explained(
    reads: Reader, unit: Unit, today: date, year: int | None
) -> tuple[Explained, Sequence[Standing], Sequence[Peer]]:
    """Explain from one read of all years; the peers of the year that is shown beside it."""
    found = await standings(reads, unit.id)
    asked = Asked(unit_id=unit.id, year=year, since=None, method=None, since_method=None)
    standing, before = chosen(asked, found, found)
    surroundings = await _surroundings(reads, standing) if standing else None
    explained = Explained(
        unit_id=unit.id,
        code=unit.code,
        name=unit.name,
        asked=asked,
        years=[each.year for each in found],
        standing=standing,
        before=before,
        change=change(before, standing) if standing and before else None,
        size=surroundings.size_mean(standing.population_15_plus) if surroundings and standing else None,
    )
    return explained, found, await _peers(reads, surroundings, unit, today) if surroundings else []


async def _surroundings(reads: Reader, standing: Standing) -> Surroundings | None:
    edition = await stored_edition(reads, standing.computation_id)
    return surroundings_of(edition) if edition else None


async def _peers(reads: Reader, surroundings: Surroundings, unit: Unit, today: date) -> list[Peer]:
    candidates = surroundings.nearest_to(unit.id, count=_PEERS)
    if not candidates:
        return []
    inputs = surroundings.landscape.edition.inputs
    regions = {each.unit_id: inputs.region_ids[inputs.regions[each.position]] for each in candidates}
    named = await reads.rows(
        NAMED, unit_ids=[*regions, *set(regions.values())], day=date(inputs.year, 12, 31), today=today
    )
    names = {row["unit_id"]: row for row in named}
    return [
        _peer(surroundings, each, position=surroundings.positions[unit.id], names=names, region=regions)
        for each in candidates
        if each.unit_id in names
    ]


def _peer(
    surroundings: Surroundings,
    candidate: Candidate,
    *,
    position: int,
    names: Mapping[UUID, asyncpg.Record],
    region: Mapping[UUID, UUID],
) -> Peer:
    landscape, at = surroundings.landscape, candidate.position
    results, row = landscape.edition.results, names[candidate.unit_id]
    index, band = int(results.index[at]), int(results.bands[at])
    of_region = names.get(region[candidate.unit_id])
    return Peer(
        candidate=candidate,
        compared=compared(landscape, position, at),
        code=row["code"],
        name=row["name"],
        region=of_region["name"] if of_region else "",
        population_15_plus=int(landscape.values[at, 0]),
        index=index if index >= 0 else None,
        band=band if band > 0 else None,
        supported=row["supported"],
    )
