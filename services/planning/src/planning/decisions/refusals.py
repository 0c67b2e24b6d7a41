"""The facts that stop a decision of a meeting."""

from shared.errors import Invalid, NotFound, RuleBroken


class DecisionUnknown(NotFound):
    cs = "Takové rozhodnutí tu není."
    en = "There is no such decision."


class DecisionSettled(RuleBroken):
    cs = "Rozhodnutí je už vyřízené ({settled_on})."
    en = "The decision is settled already ({settled_on})."


class SettledInFuture(Invalid):
    cs = "Datum vyřízení {settled_on} je v budoucnosti."
    en = "The day of settlement {settled_on} is in the future."


class SettledBeforeDecided(Invalid):
    cs = "Rozhodnuto bylo {decided_on}; dřív být vyřízeno nemůže."
    en = "It was decided on {decided_on} and cannot be settled before."


class DueBeforeDecided(Invalid):
    cs = "Rozhodnuto bylo {decided_on}; termín {due_on} je dřív."
    en = "It was decided on {decided_on}; the term {due_on} comes before."
