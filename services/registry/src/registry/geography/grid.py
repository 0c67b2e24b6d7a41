"""From degrees of WGS 84 to metres of the national grid S-JTSK (EPSG:5514)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import numpy as np
import numpy.typing as npt
import pyproj

from registry.geography.domain import Point, Position
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind

Metres = npt.NDArray[np.float64]


def points(kind: UnitKind, found: Sequence[tuple[str, Position]]) -> list[Point]:
    """Return the definition points of units of one kind by their codes."""
    if not found:
        return []
    x, y = _to_grid([at.longitude for _, at in found], [at.latitude for _, at in found])
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


def _to_grid(longitudes: Sequence[Decimal], latitudes: Sequence[Decimal]) -> tuple[Metres, Metres]:
    """Return x and y in metres, both negative in this country.

    The network stays off: a transformation grid fetched on one machine and missing on another would
    move the points, and with them the donors of the Index. Without one it is exact to about a metre.
    """
    x, y = _transformer().transform(
        np.array(longitudes, dtype=np.float64), np.array(latitudes, dtype=np.float64)
    )
    return x, y


@cache
def _transformer() -> pyproj.Transformer:
    pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]
    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:5514", always_xy=True)
