"""One realistic example of what registry tells of units, cooperation and figures."""

from datetime import date
from typing import Final
from uuid import UUID

from shared.contracts.base import Event
from shared.contracts.registry import (
    BandCount,
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
    FiguresPublished,
    IndexPublished,
    PublishedPart,
    UnitChanged,
    UnitClosed,
    UnitKind,
    UnitPlace,
    UnitPlaced,
    UnitRegistered,
)

_COOPERATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000005")
_DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_DISTRICT: Final = UUID("5b0ff0a1-5d5e-5b8e-9f0a-0d1c6f2f3b6e")
_EDITION: Final = UUID("6b8a1f0e-5d3c-5a77-9f21-3f6f0a1b2c4d")
_UNIT: Final = UUID("641f7f7d-8a50-5696-a60f-ec83db8fedee")
_OBRNICE: Final[dict[str, object]] = {
    "unit_id": _UNIT,
    "kind": UnitKind.MUNICIPALITY,
    "code": "567337",
    "name": "Obrnice",
    "parent_id": _DISTRICT,
    "valid_from": date(1850, 1, 1),
    "valid_until": None,
}


def _obrnice(kind: type[Event], version: int, /, **changes: object) -> Event:
    return kind(version=version, **{**_OBRNICE, **changes})


REGISTRY_EXAMPLES: Final[tuple[Event, ...]] = (
    _obrnice(UnitRegistered, 1),
    _obrnice(UnitChanged, 2, name="Obrnice u Mostu"),
    _obrnice(UnitClosed, 3, valid_until=date(2031, 12, 31)),
    UnitPlaced(
        version=2,
        unit_id=_UNIT,
        places=(UnitPlace(group_id=_DISTRICT, valid_from=date(2000, 1, 1), valid_until=date(2031, 12, 31)),),
    ),
    CooperationStarted(
        version=1,
        cooperation_id=_COOPERATION,
        unit_id=_UNIT,
        regime=CooperationRegime.KPSV21,
        starts_on=date(2025, 9, 1),
        ends_on=date(2028, 8, 31),
    ),
    CooperationChanged(
        version=2,
        cooperation_id=_COOPERATION,
        unit_id=_UNIT,
        regime=CooperationRegime.KPSV21,
        starts_on=date(2025, 9, 1),
        ends_on=date(2029, 8, 31),
    ),
    CooperationEnded(version=3, cooperation_id=_COOPERATION, unit_id=_UNIT, ended_on=date(2029, 8, 31)),
    IndexPublished(
        version=1,
        edition_id=_EDITION,
        method="ISV-2020",
        year=2023,
        municipalities=6258,
        bands=(
            BandCount(band=1, municipalities=3391),
            BandCount(band=2, municipalities=2328),
            BandCount(band=3, municipalities=298),
            BandCount(band=4, municipalities=241),
        ),
        digest=_DIGEST,
    ),
    FiguresPublished(
        version=1,
        publication_id=_EDITION,
        vintage_id=41,
        source="ISV-WORKBOOK",
        published_on=date(2025, 6, 30),
        parts=(PublishedPart(series="EXE", period=date(2023, 1, 1)),),
        digest=_DIGEST,
    ),
)
