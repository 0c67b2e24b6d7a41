"""From degrees of WGS 84 to metres of the national grid S-JTSK (EPSG:5514)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import numpy as np
import pyproj

from registry.geography.domain import Point, Position
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind


def points(kind: UnitKind, found: Sequence[tuple[str, Position]]) -> list[Point]:
    """Return the definition points of units of one kind by their codes."""
    x, y = to_grid(
        [float(position.longitude) for _, position in found],
        [float(position.latitude) for _, position in found],
    )
    return [
        Point(
            unit_id=unit_id(kind, code),
            code=code,
            longitude=position.longitude,
            latitude=position.latitude,
            x=Decimal(f"{east:.2f}"),
            y=Decimal(f"{north:.2f}"),
        )
        for (code, position), east, north in zip(found, x, y, strict=True)
    ]


def to_grid(longitudes: Sequence[float], latitudes: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return x and y in metres (both negative in this country), rounded to centimetres.

    The network stays off: a transformation grid fetched on one machine and missing on another would
    move the points, and with them the donors of the Index. Without one it is exact to about a metre.
    """
    if not longitudes:
        return [], []
    x, y = _transformer().transform(np.asarray(longitudes), np.asarray(latitudes))
    return np.round(x, 2).tolist(), np.round(y, 2).tolist()


@cache
def _transformer() -> pyproj.Transformer:
    pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]
    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:5514", always_xy=True)
