"""The public code lists of the log: kinds of activity and roles of people, in Czech and English."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.intake import ExpertActivityKind


class PeopleRole(StrEnum):
    """In what role people took part; nothing about a person is told by it."""

    SOCIAL_WORKER = "social-worker"
    OFFICIAL = "official"
    ELECTED_REPRESENTATIVE = "elected-representative"
    TEACHER = "teacher"
    POLICE = "police"
    NGO_WORKER = "ngo-worker"
    HEALTH_WORKER = "health-worker"
    EMPLOYER = "employer"
    RESIDENT = "resident"
    OTHER = "other"


class StaffRole(StrEnum):
    """What a person of the Agency did at an activity."""

    LEAD = "lead"
    EXPERT = "expert"
    SUPPORT = "support"


Names = tuple[str, str]
"""Czech and English."""

KINDS: Final[Mapping[ExpertActivityKind, Names]] = {
    ExpertActivityKind.VYZ: ("výzkum", "research"),
    ExpertActivityKind.ODP: ("odborná podpora", "expert support"),
    ExpertActivityKind.PRP: ("projektové poradenství", "project counselling"),
    ExpertActivityKind.KON: ("konzultace opatření", "consultation of measures"),
    ExpertActivityKind.MON: ("monitoring dopadů", "monitoring of impacts"),
    ExpertActivityKind.MET: (
        "metodická podpora plánování a řízení",
        "methodological support of planning and management",
    ),
    ExpertActivityKind.KOM: ("zavádění komunitní práce", "introduction of community work"),
    ExpertActivityKind.PAR: ("participativní aktivity", "participative activities"),
    ExpertActivityKind.KMP: ("zvyšování kompetencí", "strengthening of competences"),
    ExpertActivityKind.VZA: ("vzdělávací akce", "educational event"),
    ExpertActivityKind.FAC: ("facilitace", "facilitation"),
    ExpertActivityKind.VER: ("komunikace s veřejností", "communication with the public"),
    ExpertActivityKind.EVA: ("evaluace", "evaluation"),
}
PEOPLE: Final[Mapping[PeopleRole, Names]] = {
    PeopleRole.SOCIAL_WORKER: ("sociální pracovníci", "social workers"),
    PeopleRole.OFFICIAL: ("úředníci", "officials"),
    PeopleRole.ELECTED_REPRESENTATIVE: ("volení zástupci", "elected representatives"),
    PeopleRole.TEACHER: ("pedagogové", "teachers"),
    PeopleRole.POLICE: ("policie a prevence kriminality", "police and crime prevention"),
    PeopleRole.NGO_WORKER: ("pracovníci neziskových organizací", "workers of non-profit organisations"),
    PeopleRole.HEALTH_WORKER: ("zdravotníci", "health workers"),
    PeopleRole.EMPLOYER: ("zaměstnavatelé", "employers"),
    PeopleRole.RESIDENT: ("obyvatelé", "residents"),
    PeopleRole.OTHER: ("ostatní", "others"),
}
STAFF: Final[Mapping[StaffRole, Names]] = {
    StaffRole.LEAD: ("vede", "leads"),
    StaffRole.EXPERT: ("odborník", "expert"),
    StaffRole.SUPPORT: ("podpora", "support"),
}
