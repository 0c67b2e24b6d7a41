"""The facts that stop an offer or a need, or somebody with them."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class OfferUnknown(NotFound):
    cs = "Taková nabídka tu není."
    en = "There is no such offer."


class NeedUnknown(NotFound):
    cs = "Taková poptávka tu není."
    en = "There is no such need."


class OfferingUnitNotYours(Forbidden):
    cs = "Jednáte za jiný územní celek, než kterého se nabídka nebo poptávka týká."
    en = "You act for another unit than the one of the offer or of the need."


class OfferingUnitUnknown(Invalid):
    cs = "Registr o územním celku ještě nedal vědět."
    en = "The registry has not told us of the unit yet."


class OfferEnds(Invalid):
    cs = "Nabídka má platit nejméně do dneška a nejdéle {years} let; uvedeno je {valid_until}."
    en = "An offer lasts at least until today and at most {years} years; {valid_until} was given."


class OfferWithdrawn(RuleBroken):
    cs = "Nabídka už byla stažena."
    en = "The offer was withdrawn."


class NeedClosed(RuleBroken):
    cs = "Poptávka už je uzavřena."
    en = "The need is closed."


class NodeWithoutItsPlan(Invalid):
    cs = "Uzel plánu se uvádí spolu s plánem."
    en = "A node is given together with its plan."


class PracticeNotOfUnit(Invalid):
    cs = "Odkázat lze jen na zveřejněnou praxi téhož územního celku."
    en = "Only a published practice of the same unit can be linked."


class MeasureNotOfUnit(Invalid):
    cs = "Schválený plán územního celku takové opatření nemá."
    en = "No approved plan of the unit has such a measure."


class ProblemNotOfUnit(Invalid):
    cs = "Plán územního celku takový problém nemá."
    en = "No plan of the unit has such a problem."


class UnitOfOfferStays(Invalid):
    cs = "Územní celek nabídky nebo poptávky změnit nelze; pro jiný založte novou."
    en = "The unit of an offer or of a need stays; make a new one for another unit."
