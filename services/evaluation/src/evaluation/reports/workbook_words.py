"""Codes of a report in words, as a workbook shows them in Czech and in English."""

from collections.abc import Mapping
from typing import Final

from evaluation.evaluations.questions import Criterion
from evaluation.progress.domain import Light
from evaluation.reports.content import TITLES, Strength, Verdict
from evaluation.shifts.domain import Change
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.intake import CooperationDomain, ExpertActivityKind
from shared.contracts.measures import MeasureState
from shared.contracts.planning import RecommendationAnswer

Words = Mapping[str, tuple[str, str]]
LIGHTS: Final[Words] = {
    Light.GREEN: ("zelená", "green"),
    Light.AMBER: ("oranžová", "amber"),
    Light.RED: ("červená", "red"),
    Light.GREY: ("šedá – bez dat", "grey – no data"),
}
STATES: Final[Words] = {
    MeasureState.NOT_BEGUN: ("nezahájeno", "not begun"),
    MeasureState.RUNNING: ("probíhá", "running"),
    MeasureState.DELAYED: ("zpožděno", "delayed"),
    MeasureState.DONE: ("splněno", "done"),
    MeasureState.ABANDONED: ("opuštěno", "abandoned"),
}
FUNDERS: Final[Words] = {
    "eu": ("Evropská unie", "European Union"),
    "state": ("státní rozpočet", "state budget"),
    "region": ("kraj", "region"),
    "municipality": ("obec", "municipality"),
    "own": ("vlastní zdroje", "own means"),
    "other": ("jiné", "other"),
}
CHANGES: Final[Words] = {
    Change.IMPROVED: ("zlepšení", "improved"),
    Change.UNCHANGED: ("beze změny", "unchanged"),
    Change.WORSENED: ("zhoršení", "worsened"),
    Change.NOT_ASSESSED: ("nehodnoceno", "not assessed"),
}
DOMAINS: Final[Words] = {
    CooperationDomain.SOCIAL_INCLUSION: ("sociální začleňování", "social inclusion"),
    CooperationDomain.INCLUSIVE_EDUCATION: ("inkluzivní vzdělávání", "inclusive education"),
}
VERDICTS: Final[Words] = {
    Verdict.YES: ("ano", "yes"),
    Verdict.RATHER_YES: ("spíše ano", "rather yes"),
    Verdict.RATHER_NO: ("spíše ne", "rather no"),
    Verdict.NO: ("ne", "no"),
    Verdict.CANNOT_TELL: ("nelze posoudit", "cannot tell"),
}
STRENGTHS: Final[Words] = {
    Strength.STRONG: ("silné", "strong"),
    Strength.MODERATE: ("střední", "moderate"),
    Strength.WEAK: ("slabé", "weak"),
}
CRITERIA: Final[Words] = {
    Criterion.RELEVANCE: ("relevance", "relevance"),
    Criterion.COHERENCE: ("soudržnost", "coherence"),
    Criterion.EFFECTIVENESS: ("účelnost", "effectiveness"),
    Criterion.EFFICIENCY: ("efektivnost", "efficiency"),
    Criterion.IMPACT: ("dopad", "impact"),
    Criterion.SUSTAINABILITY: ("udržitelnost", "sustainability"),
    Criterion.PARTNERSHIP: ("partnerství", "partnership"),
    Criterion.PARTICIPATION: ("zapojení obyvatel", "participation"),
}
PRIORITIES: Final[Words] = {
    RecommendationPriority.HIGH: ("vysoká", "high"),
    RecommendationPriority.MEDIUM: ("střední", "medium"),
    RecommendationPriority.LOW: ("nízká", "low"),
}
ANSWERS: Final[Words] = {
    RecommendationAnswer.ACCEPTED: ("přijato", "accepted"),
    RecommendationAnswer.PARTLY: ("přijato částečně", "accepted in part"),
    RecommendationAnswer.REJECTED: ("odmítnuto", "rejected"),
}
ACTIVITIES: Final[Words] = {
    ExpertActivityKind.VYZ: ("výzkum", "research"),
    ExpertActivityKind.ODP: ("odborná podpora", "expert support"),
    ExpertActivityKind.PRP: ("projektové poradenství", "project counselling"),
    ExpertActivityKind.KON: ("konzultace opatření", "consultation of measures"),
    ExpertActivityKind.MON: ("monitoring dopadů", "monitoring of impacts"),
    ExpertActivityKind.MET: ("metodická podpora plánování a řízení", "support of planning and management"),
    ExpertActivityKind.KOM: ("zavádění komunitní práce", "introduction of community work"),
    ExpertActivityKind.PAR: ("participativní aktivity", "participative activities"),
    ExpertActivityKind.KMP: ("zvyšování kompetencí", "strengthening of competences"),
    ExpertActivityKind.VZA: ("vzdělávací akce", "educational event"),
    ExpertActivityKind.FAC: ("facilitace", "facilitation"),
    ExpertActivityKind.VER: ("komunikace s veřejností", "communication with the public"),
    ExpertActivityKind.EVA: ("evaluace", "evaluation"),
}
SECTIONS: Final[Words] = {section.value: title for section, title in TITLES.items()}
