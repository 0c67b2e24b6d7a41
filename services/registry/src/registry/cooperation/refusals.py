"""Why a decision on a cooperation is refused."""

from shared.errors import Forbidden, Invalid, NotFound
from shared.procedure import MoveRefused, StandsInTheWay


class CooperationUnknown(NotFound):
    cs = "Taková spolupráce v registru není."
    en = "There is no such cooperation."


class CooperatingUnitUnknown(Invalid):
    cs = "Územní celek v registru není."
    en = "The unit is not in the registry."


class CooperationDoesNotAllow(MoveRefused):
    pass


class EndsBeforeItStarts(Invalid):
    cs = "Konec {ends_on} předchází začátku {starts_on}."
    en = "The end {ends_on} comes before the start {starts_on}."


class StartMissing(Invalid):
    cs = "Spolupráce v režimu {regime} potřebuje první den."
    en = "A cooperation under {regime} needs its first day."


class DaysComeWithTheDescription(Invalid):
    cs = "Dny spolupráce v režimu {regime} stanoví až dohodnutý popis spolupráce."
    en = "The days of a cooperation under {regime} come with the agreed description of cooperation."


class RegimeNeeds(Invalid):
    cs = "Režim {regime} vyžaduje údaj „{member}“."
    en = "{regime} needs “{member}”."


class RegimeHasNo(Invalid):
    cs = "V režimu {regime} se neuvádí údaj „{member}“."
    en = "Under {regime} “{member}” is not given."


class GroundsUnexplained(Invalid):
    cs = "Jiný důvod je třeba popsat."
    en = "Another reason has to be described."


class ApprovedAfterTheStart(Invalid):
    cs = "Schválení ({approved_on}) musí předcházet začátku {starts_on}, nebo být téhož dne."
    en = "The approval ({approved_on}) must come before the start {starts_on}, or on the same day."


class LongerThanTheRegime(StandsInTheWay):
    cs = "Režim {regime} trvá nejdéle {longest_months} měsíců, tedy do {latest_ends_on}."
    en = "{regime} lasts {longest_months} months at most, that is until {latest_ends_on}."


class UnitDoesNotExistThen(StandsInTheWay):
    cs = "Celek po celou tu dobu neexistuje (platí od {unit_from} do {unit_until})."
    en = "The unit does not exist all that time (it is valid from {unit_from} until {unit_until})."


class CooperationOverlaps(StandsInTheWay):
    cs = "V režimu {regime} celek v té době už spolupracuje (od {other_from} do {other_until})."
    en = "The unit cooperates under {regime} at that time already (from {other_from} until {other_until})."


class RegimesExclude(StandsInTheWay):
    cs = "Režim {regime} nemůže běžet souběžně s režimem {other_regime} (od {other_from} do {other_until})."
    en = "{regime} cannot run beside {other_regime} (from {other_from} until {other_until})."


class CooperationInPreparation(StandsInTheWay):
    cs = "Spolupráce celku v režimu {regime} se už připravuje (od {other_from})."
    en = "A cooperation of the unit under {regime} is in preparation already (since {other_from})."


class ExitWithoutStrategy(Invalid):
    cs = "Uveďte strategii odchodu, nebo proč žádná není."
    en = "Give the exit strategy, or say why there is none."


class BeforeThePhase(StandsInTheWay):
    cs = "Den {day} předchází začátku současné fáze ({phase_from})."
    en = "The day {day} comes before the present phase began ({phase_from})."


class EndTakesTheDirector(Forbidden):
    cs = "Ukončit spolupráci ze strany Agentury nebo pro neplnění může jen ředitel."
    en = "Only the director ends a cooperation on the Agency's side or because it is not fulfilled."
