"""The facts that stop a change of scales and criteria."""

from shared.errors import Invalid, NotFound, RuleBroken


class CriterionUnknown(NotFound):
    cs = "Takové kritérium kvality není."
    en = "There is no such quality criterion."


class CriterionExists(RuleBroken):
    cs = "Kritérium {criterion} v oblasti {area} už je; změnou vzniká jeho další vydání."
    en = "The criterion {criterion} of the area {area} exists; a change makes its next edition."


class ScaleUnknown(Invalid):
    cs = "Škála „{scale}“ není."
    en = "There is no scale “{scale}”."


class ScaleExists(RuleBroken):
    cs = "Škála „{scale}“ už je a nemění se; jiná škála má jiný kód."
    en = "The scale “{scale}” exists and never changes; another scale has another code."


class ScaleWithGaps(Invalid):
    cs = "Úrovně škály jdou po jedné od nejhorší; úroveň {level} tu nenavazuje."
    en = "The levels of a scale go up by one from the worst; {level} does not follow here."


class WordingNotLater(Invalid):
    cs = "Další vydání začíná později než to dosavadní, které platí od {valid_from}."
    en = "The next edition begins later than the present one, which is valid from {valid_from}."


class ScaleOfBaselineStays(Invalid):
    cs = "Výchozí stav byl hodnocen na škále „{scale}“; popsat kritérium lze jen na ní."
    en = "The baseline was rated on the scale “{scale}”; the criterion can be described on it alone."


class CriterionHasEnded(RuleBroken):
    cs = "Platnost kritéria skončila už {valid_until}; pokračuje se dalším vydáním."
    en = "The criterion ended on {valid_until} already; it goes on with its next edition."


class EndsBeforeItBegins(Invalid):
    cs = "Vydání platí od {valid_from}, dřív skončit nemůže."
    en = "The edition is valid from {valid_from} and cannot end before."
