"""What one unit has on a day: memorandum, approved plan, cooperation, and its group in KPSVL."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.cooperation.regimes import Form
from shared.contracts.intake import StatementKind
from shared.contracts.registry import CooperationRegime, UnitKind

GROUP_A_UNTIL: Final = date(2017, 12, 31)
GROUP_B_UNTIL: Final = date(2019, 6, 30)
REGIMES: Final = {
    StatementKind.RECOMMENDING_STATEMENT: frozenset(
        {CooperationRegime.IKP, CooperationRegime.VIP, CooperationRegime.VDP, CooperationRegime.VEX}
    ),
    StatementKind.MAP_CONFIRMATION: frozenset({CooperationRegime.KPSV21}),
}
"""Under which regimes a cooperation counts for which kind."""
STRATEGIC: Final = frozenset({"SPSZ", "PSZ"})
THEMATIC: Final = frozenset({"TAP"})


class Group(StrEnum):
    """Groups of units that may be recommended (KPSVL), by the day when they were selected or by regime."""

    A = "A"  # vybráno do 31. 12. 2017
    B = "B"  # vybráno 1. 1. 2018 – 30. 6. 2019
    C = "C"  # vzdálená dílčí podpora, předvstupní, s TAP
    D = "D"  # vzdálená ex-post podpora, s TAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    memorandum_id: UUID
    edition: int
    concluded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An approved plan in force: which body approved it, when, by which resolution."""

    plan_id: UUID
    kind: str
    title: str
    revision: int
    body: str
    approved_on: date
    resolution_number: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """`form` is told of remote partial support alone."""

    cooperation_id: UUID
    regime: CooperationRegime
    form: Form | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one unit has on the day; `group` is asked for recommending statements alone."""

    unit_id: UUID
    kind: UnitKind
    code: str | None
    name: str
    memorandum: Memorandum | None
    plan: Plan | None
    cooperation: Cooperation | None
    group: Group | None


def group_of(cooperation: Cooperation | None, selected_on: date | None) -> Group | None:
    """Return the group by regime for pre-entry and ex-post support, else by the day of selection."""
    if cooperation is None:
        return None
    if cooperation.regime is CooperationRegime.VDP:
        return Group.C if cooperation.form is Form.PRE_ENTRY else None
    if cooperation.regime is CooperationRegime.VEX:
        return Group.D
    day = selected_on or cooperation.starts_on
    if day <= GROUP_A_UNTIL:
        return Group.A
    return Group.B if day <= GROUP_B_UNTIL else None


def plan_kinds(group: Group | None) -> frozenset[str]:
    """Return the kinds of plan that do: a thematic action plan for groups C and D, else a strategic one."""
    return THEMATIC if group in {Group.C, Group.D} else STRATEGIC
