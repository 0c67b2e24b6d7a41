"""The facts that stop an exchange between units, or somebody with it."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused


class ExchangeUnknown(NotFound):
    cs = "Taková výměna zkušeností tu není."
    en = "There is no such exchange."


class ExchangeMoveRefused(MoveRefused):
    cs = "Výměna zkušeností je ve stavu „{state_name}“, nelze: {move_name}. {possible}"
    en = "The exchange is {state_name}; this cannot be done: {move_name}. {possible}"


class OnlyTheOtherUnit(Forbidden):
    """Who offers agrees; who asks proposes and judges."""

    cs = "To přísluší druhému územnímu celku této výměny."
    en = "This is for the other unit of the exchange."


class OfferNotCurrent(RuleBroken):
    cs = "Nabídka už neplatí."
    en = "The offer is not open any more."


class NeedNotOpen(RuleBroken):
    cs = "Poptávka už je uzavřena."
    en = "The need is closed already."


class OfferOfOwnUnit(Invalid):
    cs = "Nabídka je téhož územního celku jako poptávka."
    en = "The offer is of the same unit as the need."


class FormNotOffered(Invalid):
    cs = "Takovou formu nabídka nemá."
    en = "The offer does not have this form."


class ExchangeUnderWay(RuleBroken):
    cs = "O téže nabídce a poptávce už výměna běží ({exchange_id})."
    en = "An exchange of this offer and need is under way already ({exchange_id})."


class CapacityTaken(RuleBroken):
    cs = "Nabídka má na rok {year} kapacitu {capacity} a ta je obsazená."
    en = "The offer takes {capacity} exchanges in {year}, and all of them are taken."


class PlannedInPast(Invalid):
    cs = "Domluvený den {planned_on} už byl."
    en = "The day agreed on, {planned_on}, has passed."


class PlannedAfterOffer(Invalid):
    cs = "Nabídka platí do {valid_until}, výměnu nelze domluvit na {planned_on}."
    en = "The offer lasts until {valid_until}; the exchange cannot be on {planned_on}."


class HeldInFuture(Invalid):
    cs = "Den konání {held_on} je v budoucnosti."
    en = "The day on which it was held, {held_on}, is in the future."
