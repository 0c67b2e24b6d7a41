"""Builders of places: a whole country of units with both hierarchies, points and files of points."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry import seed
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units.codes import check_digit
from registry.units.domain import Details, Unit, register
from registry.units.use_cases import register_missing
from shared.contracts.registry import UnitKind, UnitRegistered
from tests.support.service import ServiceUnderTest

NOWHERE = UUID(int=0)
FIRST_DAY = date(2000, 1, 1)
ORPS = 205
POUS = 392
BEGINNINGS = ("Bo", "Čer", "Hra", "Ži", "Lho", "Mar", "Ře", "Škvor", "Tře", "Ústí")
ENDINGS = ("nice", "ov", "ín", "ta", "véves", "dec", "sko", "hradí", "ňany", "čice")
Registered = tuple[Unit, UnitRegistered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What was registered beside the state, the regions and the districts of the seed."""

    regions: list[UUID]
    districts: list[UUID]
    orps: list[UUID]
    pous: list[UUID]
    municipalities: list[UUID]


def municipality_code(number: int) -> str:
    """Return the number of five digits with its check digit."""
    return f"{number}{check_digit(str(number))}"


def a_municipality(code: str = "567337", name: str = "Obrnice", parent: Unit | None = None) -> Registered:
    return registered_unit(UnitKind.MUNICIPALITY, code, name, parent)


def a_pou(code: str = "42091", name: str = "Most", parent: Unit | None = None) -> Registered:
    return registered_unit(UnitKind.POU, code, name, parent)


def an_association(
    code: str = "14117223", name: str = "Mikroregion", kind: UnitKind = UnitKind.MUNICIPALITY_ASSOCIATION
) -> Registered:
    return registered_unit(kind, code, name, None)


async def register_all(service: ServiceUnderTest, units: Iterable[Registered]) -> None:
    async with service.transaction() as tx:
        await register_missing(tx, list(units))


async def a_country_of_units(service: ServiceUnderTest, municipalities: int = 6258) -> Country:
    """Register real regions and districts with invented ORP, POÚ and municipalities."""
    everything = seed.registrations(seed._rows("units"))
    seeded = [each for each in everything if each[0].kind is not UnitKind.MUNICIPALITY]
    regions = [unit for unit, _ in seeded if unit.kind is UnitKind.REGION]
    districts = [unit for unit, _ in seeded if unit.kind is UnitKind.DISTRICT]
    orps = [registered_unit(UnitKind.ORP, str(2101 + n), f"ORP {n}", regions[n % 14]) for n in range(ORPS)]
    pous = [a_pou(f"{2101 + n % ORPS}{n // ORPS + 1}", f"POÚ {n}", orps[n % ORPS][0]) for n in range(POUS)]
    obce = [
        a_municipality(municipality_code(60000 + n), _name(n), districts[n % 77])
        for n in range(municipalities)
    ]
    pous_of: dict[UUID, list[UUID]] = defaultdict(list)
    for n, (pou, _) in enumerate(pous):
        pous_of[regions[n % ORPS % 14].id].append(pou.id)
    by_district = {district.id: pous_of[district.details.parent_id or NOWHERE] for district in districts}
    await register_all(service, [*seeded, *orps, *pous, *obce])
    async with service.transaction() as tx:
        rows = []
        for n, (unit, _) in enumerate(obce):
            choice = by_district[districts[n % 77].id]
            rows.append(MembershipTold(unit.id, choice[n % len(choice)], FIRST_DAY))
        await set_memberships(tx, rows, source="test")
    return Country(
        regions=[unit.id for unit in regions],
        districts=[unit.id for unit in districts],
        orps=[unit.id for unit, _ in orps],
        pous=[unit.id for unit, _ in pous],
        municipalities=[unit.id for unit, _ in obce],
    )


def _name(number: int) -> str:
    return f"{BEGINNINGS[number % 10]}{ENDINGS[number // 10 % 10]} {number // 100}"


def registered_unit(kind: UnitKind, code: str, name: str, parent: Unit | None = None) -> Registered:
    return register(
        kind=kind,
        details=Details(name=name, code=code, parent_id=parent.id if parent else None),
        valid_from=FIRST_DAY,
        valid_until=None,
        parent=parent.place if parent else None,
        new_id=NOWHERE,
    )


def a_feature(
    code: int | str | None = 567337,
    longitude: float = 13.6951,
    latitude: float = 50.5046,
    geometry: object = None,
    name: str = "Kod",
) -> dict[str, object]:
    """Return a feature as RÚIAN publishes it, or with another geometry."""
    point = {"type": "MultiPoint", "coordinates": [[longitude, latitude]]}
    return {"type": "Feature", "properties": {name: code}, "geometry": geometry or point}


def a_geojson(*features: dict[str, object], **members: object) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features or [a_feature()]), **members}
    return json.dumps(document).encode()


def a_csv_of_points(*rows: str, header: str = "Obec,Kód obce,Latitude,Longitude") -> bytes:
    return "\n".join([header, *(rows or ["Obrnice,567337,50.5046,13.6951"])]).encode()


def a_square(west: float = 13.0, south: float = 50.0, size: float = 0.5) -> dict[str, object]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
