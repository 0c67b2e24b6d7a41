"""What stops an answer of an owner or a partner."""

from shared.errors import Forbidden, Invalid, RuleBroken


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
