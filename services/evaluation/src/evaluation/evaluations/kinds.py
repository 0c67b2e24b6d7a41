"""The types of evaluations, analyses and research: on what level each stands and how many were promised."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.contracts.evaluation import EvaluationKind
from shared.contracts.reports import EvaluationType


class Level(StrEnum):
    """What an evaluation looks at."""

    UNIT = "unit"  # územní celek
    THEME = "theme"  # územní celek nebo téma
    CROSS_UNIT = "cross-unit"  # více územních celků
    NATIONAL = "national"  # celá země
    PLAN = "plan"  # plán
    CENTRE = "centre"  # regionální centrum
    PROJECT = "project"  # projekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`promised` is how many the source names; `asks`: its report answers evaluation questions."""

    cs: str
    en: str
    level: Level
    promised: int | None
    source: str = "Systémové zajištění sociálního začleňování, KA4"
    asks: bool = False
    external: bool = False


_T = EvaluationType
_PLANS: Final = "Strategické plány sociálního začleňování, KA4"
_RSSZ: Final = "Rozvoj systému sociálního začleňování, KA05"
KINDS: Final[Mapping[EvaluationType, Kind]] = {
    _T.ENTRY_ANALYSIS: Kind(cs="vstupní analýza", en="entry analysis", level=Level.UNIT, promised=25),
    _T.SITUATIONAL_ANALYSIS: Kind(
        cs="situační analýza", en="situational analysis", level=Level.UNIT, promised=25
    ),
    _T.THEMATIC_RESEARCH: Kind(cs="tematický výzkum", en="thematic research", level=Level.THEME, promised=50),
    _T.CROSS_THEMATIC_RESEARCH: Kind(
        cs="tematický průřezový výzkum",
        en="thematic research across units",
        level=Level.CROSS_UNIT,
        promised=30,
    ),
    _T.CROSS_SECTIONAL_RESEARCH: Kind(
        cs="průřezový výzkum", en="cross-sectional research", level=Level.NATIONAL, promised=8
    ),
    _T.PROJECT_EVALUATION: Kind(
        cs="celková evaluace projektu",
        en="evaluation of the whole project",
        level=Level.PROJECT,
        promised=1,
        asks=True,
    ),
    _T.PLAN_ENTRY: Kind(
        cs="vstupní evaluace plánu",
        en="entry evaluation of a plan",
        level=Level.PLAN,
        promised=None,
        source="harmonogram plánu",
        asks=True,
    ),
    _T.PLAN_MID_TERM: Kind(
        cs="průběžná evaluační zpráva plánu",
        en="mid-term evaluation report of a plan",
        level=Level.PLAN,
        promised=25,
        source=_PLANS,
        asks=True,
    ),
    _T.PLAN_FINAL: Kind(
        cs="závěrečná evaluační zpráva plánu",
        en="final evaluation report of a plan",
        level=Level.PLAN,
        promised=50,
        source=_PLANS,
        asks=True,
    ),
    _T.CENTRE_INTERIM: Kind(
        cs="průběžná evaluační zpráva regionálního centra",
        en="interim evaluation report of a regional centre",
        level=Level.CENTRE,
        promised=6,
        asks=True,
    ),
    _T.CENTRE_FINAL: Kind(
        cs="závěrečná evaluační zpráva regionálního centra",
        en="final evaluation report of a regional centre",
        level=Level.CENTRE,
        promised=3,
        asks=True,
    ),
    _T.EVALUATION_PLAN: Kind(
        cs="evaluační plán (manuál)",
        en="evaluation plan (manual)",
        level=Level.PROJECT,
        promised=1,
        source=_RSSZ,
    ),
    _T.UNIT_REPORTS: Kind(
        cs="soubor zpráv pro jednotlivé územní celky",
        en="reports for the single units",
        level=Level.CROSS_UNIT,
        promised=1,
        source=_RSSZ,
    ),
    _T.EXTERNAL_ENTRY: Kind(
        cs="vstupní zpráva externí evaluace",
        en="entry report of the external evaluation",
        level=Level.PROJECT,
        promised=1,
        source=_RSSZ,
        external=True,
    ),
    _T.EXTERNAL_FINAL: Kind(
        cs="závěrečná zpráva externí evaluace",
        en="final report of the external evaluation",
        level=Level.PROJECT,
        promised=1,
        source=_RSSZ,
        asks=True,
        external=True,
    ),
    _T.EXPERT_SUPPORT_FINAL: Kind(
        cs="závěrečná zpráva z odborného poradenství",
        en="final report on expert support",
        level=Level.UNIT,
        promised=40,
        source="Rozvoj systému sociálního začleňování, KA02",
    ),
    _T.EXIT_OUTLINE: Kind(
        cs="osnova exit strategie",
        en="outline of an exit strategy",
        level=Level.UNIT,
        promised=None,
        source="ukončení spolupráce",
    ),
}
TYPE_OF: Final[Mapping[EvaluationKind, EvaluationType]] = {
    EvaluationKind.ENTRY: _T.PLAN_ENTRY,
    EvaluationKind.MID_TERM: _T.PLAN_MID_TERM,
    EvaluationKind.FINAL: _T.PLAN_FINAL,
}
"""What an evaluation in the calendar of a plan is called among all the types."""
KIND_OF: Final[Mapping[EvaluationType, EvaluationKind]] = {type_: kind for kind, type_ in TYPE_OF.items()}
