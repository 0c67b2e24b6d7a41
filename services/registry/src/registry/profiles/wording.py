"""Names of kinds, regimes and states in both languages."""

from collections.abc import Mapping
from typing import Final

from registry.exclusion.frame import Way
from registry.explanation.wording import Said
from registry.memberships.hierarchy import Hierarchy
from registry.profiles.domain import Course
from registry.units.codes import MunicipalityStatus
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime, UnitKind

KINDS: Final[Mapping[UnitKind, Said]] = {
    UnitKind.STATE: Said("stát", "state"),
    UnitKind.REGION: Said("kraj", "region"),
    UnitKind.DISTRICT: Said("okres", "district"),
    UnitKind.ORP: Said(
        "správní obvod obce s rozšířenou působností", "area of a municipality with extended powers"
    ),
    UnitKind.POU: Said("správní obvod pověřeného obecního úřadu", "area of an authorised municipal office"),
    UnitKind.MUNICIPALITY: Said("obec", "municipality"),
    UnitKind.CITY_PART: Said("městská část", "city part"),
    UnitKind.MUNICIPALITY_PART: Said("část obce", "part of a municipality"),
    UnitKind.MUNICIPALITY_ASSOCIATION: Said("dobrovolný svazek obcí", "association of municipalities"),
    UnitKind.LOCAL_ACTION_GROUP: Said("místní akční skupina", "local action group"),
    UnitKind.OTHER_ASSOCIATION: Said("jiné sdružení", "other association"),
}
STATUSES: Final[Mapping[MunicipalityStatus, Said]] = {
    MunicipalityStatus.MUNICIPALITY: Said("obec", "village"),
    MunicipalityStatus.TOWN: Said("město", "town"),
    MunicipalityStatus.MARKET_TOWN: Said("městys", "market town"),
    MunicipalityStatus.STATUTORY_CITY: Said("statutární město", "statutory city"),
    MunicipalityStatus.CAPITAL_CITY: Said("hlavní město Praha", "the capital city of Prague"),
    MunicipalityStatus.MILITARY_AREA: Said("vojenský újezd", "military area"),
}
HIERARCHIES: Final[Mapping[Hierarchy, Said]] = {
    Hierarchy.DISTRICT: Said("okres a kraj", "district and region"),
    Hierarchy.ORP: Said("POÚ, ORP a kraj", "POÚ, ORP and region"),
}
REGIMES: Final[Mapping[CooperationRegime, Said]] = {
    CooperationRegime.IKP: Said("intenzivní komplexní podpora", "intensive comprehensive support"),
    CooperationRegime.VIP: Said("vzdálená intenzivní podpora", "remote intensive support"),
    CooperationRegime.VDP: Said("vzdálená dílčí podpora", "remote partial support"),
    CooperationRegime.VEX: Said("vzdálená ex-post podpora", "remote ex-post support"),
    CooperationRegime.KPSV21: Said("spolupráce v KPSV 2021+", "cooperation in KPSV 2021+"),
}
COURSES: Final[Mapping[Course, Said]] = {
    Course.PLANNED: Said("dohodnutá", "agreed"),
    Course.RUNNING: Said("probíhá", "running"),
    Course.PAST: Said("skončila", "ended"),
}
PLAN_KINDS: Final[Mapping[PlanKind, Said]] = {
    PlanKind.PSZ: Said("plán sociálního začleňování", "plan of social inclusion"),
    PlanKind.SPSZ: Said("strategický plán sociálního začleňování", "strategic plan of social inclusion"),
    PlanKind.TAP: Said("tematický akční plán", "thematic action plan"),
    PlanKind.SUPPORT: Said("plán podpory", "support plan"),
    PlanKind.EXIT: Said("exit strategie", "exit strategy"),
    PlanKind.KPSS: Said("komunitní plán sociálních služeb", "community plan of social services"),
    PlanKind.SPRSS: Said(
        "střednědobý plán rozvoje sociálních služeb", "medium-term plan of development of social services"
    ),
    PlanKind.COMMUNICATION: Said("komunikační plán", "communication plan"),
}
PLAN_STATES: Final[Mapping[str, Said]] = {
    "approved": Said("schválen", "approved"),
    "in-implementation": Said("v realizaci", "in implementation"),
    "closed": Said("ukončen", "closed"),
}
WAYS: Final[Mapping[Way, Said]] = {
    Way.OWN: Said("vlastní údaje", "its own figures"),
    Way.NEAREST: Said("převzato od nejbližší obce se školou", "taken over from the nearest with a school"),
    Way.CHOSEN: Said("převzato od obce, kterou určila Agentura", "taken over from one that the Agency chose"),
    Way.IMPORTED: Said("převzato od obce podle převzatého seznamu", "taken over by an imported list"),
    Way.PUBLISHED: Said("zbývá ze zveřejněného Indexu", "what remains of the published Index"),
    Way.UNKNOWN: Said("údaje chybějí", "figures are missing"),
}
FIGURE_STATUSES: Final[Mapping[str, Said]] = {
    "given": Said("", ""),
    "confidential": Said("důvěrný údaj", "confidential"),
    "not-applicable": Said("netýká se", "not applicable"),
    "suppressed": Said("nezveřejňuje se", "not published"),
}
