"""The frozen profile of a unit as far as the paper shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    id: UUID
    kind_name: Said
    state_name: Said | None
    code: str | None
    name: str
    ico: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    hierarchy: str
    units: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    number: int
    name_cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    municipalities: int
    mean_index: Decimal
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexIndicator:
    code: str
    name_cs: str
    points: int | None
    way: str
    share_percent: Decimal | None
    reference_percent: Decimal | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    year: int
    index: int | None
    highest_index: int
    band: Band | None
    population_15_plus: int | None
    size_class: Size | None
    indicators: tuple[IndexIndicator, ...]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    since: int
    until: int
    before: int | None
    after: int | None
    difference: int
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexYear:
    year: int
    index: int | None
    band: int | None
    break_before: bool
    break_cs: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    name: str
    region: str
    population_15_plus: int
    index: int | None
    supported: bool
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    year: int
    peers: tuple[Peer, ...]
    caveat: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    year: int | None
    index: int | None
    low_80: int | None
    high_80: int | None
    is_outdated: bool
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipal:
    index: Index | None
    change: Change | None
    thresholds: tuple[Threshold, ...]
    index_years: tuple[IndexYear, ...]
    peers: Peers | None
    forecast: Forecast | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    name: Said
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaBand:
    name_cs: str
    lowest: int
    highest: int
    municipalities: int
    population_15_plus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaYear:
    year: int
    municipalities: int
    without_index: int
    population_15_plus: int
    means: tuple[Mean, ...]
    bands: tuple[AreaBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str
    population_15_plus: int | None
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    year: int | None
    years: tuple[AreaYear, ...]
    municipalities: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    regime_name: Said
    course_name: Said
    starts_on: date
    ends_on: date | None
    through: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    kind_name: Said
    title: str
    state_name: Said
    valid_from: date
    valid_until: date
    body: str
    approved_on: date
    resolution_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    name_cs: str
    unit_of_measure: str
    periodicity: str
    period: date
    value: Decimal | None
    status: str
    shown: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    label: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    name_cs: str
    publisher: str
    vintages: tuple[Vintage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    shown_on: date
    unit: Unit
    summary: Said
    hierarchies: tuple[Way, ...]
    municipal: Municipal | None
    area: Area | None
    cooperations: tuple[Cooperation, ...]
    cooperation_count: int
    plans: tuple[Plan, ...]
    plan_count: int
    figures: tuple[Figure, ...]
    sources: tuple[DataSource, ...]
    empty: dict[str, Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    form: Literal[1]
    as_of: date
    content: Profile
