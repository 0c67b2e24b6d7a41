"""What `registry` tells: territorial units and their cooperation with the Agency."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class UnitKind(StrEnum):
    """Kinds of territorial unit (územní celek); the standard Czech term stands beside each."""

    STATE = "state"  # stát
    REGION = "region"  # kraj, hl. m. Praha (NUTS 3)
    DISTRICT = "district"  # okres (LAU 1)
    ORP = "orp"  # správní obvod obce s rozšířenou působností
    POU = "pou"  # správní obvod obce s pověřeným obecním úřadem
    MUNICIPALITY = "municipality"  # obec (LAU 2)
    CITY_PART = "city-part"  # městská část, městský obvod
    MUNICIPALITY_PART = "municipality-part"  # část obce (no legal person)
    MUNICIPALITY_ASSOCIATION = "municipality-association"  # dobrovolný svazek obcí, mikroregion
    LOCAL_ACTION_GROUP = "local-action-group"  # místní akční skupina
    OTHER_ASSOCIATION = "other-association"  # jiné sdružení


class ThematicArea(StrEnum):
    """Thematic areas of KPSV 2021+ (tematické oblasti); the last two cut across the others."""

    BYD = "BYD"  # bydlení
    DLU = "DLU"  # dluhy
    ZAM = "ZAM"  # zaměstnanost
    BEZ = "BEZ"  # bezpečnost, sousedské vztahy a prevence kriminality
    ZDR = "ZDR"  # zdraví
    VZD = "VZD"  # vzdělávání
    SLU = "SLU"  # přístup ke službám a sociální práce
    ROD = "ROD"  # rodinná politika, ohrožené děti a mládež, násilí a diskriminace


class CooperationRegime(StrEnum):
    """Under which regime the Agency supports a unit (režim podpory)."""

    IKP = "IKP"  # intenzivní komplexní podpora
    VIP = "VIP"  # vzdálená intenzivní podpora
    VDP = "VDP"  # vzdálená dílčí podpora
    VEX = "VEX"  # vzdálená ex-post podpora
    KPSV21 = "KPSV21"  # spolupráce v KPSV 2021+


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRegistered(Event):
    """A unit entered the registry; services that name units keep a copy from now on."""

    type: ClassVar[str] = "registry.unit.registered.v1"
    identity: ClassVar[str] = "unit_id"

    unit_id: UUID
    kind: UnitKind
    code: str | None
    name: str
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(Event):
    """A unit's name, code or parent changed; the copies follow."""

    type: ClassVar[str] = "registry.unit.changed.v1"
    identity: ClassVar[str] = "unit_id"

    unit_id: UUID
    kind: UnitKind
    code: str | None
    name: str
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlace:
    """A unit lies in another one, or is a member of it, from one day to another; None: no end is known."""

    group_id: UUID
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlaced(Event):
    """A unit lies elsewhere, or in other groups: whoever sums over territories counts nobody twice.

    `places` are all of the unit's, past and future; `version` counts what was told of them.
    """

    type: ClassVar[str] = "registry.unit.placed.v1"
    identity: ClassVar[str] = "unit_id"

    unit_id: UUID
    places: tuple[UnitPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(Event):
    """A unit ceased to exist; nothing new may be begun for it. The rest is what was told of it last."""

    type: ClassVar[str] = "registry.unit.closed.v1"
    identity: ClassVar[str] = "unit_id"

    unit_id: UUID
    kind: UnitKind
    code: str | None
    name: str
    parent_id: UUID | None
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationStarted(Event):
    """A unit and the Agency began to work together; the unit may now draft plans."""

    type: ClassVar[str] = "registry.cooperation.started.v1"
    identity: ClassVar[str] = "cooperation_id"

    cooperation_id: UUID
    unit_id: UUID
    regime: CooperationRegime
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationChanged(Event):
    """Another last day was agreed while the cooperation lasts; the unit may draft plans until then."""

    type: ClassVar[str] = "registry.cooperation.changed.v1"
    identity: ClassVar[str] = "cooperation_id"

    cooperation_id: UUID
    unit_id: UUID
    regime: CooperationRegime
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationEnded(Event):
    """The cooperation ended; the unit drafts no new plans, its approved ones go on."""

    type: ClassVar[str] = "registry.cooperation.ended.v1"
    identity: ClassVar[str] = "cooperation_id"

    cooperation_id: UUID
    unit_id: UUID
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BandCount:
    """How many municipalities a band of the Index has; band 0 is an Index that cannot be told."""

    band: int
    municipalities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPublished(Event):
    """The Index of social exclusion of one year is out, or out again from better data."""

    type: ClassVar[str] = "registry.index.published.v1"
    identity: ClassVar[str] = "edition_id"

    edition_id: UUID
    method: str
    year: int
    municipalities: int
    bands: tuple[BandCount, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPart:
    """A series and period that an edition of statistics holds; `period` is its first day."""

    series: str
    period: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPublished(Event):
    """An edition of statistics is out: whoever cites an older one looks whether it still says so."""

    type: ClassVar[str] = "registry.vintage.published.v1"
    identity: ClassVar[str] = "publication_id"

    publication_id: UUID
    vintage_id: int
    source: str
    published_on: date | None
    parts: tuple[PublishedPart, ...]
    digest: str
