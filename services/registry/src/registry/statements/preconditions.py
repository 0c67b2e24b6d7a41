"""What a favourable statement stands on, judged over all units that it covers, and by their Index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.averages.report import AverageJson
from registry.averages.wording import counted_cs, decimal_cs
from registry.statements.standing import Standing
from shared.contracts.intake import StatementKind
from shared.errors import Finding


class Requirement(StrEnum):
    MEMORANDUM = "memorandum-in-force"
    PLAN = "plan-approved"
    COOPERATION = "cooperation-active"
    GROUP = "group-of-kpsvl"
    INDEX = "average-index-or-capacity"


class Priority(StrEnum):
    """Whether the average Index gives priority, or all depends on the Agency's capacity."""

    PRIORITY = "priority"
    BY_CAPACITY = "by-capacity"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStanding:
    """The average with how it was made; `report` is None where there is none, the texts say why."""

    report: AverageJson | None
    threshold: Decimal
    unknown_cs: str = ""
    unknown_en: str = ""

    @property
    def priority(self) -> Priority:
        if self.report is None:
            return Priority.UNKNOWN
        return Priority.PRIORITY if self.report["reaches_threshold"] else Priority.BY_CAPACITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition:
    """`lacking` are the units that do not meet it."""

    code: Requirement
    is_met: bool
    cs: str
    en: str
    lacking: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found on the day, unit by unit and precondition by precondition."""

    found_on: date
    units: tuple[Standing, ...]
    index: IndexStanding | None
    priority: Priority | None
    preconditions: tuple[Precondition, ...]

    @property
    def unmet(self) -> list[Finding]:
        return [
            Finding(pointer=f"/preconditions/{place}", code=each.code.value, cs=each.cs, en=each.en)
            for place, each in enumerate(self.preconditions)
            if not each.is_met
        ]


def findings_of(
    kind: StatementKind,
    *,
    on: date,
    units: Sequence[Standing],
    index: IndexStanding | None,
    has_capacity: bool | None = None,
) -> Findings:
    """Judge what was found; `has_capacity` opens the way where the Index gives no priority."""
    asked = [_of_units(units, *each) for each in _ASKED[kind]]
    if index is not None:
        asked.append(_of_index(index, has_capacity=bool(has_capacity)))
    return Findings(
        found_on=on,
        units=tuple(units),
        index=index,
        priority=index.priority if index else None,
        preconditions=tuple(asked),
    )


Asked = tuple[Requirement, Callable[[Standing], bool], str, str]
_MEMORANDUM: Final[Asked] = (
    Requirement.MEMORANDUM,
    lambda unit: unit.memorandum is not None,
    "platné memorandum o spolupráci",
    "memorandum of cooperation in force",
)
_COOPERATION: Final[Asked] = (
    Requirement.COOPERATION,
    lambda unit: unit.cooperation is not None,
    "aktivní spolupráce s Agenturou",
    "active cooperation with the Agency",
)
_ASKED: Final[dict[StatementKind, tuple[Asked, ...]]] = {
    StatementKind.RECOMMENDING_STATEMENT: (
        _MEMORANDUM,
        (
            Requirement.PLAN,
            lambda unit: unit.plan is not None,
            "platný plán schválený orgánem územního celku",
            "plan in force approved by the unit's own bodies",
        ),
        _COOPERATION,
        (
            Requirement.GROUP,
            lambda unit: unit.group is not None,
            "zařazení do skupiny A–D podle metodiky KPSVL",
            "membership in a group A–D of the KPSVL methodology",
        ),
    ),
    StatementKind.MAP_CONFIRMATION: (_MEMORANDUM, _COOPERATION),
}


def _of_units(
    units: Sequence[Standing], code: Requirement, has: Callable[[Standing], bool], cs: str, en: str
) -> Precondition:
    lacking = [unit for unit in units if not has(unit)]
    names = ", ".join(unit.name for unit in lacking[:10])
    more = len(lacking) - 10
    return Precondition(
        code=code,
        is_met=not lacking,
        cs=f"{cs}: {_missing_cs(names, more)}" if lacking else f"{cs}: splněno",
        en=f"{en}: {_missing_en(names, more)}" if lacking else f"{en}: met",
        lacking=tuple(unit.unit_id for unit in lacking),
    )


def _missing_cs(names: str, more: int) -> str:
    rest = f" a {counted_cs(more, 'další celek', 'další celky', 'dalších celků')}" if more > 0 else ""
    return f"nemá {names}{rest}"


def _missing_en(names: str, more: int) -> str:
    return f"missing for {names}{f' and {more} more' if more > 0 else ''}"


def _of_index(index: IndexStanding, *, has_capacity: bool) -> Precondition:
    report = index.report
    bound_cs, bound_en = decimal_cs(index.threshold), format(index.threshold, "f")
    if report is None:
        cs = f"průměrný index nelze zjistit ({index.unknown_cs})"
        en = f"the average Index is not known ({index.unknown_en})"
    else:
        average, below = report["rounded"], not report["reaches_threshold"]
        cs = f"průměrný index {average.replace('.', ',')} {'nedosahuje' if below else 'dosahuje'} {bound_cs}"
        en = f"the average Index {average} {'does not reach' if below else 'reaches'} {bound_en}"
    is_priority = index.priority is Priority.PRIORITY
    if not is_priority:
        cs += ", Agentura uvádí volnou kapacitu" if has_capacity else ", volná kapacita Agentury není uvedena"
        en += ", the Agency states free capacity" if has_capacity else ", no free capacity is stated"
    return Precondition(code=Requirement.INDEX, is_met=is_priority or has_capacity, cs=cs, en=en, lacking=())
