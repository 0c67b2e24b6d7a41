"""Why a handover is refused."""

from shared.errors import Invalid, NotFound
from shared.procedure import MoveRefused, StandsInTheWay


class HandoverDoesNotMove(MoveRefused):
    pass


class HandoverUnknown(NotFound):
    cs = "Takové předání v registru není."
    en = "There is no such handover."


class HandoverIsClosed(StandsInTheWay):
    cs = "Předání je uzavřené, nelze v něm nic měnit."
    en = "The handover is closed; nothing can be changed in it."


class TaskUnknown(NotFound):
    cs = "Úkol „{task}“ seznam předání nezná."
    en = "The checklist has no item “{task}”."


class TasksNotDone(StandsInTheWay):
    cs = "Nejprve dokončete všechny úkoly: zbývá jich {left}."
    en = "First finish all items: {left} left."


class MeetingMissing(StandsInTheWay):
    cs = "Nejprve zapište schůzku s novým vedením."
    en = "First write down the meeting with the new leadership."


class MeetingBeforeElections(StandsInTheWay):
    cs = "Nové vedení vzejde až z voleb {first_on}; schůzka {met_on} byla ještě před nimi."
    en = "The new leadership comes from the elections of {first_on}; the meeting of {met_on} was before them."


class MetInTheFuture(Invalid):
    cs = "Schůzka {met_on} se ještě nekonala."
    en = "The meeting of {met_on} has not taken place yet."


class SignedBeforeTheMeeting(StandsInTheWay):
    cs = "Předání se podepisuje po schůzce ({met_on}), ne už {signed_on}."
    en = "A handover is signed after the meeting ({met_on}), not on {signed_on}."


class SideHasSigned(StandsInTheWay):
    cs = "Tato strana už předání podepsala."
    en = "This party has signed the handover already."


class SignedForTheOtherSide(StandsInTheWay):
    cs = "Předání podepisují dva lidé: za druhou stranu jste je už podepsali vy."
    en = "Two people sign a handover: you have signed it for the other party already."
