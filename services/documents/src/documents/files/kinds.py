"""What each kind of document is called, and which way it goes before everybody may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.contracts.documents import DocumentKind, OutputKind
from shared.contracts.planning import PlanKind


class Path(StrEnum):
    """What a kind needs between a draft and its release."""

    FREE = "free"  # bez schválení
    APPROVED = "approved"  # schválení
    SIGNED = "signed"  # schválení a podpis


class Audience(StrEnum):
    """Whether a kind is meant for everybody."""

    PUBLIC = "public"  # zveřejňuje se
    OPTIONAL = "optional"  # zveřejnit se může
    ANONYMISED = "anonymised"  # zveřejňuje se bez údajů o osobách
    INTERNAL = "internal"  # nezveřejňuje se


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    cs: str
    en: str
    path: Path = Path.FREE
    audience: Audience = Audience.PUBLIC
    output: OutputKind | None = None


_PLAN: Final = OutputKind.PLAN
KINDS: Final[Mapping[DocumentKind, KindRule]] = {
    DocumentKind.PLAN: KindRule(cs="schválený plán", en="approved plan", path=Path.APPROVED, output=_PLAN),
    DocumentKind.OTHER: KindRule(cs="jiný dokument", en="other document", audience=Audience.OPTIONAL),
    DocumentKind.CAST: KindRule(cs="část nebo podoba plánu", en="part or form of a plan", path=Path.APPROVED),
    DocumentKind.PRIHL: KindRule(
        cs="přihláška ke spolupráci",
        en="application for cooperation",
        path=Path.SIGNED,
        audience=Audience.INTERNAL,
    ),
    DocumentKind.MEMO: KindRule(cs="memorandum", en="memorandum", path=Path.SIGNED),
    DocumentKind.POPIS: KindRule(cs="popis spolupráce", en="description of cooperation", path=Path.SIGNED),
    DocumentKind.VANAL: KindRule(
        cs="vstupní analýza",
        en="entry analysis",
        audience=Audience.ANONYMISED,
        output=OutputKind.ANALYSIS,
    ),
    DocumentKind.VYZK: KindRule(cs="výzkum", en="research", output=OutputKind.ANALYSIS),
    DocumentKind.PSZ: KindRule(
        cs="plán sociálního začleňování", en="social inclusion plan", path=Path.APPROVED, output=_PLAN
    ),
    DocumentKind.SPSZ: KindRule(
        cs="strategický plán sociálního začleňování",
        en="strategic plan of social inclusion",
        path=Path.APPROVED,
        output=_PLAN,
    ),
    DocumentKind.TAP: KindRule(
        cs="tematický akční plán",
        en="thematic action plan",
        path=Path.APPROVED,
        output=OutputKind.ACTION_PLAN,
    ),
    DocumentKind.EXIT: KindRule(cs="exit strategie", en="exit strategy", path=Path.APPROVED, output=_PLAN),
    DocumentKind.KPSS: KindRule(
        cs="komunitní plán sociálních služeb",
        en="community plan of social services",
        path=Path.APPROVED,
        output=_PLAN,
    ),
    DocumentKind.ZAPIS: KindRule(cs="zápis z jednání", en="minutes", audience=Audience.OPTIONAL),
    DocumentKind.MONIT: KindRule(cs="monitorovací zpráva", en="monitoring report", output=OutputKind.REPORT),
    DocumentKind.EVAL: KindRule(cs="evaluační zpráva", en="evaluation report", output=OutputKind.EVALUATION),
    DocumentKind.VYJ: KindRule(
        cs="vyjádření Agentury",
        en="statement of the Agency",
        path=Path.SIGNED,
        audience=Audience.INTERNAL,
    ),
    DocumentKind.VYPOR: KindRule(cs="vypořádání připomínek", en="settlement of comments"),
    DocumentKind.METOD: KindRule(
        cs="metodika", en="methodology", path=Path.APPROVED, output=OutputKind.METHODOLOGY
    ),
    DocumentKind.VYROC: KindRule(
        cs="výroční soubor praxe a doporučení",
        en="yearly set of practice and recommendations",
        output=OutputKind.RECOMMENDATIONS,
    ),
    DocumentKind.KOMPL: KindRule(
        cs="komunikační plán",
        en="communication plan",
        audience=Audience.OPTIONAL,
        output=OutputKind.COMMUNICATION_PLAN,
    ),
    DocumentKind.PRISP: KindRule(
        cs="výkaz poskytovatele", en="report of a provider", audience=Audience.INTERNAL
    ),
}
"""The kinds of the field and what is known of them (inferred where no source says so)."""

OUTPUT_OF_PLAN: Final[Mapping[PlanKind, OutputKind]] = {
    PlanKind.TAP: OutputKind.ACTION_PLAN,
    PlanKind.COMMUNICATION: OutputKind.COMMUNICATION_PLAN,
}

KIND_OF_PLAN: Final[Mapping[PlanKind, DocumentKind]] = {
    PlanKind.PSZ: DocumentKind.PSZ,
    PlanKind.SPSZ: DocumentKind.SPSZ,
    PlanKind.TAP: DocumentKind.TAP,
    PlanKind.EXIT: DocumentKind.EXIT,
    PlanKind.KPSS: DocumentKind.KPSS,
    PlanKind.COMMUNICATION: DocumentKind.KOMPL,
}
"""The kind under which people file a plan; what the platform renders is `PLAN`, whatever its kind."""


def output_of_plan(kind: PlanKind) -> OutputKind:
    return OUTPUT_OF_PLAN.get(kind, OutputKind.PLAN)
