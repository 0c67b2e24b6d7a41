"""HTTP of similar municipalities: open to everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from registry.bands.spreadsheet import size_text
from registry.explanation.sizes import size_class_of
from registry.peers.caveat import CAVEAT_CS, CAVEAT_EN, sentence_cs, sentence_en
from registry.peers.domain import Candidate, Support, compared
from registry.peers.schemas import ComparedOut, PeerFeature, PeerMunicipality, PeerOut, PeersOut
from registry.peers.use_cases import Asked, Found, find_peers
from shared.http import InDigits, Reads, public, router, today

peers = router("/index/units", tag="index peers")

Count = Annotated[int, Field(ge=1, le=50), InDigits, Query(description="How many")]
Year = Annotated[
    int, Field(ge=2000, le=2100), InDigits, Query(description="Data year; to judge an effect, one before it")
]
MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]


@peers.get("/{unit_id}/peers", response_model=PeersOut, dependencies=[public()])
async def list_peers(
    reads: Reads,
    unit_id: UUID,
    *,
    year: Year,
    count: Count = 10,
    supported: Annotated[
        Support, Query(description="`no`: only those that have never cooperated with the Agency")
    ] = Support.ANY,
    method: MethodCode | None = None,
) -> PeersOut:
    """Give the nearest by size, kind of region and load: what is alike, what is not, and a caveat."""
    asked = Asked(unit_id=unit_id, year=year, method=method, count=count, supported=supported)
    found = await find_peers(reads, asked, today=today())
    edition = found.landscape.edition
    return PeersOut(
        year=year,
        method=edition.method.code,
        computation_id=edition.computation_id,
        supported=supported,
        municipality=_municipality(found, found.position),
        features=[PeerFeature.model_validate(feature) for feature in found.landscape.features],
        peers=[_peer(found, peer) for peer in found.peers],
        caveat_cs=CAVEAT_CS,
        caveat_en=CAVEAT_EN,
    )


def _peer(found: Found, peer: Candidate) -> PeerOut:
    features = compared(found.landscape, found.position, peer.position)
    return PeerOut(
        municipality=_municipality(found, peer.position),
        distance=peer.distance,
        compared=[
            ComparedOut(
                feature=each.feature.code,
                own=each.own,
                peer=each.peer,
                apart=each.apart,
                likeness=each.likeness,
            )
            for each in features
        ],
        sentence_cs=sentence_cs(features),
        sentence_en=sentence_en(features),
    )


def _municipality(found: Found, position: int) -> PeerMunicipality:
    inputs, results = found.landscape.edition.inputs, found.landscape.edition.results
    named = found.names[inputs.unit_ids[position]]
    population = int(found.landscape.values[position, 0])
    size = size_class_of(population)
    index, band = int(results.index[position]), int(results.bands[position])
    return PeerMunicipality(
        unit_id=named.unit_id,
        code=named.code,
        name=named.name,
        region=found.names[inputs.region_ids[inputs.regions[position]]].name,
        population_15_plus=population,
        size_class=size_text(size),
        index=index if index >= 0 else None,
        band=band if band > 0 else None,
        supported=named.supported,
    )
