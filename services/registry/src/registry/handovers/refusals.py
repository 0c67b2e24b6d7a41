"""Why a handover is refused."""

from collections.abc import Mapping

from registry.procedure import MoveRefused
from shared.errors import Invalid, NotFound, RuleBroken


class Stopped(RuleBroken):
    """A rule of the procedure beside its moves: it tells where the handover stands, too."""

    def __init__(self, standing: Mapping[str, object], **facts: object) -> None:
        super().__init__(pointer=None, findings=(), **standing, **facts)


class HandoverDoesNotMove(MoveRefused):
    pass


class HandoverUnknown(NotFound):
    cs = "Takové předání v registru není."
    en = "There is no such handover."


class HandoverIsClosed(Stopped):
    cs = "Předání je uzavřené, nelze v něm nic měnit."
    en = "The handover is closed; nothing can be changed in it."


class TaskUnknown(NotFound):
    cs = "Úkol „{task}“ seznam předání nezná."
    en = "The checklist has no item “{task}”."


class TasksNotDone(Stopped):
    cs = "Nejprve dokončete všechny úkoly: zbývá jich {left}."
    en = "First finish all items: {left} left."


class MeetingMissing(Stopped):
    cs = "Nejprve zapište schůzku s novým vedením."
    en = "First write down the meeting with the new leadership."


class MeetingBeforeElections(Stopped):
    cs = "Nové vedení vzejde až z voleb {first_on}; schůzka {met_on} byla ještě před nimi."
    en = "The new leadership comes from the elections of {first_on}; the meeting of {met_on} was before them."


class MetInTheFuture(Invalid):
    cs = "Schůzka {met_on} se ještě nekonala."
    en = "The meeting of {met_on} has not taken place yet."


class SignedBeforeTheMeeting(Stopped):
    cs = "Předání se podepisuje po schůzce ({met_on}), ne už {signed_on}."
    en = "A handover is signed after the meeting ({met_on}), not on {signed_on}."


class SideHasSigned(Stopped):
    cs = "Tato strana už předání podepsala."
    en = "This party has signed the handover already."


class SignedForTheOtherSide(Stopped):
    cs = "Předání podepisují dva lidé: za druhou stranu jste je už podepsali vy."
    en = "Two people sign a handover: you have signed it for the other party already."
