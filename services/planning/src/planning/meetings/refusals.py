"""The facts that stop a meeting, its record or its minutes."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class MeetingUnknown(NotFound):
    cs = "Takové jednání tu není."
    en = "There is no such meeting."


class MeetingNotPlanned(RuleBroken):
    cs = "Jednání už není jen naplánované (stav: {standing}), měnit ani zrušit je nelze."
    en = "The meeting is no longer only planned ({standing}); it can be neither changed nor cancelled."


class MeetingNotYetThere(RuleBroken):
    cs = "Jednání je teprve {planned_on}; prezenci lze zapsat nejdřív toho dne."
    en = "The meeting is on {planned_on}; attendance can be written down on that day at the earliest."


class RecordClosed(RuleBroken):
    cs = "Zápis je schválený nebo je jednání zrušené (stav: {standing}); záznam už se nemění."
    en = "The minutes are approved or the meeting is cancelled ({standing}); the record stays as it is."


class MeetingNotHeld(RuleBroken):
    cs = "Záznam z jednání zatím není (stav: {standing})."
    en = "There is no record of the meeting yet ({standing})."


class OutsideTheBodysTime(Invalid):
    cs = "Orgán nebo skupina toho dne nepůsobí (od {body_from} do {body_until})."
    en = "The body does not work on that day (from {body_from} until {body_until})."


class NotAMemberThatDay(Invalid):
    cs = "Členství {mandate_id} toho dne v tomto orgánu nebo skupině není."
    en = "The membership {mandate_id} is not one of this body on that day."


class MemberTwice(Invalid):
    cs = "Členství {mandate_id} je v prezenci dvakrát."
    en = "The membership {mandate_id} stands in the attendance twice."


class AbsentForMinutes(Invalid):
    cs = "Kdo na jednání nebyl, nemá v prezenci žádné minuty."
    en = "Who was not there has no minutes in the attendance."


class NoteOutsideTheAgenda(Invalid):
    cs = "Program má bodů: {items}; poznámek je víc."
    en = "The agenda has {items} items; there are more notes."


class DecidedWithoutQuorum(RuleBroken):
    cs = "Přítomno {present} z {members} členů: jednání není usnášeníschopné a rozhodnutí nemá."
    en = "{present} of {members} members are present: the meeting has no quorum and no decisions."


class MoreVotesThanPresent(RuleBroken):
    cs = "Hlasů je {votes}, přítomných členů {present}."
    en = "There are {votes} votes and {present} members present."


class BodyHasNoChair(RuleBroken):
    cs = "Zápis schvaluje předsedající; toho dnes orgán nebo skupina nemá."
    en = "The chair approves the minutes; today the body has none."


class ChairApproves(Forbidden):
    cs = "Zápis schvaluje předsedající svým účtem: {name}."
    en = "The chair approves the minutes with the own account: {name}."


class MinutesNotApproved(NotFound):
    cs = "Schválený zápis z tohoto jednání není."
    en = "There are no approved minutes of this meeting."
