"""GeoJSON by people we do not know, as rows of code and geometry; runs in the reading process."""

import json
from collections.abc import Iterator
from pathlib import Path

from shared.archives import Refused

HEADER = ("code", "geometry")
IN_DEGREES = frozenset(
    {
        "urn:ogc:def:crs:ogc:1.3:crs84",
        "urn:ogc:def:crs:ogc::crs84",
        "ogc:crs84",
        "urn:ogc:def:crs:epsg::4326",
        "epsg:4326",
    }
)
"""What a coordinate system may be called: RFC 7946 knows degrees of WGS 84 alone."""
_CODE_NAMES = frozenset({"kod", "code", "kod_obec", "kodobce"})


def is_geojson(start: bytes) -> bool:
    """Whether a file begins like a JSON object."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def feature_rows(path: Path) -> Iterator[list[object]]:
    """Give the header, then the code and the geometry (as JSON text) of each feature."""
    text = path.read_text(encoding="utf-8-sig")
    document = json.loads(text, parse_constant=_refuse_constant)
    del text
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Refused("FileNotReadable", reason="GeoJSON: FeatureCollection")
    _expect_degrees(document.get("crs"))
    yield list(HEADER)
    for feature in features:
        known = feature if isinstance(feature, dict) else {}
        geometry = json.dumps(known.get("geometry"), separators=(",", ":"))
        yield [_code_of(known.get("properties")), geometry]


def _code_of(properties: object) -> str | None:
    found = properties if isinstance(properties, dict) else {}
    codes = [value for name, value in found.items() if name.casefold() in _CODE_NAMES]
    return str(codes[0]) if codes and codes[0] is not None else None


def _expect_degrees(crs: object) -> None:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if crs is not None and str(name).casefold() not in IN_DEGREES:
        raise Refused("CoordinatesInAnotherSystem", found=str(name)[:100])


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
