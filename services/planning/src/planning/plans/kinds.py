"""What each kind of plan is like: its areas, its chapters, how long it may last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    code: str
    cs: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfPlan:
    """`areas` and `chapters` are what to start from; with `own_areas` the plan may list others.

    `chapters_required`: the law asks for them, otherwise they are a template.
    """

    kind: PlanKind
    cs: str
    en: str
    areas: tuple[Coded, ...]
    own_areas: bool = False
    chapters: tuple[Coded, ...] = ()
    chapters_required: bool = False
    shortest_years: int = 1
    longest_years: int = 5


THEMATIC: Final = (
    Coded(code=ThematicArea.BYD, cs="bydlení", en="housing"),
    Coded(code=ThematicArea.DLU, cs="dluhy", en="debts"),
    Coded(code=ThematicArea.ZAM, cs="zaměstnanost", en="employment"),
    Coded(
        code=ThematicArea.BEZ,
        cs="bezpečnost, sousedské vztahy a prevence kriminality",
        en="safety, neighbourhood relations and crime prevention",
    ),
    Coded(code=ThematicArea.ZDR, cs="zdraví", en="health"),
    Coded(code=ThematicArea.VZD, cs="vzdělávání", en="education"),
    Coded(code=ThematicArea.SLU, cs="přístup ke službám a sociální práce", en="services and social work"),
    Coded(
        code=ThematicArea.ROD,
        cs="rodinná politika, ohrožené děti a mládež, násilí a diskriminace",
        en="family policy, children and youth at risk, violence and discrimination",
    ),
)
"""The areas of KPSV 2021+."""

OF_OSTRAVA: Final = (
    Coded(code="I", cs="senioři", en="seniors"),
    Coded(code="II", cs="duševní onemocnění a psychosociální obtíže", en="mental illness"),
    Coded(code="III", cs="zrakové postižení", en="visual impairment"),
    Coded(code="IV", cs="sluchové postižení", en="hearing impairment"),
    Coded(code="V", cs="mentální, tělesné a kombinované postižení", en="mental and physical disability"),
    Coded(code="VI", cs="rodiny s dětmi", en="families with children"),
    Coded(
        code="VII",
        cs="občané ohrožení sociálním vyloučením a sociálně vyloučení",
        en="people excluded or at risk of exclusion",
    ),
    Coded(code="VIII", cs="romské etnikum (občané v SVL)", en="Roma (people in excluded localities)"),
    Coded(code="IX", cs="protidrogová prevence a prevence kriminality", en="prevention of drugs and crime"),
)
"""The areas of Ostrava's fifth community plan (2019–2022); a city lists its own from here."""

FIVE_PARTS: Final = (
    Coded(code="popisna", cs="popisná část", en="descriptive part"),
    Coded(code="analyticka", cs="analytická část", en="analytical part"),
    Coded(code="vyhodnoceni", cs="vyhodnocení předchozího plánu", en="evaluation of the previous plan"),
    Coded(code="strategicka", cs="strategická část", en="strategic part"),
    Coded(code="sit", cs="způsob zajištění sítě sociálních služeb", en="way of ensuring the network"),
)
"""The parts of a region's plan, decree 505/2006 Sb., § 39a."""

_ALL: Final = (
    KindOfPlan(
        kind=PlanKind.PSZ, cs="plán sociálního začleňování", en="plan of social inclusion", areas=THEMATIC
    ),
    KindOfPlan(
        kind=PlanKind.SPSZ,
        cs="strategický plán sociálního začleňování",
        en="strategic plan of social inclusion",
        areas=THEMATIC,
    ),
    KindOfPlan(kind=PlanKind.TAP, cs="tematický akční plán", en="thematic action plan", areas=THEMATIC),
    KindOfPlan(kind=PlanKind.SUPPORT, cs="plán podpory", en="support plan", areas=THEMATIC),
    KindOfPlan(kind=PlanKind.EXIT, cs="exit strategie", en="exit strategy", areas=THEMATIC),
    KindOfPlan(
        kind=PlanKind.KPSS,
        cs="komunitní plán sociálních služeb",
        en="community plan of social services",
        areas=OF_OSTRAVA,
        own_areas=True,
        chapters=FIVE_PARTS,
        longest_years=10,
    ),
    KindOfPlan(
        kind=PlanKind.SPRSS,
        cs="střednědobý plán rozvoje sociálních služeb",
        en="medium-term plan of development of social services",
        areas=(),
        own_areas=True,
        chapters=FIVE_PARTS,
        chapters_required=True,
    ),
    KindOfPlan(
        kind=PlanKind.COMMUNICATION,
        cs="komunikační plán",
        en="communication plan",
        areas=THEMATIC,
        own_areas=True,
    ),
)
KINDS_OF_PLAN: Final[Mapping[PlanKind, KindOfPlan]] = {each.kind: each for each in _ALL}
