"""What fields, kinds and codes of a plan are called in Czech and English sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planning.plans.parts import Category, Funder
from planning.plans.tree import NodeKind
from shared.contracts.planning import Direction, Periodicity


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word in both languages; `plural` says that the Czech verb beside it is plural."""

    cs: str
    en: str
    plural: bool = False

    def text(self, language: str) -> str:
        return self.cs if language == "cs" else self.en


def _word(cs: str, en: str) -> Word:
    return Word(cs=cs, en=en)


KINDS: Final[Mapping[NodeKind, Word]] = {
    NodeKind.PROBLEM: _word("problém", "problem"),
    NodeKind.GOAL: _word("cíl", "goal"),
    NodeKind.MEASURE: _word("opatření", "measure"),
    NodeKind.ACTIVITY: _word("aktivita", "activity"),
    NodeKind.INDICATOR: _word("indikátor", "indicator"),
    NodeKind.BUDGET_LINE: _word("rozpočtová položka", "budget line"),
    NodeKind.PROJECT: _word("projekt", "project"),
    NodeKind.STRATEGY: _word("vazba na strategii", "link to a strategy"),
    NodeKind.RISK: _word("riziko", "risk"),
    NodeKind.AREA: _word("oblast", "area"),
    NodeKind.CHAPTER: _word("kapitola", "chapter"),
}
KINDS_OF_MANY: Final[Mapping[NodeKind, Word]] = {
    NodeKind.PROBLEM: _word("problémy", "problems"),
    NodeKind.GOAL: _word("cíle", "goals"),
    NodeKind.MEASURE: _word("opatření", "measures"),
    NodeKind.ACTIVITY: _word("aktivity", "activities"),
    NodeKind.INDICATOR: _word("indikátory", "indicators"),
    NodeKind.BUDGET_LINE: _word("rozpočtové položky", "budget lines"),
    NodeKind.PROJECT: _word("projekty", "projects"),
    NodeKind.STRATEGY: _word("vazby na strategie", "links to strategies"),
    NodeKind.RISK: _word("rizika", "risks"),
    NodeKind.AREA: _word("oblasti", "areas"),
    NodeKind.CHAPTER: _word("kapitoly", "chapters"),
}
"""As they stand in “measures: 2”."""
UNDER: Final[Mapping[NodeKind, str]] = {
    NodeKind.PROBLEM: "problém",
    NodeKind.GOAL: "cíl",
    NodeKind.MEASURE: "opatření",
}
"""Czech accusative of what other nodes hang on."""

FIELDS: Final[Mapping[str, Word]] = {
    "title": _word("název", "the title"),
    "name": _word("název", "the name"),
    "vision": _word("vize", "the vision"),
    "unit_ids": Word(cs="územní celky", en="the units", plural=True),
    "valid_from": _word("začátek platnosti", "the first day of validity"),
    "valid_until": _word("konec platnosti", "the last day of validity"),
    "area": _word("tematická oblast", "the thematic area"),
    "description": _word("popis", "the description"),
    "causes": Word(cs="příčiny", en="the causes", plural=True),
    "consequences": Word(cs="důsledky", en="the consequences", plural=True),
    "affected_group": _word("dotčená skupina", "the group affected"),
    "estimated_people": _word("odhad počtu osob", "the estimated number of people"),
    "source": _word("zdroj dat", "the source of data"),
    "target_state": _word("cílový stav", "the target state"),
    "due_on": _word("termín", "the due date"),
    "owner": _word("odpovědný subjekt", "the owner"),
    "partners": Word(cs="partneři", en="the partners", plural=True),
    "managers": Word(cs="manažeři", en="the managers", plural=True),
    "starts_on": _word("začátek", "the start"),
    "ends_on": _word("konec", "the end"),
    "cost_czk": Word(cs="náklady", en="the cost", plural=True),
    "funding_source": _word("zdroj financování", "the source of funding"),
    "unit": _word("měrná jednotka", "the unit of measurement"),
    "direction": _word("žádoucí směr", "the direction"),
    "periodicity": _word("četnost sběru", "the periodicity"),
    "baseline": _word("výchozí hodnota", "the baseline"),
    "baseline_on": _word("datum výchozí hodnoty", "the date of the baseline"),
    "target": _word("cílová hodnota", "the target"),
    "target_on": _word("datum cílové hodnoty", "the date of the target"),
    "year": _word("rok", "the year"),
    "funder": _word("poskytovatel", "the funder"),
    "category": _word("kategorie nákladů", "the category of cost"),
    "amount_czk": _word("částka", "the amount"),
    "note": _word("poznámka", "the note"),
    "programme": _word("program", "the programme"),
    "registration_number": _word("registrační číslo", "the registration number"),
    "call": _word("výzva", "the call"),
    "applicant": _word("žadatel", "the applicant"),
    "budget_czk": _word("rozpočet", "the budget"),
    "state": _word("stav", "the state"),
    "strategy_code": _word("kód strategie", "the code of the strategy"),
    "goal_code": _word("kód cíle strategie", "the code of the strategy’s goal"),
    "probability": _word("pravděpodobnost", "the probability"),
    "impact": _word("dopad", "the impact"),
    "response": _word("opatření k riziku", "the response"),
    "code": _word("kód", "the code"),
}

CODES: Final[Mapping[str, Word]] = {
    Direction.INCREASE: _word("růst", "increase"),
    Direction.DECREASE: _word("pokles", "decrease"),
    Direction.MAINTAIN: _word("udržení", "maintain"),
    Direction.NONE: _word("bez směru", "no direction"),
    Periodicity.MONTHLY: _word("měsíčně", "monthly"),
    Periodicity.QUARTERLY: _word("čtvrtletně", "quarterly"),
    Periodicity.HALF_YEARLY: _word("pololetně", "half-yearly"),
    Periodicity.YEARLY: _word("ročně", "yearly"),
    Funder.EU: _word("Evropská unie", "European Union"),
    Funder.STATE: _word("státní rozpočet", "state budget"),
    Funder.REGION: _word("kraj", "region"),
    Funder.MUNICIPALITY: _word("obec", "municipality"),
    Funder.OWN: _word("vlastní zdroje", "own sources"),
    Category.STAFF: _word("osobní náklady", "staff"),
    Category.SERVICES: _word("služby", "services"),
    Category.DIRECT_SUPPORT: _word("přímá podpora", "direct support"),
    Category.EQUIPMENT: _word("vybavení", "equipment"),
    Category.INVESTMENT: _word("investice", "investment"),
    Category.OVERHEADS: _word("režie", "overheads"),
    "intended": _word("zamýšlený", "intended"),
    "submitted": _word("podaný", "submitted"),
    "approved": _word("schválený", "approved"),
    "running": _word("v realizaci", "running"),
    "finished": _word("ukončený", "finished"),
    "refused": _word("neschválený", "refused"),
    "other": _word("jiné", "other"),
}
