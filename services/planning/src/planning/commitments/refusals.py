"""What stops an answer of an owner or a partner."""

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class PartyUnknown(Invalid):
    cs = "„{party}“ u tohoto opatření v této úloze není."
    en = "“{party}” is not on that side of the measure."


class PartyNotYours(Forbidden):
    cs = "Za „{party}“ nejednáte."
    en = "You do not act for “{party}”."


class NothingToWithdraw(RuleBroken):
    cs = "„{party}“ opatření nepřijal, není co vzít zpět."
    en = "“{party}” has not accepted the measure, there is nothing to withdraw."


class AnswerWithoutReason(Invalid):
    cs = "Odmítnutí i zpětvzetí potřebuje důvod."
    en = "Declining and withdrawing need a reason."


class CommitmentsClosed(RuleBroken):
    cs = "Plán je ukončen, k jeho opatřením se už nikdo nevyjadřuje."
    en = "The plan is closed; nobody answers on its measures any more."


class AbsenceUnknown(NotFound):
    cs = "Taková nepřítomnost tu není."
    en = "There is no such absence."


class AbsenceMalformed(Invalid):
    cs = "Nepřítomnost musí končit nejdříve v den, kdy začíná, a trvat nejvýše {days} dní."
    en = "An absence ends at the earliest on the day it begins, and lasts {days} days at most."


class DeputyOfOneself(Invalid):
    cs = "„{party}“ nemůže zastupovat samo sebe."
    en = "“{party}” cannot stand in for itself."


class DeputyAway(RuleBroken):
    cs = "„{deputy}“ je od {away_from} do {away_until} samo nepřítomno."
    en = "“{deputy}” is away itself from {away_from} to {away_until}."


class AbsenceOverlaps(RuleBroken):
    cs = "„{party}“ už má nepřítomnost od {away_from} do {away_until}."
    en = "“{party}” has an absence from {away_from} to {away_until} already."


class AbsenceOver(RuleBroken):
    cs = "Nepřítomnost skončila {ended_on}, zkrátit ji už nelze."
    en = "The absence ended on {ended_on} and cannot be cut short any more."


class MeasureUnknown(NotFound):
    cs = "Takové opatření v plánu není."
    en = "There is no such measure in the plan."
