"""Why an activity is refused."""

from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, StandsInTheWay


class ActivityUnknown(NotFound):
    cs = "Takovou činnost v záznamech nemáme."
    en = "There is no such activity in the log."


class ActivityStruckOut(MoveRefused):
    cs = "Činnost je ve stavu „{state_name}“ a nelze: {move_name}. {possible}"
    en = "The activity is “{state_name}” and this cannot be done: {move_name}. {possible}"


class ActivityUnitUnknown(Invalid):
    cs = "Územní celek {unit_id} v registru není."
    en = "The unit {unit_id} is not in the registry."


class ActivityUnitNotThereThen(Invalid):
    cs = "Územní celek {unit_id} ke dni činnosti ({held_on}) neexistoval."
    en = "The unit {unit_id} did not exist on the day of the activity ({held_on})."


class ActivityUnitTwice(Invalid):
    cs = "Územní celek {unit_id} je uveden dvakrát."
    en = "The unit {unit_id} is given twice."


class AreaTwice(Invalid):
    cs = "Tematická oblast {area} je uvedena dvakrát."
    en = "The thematic area {area} is given twice."


class HeldInTheFuture(Invalid):
    cs = "Činnost ke dni {held_on} se ještě nekonala."
    en = "The activity of {held_on} has not been held yet."


class LongerThanTheActivity(Invalid):
    cs = "Doba {minutes} min je delší než celá činnost ({activity_minutes} min)."
    en = "{minutes} min are longer than the whole activity ({activity_minutes} min)."


class ParticipantTwice(Invalid):
    cs = "Týž účastník je u činnosti uveden dvakrát."
    en = "The same participant is given twice."


class StaffTwice(Invalid):
    cs = "Pracovník {person} je u činnosti uveden dvakrát."
    en = "The staff member {person} is given twice."


class MoreAttendedThanCounted(Invalid):
    cs = "V roli {role} je {attended} účastníků s klíčem, ale počet osob je jen {counted}."
    en = "In the role {role} there are {attended} participants with a key, but only {counted} are counted."


class DocumentTwice(Invalid):
    cs = "Týž dokument je připojen dvakrát."
    en = "The same document is attached twice."


class MonthClosed(RuleBroken):
    cs = "Měsíc činnosti ({held_on}) se uzavřel dne {closed_on}; dál jej mění jen správce."
    en = "The month of the activity ({held_on}) closed on {closed_on}; only an administrator changes it now."


class NothingCorrected(StandsInTheWay):
    cs = "Oprava nic nemění: záznam už takový je."
    en = "The correction changes nothing: the record is like that already."
