"""Gather the page of a unit: what does not depend on anything else is read at the same time."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Final

from registry.exclusion.repository import stored_edition
from registry.explanation.decomposition import change
from registry.explanation.domain import Asked, Explained, chosen
from registry.explanation.repository import standings
from registry.explanation.standing import Standing
from registry.peers.domain import Candidate, compared
from registry.peers.repository import NAMED
from registry.profiles import area_repository, figure_repository, outlook_repository, repository
from registry.profiles.domain import Area, Municipal, Peer, Profile, Unit, Wanted
from registry.profiles.surroundings import Surroundings, surroundings_of
from registry.units.domain import UnitUnknown
from shared.contracts.registry import UnitKind
from shared.reads import Reader, Row

_PEERS: Final = 5


async def state_of(reads: Reader) -> str:
    """Return the state of all that a page may show: while it is the same, so is every page."""
    return await repository.state(reads)


async def profile_of(reads: Reader, wanted: Wanted) -> Profile:
    """Return the page of a unit in twelve statements, that of a territory in ten. Raises UnitUnknown."""
    unit = await repository.unit(reads, wanted.unit_id, today=wanted.shown_on)
    if unit is None:
        raise UnitUnknown
    day, is_area = unit.day(wanted.shown_on), unit.kind is not UnitKind.MUNICIPALITY
    (
        (municipal, area),
        (ways, groups),
        (cooperations, cooperation_count),
        (plans, plan_count),
        figures,
    ) = await asyncio.gather(
        _area(reads, unit, day, wanted.year) if is_area else _municipal(reads, unit, wanted),
        repository.place(reads, unit.id, day=day),
        repository.cooperations(reads, unit.id, day=day, inside=is_area),
        repository.plans(reads, unit.id, day=day, inside=is_area),
        figure_repository.figures(reads, unit.id),
    )
    return Profile(
        unit=unit,
        shown_on=wanted.shown_on,
        year=wanted.year,
        ways=ways,
        groups=groups,
        municipal=municipal,
        area=area,
        cooperations=cooperations,
        cooperation_count=cooperation_count,
        plans=plans,
        plan_count=plan_count,
        figures=figures,
        sources=await figure_repository.sources(
            reads, figures, computation_ids=_computations(municipal, area)
        ),
    )


def _computations(municipal: Municipal | None, area: Area | None) -> list[int]:
    if municipal is not None:
        return [each.computation_id for each in municipal.standings]
    return [each.computation_id for each in area.years] if area else []


async def _area(reads: Reader, unit: Unit, day: date, year: int | None) -> tuple[None, Area]:
    return None, await area_repository.area(reads, unit.id, day=day, year=year)


async def _municipal(reads: Reader, unit: Unit, wanted: Wanted) -> tuple[Municipal, None]:
    (explained, found, peers), outlook = await asyncio.gather(
        _explained(reads, unit, wanted), outlook_repository.outlook(reads, unit.id)
    )
    return Municipal(explained=explained, standings=found, peers=peers, outlook=outlook), None


async def _explained(
    reads: Reader, unit: Unit, wanted: Wanted
) -> tuple[Explained, Sequence[Standing], Sequence[Peer]]:
    """Explain from one read of all years; the peers of the year that is shown beside it."""
    found = await standings(reads, unit.id)
    asked = Asked(unit_id=unit.id, year=wanted.year, since=None, method=None, since_method=None)
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
    return explained, found, await _peers(reads, surroundings, wanted) if surroundings else []


async def _surroundings(reads: Reader, standing: Standing) -> Surroundings | None:
    edition = await stored_edition(reads, standing.computation_id)
    return surroundings_of(edition) if edition else None


async def _peers(reads: Reader, surroundings: Surroundings, wanted: Wanted) -> list[Peer]:
    candidates = surroundings.nearest_to(wanted.unit_id, count=_PEERS)
    if not candidates:
        return []
    inputs = surroundings.landscape.edition.inputs
    regions = {each.unit_id: inputs.region_ids[inputs.regions[each.position]] for each in candidates}
    named = await reads.rows(
        NAMED,
        unit_ids=[*regions, *set(regions.values())],
        day=date(inputs.year, 12, 31),
        today=wanted.shown_on,
    )
    names = {row["unit_id"]: row for row in named}
    return [
        _peer(surroundings, each, wanted, row=names[each.unit_id], region=names.get(regions[each.unit_id]))
        for each in candidates
        if each.unit_id in names
    ]


def _peer(
    surroundings: Surroundings, candidate: Candidate, wanted: Wanted, *, row: Row, region: Row | None
) -> Peer:
    landscape, at = surroundings.landscape, candidate.position
    index, band = int(landscape.edition.results.index[at]), int(landscape.edition.results.bands[at])
    return Peer(
        candidate=candidate,
        compared=compared(landscape, surroundings.positions[wanted.unit_id], at),
        code=row["code"],
        name=row["name"],
        region=region["name"] if region else "",
        population_15_plus=int(landscape.values[at, 0]),
        index=index if index >= 0 else None,
        band=band if band > 0 else None,
        supported=row["supported"],
    )
