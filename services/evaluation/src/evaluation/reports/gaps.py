"""What a report lacks: nothing is left out in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evaluation.evaluations.kinds import KINDS, Level
from evaluation.progress.domain import Reason
from evaluation.reports.content import NEEDED, OPTIONAL, TITLES, Draft, SectionCode
from evaluation.reports.facts import Facts, Head
from shared.contracts.reports import EvaluationType
from shared.days import day_text

CAVEAT_CS: Final = (
    "Srovnání s podobnými nepodpořenými obcemi neprokazuje příčinu: do spolupráce vstupují obce samy a podle "
    "závažnosti problémů, takže se od ostatních liší i jinak než podporou."
)
CAVEAT_EN: Final = (
    "A comparison with similar units that were not supported proves no cause: units enter cooperation "
    "themselves and for the gravity of their problems, and differ from others in more than the support."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is missing, and in which section."""

    section: SectionCode
    code: str
    cs: str
    en: str


def gaps_of(head: Head, facts: Facts, draft: Draft, *, is_first_form: bool = False) -> tuple[Gap, ...]:
    """Return what is missing, in the order of the sections; the first form knew of no activities."""
    found = [
        *_texts(draft),
        *_cooperation(facts),
        *_plan(head.type, facts),
        *_indicators(facts),
        *_measures(facts, draft),
        *_quality(facts),
        *_matrix(draft),
        *_comparison(head.type, draft),
        *(() if is_first_form else _activities(facts)),
    ]
    order = list(SectionCode)
    return tuple(sorted(found, key=lambda each: order.index(each.section)))


def gap(section: SectionCode, code: str, cs: str, en: str) -> Gap:
    """Name what is missing in a section; the words in front are always the same."""
    return Gap(section=section, code=code, cs=f"chybí data: {cs}", en=f"data missing: {en}")


def _texts(draft: Draft) -> Iterator[Gap]:
    for section in SectionCode:
        if section not in OPTIONAL and not draft.text_of(section):
            cs, en = TITLES[section]
            yield Gap(
                section=section,
                code="text-missing",
                cs=f"chybí text oddílu „{cs}“",
                en=f"the text of the section “{en}” is missing",
            )


def _cooperation(facts: Facts) -> Iterator[Gap]:
    section = SectionCode.COOPERATION
    for unit in facts.units:
        name = unit.name or str(unit.id)
        held = [each for each in facts.cooperations if each.unit_id == unit.id]
        if not held:
            yield gap(section, "cooperation-unknown", f"spolupráce – {name}", f"the cooperation of {name}")
        elif not any(each.areas for each in held):
            cs, en = f"témata popisu spolupráce – {name}", f"the themes of the description of {name}"
            yield gap(section, "description-unknown", cs, en)


def _plan(type_: EvaluationType, facts: Facts) -> Iterator[Gap]:
    if facts.plan is None and KINDS[type_].level in {Level.UNIT, Level.PLAN}:
        yield gap(SectionCode.POLICIES, "plan-unknown", "schválený plán", "an approved plan")


def _indicators(facts: Facts) -> Iterator[Gap]:
    section = SectionCode.AREAS
    if facts.plan is not None and not facts.indicators:
        yield gap(section, "no-indicators", "plán nemá ukazatele", "the plan has no indicators")
    for each in facts.indicators_in_order:
        label = f"{each.number} {each.name}"
        on = each.measured_on
        if on is None and not each.wording:
            cs, en = f"hodnoty ukazatele {label}", f"values of the indicator {label}"
            yield gap(section, "no-value", cs, en)
        elif on is not None and each.reason is Reason.VALUE_OUTDATED:
            cs = f"novější hodnota ukazatele {label}, poslední je z {day_text(on, 'cs')}"
            en = f"a newer value of the indicator {label}, the last is of {day_text(on, 'en')}"
            yield gap(section, "value-outdated", cs, en)
        if each.overdue:
            cs = f"nenahlášená období ukazatele {label}: {each.overdue}"
            en = f"periods of the indicator {label} that nobody reported: {each.overdue}"
            yield gap(section, "obligations-overdue", cs, en)


def _measures(facts: Facts, draft: Draft) -> Iterator[Gap]:
    """Yield measures of which neither planning nor the evaluator knows, or not any more."""
    section = SectionCode.AREAS
    if facts.plan is not None and not draft.measures and not facts.measures:
        cs, en = "stav opatření plánu", "the state of the plan's measures"
        yield gap(section, "measures-unknown", cs, en)
    found = {each.node_id for each in draft.measures}
    for each in facts.measures:
        label = f"{each.number} {each.name}"
        if each.measure_id in found:
            continue
        if each.state_on is None:
            cs = f"stav opatření {label}, nikdo se k němu nevyjádřil"
            en = f"the state of the measure {label}, nobody said anything of it"
            yield gap(section, "measure-without-word", cs, en)
        elif each.is_word_old(facts.as_of):
            cs = f"novější stav opatření {label}, poslední slovo je z {day_text(each.state_on, 'cs')}"
            en = f"a newer state of the measure {label}, no word since {day_text(each.state_on, 'en')}"
            yield gap(section, "measure-word-old", cs, en)


def _activities(facts: Facts) -> Iterator[Gap]:
    if facts.units and not facts.activities:
        cs, en = "odborné aktivity s obcí", "expert activities with the unit"
        yield gap(SectionCode.COOPERATION, "no-activities", cs, en)


def _quality(facts: Facts) -> Iterator[Gap]:
    section = SectionCode.AREAS
    if facts.units and not facts.quality:
        yield gap(section, "quality-unknown", "kritéria kvality", "the quality criteria")
    names = {unit.id: unit.name or str(unit.id) for unit in facts.units}
    for each in facts.quality:
        missing = [one.code for one in each.criteria if one.shift is None]
        if missing:
            listed, name = ", ".join(sorted(missing)), names.get(each.unit_id, str(each.unit_id))
            cs = f"posun kritérií kvality – {name}: {listed}"
            en = f"the shift of quality criteria of {name}: {listed}"
            yield gap(section, "quality-not-compared", cs, en)


def _matrix(draft: Draft) -> Iterator[Gap]:
    for line in draft.judgements:
        if not line.evidence:
            cs, en = f"podklady k otázce {line.code}", f"evidence on the question {line.code}"
            yield gap(SectionCode.CONCLUSION, "evidence-missing", cs, en)


def _comparison(type_: EvaluationType, draft: Draft) -> Iterator[Gap]:
    compared = draft.similar is not None or (draft.comparison is not None and draft.comparison.figures)
    if KINDS[type_].asks and not compared:
        cs = "srovnání s podobnými nepodpořenými obcemi"
        en = "a comparison with similar units that were not supported"
        yield gap(SectionCode.CONCLUSION, "comparison-missing", cs, en)


def missing_before_handing_in(draft: Draft) -> list[SectionCode]:
    """Return the sections without which no report is handed in."""
    return [section for section in NEEDED if not draft.text_of(section)]
