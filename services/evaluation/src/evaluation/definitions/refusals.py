"""The facts that stop a definition of an indicator."""

from shared.errors import Invalid, NotFound, RuleBroken


class DefinitionUnknown(NotFound):
    cs = "Takový indikátor v katalogu není."
    en = "There is no such indicator in the catalogue."


class DefinitionCodeTaken(RuleBroken):
    cs = "Indikátor s kódem {code} už v katalogu je; změňte jej novým vydáním."
    en = "The catalogue has an indicator {code} already; change it by a new edition."


class FormulaUnreadable(Invalid):
    """`part` is what the formula language does not know."""

    cs = "Vzorec nelze přečíst u „{part}“; smí obsahovat kódy indikátorů, čísla, + − * / a závorky."
    en = "The formula cannot be read at “{part}”; it may hold codes, numbers, + − * / and brackets."


class FormulaNamesItself(Invalid):
    cs = "Vzorec indikátoru {code} nesmí počítat s ním samým."
    en = "The formula of {code} may not count with itself."


class FormulaNamesUnknown(Invalid):
    cs = "Vzorec počítá s indikátory, které v katalogu nejsou nebo nejsou číselné: {codes}."
    en = (
        "The formula counts with indicators that the catalogue does not have or that are no numbers: {codes}."
    )


class SourceIncomplete(Invalid):
    """A formula belongs to what is computed, a series to what comes from statistics, nowhere else."""

    cs = "Vzorec se uvádí právě u výpočtu, časová řada právě u převzaté statistiky."
    en = "A formula is given for what is computed, a series for what comes from statistics, and only there."


class ScaleMisplaced(Invalid):
    cs = "Stupně škály se uvádějí právě u stupňového indikátoru, nejméně dva."
    en = "Levels are given for an ordinal indicator and no other, two at least."


class LevelRepeated(Invalid):
    cs = "Stupeň {value} je na škále dvakrát."
    en = "The level {value} is on the scale twice."


class NothingToAccumulate(Invalid):
    """Only counts and money can be summed over time."""

    cs = "Podíly, průměry, stupně a slovní hodnoty se nesčítají; uveďte stav."
    en = "Shares, means, levels and words are not summed; say that it is a state."


class NothingToBreakDown(Invalid):
    cs = "Slovní a stupňový indikátor se nečlení."
    en = "A qualitative or ordinal indicator is not broken down."


class EditionNotLater(Invalid):
    cs = "Nové vydání platí od {valid_from}, musí být po {newest}, od kdy platí dosavadní."
    en = (
        "The new edition is valid from {valid_from}; that must be after {newest}, when the present one began."
    )


class EditionSaysNothingNew(Invalid):
    cs = "Nové vydání říká totéž co dosavadní."
    en = "The new edition says the same as the present one."


class BridgeIncomplete(Invalid):
    """A linear bridge has a factor other than zero and an offset; another has neither."""

    cs = "Lineární přepočet má činitel (ne nulu) a posun, jiný nemá žádný."
    en = "A linear bridge has a factor (not zero) and an offset; another one has neither."


class BridgeBetweenKinds(Invalid):
    cs = "Mezi slovní nebo stupňovou hodnotou a číslem přepočet není; vydání jsou nesrovnatelná."
    en = "No bridge leads between words or levels and numbers; such editions cannot be compared."
