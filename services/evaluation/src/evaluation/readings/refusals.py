"""The facts that stop a reading, or somebody with it."""

from collections.abc import Mapping
from typing import Final

from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, StandsInTheWay

_PHASES: Final[Mapping[str, tuple[str, str]]] = {
    "entry": ("vstupní", "entry"),
    "mid-term": ("průběžné", "mid-term"),
    "final": ("závěrečné", "final"),
}


class ReadingUnknown(NotFound):
    cs = "Takové hodnocení kritérií kvality není."
    en = "There is no such reading of quality criteria."


class ReadingDoesNotAllow(MoveRefused):
    cs = "Hodnocení je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The reading is “{state_name}”, this cannot be done: {move_name}. {possible}"


class ReadingUnderWay(RuleBroken):
    cs = "Jedno hodnocení této sady už běží; nejdřív ho dokončete nebo zrušte."
    en = "A reading of this set is under way already; finish or cancel it first."


class NothingToRead(RuleBroken):
    cs = "Sada nemá žádné kritérium kvality, není co hodnotit."
    en = "The set has no quality criterion, there is nothing to rate."


class ReadInTheFuture(Invalid):
    cs = "Den hodnocení {assessed_on} teprve přijde, dnes je {today}."
    en = "The day of the reading {assessed_on} is yet to come, today is {today}."


class ReadBeforeTheStart(Invalid):
    cs = "Den hodnocení {assessed_on} je před začátkem spolupráce ({starts_on})."
    en = "The day of the reading {assessed_on} is before the cooperation begins ({starts_on})."


class ReadNoLaterThanTheLast(Invalid):
    cs = "Poslední dohodnuté hodnocení je ze dne {last_on}; další musí být pozdější."
    en = "The last agreed reading is of {last_on}; the next one has to be later."


class PhaseIsOver(RuleBroken):
    """`last` and `phase` are codes; the title calls them as people do."""

    cs = "Poslední dohodnuté hodnocení je {last}; {phase} už přijít nemůže."
    en = "The last agreed reading is a {last} one; a {phase} one cannot come any more."

    def title(self, language: str) -> str:
        column = 0 if language == "cs" else 1
        names = {name: _PHASES[str(self.facts[name])][column] for name in ("last", "phase")}
        return (self.cs, self.en)[column].format(**names)


class CriterionNotInSet(Invalid):
    cs = "Takové kritérium v sadě není."
    en = "There is no such criterion in the set."


class CriterionRatedTwice(Invalid):
    cs = "Kritérium {criterion} je uvedeno dvakrát."
    en = "The criterion {criterion} is named twice."


class LevelOutsideScale(Invalid):
    cs = "Úroveň {level} není na škále kritéria {criterion} ({lowest} až {highest})."
    en = "The level {level} is not on the scale of the criterion {criterion} ({lowest} to {highest})."


class LevelAndReason(Invalid):
    cs = "Kritérium {criterion} má úroveň i důvod, proč nebylo hodnoceno; platí jen jedno."
    en = "The criterion {criterion} has a level and a reason why it was not assessed; only one can hold."


class SheetIsSealed(StandsInTheWay):
    cs = "Vaše hodnocení je uzamčené od {sealed_at}, změnit ho nelze."
    en = "Your sheet is sealed since {sealed_at} and cannot be changed."


class SheetIsIncomplete(StandsInTheWay):
    cs = "Hodnocení zatím nelze uzamknout, věcí k doplnění: {count}."
    en = "The sheet cannot be sealed yet, things to complete: {count}."


class SheetMissing(StandsInTheWay):
    cs = "Své hodnocení jste ještě nezačali."
    en = "You have not begun a sheet of your own yet."


class SheetsAreBlind(StandsInTheWay):
    cs = "Cizí hodnocení uvidíte, až uzamknete své, nebo až bude sběr hodnocení uzavřen."
    en = "You see the sheets of others once yours is sealed, or once rating is closed."


class TooFewSheets(StandsInTheWay):
    cs = "Uzamčených hodnocení je {sealed}, má jich být aspoň {raters}."
    en = "Sealed sheets: {sealed}; at least {raters} are needed."


class AgreementIsIncomplete(StandsInTheWay):
    cs = "Dohodu zatím nelze zapsat, věcí k doplnění: {count}."
    en = "The agreement cannot be recorded yet, things to complete: {count}."


class AgreedByWhoDidNotRate(Invalid):
    cs = "Mezi těmi, kdo se dohodli, je někdo, kdo hodnocení neuzamkl."
    en = "Among those who agreed is somebody who sealed no sheet."


class NothingCorrected(Invalid):
    cs = "Oprava nic nemění: všechno je už dohodnuto takto."
    en = "The correction changes nothing: all of it was agreed like this."
