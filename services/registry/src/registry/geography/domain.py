"""Definition points and boundaries as files tell them: what is right, and what is wrong in which row."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar
from uuid import UUID

from registry.imports.domain import RowProblem
from registry.units.codes import checked_code, unit_id
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, NotFound, Refusal

Read = TypeVar("Read")
WEST, EAST, SOUTH, NORTH = 12, 19, 48, 52
"""A box around the country, in degrees."""
EXACT: Final = Decimal("0.0000001")
"""Of a degree: about a centimetre."""
_DEGREES: Final = re.compile(r"[+-]?\d{1,20}([.,]\d{1,40})?(E[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_CSV_COLUMNS: Final = {
    "code": ("kód obce", "kod obce", "kod", "kód", "code"),
    "latitude": ("latitude", "lat", "zeměpisná šířka"),
    "longitude": ("longitude", "lon", "lng", "zeměpisná délka"),
}


class ColumnsOfPointsMissing(Invalid):
    cs = "Soubor nemá sloupec „{missing}“. Čekáme kód obce, zeměpisnou šířku a délku ve stupních."
    en = "The file has no column “{missing}”. We expect the code, the latitude and the longitude in degrees."


class CodeTwice(Invalid):
    cs = "Kód „{unit_code}“ je v souboru dvakrát, poprvé na řádku {first_row}."
    en = "The code “{unit_code}” stands in the file twice, first in row {first_row}."


class DegreesNotReadable(Invalid):
    cs = "„{found}“ není číslo ve stupních."
    en = "“{found}” is no number of degrees."


class OutsideTheCountry(Invalid):
    cs = "Bod {longitude}, {latitude} leží mimo území státu. Není zaměněná šířka s délkou?"
    en = "The point {longitude}, {latitude} lies outside the country. Are latitude and longitude exchanged?"


class GeometryOfWrongKind(Invalid):
    cs = "Geometrie „{found}“ se nehodí. Čekáme {expected}."
    en = "The geometry “{found}” does not fit. We expect {expected}."


class RingNotClosed(Invalid):
    cs = "Hranice není uzavřená: prstenec má začínat a končit týmž bodem a mít aspoň čtyři body."
    en = "The boundary is not closed: a ring begins and ends in the same point and has at least four."


class GeometryUnknown(NotFound):
    cs = "Bod ani hranici tohoto celku neznáme."
    en = "We know neither a point nor a boundary of this unit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where something lies, in degrees with 7 decimals."""

    longitude: Decimal
    latitude: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The definition point of a unit: degrees (WGS 84), and metres of the national grid (S-JTSK)."""

    unit_id: UUID
    code: str
    longitude: Decimal
    latitude: Decimal
    x: Decimal
    y: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The boundary of a unit: a GeoJSON geometry as canonical JSON text."""

    unit_id: UUID
    code: str
    geometry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file as rows: `rows[0]` stands in row `first_row`; of features, a row is code and geometry."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    first_row: int
    of_features: bool


def positions_of(table: Table, kind: UnitKind) -> tuple[list[tuple[str, Position]], list[RowProblem]]:
    """Return code and position of the good rows, and what is wrong with the others."""
    read = _position_of_geometry if table.of_features else _position_of_columns(table)
    return _good_rows(table, kind, read)


def boundaries_of(table: Table, kind: UnitKind) -> tuple[list[Boundary], list[RowProblem]]:
    """Return the boundaries of the good rows and what is wrong with the others."""
    if not table.of_features:
        raise GeometryOfWrongKind(found="CSV", expected="GeoJSON (Polygon, MultiPolygon)")
    found, problems = _good_rows(table, kind, _boundary_of_geometry)
    return [Boundary(unit_id=unit_id(kind, code), code=code, geometry=text) for code, text in found], problems


def _good_rows(
    table: Table, kind: UnitKind, read: Callable[[Sequence[object]], Read]
) -> tuple[list[tuple[str, Read]], list[RowProblem]]:
    good: list[tuple[str, Read]] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    at = _column(table, "code")
    for number, row in enumerate(table.rows, start=table.first_row):
        try:
            code = checked_code(kind, None if row[at] is None else str(row[at]).strip()) or ""
            if code in seen:
                raise CodeTwice(pointer="/code", unit_code=code, first_row=seen[code])
            good.append((code, read(row)))
            seen[code] = number
        except Refusal as refusal:
            column = table.columns[at] if refusal.pointer == "/code" else None
            problems.append(RowProblem.of(refusal, row=number, column=column, value=row[at]))
    return good, problems


def _position_of_columns(table: Table) -> Callable[[Sequence[object]], Position]:
    latitude, longitude = _column(table, "latitude"), _column(table, "longitude")
    return lambda row: _position(_degrees(row[longitude]), _degrees(row[latitude]))


def _position_of_geometry(row: Sequence[object]) -> Position:
    geometry = json.loads(str(row[1]), parse_float=Decimal)
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "MultiPoint" and isinstance(coordinates, list) and len(coordinates) == 1:
        coordinates = coordinates[0]
    elif kind != "Point":
        raise GeometryOfWrongKind(found=str(kind)[:40], expected="Point, MultiPoint (1)")
    return _position(*_numbers(coordinates))


def _boundary_of_geometry(row: Sequence[object]) -> str:
    geometry = json.loads(str(row[1]), parse_float=Decimal)
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list) or not coordinates:
        raise GeometryOfWrongKind(found=str(kind)[:40], expected="Polygon, MultiPolygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    rings = [_joined(_ring(ring) for ring in _list(polygon)) for polygon in polygons]
    return f'{{"type":"{kind}","coordinates":{rings[0] if kind == "Polygon" else _joined(rings)}}}'


def _ring(ring: object) -> str:
    corners = [_position(*_numbers(corner)) for corner in _list(ring)]
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise RingNotClosed
    return _joined(f"[{each.longitude.normalize():f},{each.latitude.normalize():f}]" for each in corners)


def _joined(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _list(found: object) -> list[object]:
    if not isinstance(found, list) or not found:
        raise RingNotClosed
    return found


def _numbers(found: object) -> Iterator[Decimal]:
    numbers = found if isinstance(found, list) else []
    if len(numbers) not in {2, 3}:
        raise DegreesNotReadable(found=str(found)[:40])
    return (_degrees(number) for number in numbers[:2])


def _degrees(found: object) -> Decimal:
    text = "" if found is None or isinstance(found, bool | list | dict) else str(found).strip()
    if _DEGREES.fullmatch(text) is None:
        raise DegreesNotReadable(found=str(found)[:40])
    return Decimal(text.replace(",", "."))


def _position(longitude: Decimal, latitude: Decimal) -> Position:
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        raise OutsideTheCountry(longitude=f"{longitude:.6g}", latitude=f"{latitude:.6g}")
    return Position(longitude=longitude.quantize(EXACT), latitude=latitude.quantize(EXACT))


def _column(table: Table, what: str) -> int:
    known = [name.strip().casefold() for name in table.columns]
    found: Iterable[int] = (known.index(name) for name in _CSV_COLUMNS[what] if name in known)
    at = next(iter(found), None)
    if at is None:
        raise ColumnsOfPointsMissing(missing=_CSV_COLUMNS[what][0])
    return at
