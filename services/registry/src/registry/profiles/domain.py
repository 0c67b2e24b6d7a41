"""What stands on the page of a unit, gathered from what the neighbouring slices know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from registry.bands.domain import Line
from registry.exclusion.method import Band, Method
from registry.explanation.domain import Explained
from registry.explanation.standing import Standing
from registry.explanation.wording import Said
from registry.memberships.hierarchy import Hierarchy, Step
from registry.peers.domain import Candidate, Compared
from registry.profiles.figures import Figure, Source
from registry.units.codes import MunicipalityStatus
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime, UnitKind

MOST_LISTED = 200
"""Members, cooperations and plans of a territory on its page; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose page is asked for, on which day, with the Index of which year (None: the newest)."""

    unit_id: UUID
    year: int | None
    shown_on: date


class Course(StrEnum):
    """Where a cooperation is on its way."""

    PLANNED = "planned"
    RUNNING = "running"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit in the state that holds at present, else its last or its first one."""

    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    status: MunicipalityStatus | None
    csu_code: str | None
    ruian_code: str | None
    ico: str | None
    data_box: str | None
    valid_from: date
    valid_until: date | None
    version: int

    def day(self, today: date) -> date:
        """Return the day on which it is looked at: today, or the nearest one on which it exists."""
        return max(self.valid_from, min(today, self.valid_until or today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An association or a local action group of which the unit is a member; its POÚ is in the hierarchy."""

    id: UUID
    kind: UnitKind
    code: str | None
    name: str
    member_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """Of the unit itself, of a group that it was in then, or of a unit inside it."""

    id: UUID
    unit_id: UUID
    unit_name: str
    regime: CooperationRegime
    starts_on: date
    ends_on: date | None

    def course(self, today: date) -> Course:
        if self.starts_on > today:
            return Course.PLANNED
        return Course.RUNNING if self.ends_on is None or self.ends_on >= today else Course.PAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An approved plan as planning told of it; `units` are all that it is for."""

    id: UUID
    kind: PlanKind
    title: str
    state: str
    revision: int
    valid_from: date
    valid_until: date
    body: str
    approved_on: date
    resolution_number: str
    closed_on: date | None
    units: Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A similar municipality, never without its size beside its Index."""

    candidate: Candidate
    compared: Sequence[Compared]
    code: str
    name: str
    region: str
    population_15_plus: int
    index: int | None
    band: int | None
    supported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The Index of the next year by the newest forecasts with the errors of its kind; or why there is none.

    `index` and `band` are None where it is not forecast; `said` tells the accuracy, or the reason.
    """

    run_id: UUID
    last_year: int
    year: int | None
    index: int | None
    low_80: int | None
    high_80: int | None
    band: Band | None
    odds_of_band: Fraction | None
    said: Said
    is_outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A municipality inside a territory with its Index in the year shown."""

    id: UUID
    code: str
    name: str
    population_15_plus: int | None
    index: int | None
    band: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaYear:
    """The municipalities of a territory in one edition, each counted once."""

    year: int
    method: Method
    computation_id: int
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A territory of municipalities, always the same ones: those that lie in it on the day of the page.

    `members` at most `MOST_LISTED` of `municipalities`.
    """

    years: Sequence[AreaYear]
    shown: AreaYear | None
    municipalities: int
    members: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipal:
    """What only a municipality has: an Index of its own, in all years; similar ones; an outlook."""

    explained: Explained
    standings: Sequence[Standing]
    peers: Sequence[Peer]
    outlook: Outlook | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The whole page as of a day; either `municipal` or `area` is there."""

    unit: Unit
    shown_on: date
    year: int | None
    ways: Mapping[Hierarchy, Sequence[Step]]
    groups: Sequence[Group]
    municipal: Municipal | None
    area: Area | None
    cooperations: Sequence[Cooperation]
    cooperation_count: int
    plans: Sequence[Plan]
    plan_count: int
    figures: Sequence[Figure]
    sources: Sequence[Source]

    @property
    def methods(self) -> Sequence[Method]:
        """Return the methods of the Index on the page, each once."""
        if self.municipal is not None:
            found = [each.method for each in self.municipal.standings]
        else:
            found = [each.method for each in self.area.years] if self.area else []
        return list({method.code: method for method in found}.values())
