"""Find the municipalities similar to one and name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from registry.exclusion.domain import EditionUnknown
from registry.exclusion.repository import edition
from registry.peers import repository
from registry.peers.domain import Candidate, Landscape, Support, landscape_of, nearest
from registry.peers.repository import Named
from shared.reads import Reader

_AT_FIRST: Final = 400
"""So many of the nearest are named and looked at; all only where too few of them fit."""
Names = Mapping[UUID, Named]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    unit_id: UUID
    year: int
    method: str | None
    count: int
    supported: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The municipality (at `position`) and its peers; `names` of them and of their regions."""

    landscape: Landscape
    position: int
    peers: list[Candidate]
    names: Names


async def find_peers(reads: Reader, asked: Asked, *, today: date) -> Found:
    """Two statements where the edition is in memory. Raises EditionUnknown, and what `position_of` raises."""
    in_force = await edition(reads, year=asked.year, method=asked.method)
    if in_force is None:
        raise EditionUnknown(year=asked.year)
    landscape = landscape_of(in_force)
    position = landscape.position_of(asked.unit_id)
    everybody = nearest(landscape, position, count=len(in_force.inputs.unit_ids))
    names: Names = {}
    fitting: list[Candidate] = []
    for candidates in (everybody[:_AT_FIRST], everybody):
        ids = [asked.unit_id, *(each.unit_id for each in candidates), *in_force.inputs.region_ids]
        names = await repository.named(reads, ids, on=date(asked.year, 12, 31), today=today)
        fitting = [each for each in candidates if _fits(names[each.unit_id], asked.supported)]
        if len(fitting) >= asked.count or len(candidates) == len(everybody):
            break
    return Found(landscape=landscape, position=position, peers=fitting[: asked.count], names=names)


def _fits(named: Named, supported: Support) -> bool:
    return supported is Support.ANY or named.supported == (supported is Support.YES)
