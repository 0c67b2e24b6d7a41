"""What stops a report, or a part of it."""

from evaluation.evaluations.refusals import STATES
from shared.errors import Invalid, NotFound, RuleBroken


class ReportUnknown(NotFound):
    cs = "Taková zpráva tu není."
    en = "There is no such report."


class QuestionNotAsked(Invalid):
    cs = "Otázka „{code}“ není mezi platnými evaluačními otázkami."
    en = "“{code}” is not among the evaluation questions in force."


class QuestionTwice(Invalid):
    cs = "Otázka „{code}“ je vybrána dvakrát."
    en = "The question “{code}” is chosen twice."


class FindingOfNoQuestion(Invalid):
    cs = "Zjištění se opírá o otázku „{code}“, která není vybrána."
    en = "The finding stands on the question “{code}”, which is not chosen."


class ReportPartUnknown(Invalid):
    cs = "Položka {part_id} v této zprávě není; nové se posílají bez id."
    en = "There is no part {part_id} in this report; new ones are sent without an id."


class ReportPartTwice(Invalid):
    cs = "Položka {part_id} je tu dvakrát."
    en = "The part {part_id} is there twice."


class FindingUnknown(Invalid):
    cs = "Doporučení se opírá o zjištění {finding_id}, které ve zprávě není."
    en = "The recommendation stands on the finding {finding_id}, which is not in the report."


class IssuedRecommendationLeftOut(RuleBroken):
    words = STATES
    cs = "Vydaná doporučení nelze vypustit, jen přeformulovat. Chybí: {numbers}. Stav: „{state}“."
    en = "Issued recommendations can be worded anew, not left out. Missing: {numbers}. State: {state}."


class UnitNotEvaluated(Invalid):
    cs = "Územní celek v této evaluaci není; srovnat lze jen ten, o kterém je."
    en = "The unit is not in this evaluation; only one that it is about can be compared."


class NobodySimilar(RuleBroken):
    cs = "Registr pro tento územní celek a rok {year} podobné obce nezná: srovnává jen obce s Indexem."
    en = (
        "The registry knows nobody similar for this unit in {year}; it compares municipalities with an Index."
    )


class RegistrySilent(RuleBroken):
    cs = "Registr teď neodpovídá. Zkuste to za chvíli, nebo srovnání zapište ručně."
    en = "The registry does not answer now. Try again later, or enter the comparison by hand."


class ReportIncomplete(RuleBroken):
    """The findings say what is missing, each with its place."""

    words = STATES
    cs = "Návrh zprávy nelze předložit, chybějících částí: {missing}. Evaluace je ve stavu „{state}“."
    en = "The draft cannot be handed in; parts missing: {missing}. The evaluation is {state}."


class ResponseDueTooEarly(RuleBroken):
    words = STATES
    cs = "Doporučení {numbers} chtějí odpověď dřív, než vyjdou ({today}). Evaluace je ve stavu „{state}“."
    en = "Recommendations {numbers} ask for an answer before they are out ({today}). It is {state}."
