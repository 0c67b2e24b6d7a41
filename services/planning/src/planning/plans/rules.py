"""The rules that a plan is read by, as data: how grave, for which kinds of plan, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planning.plans.kinds import KINDS_OF_PLAN
from shared.contracts.planning import PlanKind


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`kinds` are those that it applies to; the explanation says why, in the words of whoever plans."""

    id: str
    severity: Severity
    cs: str
    en: str
    kinds: frozenset[PlanKind] = frozenset(PlanKind)


LISTS_ITS_AREAS: Final = frozenset(kind for kind, each in KINDS_OF_PLAN.items() if each.own_areas)
IN_FIVE_PARTS: Final = frozenset(kind for kind, each in KINDS_OF_PLAN.items() if each.chapters_required)
_ERRORS: Final = {
    "plan-without-problem": (
        "Plán bez problému nemá na co odpovídat.",
        "A plan without a problem has nothing to answer.",
    ),
    "area-unknown": (
        "Oblast musí být v seznamu oblastí plánu, jinak se plány nedají srovnat.",
        "An area must be on the plan's list, or plans cannot be compared.",
    ),
    "problem-not-described": (
        "Zastupitel má z popisu poznat, co se děje a komu.",
        "A council member should learn what happens and to whom.",
    ),
    "problem-without-goal": (
        "Každý problém má mít aspoň jeden cíl.",
        "Every problem needs a goal.",
    ),
    "goal-without-date": (
        "Bez termínu se nedá říct, zda byl cíl splněn.",
        "Without a date nobody can say whether a goal was met.",
    ),
    "goal-without-indicator": (
        "Cíl bez indikátoru výsledku se nedá vyhodnotit.",
        "A goal without a result indicator cannot be evaluated.",
    ),
    "goal-without-measure": (
        "Cíl bez opatření nikdo nenaplní.",
        "Nobody will reach a goal without a measure.",
    ),
    "measure-without-owner": (
        "Každé opatření má mít jednoho odpovědného realizátora.",
        "Every measure needs one responsible owner.",
    ),
    "measure-without-funding": (
        "Náklady bez zdroje zůstanou přáním: uveďte zdroj nebo rozpočet po zdrojích.",
        "A cost without a source stays a wish: name the source, or budget lines.",
    ),
    "measure-without-period": (
        "Opatření potřebuje začátek a konec, z nich vzniká kalendář.",
        "A measure needs a start and an end: the calendar is made of them.",
    ),
    "measure-outside-plan": (
        "Opatření má začít a skončit v období plánu.",
        "A measure starts and ends within the plan's period.",
    ),
    "measure-without-indicator": (
        "Opatření bez indikátoru výstupu se nedá sledovat.",
        "A measure without an output indicator cannot be followed.",
    ),
    "indicator-without-unit": (
        "Číslo bez jednotky nic neříká.",
        "A number without a unit says nothing.",
    ),
    "indicator-without-owner": (
        "Hodnoty musí někdo sbírat.",
        "Somebody has to collect the values.",
    ),
    "indicator-without-source": (
        "Bez zdroje se hodnota nedá ověřit.",
        "Without a source a value cannot be checked.",
    ),
    "indicator-without-baseline": (
        "Bez výchozí hodnoty není vidět změna.",
        "Without a baseline no change can be seen.",
    ),
    "indicator-without-baseline-on": (
        "Výchozí hodnota platí k určitému dni.",
        "A baseline is of a certain day.",
    ),
    "indicator-without-target": (
        "Bez cílové hodnoty se neví, kolik je dost.",
        "Without a target nobody knows how much is enough.",
    ),
    "indicator-without-target-on": (
        "Cílová hodnota má platit k určitému dni.",
        "A target is of a certain day.",
    ),
    "target-outside-plan": (
        "Cíle má být dosaženo v období plánu.",
        "A target is reached within the plan's period.",
    ),
    "target-against-direction": (
        "Cílová hodnota jde proti směru, kterým se má indikátor pohybovat.",
        "The target lies against the direction in which the indicator should move.",
    ),
    "budget-not-summing": (
        "Náklady opatření se musí rovnat součtu řádků rozpočtu, na haléř.",
        "The cost of a measure equals the sum of its budget lines, to the haléř.",
    ),
    "plan-period": (
        "Plány trvají 1 až 5 let, komunitní plány nejvýše 10 let.",
        "Plans last 1 to 5 years, community plans 10 at most.",
    ),
}
_WARNINGS: Final = {
    "problem-without-evidence": (
        "Problém má stát na údaji nebo analýze, jinak je to dojem.",
        "A problem should stand on a figure or an analysis; else it is an impression.",
    ),
    "evidence-amber": (
        "Registr uvádí něco jiného než plán: citujte znovu, nebo napište, proč tvrzení platí dál.",
        "The registry tells otherwise than the plan: cite anew, or say why the claim still holds.",
    ),
    "evidence-withdrawn": (
        "Citovaný údaj registr nemá: opravte řadu, období nebo územní celek, nebo podklad odeberte.",
        "The registry has no such figure: correct series, period or unit, or remove the evidence.",
    ),
    "owner-not-accepted": (
        "Realizátor se k opatření ještě nepřihlásil: má je přijmout, nebo odmítnout.",
        "The owner has not accepted the measure yet: it accepts or declines.",
    ),
    "owner-lapsed": (
        "Realizátor odmítl, svůj souhlas vzal zpět, nebo je souhlas příliš starý.",
        "The owner declined or withdrew, or the acceptance is too old.",
    ),
    "budget-outside-plan": (
        "Rozpočet má být na léta, kdy plán platí.",
        "A budget is for the years in which the plan is valid.",
    ),
    "funder-not-named": (
        "U jiného zdroje napište, čí peníze to jsou.",
        "Say whose money it is when the source is another one.",
    ),
    "risk-without-response": (
        "U rizika má být jasné, co se udělá.",
        "It should be clear what will be done about a risk.",
    ),
}
_ADVICE: Final = {
    "problem-without-group": (
        "Napište, koho se problém týká.",
        "Say whom the problem concerns.",
    ),
    "problem-without-estimate": (
        "I hrubý odhad počtu lidí pomůže rozhodnout o penězích.",
        "Even a rough number of people helps to decide on money.",
    ),
    "duplicate-title": (
        "Stejné názvy se pletou; odlište je.",
        "Equal titles get mixed up; tell them apart.",
    ),
    "cost-not-broken-down": (
        "Rozepište náklady po letech a zdrojích.",
        "Break the cost down by year and source.",
    ),
}
_OF_KINDS: Final = (
    Rule(
        id="area-without-manager",
        severity=Severity.ADVICE,
        cs="Oblast má mít manažera, s kým o ní mluvit.",
        en="An area should have a manager to speak to.",
        kinds=LISTS_ITS_AREAS,
    ),
    Rule(
        id="part-missing",
        severity=Severity.WARNING,
        cs="Vyhláška 505/2006 Sb. (§ 39a) chce v plánu kraje pět částí.",
        en="Decree 505/2006 Sb. (§ 39a) asks for five parts in a region's plan.",
        kinds=IN_FIVE_PARTS,
    ),
)


def _rules(severity: Severity, said: Mapping[str, tuple[str, str]]) -> dict[str, Rule]:
    return {name: Rule(id=name, severity=severity, cs=cs, en=en) for name, (cs, en) in said.items()}


RULES: Final[Mapping[str, Rule]] = {
    **_rules(Severity.ERROR, _ERRORS),
    **_rules(Severity.WARNING, _WARNINGS),
    **_rules(Severity.ADVICE, _ADVICE),
    **{rule.id: rule for rule in _OF_KINDS},
}
"""Every rule by its id, which is the code of its findings. Errors alone stop an approval."""
