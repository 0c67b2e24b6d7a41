"""The regimes of support: of which programme, how long, what each needs and excludes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from shared.contracts.registry import CooperationRegime

_LAST_YEAR: Final = date.max.year


class Programme(StrEnum):
    """The approach that a regime belongs to."""

    KPSVL = "KPSVL"  # koordinovaný přístup k sociálně vyloučeným lokalitám, 2014–2020
    VDP = "VDP"  # vzdálená dílčí podpora, with a methodology of its own
    KPSV21 = "KPSV21"  # koordinovaný přístup k sociálnímu vyloučení 2021+


class Need(StrEnum):
    """What must be there before a cooperation runs under a regime."""

    MEMORANDUM = "memorandum"
    DESCRIPTION = "description"  # popis spolupráce
    COMMITTEE_APPROVAL = "committee-approval"  # schválení Monitorovacím výborem


class Form(StrEnum):
    """The two forms of remote partial support."""

    PRE_ENTRY = "pre-entry"  # předvstupní
    STANDARD = "standard"  # standardní


class Grounds(StrEnum):
    """Which acute or deepening problem remote partial support answers."""

    XENOPHOBIC_TENSION = "xenophobic-tension"
    NEW_HOSTEL = "new-hostel"
    CLOSING_EMPLOYER = "closing-employer"
    SUDDEN_MIGRATION = "sudden-migration"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """`default_months` is proposed where no end is given, `longest_months` is never exceeded."""

    code: CooperationRegime
    name_cs: str
    name_en: str
    programme: Programme
    default_months: int | None = None
    longest_months: int | None = None
    needs: tuple[Need, ...] = ()
    forms: tuple[Form, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    excludes: tuple[CooperationRegime, ...] = ()

    @property
    def is_prepared(self) -> bool:
        """Whether it begins in preparation and is made active by an agreed description alone."""
        return Need.DESCRIPTION in self.needs

    def proposed_end(self, starts_on: date) -> date | None:
        """Return the last day of the usual duration; None where the duration is set individually."""
        return None if self.default_months is None else last_day_of(starts_on, self.default_months)

    def latest_end(self, starts_on: date) -> date | None:
        return None if self.longest_months is None else last_day_of(starts_on, self.longest_months)


def last_day_of(starts_on: date, months: int) -> date:
    """Return the last day of so many months from a day: of 12 from 1 July, 30 June of the next year.

    From a day that the last month does not have the period ends with that month.
    """
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    if year > _LAST_YEAR:
        return date.max
    first = date(year, month + 1, 1)
    same_day = first + timedelta(days=starts_on.day - 1)
    after = same_day if same_day.month == first.month else _month_after(first)
    return after - timedelta(days=1)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


_R: Final = CooperationRegime
_COORDINATED: Final = (_R.IKP, _R.VIP, _R.VEX)
REGIMES: Final[Mapping[CooperationRegime, Regime]] = {
    regime.code: regime
    for regime in (
        Regime(
            code=_R.IKP,
            name_cs="intenzivní komplexní podpora",
            name_en="intensive comprehensive support",
            programme=Programme.KPSVL,
            default_months=36,
            excludes=(_R.VDP,),
        ),
        Regime(
            code=_R.VIP,
            name_cs="vzdálená intenzivní podpora",
            name_en="remote intensive support",
            programme=Programme.KPSVL,
            default_months=12,
            excludes=(_R.VDP,),
        ),
        Regime(
            code=_R.VDP,
            name_cs="vzdálená dílčí podpora",
            name_en="remote partial support",
            programme=Programme.VDP,
            default_months=12,
            longest_months=12,
            needs=(Need.COMMITTEE_APPROVAL,),
            forms=tuple(Form),
            grounds=tuple(Grounds),
            excludes=_COORDINATED,
        ),
        Regime(
            code=_R.VEX,
            name_cs="vzdálená ex-post podpora",
            name_en="remote ex-post support",
            programme=Programme.KPSVL,
            excludes=(_R.VDP,),
        ),
        Regime(
            code=_R.KPSV21,
            name_cs="spolupráce v KPSV 2021+",
            name_en="cooperation in KPSV 2021+",
            programme=Programme.KPSV21,
            needs=(Need.MEMORANDUM, Need.DESCRIPTION),
        ),
    )
}
"""Durations and exclusions: methodologies of KPSVL (2015) and of remote partial support 1.0 and 2.0."""
